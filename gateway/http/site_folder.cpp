#include "gateway/http/site_folder.h"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

namespace omzien::gateway::http {
namespace {

constexpr std::size_t kNameBytesMax = 128;

struct Named {
  std::string_view suffix;
  std::string_view type;
};
// What a build of clients/web is made of, and nothing that a browser would open in another program.
constexpr Named kTypes[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".webmanifest", "application/manifest+json"},
    {".txt", "text/plain; charset=utf-8"},
};

struct Coded {
  std::string_view suffix;
  Coding coding;
};
constexpr Coded kCodedNames[] = {{".br", Coding::kBrotli}, {".gz", Coding::kGzip}};

std::string_view type_of(std::string_view name) {
  for (const auto& [suffix, type] : kTypes)
    if (name.ends_with(suffix)) return type;
  return {};
}

class OpenFile {
 public:
  explicit OpenFile(int number) : number_(number) {}
  ~OpenFile() {
    if (number_ >= 0) ::close(number_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int get() const { return number_; }

 private:
  int number_;
};

class Reader {
 public:
  Reader(const std::filesystem::path& folder, const HttpLimits& limits)
      : folder_(folder),
        limits_(limits),
        descriptor_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (descriptor_.get() < 0) refuse_because(errno);
  }

  SiteFiles read() {
    // The shorter name first: NAME stands before NAME.br.
    for (const auto& name : names()) add(name, read_file(name));
    if (!files_.contains(kIndexName)) refuse(std::string("has no ") + std::string(kIndexName));
    return std::move(files_);
  }

 private:
  [[noreturn]] void refuse(const std::string& why) const {
    throw SiteError(folder_.string() + ": " + why);
  }
  [[noreturn]] void refuse_because(int error) const {
    refuse(std::error_code(error, std::generic_category()).message());
  }
  [[noreturn]] void refuse_file(const std::string& name, const std::string& why) const {
    throw SiteError((folder_ / name).string() + ": " + why);
  }

  std::vector<std::string> names() const {
    const int copy = ::fcntl(descriptor_.get(), F_DUPFD_CLOEXEC, 0);
    const std::unique_ptr<DIR, int (*)(DIR*)> listing(::fdopendir(copy), ::closedir);
    if (!listing) {
      const int error = errno;
      ::close(copy);
      refuse_because(error);
    }
    std::vector<std::string> found;
    errno = 0;
    while (const dirent* entry = ::readdir(listing.get())) {
      const std::string name = entry->d_name;
      if (name == "." || name == "..") continue;
      if (found.size() == limits_.site_files_max)
        refuse("has more files than [limits] site_files_max");
      found.push_back(name);
    }
    if (errno != 0) refuse_because(errno);
    std::sort(found.begin(), found.end());
    return found;
  }

  crypto::Bytes read_file(const std::string& name) {
    if (!is_site_name(name)) refuse_file(name, "is no name of a file that a site may have");
    // Not blocked by a pipe, and not led elsewhere by a link.
    const OpenFile file(
        ::openat(descriptor_.get(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (file.get() < 0 && errno == ELOOP) refuse_file(name, "is a link; a site has files alone");
    struct stat about {};
    if (file.get() < 0 || ::fstat(file.get(), &about) != 0)
      refuse_file(name, std::error_code(errno, std::generic_category()).message());
    if (!S_ISREG(about.st_mode)) refuse_file(name, "is no file; a site has files alone");
    const auto size = static_cast<std::uint64_t>(about.st_size);
    if (size > limits_.site_bytes_max - bytes_)
      refuse("has more bytes than [limits] site_bytes_max");
    bytes_ += size;

    crypto::Bytes bytes(size);
    for (std::size_t filled = 0; filled < bytes.size();) {
      const ssize_t got = ::read(file.get(), bytes.data() + filled, bytes.size() - filled);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) refuse_file(name, "cannot be read, or changes while it is");
      filled += static_cast<std::size_t>(got);
    }
    return bytes;
  }

  void add(const std::string& name, crypto::Bytes bytes) {
    for (const auto& [suffix, coding] : kCodedNames) {
      if (!name.ends_with(suffix)) continue;
      const auto plain = files_.find(name.substr(0, name.size() - suffix.size()));
      if (plain == files_.end()) refuse_file(name, "stands beside no file of which it is the same");
      plain->second.bytes[coding] = std::move(bytes);
      return;
    }
    const auto type = type_of(name);
    if (type.empty()) refuse_file(name, "has no type that a site may have");
    files_[name] = {type, {}};
    files_[name].bytes[Coding::kIdentity] = std::move(bytes);
  }

  const std::filesystem::path& folder_;
  const HttpLimits& limits_;
  OpenFile descriptor_;
  std::uint64_t bytes_ = 0;
  SiteFiles files_;
};

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

}  // namespace

bool is_site_name(std::string_view name) {
  if (name.size() > kNameBytesMax) return false;
  bool after_dot = true;  // as at the beginning: the next is no dot
  bool has_dot = false;
  for (const char c : name) {
    if (c == '.' && after_dot) return false;
    if (c != '.' && c != '-' && c != '_' && !is_letter_or_digit(c)) return false;
    after_dot = c == '.';
    has_dot = has_dot || after_dot;
  }
  return has_dot && !after_dot;
}

SiteFiles read_site_folder(const std::filesystem::path& folder, const HttpLimits& limits) {
  return Reader(folder, limits).read();
}

}  // namespace omzien::gateway::http
