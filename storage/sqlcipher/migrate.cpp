#include "storage/sqlcipher/migrate.h"

#include <string>

namespace omzien::storage::sqlcipher {
namespace {

// "OMZN" in ASCII; the first migration writes it.
constexpr std::uint64_t kApplicationId = 0x4f4d5a4e;

// A database that nobody has put anything into yet.
Result<bool> is_empty(Connection& connection) {
  const auto tables = connection.number("SELECT count(*) FROM sqlite_schema");
  if (!tables) return tl::unexpected(tables.error());
  return *tables == 0;
}

Result<void> run_one(Connection& connection, std::string_view sql, std::size_t version) {
  // The version is written in the same transaction as what it stands for.
  const std::string all = "BEGIN IMMEDIATE;\n" + std::string(sql) +
                          "\nPRAGMA user_version = " + std::to_string(version) + ";\nCOMMIT;";
  auto ran = connection.execute(all.c_str());
  if (!ran && connection.in_transaction()) (void)connection.execute("ROLLBACK");
  return ran;
}

}  // namespace

Result<std::uint64_t> version_of(Connection& connection) {
  const auto version = connection.number("PRAGMA user_version");
  if (!version) return version;
  if (*version == 0) {
    const auto empty = is_empty(connection);
    if (!empty) return tl::unexpected(empty.error());
    if (!*empty) return tl::unexpected(Error::kWrongKey);
    return 0;
  }
  const auto application = connection.number("PRAGMA application_id");
  if (!application) return application;
  if (*application != kApplicationId) return tl::unexpected(Error::kWrongKey);
  if (*version > migrations().size()) return tl::unexpected(Error::kNewer);
  return version;
}

Result<void> migrate(Connection& connection) {
  const auto version = version_of(connection);
  if (!version) return tl::unexpected(version.error());
  const auto all = migrations();
  for (std::size_t i = *version; i < all.size(); ++i) {
    if (auto ran = run_one(connection, all[i], i + 1); !ran) return ran;
  }
  return {};
}

}  // namespace omzien::storage::sqlcipher
