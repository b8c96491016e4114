#include "storage/sqlcipher/process_lock.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

namespace omzien::storage::sqlcipher {

Result<ProcessLock> ProcessLock::take(const std::filesystem::path& database) {
  auto path = database;
  path += ".lock";
  Descriptor file(
      ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
  if (!file) return tl::unexpected(error_of_errno(errno));
  while (::flock(file.number(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return tl::unexpected(Error::kInUse);
    if (errno != EINTR) return tl::unexpected(error_of_errno(errno));
  }
  return ProcessLock(std::move(file));
}

}  // namespace omzien::storage::sqlcipher
