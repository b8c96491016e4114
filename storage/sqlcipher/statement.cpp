#include "storage/sqlcipher/statement.h"

#include <utility>

#include "storage/sqlcipher/error_of.h"

namespace omzien::storage::sqlcipher {

Use::Use(Use&& other) noexcept
    : database_(other.database_),
      statement_(std::exchange(other.statement_, nullptr)),
      result_code_(other.result_code_),
      damaged_(other.damaged_) {}

Use::~Use() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

Result<bool> Use::step() {
  if (damaged_) return tl::unexpected(Error::kDamaged);
  if (result_code_ != SQLITE_OK) return tl::unexpected(error_of(result_code_, database_));
  const int result_code = sqlite3_step(statement_);
  if (result_code == SQLITE_ROW) return true;
  if (result_code == SQLITE_DONE) return false;
  check(result_code);
  return tl::unexpected(error_of(result_code, database_));
}

Result<std::uint64_t> Use::run() {
  while (true) {
    const auto row = step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return static_cast<std::uint64_t>(sqlite3_changes64(database_));
  }
}

crypto::ByteView Use::view(int column) const {
  const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

crypto::Bytes Use::bytes(int column) const {
  const auto found = view(column);
  return {found.begin(), found.end()};
}

std::optional<crypto::Bytes> Use::bytes_or_null(int column) const {
  if (sqlite3_column_type(statement_, column) == SQLITE_NULL) return std::nullopt;
  return bytes(column);
}

void Use::bind_at(int index, crypto::ByteView bytes) {
  // SQLite takes a null pointer for NULL, and an empty view may have one.
  if (bytes.empty()) return check(sqlite3_bind_zeroblob(statement_, index, 0));
  check(sqlite3_bind_blob64(statement_, index, bytes.data(), bytes.size(), SQLITE_STATIC));
}

void Use::bind_at(int index, const std::optional<crypto::Bytes>& bytes) {
  if (bytes) return bind_at(index, crypto::ByteView(*bytes));
  check(sqlite3_bind_null(statement_, index));
}

void Use::check(int result_code) {
  if (result_code_ == SQLITE_OK) result_code_ = result_code;
}

}  // namespace omzien::storage::sqlcipher
