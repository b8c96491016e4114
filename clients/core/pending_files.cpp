#include "clients/core/pending_files.h"

#include "omzien/local.pb.h"

#include "protocol/strict.h"

namespace omzien::core {
namespace {

namespace strict = protocol::strict;
constexpr std::string_view kPurpose = "files";

std::optional<PendingFile> take(const wire::PendingFile& from) {
  const auto handle = protocol::Handle::from(strict::view(from.handle()));
  const auto sha256 = crypto::Digest::from(strict::view(from.sha256()));
  if (!handle || !sha256) return std::nullopt;
  return PendingFile{*handle, rules::Compartment{from.compartment()}, from.path(), from.size(),
                     *sha256};
}

}  // namespace

Result<PendingFiles> PendingFiles::load(const LocalFolder& folder, const Identity& self) {
  PendingFiles pending;
  const auto bytes = folder.read(self, kPurpose);
  if (!bytes) return tl::unexpected(bytes.error());
  if (!*bytes) return pending;
  const auto message = strict::parse<wire::PendingFiles>((*bytes)->reveal());
  const auto broken = [] {
    return fail(ErrorKind::kVerification,
                "the list of files to send can't be read; it is left as it is");
  };
  if (!message) return broken();
  for (const auto& from : message->files()) {
    auto file = take(from);
    if (!file) return broken();
    pending.files_.push_back(std::move(*file));
  }
  return pending;
}

Result<void> PendingFiles::save(const LocalFolder& folder, const Identity& self,
                                crypto::Random& random) const {
  if (files_.empty()) return folder.remove(self, kPurpose);
  wire::PendingFiles message;
  for (const auto& from : files_) {
    auto* to = message.add_files();
    to->set_handle(strict::field(from.handle.view()));
    to->set_compartment(static_cast<std::uint32_t>(from.compartment));
    to->set_path(from.path.string());
    to->set_size(from.size);
    to->set_sha256(strict::field(from.sha256.view()));
  }
  auto plaintext = strict::encode(message);
  auto saved = folder.write(self, kPurpose, plaintext, random);
  crypto::wipe(plaintext);
  return saved;
}

Result<void> PendingFiles::change(const LocalFolder& folder, const Identity& self,
                                  crypto::Random& random,
                                  const std::function<void(PendingFiles&)>& what) {
  const auto turn = folder.turn_to_write(self, kPurpose);
  if (!turn) return tl::unexpected(turn.error());
  auto pending = load(folder, self);
  if (!pending) return tl::unexpected(pending.error());
  what(*pending);
  return pending->save(folder, self, random);
}

void PendingFiles::add(PendingFile file) {
  remove(file);
  files_.push_back(std::move(file));
}

void PendingFiles::remove(const PendingFile& file) {
  std::erase_if(files_, [&](const PendingFile& other) {
    return other.handle == file.handle && other.compartment == file.compartment &&
           other.path == file.path;
  });
}

}  // namespace omzien::core
