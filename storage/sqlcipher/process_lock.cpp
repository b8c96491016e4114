#include "storage/sqlcipher/process_lock.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "storage/sqlcipher/paths.h"

namespace omzien::storage::sqlcipher {

namespace {

std::filesystem::path lock_of(const std::filesystem::path& database) {
  return beside(database, ".lock");
}

// Nobody has closed the store since it was opened last, or it is open.
bool says_open(const std::filesystem::path& database) {
  struct stat status {};
  return ::stat(lock_of(database).c_str(), &status) == 0 && status.st_size != 0;
}

// Whoever held it before may have removed it between its opening and its locking: a lock on a file
// that has no name any more keeps nobody out.
bool is_still(const std::filesystem::path& path, const Descriptor& file) {
  struct stat named {};
  struct stat held {};
  return ::stat(path.c_str(), &named) == 0 && ::fstat(file.number(), &held) == 0 &&
         named.st_dev == held.st_dev && named.st_ino == held.st_ino;
}

}  // namespace

Result<Descriptor> lock_file(const std::filesystem::path& path) {
  while (true) {
    Descriptor file(
        ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
    if (!file) return tl::unexpected(error_of_errno(errno));
    while (::flock(file.number(), LOCK_EX | LOCK_NB) != 0) {
      if (errno == EWOULDBLOCK) return tl::unexpected(Error::kInUse);
      if (errno != EINTR) return tl::unexpected(error_of_errno(errno));
    }
    if (is_still(path, file)) return file;
  }
}

Result<ProcessLock> ProcessLock::take(const std::filesystem::path& database) {
  auto file = lock_file(lock_of(database));
  if (!file) return tl::unexpected(file.error());
  struct stat status {};
  if (::fstat(file->number(), &status) != 0) return tl::unexpected(error_of_errno(errno));
  return ProcessLock(std::move(*file), status.st_size != 0);
}

Result<void> ProcessLock::mark_open() {
  if (::pwrite(file_.number(), "1", 1, 0) != 1 || ::fsync(file_.number()) != 0)
    return tl::unexpected(error_of_errno(errno));
  return {};
}

Result<void> ProcessLock::mark_closed() {
  if (::ftruncate(file_.number(), 0) != 0 || ::fsync(file_.number()) != 0)
    return tl::unexpected(error_of_errno(errno));
  return {};
}

Result<void> demand_journal(const std::filesystem::path& database, const ProcessLock& lock) {
  if (!lock.was_left_open()) return {};
  const auto has = is_there(beside(database, "-wal"));
  if (!has) return tl::unexpected(has.error());
  if (!*has) return tl::unexpected(Error::kDamaged);
  return {};
}

Result<void> demand_journal(const std::filesystem::path& database) {
  if (!says_open(database)) return {};
  const auto has = is_there(beside(database, "-wal"));
  if (!has) return tl::unexpected(has.error());
  // Asked once more: whoever closes the store says so before the journal goes.
  if (!*has && says_open(database)) return tl::unexpected(Error::kDamaged);
  return {};
}

}  // namespace omzien::storage::sqlcipher
