#include "tests/storage/sqlcipher/faulty_vfs.h"

#include <atomic>
#include <vector>

#include "tests/storage/sqlcipher/passing_vfs.h"

namespace omzien::storage::sqlcipher::faulty {
namespace {

std::atomic<int> operations_left = -1;  // negative: never fails
std::atomic<int> failing_with = SQLITE_OK;
std::atomic<int> reads_left = -1;  // negative: never fails
std::atomic<bool> failed = false;
std::atomic<int> synced = 0;
std::atomic<int> operations_unaltered = -1;  // negative: alters nothing
std::atomic<bool> did_alter = false;

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

using passing::Io;
using passing::pass;

template <auto kMethod, class... Arguments>
int pass_or_fail(sqlite3_file* file, Arguments... arguments) {
  const int result_code = fault();
  return result_code == SQLITE_OK ? pass<kMethod>(file, arguments...) : result_code;
}
int write_or_fail(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
  if (operations_unaltered == 0 && !did_alter.exchange(true)) {
    const auto* from = static_cast<const char*>(bytes);
    std::vector<char> other(from, from + count);
    other[other.size() / 2] ^= 1;
    return pass<&Io::xWrite, const void*>(file, other.data(), count, offset);
  }
  if (operations_unaltered > 0) --operations_unaltered;
  return pass_or_fail<&Io::xWrite, const void*>(file, bytes, count, offset);
}
int read_or_fail(sqlite3_file* file, void* bytes, int count, sqlite3_int64 offset) {
  if (reads_left == 0) {
    failed = true;
    return SQLITE_IOERR_READ;
  }
  if (reads_left > 0) --reads_left;
  return pass<&Io::xRead, void*>(file, bytes, count, offset);
}
int sync_or_fail(sqlite3_file* file, int flags) {
  ++synced;
  return pass_or_fail<&Io::xSync, int>(file, flags);
}

const Io kMethods = [] {
  Io methods = passing::kMethods;
  methods.xRead = read_or_fail;
  methods.xWrite = write_or_fail;
  methods.xTruncate = pass_or_fail<&Io::xTruncate, sqlite3_int64>;
  methods.xSync = sync_or_fail;
  return methods;
}();

int open_file(sqlite3_vfs* vfs, sqlite3_filename path, sqlite3_file* file, int flags,
              int* out_flags) {
  return passing::open(vfs, path, file, flags, out_flags, kMethods);
}

}  // namespace

std::string name() {
  static sqlite3_vfs vfs = passing::copy_of_the_systems("omzien-faulty", open_file);
  sqlite3_vfs_register(&vfs, 0);
  return vfs.zName;
}

void fail_after(int operations, int result_code) {
  failed = false;
  failing_with = result_code;
  operations_left = operations;
}

void fail_reads_after(int reads) {
  failed = false;
  reads_left = reads;
}

bool heal() {
  operations_left = reads_left = -1;
  return failed;
}

void alter_after(int operations) {
  did_alter = false;
  operations_unaltered = operations;
}

bool altered() {
  operations_unaltered = -1;
  return did_alter;
}

int syncs() { return synced; }

}  // namespace omzien::storage::sqlcipher::faulty
