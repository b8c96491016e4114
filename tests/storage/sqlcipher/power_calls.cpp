// What this program asks of the system about files and folders, SQLite's and the store's own alike:
// fsync, fdatasync, rename and unlink, each in the place of the system's.
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/storage/sqlcipher/power_disk.h"

namespace omzien::storage::sqlcipher::power {
namespace {

int fails() {
  errno = EIO;
  return -1;
}

std::filesystem::path path_of(int descriptor) {
  std::error_code none;
  return std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(descriptor), none);
}

bool is_open_in_sqlite(const std::string& path) {
  for (const auto& [file, name] : model().opened)
    if (name == path) return true;
  return false;
}

// The sync of a folder makes its entries last; nothing else does, though many a file system is
// kinder.
void sync_entries_of(const std::filesystem::path& folder) {
  for (auto& [path, disk] : model().disks)
    if (std::filesystem::path(path).parent_path() == folder) disk.entry_synced = true;
  std::erase_if(model().renames, [&](const Rename& rename) {
    if (std::filesystem::path(rename.to).parent_path() != folder) return false;
    apply(model().disks, rename);
    return true;
  });
}

int sync_descriptor(int descriptor, long call) {
  const std::lock_guard lock(model().mutex);
  struct stat status {};
  if (::fstat(descriptor, &status) == 0) {
    const auto path = path_of(descriptor);
    if (S_ISDIR(status.st_mode) && model().holds(path)) {
      if (!model().takes_place() || model().folders_fail) return fails();
      sync_entries_of(path);
    }
    // What SQLite writes is noted write by write; of another file the disk holds from its first
    // sync on what it held at the last one.
    if (S_ISREG(status.st_mode) && model().holds(path.parent_path()) && !is_open_in_sqlite(path)) {
      if (!model().takes_place()) return fails();
      model().disks[path].synced = content_of(path);
    }
  }
  return static_cast<int>(::syscall(call, descriptor));
}

int rename_file(const char* from, const char* to) {
  const std::lock_guard lock(model().mutex);
  const bool noted = model().holds(std::filesystem::path(from).parent_path());
  if (noted && model().off) return fails();
  auto& disks = model().disks;
  if (noted) {
    // Never synced: the name may last and nothing of what it stands for.
    disks.try_emplace(from);
    const bool replaces = std::filesystem::exists(to);
    if (!disks.contains(to)) disks[to].synced = replaces ? content_of(to) : "";
    if (!replaces) disks[to].deleted = true;
    model().renames.push_back({from, to});
  }
  return static_cast<int>(::syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}

int remove_file(const char* path) {
  const std::lock_guard lock(model().mutex);
  if (model().off && model().holds(std::filesystem::path(path).parent_path())) return fails();
  const int result = static_cast<int>(::syscall(SYS_unlinkat, AT_FDCWD, path, 0));
  const auto disk = model().disks.find(path);
  if (result == 0 && disk != model().disks.end()) {
    disk->second.deleted = true;
    disk->second.entry_synced = false;
  }
  return result;
}

}  // namespace
}  // namespace omzien::storage::sqlcipher::power

namespace power = omzien::storage::sqlcipher::power;

// For the libraries too.
extern "C" int fsync(int descriptor) { return power::sync_descriptor(descriptor, SYS_fsync); }
extern "C" int fdatasync(int descriptor) {
  return power::sync_descriptor(descriptor, SYS_fdatasync);
}
extern "C" int rename(const char* from, const char* to) noexcept {
  return power::rename_file(from, to);
}
extern "C" int unlink(const char* path) noexcept { return power::remove_file(path); }
