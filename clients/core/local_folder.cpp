#include "clients/core/local_folder.h"

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace omzien::core {
namespace {

constexpr std::size_t kLocalBytesMax = std::size_t{16} << 20;
// Who has the turn may be waiting for a gateway that does not answer (transport.cpp).
constexpr std::chrono::seconds kTurnPatience{90};
constexpr std::chrono::milliseconds kTurnAgain{20};

// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  int release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

tl::unexpected<Error> failed(const std::filesystem::path& path, const char* what) {
  return fail(ErrorKind::kBadInput,
              path.string() + " can't be " + what + ": " + std::strerror(errno));
}

bool write_all(int fd, crypto::ByteView bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

// Whether the file that was opened is the one that has the name now: who had the turn before takes
// it away.
bool has_name(int fd, const std::filesystem::path& path) {
  struct stat opened {};
  struct stat named {};
  return ::fstat(fd, &opened) == 0 && ::stat(path.c_str(), &named) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

}  // namespace

LocalFolder::Turn::Turn(Turn&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::move(other.path_)) {}

LocalFolder::Turn& LocalFolder::Turn::operator=(Turn&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(path_, other.path_);
  return *this;
}

LocalFolder::Turn::~Turn() {
  if (descriptor_ < 0) return;
  ::unlink(path_.c_str());  // while it is ours: nobody else's goes
  ::close(descriptor_);
}

Result<LocalFolder::Turn> LocalFolder::turn(const Identity& self, std::string_view purpose) const {
  auto lock = file(self, purpose);
  lock += ".lock";
  const auto until = std::chrono::steady_clock::now() + kTurnPatience;
  for (;;) {
    Descriptor opened(::open(lock.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (opened.get() < 0) return Turn();
    if (::flock(opened.get(), LOCK_EX | LOCK_NB) == 0) {
      if (has_name(opened.get(), lock)) return Turn(opened.release(), std::move(lock));
      continue;
    }
    if (errno != EWOULDBLOCK) return Turn();  // a file system without locks
    if (std::chrono::steady_clock::now() > until)
      return fail(ErrorKind::kUnreachable,
                  "another omzien on this machine is busy with the same words or key; try again");
    std::this_thread::sleep_for(kTurnAgain);
  }
}

Result<LocalFolder::Turn> LocalFolder::turn_to_write(const Identity& self,
                                                     std::string_view purpose) const {
  if (auto made = make(); !made) return tl::unexpected(made.error());
  return turn(self, purpose);
}

Result<crypto::Bytes> read_file(const std::filesystem::path& path, std::size_t bytes_max) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return failed(path, "read");
  crypto::Bytes bytes;
  std::uint8_t piece[65536];
  for (;;) {
    const auto got = ::read(file.get(), piece, sizeof piece);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed(path, "read");
    if (got == 0) break;
    if (bytes.size() + static_cast<std::size_t>(got) > bytes_max)
      return fail(ErrorKind::kBadInput,
                  path.string() + " is larger than " + std::to_string(bytes_max) + " bytes");
    bytes.insert(bytes.end(), piece, piece + got);
  }
  crypto::wipe(piece);
  return bytes;
}

Result<void> write_file(const std::filesystem::path& path, crypto::ByteView bytes) {
  auto beside = path;
  beside += ".new";
  for (;;) {
    // What stands there already is a write that was cut off, or one that another program is at: its
    // turn ends with its name. Whoever else put a link there does not choose what is written to.
    const Descriptor file(
        ::open(beside.c_str(), O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600));
    if (file.get() < 0) return failed(beside, "written");
    while (::flock(file.get(), LOCK_EX) != 0 && errno == EINTR) continue;
    if (!has_name(file.get(), beside)) continue;
    if (::fchmod(file.get(), 0600) != 0 || ::ftruncate(file.get(), 0) != 0 ||
        !write_all(file.get(), bytes) || ::fsync(file.get()) != 0)
      return failed(beside, "written");
    if (::rename(beside.c_str(), path.c_str()) != 0) return failed(path, "written");
    break;
  }
  const auto parent = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  const Descriptor folder(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() < 0 || ::fsync(folder.get()) != 0) return failed(path, "written");
  return {};
}

std::filesystem::path LocalFolder::standard_path() {
  if (const char* own = std::getenv("OMZIEN_STATE"); own != nullptr && *own != '\0') return own;
  if (const char* xdg = std::getenv("XDG_STATE_HOME"); xdg != nullptr && *xdg != '\0')
    return std::filesystem::path(xdg) / "omzien";
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home == nullptr ? "." : home) / ".local" / "state" / "omzien";
}

// Its owner's alone from the first moment on.
Result<void> LocalFolder::make() const {
  const auto folder = path_.has_filename() ? path_ : path_.parent_path();
  std::error_code error;
  if (folder.has_parent_path()) std::filesystem::create_directories(folder.parent_path(), error);
  if (error || (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST))
    return fail(ErrorKind::kBadInput, path_.string() + " can't be made: " +
                                          (error ? error.message() : std::strerror(errno)));
  return {};
}

std::filesystem::path LocalFolder::file(const Identity& self, std::string_view purpose) const {
  return path_ / (self.local_name().hex() + "." + std::string(purpose));
}

Result<std::optional<crypto::SecretBytes>> LocalFolder::read(const Identity& self,
                                                             std::string_view purpose) const {
  const auto path = file(self, purpose);
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return std::optional<crypto::SecretBytes>{};
  const auto sealed = read_file(path, kLocalBytesMax);
  if (!sealed) return tl::unexpected(sealed.error());
  auto opened = crypto::open_local(self.local_key(), purpose, *sealed);
  if (!opened)
    return fail(ErrorKind::kVerification,
                path.string() + " was altered or is damaged; it is left as it is");
  return std::optional(std::move(*opened));
}

Result<void> LocalFolder::write(const Identity& self, std::string_view purpose,
                                crypto::ByteView plaintext, crypto::Random& random) const {
  if (auto made = make(); !made) return made;
  const auto sealed = crypto::seal_local(self.local_key(), purpose, plaintext, random);
  if (sealed.size() > kLocalBytesMax)
    return fail(ErrorKind::kBadInput,
                "more waits on this machine than fits: send or drop some of it first");
  return write_file(file(self, purpose), sealed);
}

Result<void> LocalFolder::remove(const Identity& self, std::string_view purpose) const {
  std::error_code error;
  std::filesystem::remove(file(self, purpose), error);
  if (error)
    return fail(ErrorKind::kBadInput,
                file(self, purpose).string() + " can't be removed: " + error.message());
  return {};
}

}  // namespace omzien::core
