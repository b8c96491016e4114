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

// The database's version; 0 when nobody has put anything into it yet. kWrongKey: it is some other
// program's. kNewer: it is ahead of this one.
Result<std::uint64_t> version_of(Connection& connection);

// Brings the database to the newest version, one transaction a version. With nothing
// changed, says kNewer and kWrongKey as version_of does.
Result<void> migrate(Connection& connection);

}  // namespace omzien::storage::sqlcipher
