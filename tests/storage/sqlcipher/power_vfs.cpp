#include "tests/storage/sqlcipher/power_vfs.h"

#include <cstring>

#include "tests/storage/sqlcipher/passing_vfs.h"
#include "tests/storage/sqlcipher/power_disk.h"

namespace omzien::storage::sqlcipher::power {
namespace {

using passing::Io;
using passing::pass;

Disk& disk_of(sqlite3_file* file) { return model().disks[model().opened[file]]; }

int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  const std::lock_guard lock(model().mutex);
  if (model().off) return SQLITE_IOERR_WRITE;
  // The one at which the power goes may have reached the disk.
  disk_of(file).changes.push_back(
      {offset, {static_cast<const char*>(bytes), static_cast<std::size_t>(size)}, false});
  if (!model().takes_place()) return SQLITE_IOERR_WRITE;
  return pass<&Io::xWrite, const void*, int, sqlite3_int64>(file, bytes, size, offset);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  const std::lock_guard lock(model().mutex);
  if (!model().takes_place()) return SQLITE_IOERR_TRUNCATE;
  disk_of(file).changes.push_back({size, {}, true});
  return pass<&Io::xTruncate, sqlite3_int64>(file, size);
}

int sync(sqlite3_file* file, int flags) {
  const std::lock_guard lock(model().mutex);
  if (!model().takes_place()) return SQLITE_IOERR_FSYNC;
  Disk& disk = disk_of(file);
  for (const auto& change : disk.changes) apply(disk.synced, change);
  disk.changes.clear();
  const int result_code = pass<&Io::xSync, int>(file, flags);
  // SQLite does not look at how the sync of a new journal's folder ended; a program without power
  // would not have come this far.
  return model().off ? SQLITE_IOERR_FSYNC : result_code;
}

int control(sqlite3_file* file, int operation, void* argument) {
  if (operation == SQLITE_FCNTL_PRAGMA && model().syncing == Syncing::kOff) {
    auto* const* texts = static_cast<char**>(argument);
    if (std::strcmp(texts[1], "synchronous") == 0 && texts[2] != nullptr &&
        std::strlen(texts[2]) >= 3)
      std::memcpy(texts[2], "OFF", 4);
  }
  return pass<&Io::xFileControl, int, void*>(file, operation, argument);
}

int close(sqlite3_file* file) {
  {
    const std::lock_guard lock(model().mutex);
    model().opened.erase(file);
  }
  return pass<&Io::xClose>(file);
}

const Io kMethods = [] {
  Io methods = passing::kMethods;
  methods.xWrite = write;
  methods.xTruncate = truncate;
  methods.xSync = sync;
  methods.xFileControl = control;
  methods.xClose = close;
  return methods;
}();

int open_file(sqlite3_vfs* vfs, sqlite3_filename path, sqlite3_file* file, int flags,
              int* out_flags) {
  const std::lock_guard lock(model().mutex);
  const std::string name = path == nullptr ? "" : path;
  const bool was_there = !name.empty() && std::filesystem::exists(name);
  if (!was_there && model().off) return SQLITE_CANTOPEN;
  const int result_code = passing::open(vfs, path, file, flags, out_flags, kMethods);
  if (result_code != SQLITE_OK || name.empty()) return result_code;
  model().opened[file] = name;
  const auto known = model().disks.find(name);
  if (!was_there)
    model().disks[name] = {{}, {}, false, false};
  else if (known == model().disks.end() || known->second.deleted)
    model().disks[name] = {content_of(name), {}};
  // Made without SQLite, which syncs the folder then (storage/files.h, make_file).
  return result_code;
}

}  // namespace

std::string name() {
  static sqlite3_vfs vfs = passing::copy_of_the_systems("omzien-power", open_file);
  sqlite3_vfs_register(&vfs, 0);
  return vfs.zName;
}

}  // namespace omzien::storage::sqlcipher::power
