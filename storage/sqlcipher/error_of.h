// SQLite's result codes as storage errors.
#pragma once

#include <sqlite3.h>

#include "storage/store.h"

namespace omzien::storage::sqlcipher {

// For the code that a call on `database` (may be nullptr) has just returned.
Error error_of(int result_code, sqlite3* database);

}  // namespace omzien::storage::sqlcipher
