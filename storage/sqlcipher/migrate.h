// The schema's versions: storage/sqlcipher/migrations/NNNN_name.sql, one a version, built into the
// program.
//
// A version that was ever released is never edited; the next one is a new file.
// tests/storage/sqlcipher keeps a dump of every version and opens each.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "storage/sqlcipher/connection.h"

namespace omzien::storage::sqlcipher {

// Every version's SQL, from version 1 on. Made from the folder at build time.
std::span<const std::string_view> migrations();

// Brings the database to the newest version, one transaction a version. Changes nothing and says
//   kNewer     when the database is ahead of the program,
//   kWrongKey  when it is some other program's.
Result<void> migrate(Connection& connection);

}  // namespace omzien::storage::sqlcipher
