#include "storage/sqlcipher/statement.h"

#include <utility>

#include "storage/sqlcipher/error_of.h"

namespace omzien::storage::sqlcipher {

Use::Use(Use&& other) noexcept
    : database_(other.database_),
      statement_(std::exchange(other.statement_, nullptr)),
      probe_(other.probe_),
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
  if (result_code == SQLITE_ROW) {
    if (read_what_was_written()) return true;
    damaged_ = true;
    return tl::unexpected(Error::kDamaged);
  }
  if (result_code == SQLITE_DONE) return false;
  check(result_code);
  return tl::unexpected(error_of(result_code, database_));
}

// For a page whose MAC is wrong SQLCipher gives zeros, and refuses the next page of the same read:
// where it was the last one, nobody would hear of it. So another page is asked for.
bool Use::read_what_was_written() const {
  if (probe_ == nullptr) return true;
  const int result_code = sqlite3_step(probe_);
  sqlite3_reset(probe_);
  return result_code == SQLITE_ROW || result_code == SQLITE_DONE;
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
