// Database files under a key: made, opened for writing, put in their place.
#pragma once

#include "storage/sqlcipher/connection.h"
#include "storage/sqlcipher/store.h"

namespace omzien::storage::sqlcipher {

// A writing connection to a database of the newest schema.
Result<std::unique_ptr<Connection>> open_writer(const OpenOptions&,
                                                const std::filesystem::path& file, const DataKey&);

// A connection that only reads, to a database that is known to be a store. kWrongKey: it is none,
// or an empty file, which would open under any key.
Result<std::unique_ptr<Connection>> open_reader(const OpenOptions&,
                                                const std::filesystem::path& file, const DataKey&);

// Makes PATH.new, a complete database that nobody has open, and empty. Whatever an interrupted
// start left there was never served, so it is thrown away.
Result<void> make_new_database(const OpenOptions&, const DataKey&);
// The same of all that `from` holds, whose every page is read once more: PATH.restored. No start
// takes what is left of it for a beginning of its own. After an error nothing is left.
Result<void> make_restored_database(const OpenOptions&, const DataKey&, Connection& from);

// Gives PATH.new, or PATH.restored, its name. There is a key by now, so it is complete.
Result<void> take_new_database(const OpenOptions&);

// Makes the database `file`, not WAL but one file that needs nothing beside it, out of all that
// `from` holds. What stood there is replaced.
Result<std::unique_ptr<Connection>> copy_to_file(const OpenOptions&, Connection& from,
                                                 const std::filesystem::path& file, const DataKey&);

}  // namespace omzien::storage::sqlcipher
