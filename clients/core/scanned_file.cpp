#include "clients/core/scanned_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "clients/core/event.h"

namespace omzien::core {
namespace {

struct MediaType {
  std::string_view ending;
  std::string_view type;
};
// What people attach most; the rest is told apart by its reader.
constexpr MediaType kMediaTypes[] = {
    {".jpg", "image/jpeg"},    {".jpeg", "image/jpeg"},     {".png", "image/png"},
    {".gif", "image/gif"},     {".webp", "image/webp"},     {".heic", "image/heic"},
    {".mp4", "video/mp4"},     {".mov", "video/quicktime"}, {".mp3", "audio/mpeg"},
    {".m4a", "audio/mp4"},     {".ogg", "audio/ogg"},       {".wav", "audio/wav"},
    {".txt", "text/plain"},    {".pdf", "application/pdf"}, {".zip", "application/zip"},
    {".eml", "message/rfc822"}};
constexpr std::string_view kSomeBytes = "application/octet-stream";

tl::unexpected<Error> unreadable(const std::filesystem::path& path) {
  return fail(ErrorKind::kBadInput,
              path.string() + " can't be read: " + std::strerror(errno) + ". Nothing was sent.");
}

std::string name_of(const std::filesystem::path& path) {
  auto name = path.filename().string();
  return name.empty() || name.size() > rules::kFileNameBytesMax || !valid_utf8(name) ? "file"
                                                                                     : name;
}

}  // namespace

ScannedFile::ScannedFile(ScannedFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      name_(std::move(other.name_)),
      size_(other.size_),
      sha256_(other.sha256_),
      pieces_(std::move(other.pieces_)) {}

ScannedFile::~ScannedFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<ScannedFile> ScannedFile::scan(const std::filesystem::path& path) {
  // Without O_NONBLOCK a pipe nobody writes to would be waited for, for ever.
  ScannedFile file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK), name_of(path));
  struct stat found {};
  if (file.descriptor_ < 0 || ::fstat(file.descriptor_, &found) != 0) return unreadable(path);
  if (!S_ISREG(found.st_mode))
    return fail(ErrorKind::kBadInput, path.string() + " is not a file. Nothing was sent.");
  file.size_ = static_cast<std::uint64_t>(found.st_size);
  if (file.size_ > rules::kFileBytesMax)
    return fail(ErrorKind::kBadInput,
                path.string() + " has " + std::to_string(file.size_) + " bytes; the most is " +
                    std::to_string(rules::kFileBytesMax) + ". Nothing was sent.");
  if (auto looked = file.look_through(); !looked) return tl::unexpected(looked.error());
  return file;
}

Result<void> ScannedFile::look_through() {
  crypto::Sha256 whole;
  for (std::uint64_t chunk = 0; crypto::stream_offset(chunk) < size_; ++chunk) {
    auto data = read(chunk);
    if (!data) return tl::unexpected(data.error());
    whole.update(*data);
    pieces_.push_back(crypto::sha256(*data));
    crypto::wipe(*data);
  }
  sha256_ = whole.finish();
  return {};
}

Result<crypto::Bytes> ScannedFile::read(std::uint64_t chunk) const {
  const auto start = crypto::stream_offset(chunk);
  const auto end = std::min(size_, crypto::stream_offset(chunk + 1));
  crypto::Bytes data(static_cast<std::size_t>(end - std::min(start, end)));
  for (std::size_t done = 0; done < data.size();) {
    const auto got = ::pread(descriptor_, data.data() + done, data.size() - done,
                             static_cast<off_t>(start + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return unreadable(name_);
    if (got == 0) return fail(ErrorKind::kBadInput, name_ + " became shorter while it was read");
    done += static_cast<std::size_t>(got);
  }
  return data;
}

Result<crypto::Bytes> ScannedFile::chunk_data(std::uint64_t chunk) const {
  auto data = read(chunk);
  if (!data) return data;
  if (chunk < pieces_.size() ? crypto::sha256(*data) == pieces_[chunk] : data->empty()) return data;
  return fail(ErrorKind::kBadInput, name_ + " changed while it was being sent");
}

std::string ScannedFile::media_type() const {
  auto ending = std::filesystem::path(name_).extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto found = std::find_if(std::begin(kMediaTypes), std::end(kMediaTypes),
                                  [&](const MediaType& known) { return known.ending == ending; });
  return std::string(found == std::end(kMediaTypes) ? kSomeBytes : found->type);
}

}  // namespace omzien::core
