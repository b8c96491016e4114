#include "gateway/cases.h"

#include <algorithm>

#include "gateway/handled.h"

namespace omzien::gateway {
namespace {

// The rules, applied to what is stored. An entry that today's directory would refuse (it was
// accepted under another) changes nothing, here as in the clients.
std::shared_ptr<const protocol::Access> fold(const std::vector<storage::Entry>& entries,
                                             std::uint64_t head_seq,
                                             const protocol::Directory& directory) {
  auto access = std::make_shared<protocol::Access>();
  for (const auto& stored : entries) {
    const auto header = protocol::parse_header(stored.header);
    if (!header || header->seq > head_seq) break;
    std::ignore = access->admit(*header, directory);
  }
  return access;
}

}  // namespace

std::optional<Insider> insider(const CaseState& state, const crypto::SigningPublicKey& key,
                               const protocol::Directory& directory, protocol::Day today) {
  const auto& access = *state.access;
  if (!access.opened()) return std::nullopt;
  if (key == access.owner())
    return state.gone_for_its_owner() ? std::nullopt : std::optional(Insider{});
  const auto* person = directory.person_with_key(key, today);
  if (person == nullptr || access.live(person->member_id, today).empty()) return std::nullopt;
  return Insider{person};
}

bool may_step_in(const CaseState& state, const crypto::SigningPublicKey& key,
                 const protocol::Directory& directory, protocol::Day today) {
  const auto* person = directory.person_with_key(key, today);
  return person != nullptr && !state.gone() &&
         state.access->overdue_for(person->member_id, directory.content().terms, today);
}

bool may_have_payload(const protocol::Access& access, const Insider& who,
                      const protocol::Header& header, protocol::Day today) {
  if (who.owner() || header.payload_size == 0) return true;
  if (const auto* event = std::get_if<protocol::Event>(&header.fields))
    return access.may_read(who.member->member_id, event->compartment, event->epoch, today);
  return access.may_unwrap(who.member->member_id, header.seq, today);
}

storage::Result<std::optional<CaseState>> Cases::find(storage::Reader& reader,
                                                      const protocol::Handle& handle,
                                                      const protocol::Directory& directory) {
  const auto info = reader.case_info(handle);
  if (!info) return tl::unexpected(info.error());
  if (!*info) return std::nullopt;
  auto enough = kHandledBytesMax;
  auto found = access(reader, handle, **info, directory, enough);
  if (!found) return tl::unexpected(found.error());
  return CaseState{**info, std::move(*found)};
}

storage::Result<std::shared_ptr<const protocol::Access>> Cases::access(
    storage::Reader& reader, const protocol::Handle& handle, const storage::CaseInfo& info,
    const protocol::Directory& directory, std::uint64_t& handled_left) {
  if (auto known = remembered(handle, info.head_hash, directory)) return known;
  const auto cost = cost_of_fold(info.head_seq);
  if (cost > handled_left) return nullptr;
  handled_left -= cost;
  const auto headers = reader.headers(handle, 0);
  if (!headers) return tl::unexpected(headers.error());
  // Another entry may have come in since `info` was read: the fold stops at this head.
  auto access = fold(*headers, info.head_seq, directory);
  if (access->opened()) remember(handle, info.head_hash, directory, access);
  return access;
}

std::shared_ptr<const protocol::Access> Cases::remembered(const protocol::Handle& handle,
                                                          const crypto::Digest& head_hash,
                                                          const protocol::Directory& directory) {
  const std::scoped_lock lock(mutex_);
  const auto found = by_handle_.find(handle);
  if (found == by_handle_.end() || found->second->head_hash != head_hash ||
      found->second->directory_hash != directory.hash())
    return nullptr;
  recent_.splice(recent_.begin(), recent_, found->second);
  return found->second->access;
}

void Cases::remember(const protocol::Handle& handle, const crypto::Digest& head_hash,
                     const protocol::Directory& directory,
                     std::shared_ptr<const protocol::Access> access) {
  const std::scoped_lock lock(mutex_);
  if (const auto found = by_handle_.find(handle); found != by_handle_.end()) {
    recent_.erase(found->second);
    by_handle_.erase(found);
  }
  recent_.push_front({handle, head_hash, directory.hash(), std::move(access)});
  by_handle_.emplace(handle, recent_.begin());
  if (recent_.size() > remembered_max_) {
    by_handle_.erase(recent_.back().handle);
    recent_.pop_back();
  }
}

}  // namespace omzien::gateway
