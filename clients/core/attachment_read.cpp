// Files of a case, as their readers find them.
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#include "clients/core/attachment.h"

namespace omzien::core {
namespace {

using rules::OperationKind;

constexpr std::size_t kChunkAnswerBytes = rules::kFileChunkSealedBytes + 64;

tl::unexpected<Error> not_the_file(const AttachedFile& file) {
  return fail(ErrorKind::kVerification, "what the gateway hands over for \"" + shown_name(file) +
                                            "\" is not what was attached. Nothing was saved.");
}

// A file in the making: without a name, so that nothing of it is left however this program ends.
// Where the file system or the system has no such files, beside its name, gone unless it is
// finished or the program was killed.
class PartFile {
 public:
  explicit PartFile(const std::filesystem::path& out) : out_(out) {
    const auto folder = out.has_parent_path() ? out.parent_path() : std::filesystem::path(".");
    descriptor_ = ::open(folder.c_str(), O_WRONLY | O_TMPFILE | O_CLOEXEC, 0600);
    if (descriptor_ >= 0 && ::access(link().c_str(), F_OK) == 0) return;
    if (descriptor_ >= 0) ::close(descriptor_);
    part_ = out;
    part_ += ".part";
    descriptor_ =
        ::open(part_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
  }
  ~PartFile() {
    if (descriptor_ < 0) return;
    ::close(descriptor_);
    if (!finished_ && !part_.empty()) ::unlink(part_.c_str());
  }
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  bool open() const { return descriptor_ >= 0; }

  bool write(crypto::ByteView bytes) const {
    while (!bytes.empty()) {
      const auto written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return false;
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
  }

  // Under its name, unless something came to stand there meanwhile.
  bool finish() {
    if (::fsync(descriptor_) != 0) return false;
    finished_ = part_.empty() ? ::linkat(AT_FDCWD, link().c_str(), AT_FDCWD, out_.c_str(),
                                         AT_SYMLINK_FOLLOW) == 0
                              : rename();
    return finished_;
  }

 private:
  // How the system calls a file that has no name.
  std::string link() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

  bool rename() const {
    int renamed = ::renameat2(AT_FDCWD, part_.c_str(), AT_FDCWD, out_.c_str(), RENAME_NOREPLACE);
    if (renamed != 0 && errno == EINVAL)  // a file system without it
      renamed = ::rename(part_.c_str(), out_.c_str());
    return renamed == 0;
  }

  std::filesystem::path out_;
  std::filesystem::path part_;  // empty: without a name
  int descriptor_ = -1;
  bool finished_ = false;
};

tl::unexpected<Error> unwritable(const std::filesystem::path& out) {
  return fail(ErrorKind::kBadInput, out.string() + " can't be written: " + std::strerror(errno));
}

std::size_t character_bytes(unsigned char lead) {
  return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

// Characters that would steer a terminal or turn a name around: U+0000-001F, U+007F-009F, and the
// ones that end a line or give it a direction: U+061C, U+200E, U+200F, U+2028-202E, U+2066-2069.
bool steers(std::string_view character) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
  if (character.size() == 1) return at(0) < 0x20 || at(0) == 0x7F;
  if (character.size() == 2)
    return (at(0) == 0xC2 && at(1) < 0xA0) || (at(0) == 0xD8 && at(1) == 0x9C);
  if (character.size() != 3 || at(0) != 0xE2) return false;
  return (at(1) == 0x80 && (at(2) == 0x8E || at(2) == 0x8F || (at(2) >= 0xA8 && at(2) <= 0xAE))) ||
         (at(1) == 0x81 && at(2) >= 0xA6 && at(2) <= 0xA9);
}

// One frame's worth of chunks.
Result<std::vector<crypto::Bytes>> get(Connection& connection, const Identity& self,
                                       const protocol::Handle& handle, const FoundFile& found,
                                       std::uint64_t first, std::uint64_t count) {
  std::vector<Call> calls;
  for (std::uint64_t chunk = first; chunk < first + count; ++chunk)
    calls.push_back(
        {OperationKind::kGetChunk,
         encode(protocol::GetChunk{handle, found.entry->entry.header().seq,
                                   static_cast<std::uint32_t>(chunk), found.number_in_entry})});
  auto results = connection.submit(calls, &self.signing_key());
  if (!results) return tl::unexpected(results.error());
  std::vector<crypto::Bytes> chunks;
  for (auto& result : *results) {
    if (result.status != rules::Status::kDone) return tl::unexpected(refusal(result.status));
    auto chunk = protocol::parse<protocol::Chunk>(result.body);
    if (!chunk) return not_the_file(*found.file);
    chunks.push_back(std::move(chunk->bytes));
  }
  return chunks;
}

}  // namespace

std::vector<FoundFile> files_of(const OpenedCase& opened) {
  std::vector<FoundFile> found;
  for (const auto& entry : opened.entries) {
    const auto* header = std::get_if<protocol::Event>(&entry.entry.header().fields);
    const auto* attachment = entry.event ? std::get_if<Attachment>(&*entry.event) : nullptr;
    if (!entry.counts || header == nullptr || attachment == nullptr) continue;
    for (std::uint32_t i = 0; i < attachment->files.size(); ++i)
      found.push_back(
          {found.size() + 1, i + 1, &entry, &attachment->files[i], header->compartment});
  }
  return found;
}

Result<void> save_file(Connection& connection, const Identity& self, const OpenedCase& opened,
                       const FoundFile& found, const std::filesystem::path& out,
                       const FileProgress& progress) {
  const auto& file = *found.file;
  std::error_code ignored;
  if (std::filesystem::symlink_status(out, ignored).type() != std::filesystem::file_type::not_found)
    return fail(ErrorKind::kBadInput, out.string() + " is there already; it was left as it is");
  if (!opened.share) return fail(ErrorKind::kRefused, "the files of this case are gone");
  PartFile part(out);
  if (!part.open()) return unwritable(out);
  crypto::StreamOpener opener(*file.key, *opened.share, file.upload_id, file.chunks);
  crypto::Sha256 whole;
  const std::uint64_t batch = frame_room(connection.frame_size()) / kChunkAnswerBytes;
  for (std::uint64_t next = 0; next < file.chunks;) {
    const auto count = std::min<std::uint64_t>(batch, file.chunks - next);
    const auto chunks = get(connection, self, opened.chain.handle(), found, next, count);
    if (!chunks) return tl::unexpected(chunks.error());
    for (const auto& chunk : *chunks) {
      const auto data = opener.next(chunk);
      if (!data) return not_the_file(file);
      whole.update(*data);
      if (!part.write(*data)) return unwritable(out);
    }
    next += count;
    if (progress) progress(next, file.chunks);
  }
  if (!opener.finished() || opener.data_bytes() != file.size || whole.finish() != file.sha256)
    return not_the_file(file);
  if (!part.finish()) return unwritable(out);
  return {};
}

std::string shown_name(const AttachedFile& file) {
  std::string name;
  for (std::size_t i = 0; i < file.name.size();) {
    const std::size_t length = character_bytes(static_cast<unsigned char>(file.name[i]));
    const auto character = std::string_view(file.name).substr(i, length);
    i += length;
    if (character == "/" || character == "\\") {
      name.clear();
    } else if (!steers(character)) {
      name += character;
    }
  }
  name.erase(0, std::min(name.find_first_not_of('.'), name.size()));
  return name.empty() ? "file" : name;
}

}  // namespace omzien::core
