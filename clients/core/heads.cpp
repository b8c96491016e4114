#include "clients/core/heads.h"

#include <algorithm>
#include <tuple>

#include "omzien/local.pb.h"

#include "clients/core/names.h"
#include "protocol/strict.h"

namespace omzien::core {
namespace {

namespace strict = protocol::strict;
constexpr std::string_view kPurpose = "heads";

}  // namespace

Result<Heads> Heads::load(const LocalFolder& folder, const Identity& self) {
  const auto bytes = folder.read(self, kPurpose);
  if (!bytes) return tl::unexpected(bytes.error());
  Heads heads;
  if (!*bytes) return heads;
  const auto message = strict::parse<wire::Heads>((*bytes)->reveal());
  const auto directory =
      message ? crypto::Digest::from(strict::view(message->directory_hash())) : std::nullopt;
  if (!directory)
    return fail(ErrorKind::kVerification, "the list of heads seen last can't be read");
  heads.directory_version_ = message->directory_version();
  heads.directory_hash_ = *directory;
  for (const auto& from : message->heads()) {
    const auto handle = protocol::Handle::from(strict::view(from.handle()));
    const auto hash = crypto::Digest::from(strict::view(from.hash()));
    if (!handle || !hash)
      return fail(ErrorKind::kVerification, "the list of heads seen last can't be read");
    heads.heads_[*handle] = {from.seq(), *hash, from.read_seq()};
  }
  return heads;
}

// What another program noted meanwhile stays: none of it ever goes back.
Result<void> Heads::save(const LocalFolder& folder, const Identity& self,
                         crypto::Random& random) const {
  const auto turn = folder.turn_to_write(self, kPurpose);
  if (!turn) return tl::unexpected(turn.error());
  auto all = load(folder, self);
  if (!all) return tl::unexpected(all.error());
  if (directory_version_ >= all->directory_version_) {
    all->directory_version_ = directory_version_;
    all->directory_hash_ = directory_hash_;
  }
  for (const auto& [handle, head] : heads_) {
    auto& noted = all->heads_[handle];
    if (head.seq >= noted.seq) std::tie(noted.seq, noted.hash) = std::tie(head.seq, head.hash);
    noted.read_seq = std::max(noted.read_seq, head.read_seq);
  }
  wire::Heads message;
  message.set_directory_version(all->directory_version_);
  message.set_directory_hash(strict::field(all->directory_hash_.view()));
  for (const auto& [handle, head] : all->heads_) {
    auto* to = message.add_heads();
    to->set_handle(strict::field(handle.view()));
    to->set_seq(head.seq);
    to->set_hash(strict::field(head.hash.view()));
    to->set_read_seq(head.read_seq);
  }
  return folder.write(self, kPurpose, strict::encode(message), random);
}

const Head* Heads::find(const protocol::Handle& handle) const {
  const auto found = heads_.find(handle);
  return found == heads_.end() ? nullptr : &found->second;
}

Result<void> Heads::check(const OpenedCase& opened) const {
  const auto& handle = opened.chain.handle();
  if (const auto* seen = find(handle)) {
    const bool there =
        seen->seq < opened.entries.size() && opened.entries[seen->seq].entry.hash() == seen->hash;
    if (!there)
      return fail(ErrorKind::kVerification,
                  "case " + handle_words(handle) +
                      " was cut short or changed since you last saw it. You saw: " +
                      head_words(seen->hash) + ". Now: " + head_words(opened.chain.head_hash()) +
                      ". Keep both, and tell somebody you trust outside the organisation.");
  }
  return {};
}

void Heads::note(const protocol::Handle& handle, std::uint64_t seq, const crypto::Digest& hash) {
  auto& head = heads_[handle];
  if (seq >= head.seq) std::tie(head.seq, head.hash) = std::tie(seq, hash);
}

void Heads::note(const OpenedCase& opened) {
  note(opened.chain.handle(), opened.chain.next_seq() - 1, opened.chain.head_hash());
}

Result<void> Heads::check_and_note(const OpenedCase& opened) {
  if (auto checked = check(opened); !checked) return checked;
  note(opened);
  return {};
}

Result<void> Heads::check_and_note(const protocol::Directory& directory) {
  const bool same = directory.hash() == directory_hash_;
  const bool newer = directory.content().version > directory_version_ &&
                     (directory_version_ == 0 || directory.knows(directory_hash_));
  if (!same && !newer)
    return fail(ErrorKind::kVerification,
                "the gateway shows an older directory than you saw before, or one of another line; "
                "nothing was sent");
  directory_version_ = directory.content().version;
  directory_hash_ = directory.hash();
  return {};
}

void Heads::note_read(const protocol::Handle& handle, std::uint64_t seq) {
  auto& head = heads_[handle];
  head.read_seq = std::max(head.read_seq, seq);
}

Result<Heads> Seen::of(const Identity& self) const {
  auto all = place_.folder == nullptr ? Result<Heads>() : Heads::load(*place_.folder, self);
  if (!all) return all;
  for (const auto& [handle, head] : here_.heads_) all->note(handle, head.seq, head.hash);
  return all;
}

Result<void> Seen::note_accepted(const Identity& self, const protocol::Entry& last) {
  const auto& [handle, seq] = std::tie(last.header().handle, last.header().seq);
  here_.note(handle, seq, last.hash());
  if (place_.folder == nullptr) return {};
  auto kept = Heads::load(*place_.folder, self);
  if (!kept) return tl::unexpected(kept.error());
  if (!place_.adds && kept->find(handle) == nullptr) return {};
  kept->note(handle, seq, last.hash());
  return kept->save(*place_.folder, self, *place_.random);
}

}  // namespace omzien::core
