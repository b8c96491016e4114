// All that a store holds: every row of every table, whichever tables there are. So "the same store"
// means all of it, and a table that comes later is compared without anybody thinking of it.
#pragma once

#include <map>

#include "storage/key_file.h"
#include "storage/sqlcipher/connection.h"
#include "storage/sqlcipher/store.h"

namespace omzien::storage::sqlcipher {

// The first column of every row, as text.
std::vector<std::string> texts(Connection&, std::string_view sql);
// In the order in which they were made.
std::vector<std::string> tables_of(Connection&);
// Each as values of SQL: 1, X'0A', NULL.
std::vector<std::string> rows_of(Connection&, const std::string& table);

// What is in each table; in "sqlite_schema", how tables and indexes were made; in "tombstones",
// what the file of that name beside the store says.
using EveryRow = std::map<std::string, std::vector<std::string>>;
// A store at rest, or at work: then as of one moment for each table.
EveryRow every_row(const OpenOptions&, const KeyFileSecret&);

std::vector<std::string> empty_in(const EveryRow&);
// Which are not the same in both, or in one of them alone.
std::vector<std::string> differing(const EveryRow&, const EveryRow&);

}  // namespace omzien::storage::sqlcipher
