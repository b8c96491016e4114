#include "tests/storage/sqlcipher/power_vfs.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>
#include <mutex>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

#include "tests/storage/sqlcipher/passing_vfs.h"

namespace omzien::storage::sqlcipher::power {
namespace {

using passing::Io;
using passing::pass;

constexpr std::size_t kSector = 512;

struct Change {
  sqlite3_int64 offset = 0;  // of a write; the size of a truncation
  std::string bytes;
  bool truncates = false;
};

// What is known of one file: the disk's, and what was not synced since.
struct Disk {
  std::string synced;
  std::vector<Change> changes;
  bool entry_synced = true;  // that the folder holds it, or does not any more
  bool deleted = false;
};

// One disk for all of a test: the engine writes from one thread, reads from others. Recursive,
// since the system's VFS syncs folders in the midst of what is noted here.
std::recursive_mutex mutex;
std::map<std::string, Disk> disks;
std::map<sqlite3_file*, std::string> paths;
int left = -1;
int counted = 0;
bool off = false;
bool folders_fail = false;
Syncing syncing = Syncing::kAsTheEngineAsks;

std::string content_of(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// One operation more; false: the power is off, or goes at this one.
bool takes_place() {
  if (off) return false;
  ++counted;
  off = left == 0;
  if (left > 0) --left;
  return !off;
}

void apply(std::string& content, const Change& change) {
  const auto at = static_cast<std::size_t>(change.offset);
  if (change.truncates) return content.resize(std::min(content.size(), at));
  if (content.size() < at + change.bytes.size()) content.resize(at + change.bytes.size());
  content.replace(at, change.bytes.size(), change.bytes);
}

// Some sectors of a write, each by itself.
void tear(std::string& content, const Change& change, std::mt19937& random) {
  if (change.truncates || random() % 3 == 0) return apply(content, change);
  for (std::size_t begin = 0; begin < change.bytes.size(); begin += kSector) {
    if (random() % 2 == 0) continue;
    apply(content, {change.offset + static_cast<sqlite3_int64>(begin),
                    change.bytes.substr(begin, kSector), false});
  }
}

Disk& disk_of(sqlite3_file* file) { return disks[paths[file]]; }

int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  const std::lock_guard lock(mutex);
  if (off) return SQLITE_IOERR_WRITE;
  // The one at which the power goes may have reached the disk.
  disk_of(file).changes.push_back(
      {offset, {static_cast<const char*>(bytes), static_cast<std::size_t>(size)}, false});
  if (!takes_place()) return SQLITE_IOERR_WRITE;
  return pass<&Io::xWrite, const void*, int, sqlite3_int64>(file, bytes, size, offset);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  const std::lock_guard lock(mutex);
  if (!takes_place()) return SQLITE_IOERR_TRUNCATE;
  disk_of(file).changes.push_back({size, {}, true});
  return pass<&Io::xTruncate, sqlite3_int64>(file, size);
}

int sync(sqlite3_file* file, int flags) {
  const std::lock_guard lock(mutex);
  if (!takes_place()) return SQLITE_IOERR_FSYNC;
  Disk& disk = disk_of(file);
  for (const auto& change : disk.changes) apply(disk.synced, change);
  disk.changes.clear();
  const int result_code = pass<&Io::xSync, int>(file, flags);
  // SQLite does not look at how the sync of a new journal's folder ended; a program without power
  // would not have come this far.
  return off ? SQLITE_IOERR_FSYNC : result_code;
}

// The folder behind a descriptor, if some of its files are on this disk; empty otherwise.
std::filesystem::path folder_of(int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || !S_ISDIR(status.st_mode)) return {};
  std::error_code none;
  const auto folder =
      std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(descriptor), none);
  const auto in_it = [&](const auto& one) {
    return std::filesystem::path(one.first).parent_path() == folder;
  };
  return std::ranges::any_of(disks, in_it) ? folder : std::filesystem::path();
}

// Every sync of this program, SQLite's and the store's own, comes by here. That of a folder makes
// its entries last; nothing else does, though many a file system is kinder.
int sync_descriptor(int descriptor, long call) {
  const std::lock_guard lock(mutex);
  if (const auto folder = folder_of(descriptor); !folder.empty()) {
    if (!takes_place() || folders_fail) {
      errno = EIO;
      return -1;
    }
    for (auto& [path, disk] : disks)
      if (std::filesystem::path(path).parent_path() == folder) disk.entry_synced = true;
  }
  return static_cast<int>(::syscall(call, descriptor));
}

