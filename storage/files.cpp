#include "storage/files.h"

#include <cerrno>
#include <cstdio>
#include <ctime>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace omzien::storage {
namespace {

tl::unexpected<Error> system_error() { return tl::unexpected(error_of_errno(errno)); }

Descriptor open_file(const std::filesystem::path& path, int flags) {
  int number = -1;
  do {
    number = ::open(path.c_str(), flags | O_CLOEXEC, S_IRUSR | S_IWUSR);
  } while (number < 0 && errno == EINTR);
  return Descriptor(number);
}

Result<void> write_all(int descriptor, crypto::ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return system_error();
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  if (::fsync(descriptor) != 0) return system_error();
  return {};
}

Result<std::size_t> read_all(int descriptor, std::span<std::uint8_t> out) {
  std::size_t filled = 0;
  while (filled < out.size()) {
    const ssize_t got = ::read(descriptor, out.data() + filled, out.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error();
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  return filled;
}

}  // namespace

Error error_of_errno(int number) {
  switch (number) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG: return Error::kFull;
    case EROFS:
    case EACCES:
    case EPERM: return Error::kReadOnly;
    case ENOENT:
    case ENOTDIR:
    case EISDIR:
    case ELOOP:
    case ENAMETOOLONG: return Error::kUnreachable;
    case EEXIST: return Error::kConflict;
    default: return Error::kFailed;
  }
}

Descriptor::Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

Result<crypto::SecretBytes> read_file(const std::filesystem::path& path, std::size_t bytes_max,
                                      Readers readers) {
  const Descriptor file =
      open_file(path, O_RDONLY | O_NONBLOCK);  // not to wait for a pipe's other end
  if (!file) {
    const Error error = error_of_errno(errno);
    return tl::unexpected(error == Error::kReadOnly ? Error::kUnreachable : error);
  }
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) return system_error();
  if (!S_ISREG(status.st_mode)) return tl::unexpected(Error::kUnreachable);
  if (readers == Readers::kOwnerOnly && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return tl::unexpected(Error::kExposed);
  }
  crypto::SecretBytes buffer(bytes_max + 1);
  const auto filled = read_all(file.number(), buffer.reveal_mutable());
  if (!filled) return tl::unexpected(filled.error());
  if (*filled > bytes_max) return tl::unexpected(Error::kDamaged);
  return crypto::SecretBytes::from(buffer.reveal().first(*filled));
}

Result<void> write_file(const std::filesystem::path& path, crypto::ByteView bytes) {
  auto part = path;
  part += ".part";
  if (auto removed = remove_file(part); !removed) return removed;
  {
    const Descriptor file = open_file(part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
    if (!file) return system_error();
    if (auto written = write_all(file.number(), bytes); !written) {
      (void)remove_file(part);
      return written;
    }
  }
  return rename_file(part, path);
}

Result<void> write_at(const std::filesystem::path& path, std::uint64_t offset,
                      crypto::ByteView bytes) {
  const Descriptor file = open_file(path, O_WRONLY | O_NOFOLLOW);
  if (!file) return system_error();
  if (::lseek(file.number(), static_cast<off_t>(offset), SEEK_SET) < 0) return system_error();
  return write_all(file.number(), bytes);
}

void show_day_alone(const std::filesystem::path& path) {
  constexpr std::time_t kDaySeconds = 86'400;
  const Descriptor file = open_file(path, O_WRONLY | O_NOFOLLOW);
  struct stat status {};
  if (!file || ::fstat(file.number(), &status) != 0) return;
  const timespec day{status.st_mtim.tv_sec - status.st_mtim.tv_sec % kDaySeconds, 0};
  const timespec times[] = {day, day};
  if (::futimens(file.number(), times) == 0) (void)::fsync(file.number());
}

Result<void> make_file(const std::filesystem::path& path) {
  const Descriptor file = open_file(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
  if (!file) return system_error();
  return sync_folder_of(path);
}

Result<void> rename_file(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0) return system_error();
  return sync_folder_of(to);
}

Result<void> remove_file(const std::filesystem::path& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return system_error();
  return {};
}

Result<void> sync_folder_of(const std::filesystem::path& path) {
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  const Descriptor opened = open_file(folder, O_RDONLY | O_DIRECTORY);
  if (!opened || ::fsync(opened.number()) != 0) return system_error();
  return {};
}

}  // namespace omzien::storage
