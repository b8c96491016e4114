#include "tests/storage/sqlcipher/dying_vfs.h"

#include <unistd.h>

#include "tests/storage/sqlcipher/passing_vfs.h"

namespace omzien::storage::sqlcipher::dying {
namespace {

using passing::Io;
using passing::pass;

int operations_left = -1;  // negative: for ever

int one_less(int result_code) {
  if (operations_left > 0) --operations_left;
  if (operations_left == 0) ::_exit(kDied);
  return result_code;
}

template <auto kMethod, class... Arguments>
int pass_and_count(sqlite3_file* file, Arguments... arguments) {
  return one_less(pass<kMethod>(file, arguments...));
}

const Io kMethods = [] {
  Io methods = passing::kMethods;
  methods.xWrite = pass_and_count<&Io::xWrite, const void*, int, sqlite3_int64>;
  methods.xTruncate = pass_and_count<&Io::xTruncate, sqlite3_int64>;
  methods.xSync = pass_and_count<&Io::xSync, int>;
  return methods;
}();

int open_file(sqlite3_vfs* vfs, sqlite3_filename path, sqlite3_file* file, int flags,
              int* out_flags) {
  return passing::open(vfs, path, file, flags, out_flags, kMethods);
}

int delete_file(sqlite3_vfs* vfs, const char* path, int sync_folder) {
  auto* real_vfs = static_cast<sqlite3_vfs*>(vfs->pAppData);
  return one_less(real_vfs->xDelete(real_vfs, path, sync_folder));
}

}  // namespace

std::string name() {
  static sqlite3_vfs vfs = passing::copy_of_the_systems("omzien-dying", open_file, delete_file);
  sqlite3_vfs_register(&vfs, 0);
  return vfs.zName;
}

void die_after(int operations) { operations_left = operations; }

}  // namespace omzien::storage::sqlcipher::dying
