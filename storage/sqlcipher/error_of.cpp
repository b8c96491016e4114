#include "storage/sqlcipher/error_of.h"

#include <cerrno>

namespace omzien::storage::sqlcipher {
namespace {

// An I/O error says little; the system's own number behind it may say more.
Error error_behind(sqlite3* database) {
  switch (database == nullptr ? 0 : sqlite3_system_errno(database)) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG: return Error::kFull;
    case EROFS:
    case EACCES:
    case EPERM: return Error::kReadOnly;
    default: return Error::kFailed;
  }
}

}  // namespace

Error error_of(int result_code, sqlite3* database) {
  switch (result_code & 0xff) {
    case SQLITE_FULL: return Error::kFull;
    case SQLITE_READONLY:
    case SQLITE_PERM: return Error::kReadOnly;
    case SQLITE_NOTADB: return Error::kWrongKey;
    case SQLITE_ERROR:  // SQLCipher's, for a page whose MAC is wrong; or a defect in our SQL
    case SQLITE_CORRUPT:
    case SQLITE_FORMAT:
    case SQLITE_SCHEMA:
    case SQLITE_MISMATCH: return Error::kDamaged;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN: return error_behind(database);
    default: return Error::kFailed;
  }
}

}  // namespace omzien::storage::sqlcipher
