#include "tests/storage/sqlcipher/faulty_vfs.h"

#include <atomic>
#include <sqlite3.h>

namespace omzien::storage::sqlcipher::faulty {
namespace {

std::atomic<int> operations_left = -1;  // negative: never fails
std::atomic<int> failing_with = SQLITE_OK;
std::atomic<bool> failed = false;
std::atomic<int> synced = 0;

// What a writing operation returns instead of being done; SQLITE_OK: do it.
int fault() {
  if (operations_left < 0) return SQLITE_OK;
  if (operations_left > 0) {
    --operations_left;
    return SQLITE_OK;
  }
  failed = true;
  return failing_with;
}

struct File {
  sqlite3_file base;  // must be first
  const sqlite3_io_methods* real_methods;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
File* ours(sqlite3_file* file) { return reinterpret_cast<File*>(file); }

// Calls a method of the file below.
template <auto kMethod, class... Arguments>
int pass(sqlite3_file* file, Arguments... arguments) {
  return (ours(file)->real_methods->*kMethod)(ours(file)->real(), arguments...);
}
template <auto kMethod, class... Arguments>
int pass_or_fail(sqlite3_file* file, Arguments... arguments) {
  const int result_code = fault();
  return result_code == SQLITE_OK ? pass<kMethod>(file, arguments...) : result_code;
}
int sync_or_fail(sqlite3_file* file, int flags) {
  ++synced;
  return pass_or_fail<&sqlite3_io_methods::xSync, int>(file, flags);
}
void pass_barrier(sqlite3_file* file) { ours(file)->real_methods->xShmBarrier(ours(file)->real()); }

using Io = sqlite3_io_methods;
const Io kMethods = {
    2,
    pass<&Io::xClose>,
    pass<&Io::xRead, void*, int, sqlite3_int64>,
    pass_or_fail<&Io::xWrite, const void*, int, sqlite3_int64>,
    pass_or_fail<&Io::xTruncate, sqlite3_int64>,
    sync_or_fail,
    pass<&Io::xFileSize, sqlite3_int64*>,
    pass<&Io::xLock, int>,
    pass<&Io::xUnlock, int>,
    pass<&Io::xCheckReservedLock, int*>,
    pass<&Io::xFileControl, int, void*>,
    pass<&Io::xSectorSize>,
    pass<&Io::xDeviceCharacteristics>,
    pass<&Io::xShmMap, int, int, int, void volatile**>,
    pass<&Io::xShmLock, int, int, int>,
    pass_barrier,
    pass<&Io::xShmUnmap, int>,
    nullptr,
    nullptr,
};

int open_file(sqlite3_vfs* vfs, sqlite3_filename path, sqlite3_file* file, int flags,
              int* out_flags) {
  auto* real_vfs = static_cast<sqlite3_vfs*>(vfs->pAppData);
  File* opened = ours(file);
  const int result_code = real_vfs->xOpen(real_vfs, path, opened->real(), flags, out_flags);
  opened->real_methods = opened->real()->pMethods;
  opened->base.pMethods = opened->real_methods == nullptr ? nullptr : &kMethods;
  return result_code;
}

}  // namespace

std::string name() {
  static sqlite3_vfs vfs = [] {
    sqlite3_vfs* real = sqlite3_vfs_find(nullptr);
    sqlite3_vfs copy = *real;
    copy.zName = "omzien-faulty";
    copy.pAppData = real;
    copy.szOsFile = static_cast<int>(sizeof(File)) + real->szOsFile;
    copy.xOpen = open_file;
    return copy;
  }();
  sqlite3_vfs_register(&vfs, 0);
  return vfs.zName;
}

void fail_after(int operations, int result_code) {
  failed = false;
  failing_with = result_code;
  operations_left = operations;
}

bool heal() {
  operations_left = -1;
  return failed;
}

int syncs() { return synced; }

}  // namespace omzien::storage::sqlcipher::faulty
