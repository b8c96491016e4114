// Which files belong to a database, and where they stand.
#pragma once

#include "storage/sqlcipher/connection.h"
#include "storage/sqlcipher/store.h"

namespace omzien::storage::sqlcipher {

// `database` with an ending: its key, its lock, …
std::filesystem::path beside(const std::filesystem::path& database, const char* ending);

// A relative path, or one that begins with "file:", means what it says.
OpenOptions with_absolute_path(const OpenOptions& options);

Result<bool> is_there(const std::filesystem::path& file);

// Whether a file of that name belongs to the store, or would be taken for a part of it.
bool is_named_as_part(const std::filesystem::path& database, const std::filesystem::path& file);

// What SQLite keeps beside a database that nobody has open: its journals.
Result<void> remove_journals(const std::filesystem::path& database);
// The same, and the database.
Result<void> remove_database(const std::filesystem::path& database);

ConnectionOptions connection_options(const OpenOptions&, const std::filesystem::path& file, Role);

}  // namespace omzien::storage::sqlcipher