int control(sqlite3_file* file, int operation, void* argument) {
  if (operation == SQLITE_FCNTL_PRAGMA && syncing == Syncing::kOff) {
    auto* const* texts = static_cast<char**>(argument);
    if (std::strcmp(texts[1], "synchronous") == 0 && texts[2] != nullptr &&
        std::strlen(texts[2]) >= 3)
      std::memcpy(texts[2], "OFF", 4);
  }
  return pass<&Io::xFileControl, int, void*>(file, operation, argument);
}

int close(sqlite3_file* file) {
  {
    const std::lock_guard lock(mutex);
    paths.erase(file);
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
  const std::lock_guard lock(mutex);
  const std::string name = path == nullptr ? "" : path;
  const bool was_there = !name.empty() && std::filesystem::exists(name);
  if (!was_there && off) return SQLITE_CANTOPEN;
  const int result_code = passing::open(vfs, path, file, flags, out_flags, kMethods);
  if (result_code != SQLITE_OK || name.empty()) return result_code;
  paths[file] = name;
  if (was_there) {
    if (!disks.contains(name)) disks[name].synced = content_of(name);
  } else {
    disks[name] = {{}, {}, false, false};
  }
  return result_code;
}

int delete_file(sqlite3_vfs* vfs, const char* path, int sync_folder) {
  const std::lock_guard lock(mutex);
  if (off) return SQLITE_IOERR_DELETE;
  auto* real_vfs = static_cast<sqlite3_vfs*>(vfs->pAppData);
  const Disk before = disks[path];
  // Before it is done, since the folder may be synced with it.
  disks[path].deleted = true;
  disks[path].entry_synced = false;
  const int result_code = real_vfs->xDelete(real_vfs, path, sync_folder);
  if (result_code != SQLITE_OK) disks[path] = before;
  return result_code;
}

// Whether the folder holds the file after the cut.
bool survives(const Disk& disk, std::mt19937& random) {
  if (disk.entry_synced) return !disk.deleted;
  return random() % 2 == 0;
}

}  // namespace

std::string name() {
  static sqlite3_vfs vfs = passing::copy_of_the_systems("omzien-power", open_file, delete_file);
  sqlite3_vfs_register(&vfs, 0);
  return vfs.zName;
}

void begin(int operations, Syncing how) {
  const std::lock_guard lock(mutex);
  disks.clear();
  left = operations;
  counted = 0;
  off = false;
  folders_fail = false;
  syncing = how;
}

void fail_folders(bool failing) {
  const std::lock_guard lock(mutex);
  folders_fail = failing;
}

bool is_off() {
  const std::lock_guard lock(mutex);
  return off;
}

int operations() {
  const std::lock_guard lock(mutex);
  return counted;
}

void leave_behind(const std::filesystem::path& from, const std::filesystem::path& folder,
                  std::mt19937& random) {
  const std::lock_guard lock(mutex);
  for (const auto& [path, disk] : disks) {
    if (!survives(disk, random)) continue;
    std::string content = disk.synced;
    auto changes = disk.changes;
    std::shuffle(changes.begin(), changes.end(), random);
    for (const auto& change : changes)
      if (random() % 2 == 0) tear(content, change, random);
    std::ofstream(folder / std::filesystem::path(path).filename(), std::ios::binary) << content;
  }
  // What the store writes without SQLite it syncs itself, before it goes on.
  for (const auto& file : std::filesystem::directory_iterator(from)) {
    const auto name = file.path().filename().string();
    if (disks.contains(file.path().string()) || name.ends_with("-shm")) continue;
    std::filesystem::copy_file(file.path(), folder / name,
                               std::filesystem::copy_options::overwrite_existing);
  }
}

}  // namespace omzien::storage::sqlcipher::power

// In the place of the system's, for the libraries too.
extern "C" int fsync(int descriptor) {
  return omzien::storage::sqlcipher::power::sync_descriptor(descriptor, SYS_fsync);
}
extern "C" int fdatasync(int descriptor) {
  return omzien::storage::sqlcipher::power::sync_descriptor(descriptor, SYS_fdatasync);
}
