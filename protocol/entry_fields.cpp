#include "protocol/entry_fields.h"

#include <algorithm>

#include "omzien/entry.pb.h"

#include "protocol/strict.h"

namespace omzien::protocol {
namespace {

std::uint32_t number(auto value) { return static_cast<std::uint32_t>(value); }

void put(EpochStart from, wire::EpochStart* to) {
  to->set_compartment(number(from.compartment));
  to->set_epoch(from.epoch);
  to->set_commitment(strict::field(from.commitment.view()));
}

template <class List>
std::optional<std::vector<EpochStart>> take_starts(const List& list) {
  if (static_cast<std::size_t>(list.size()) > rules::kEpochStartsMax) return std::nullopt;
  std::vector<EpochStart> starts;
  for (const auto& from : list) {
    const auto commitment = crypto::EpochCommitment::from(strict::view(from.commitment()));
    if (!commitment || from.epoch() == 0 || from.compartment() == 0) return std::nullopt;
    starts.push_back({rules::Compartment{from.compartment()}, from.epoch(), *commitment});
  }
  const auto ascending = [](const EpochStart& a, const EpochStart& b) {
    return a.compartment >= b.compartment;
  };
  if (std::adjacent_find(starts.begin(), starts.end(), ascending) != starts.end())
    return std::nullopt;
  return starts;
}

crypto::Bytes encode(const Open& open) {
  wire::OpenFields message;
  message.set_owner_xwing_key(strict::field(open.owner_xwing_key.view()));
  message.set_case_share_commitment(strict::field(open.case_share_commitment.view()));
  for (const auto& start : open.starts) put(start, message.add_starts());
  message.set_unclocked(open.unclocked);
  message.set_admission(strict::field(open.admission));
  return strict::encode(message);
}

std::optional<Fields> take_open(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::OpenFields>(bytes);
  if (!message || message->admission().size() > rules::kAdmissionBytesMax) return std::nullopt;
  const auto key = crypto::XWingPublicKey::from(strict::view(message->owner_xwing_key()));
  const auto commitment = crypto::Digest::from(strict::view(message->case_share_commitment()));
  auto starts = take_starts(message->starts());
  if (!key || !commitment || !starts) return std::nullopt;
  return Open{*key, *commitment, std::move(*starts), message->unclocked(),
              strict::bytes(message->admission())};
}

crypto::Bytes encode(const Event& event) {
  wire::EventFields message;
  message.set_compartment(number(event.compartment));
  message.set_epoch(event.epoch);
  message.set_milestone(number(event.milestone));
  message.set_urgent(event.urgent);
  for (const auto& from : event.files) {
    auto* to = message.add_files();
    to->set_upload_id(strict::field(from.upload_id.view()));
    to->set_chunks(from.chunks);
  }
  return strict::encode(message);
}

std::optional<Fields> take_event(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::EventFields>(bytes);
  if (!message || message->compartment() == 0 || message->epoch() == 0 ||
      static_cast<std::size_t>(message->files_size()) > rules::kFilesPerEventMax)
    return std::nullopt;
  Event event{rules::Compartment{message->compartment()},
              message->epoch(),
              rules::Milestone{message->milestone()},
              message->urgent(),
              {}};
  for (const auto& from : message->files()) {
    const auto id = UploadId::from(strict::view(from.upload_id()));
    if (!id || from.chunks() == 0) return std::nullopt;
    event.files.push_back({*id, from.chunks()});
  }
  return event;
}

void put(const GrantMember& from, wire::GrantMember* to) {
  to->set_member_id(strict::field(from.member_id.view()));
  to->set_xwing_key_hash(strict::field(from.xwing_key_hash.view()));
  for (const auto& key : from.keys) {
    auto* pair = to->add_keys();
    pair->set_compartment(number(key.compartment));
    pair->set_epoch(key.epoch);
  }
  to->set_holder(from.holder);
  to->set_last_day(from.last_day);
}

std::optional<GrantMember> take(const wire::GrantMember& from) {
  const auto id = MemberId::from(strict::view(from.member_id()));
  const auto key_hash = crypto::Digest::from(strict::view(from.xwing_key_hash()));
  if (!id || !key_hash || from.keys().empty()) return std::nullopt;
  GrantMember member{*id, *key_hash, {}, from.holder(), from.last_day()};
  for (const auto& key : from.keys()) {
    const CompartmentEpoch next{rules::Compartment{key.compartment()}, key.epoch()};
    if (key.compartment() == 0 || key.epoch() == 0) return std::nullopt;
    if (!member.keys.empty() && !(member.keys.back() < next)) return std::nullopt;
    member.keys.push_back(next);
  }
  return member;
}

crypto::Bytes encode(const Grant& grant) {
  wire::GrantFields message;
  for (const auto& member : grant.members) put(member, message.add_members());
  for (const auto& start : grant.starts) put(start, message.add_starts());
  message.set_dormant(grant.dormant);
  if (grant.dormant) message.set_stands_in_for(strict::field(grant.stands_in_for.view()));
  return strict::encode(message);
}

std::optional<Fields> take_grant(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::GrantFields>(bytes);
  if (!message) return std::nullopt;
  const auto count = static_cast<std::size_t>(message->members_size());
  if (count == 0 || count > rules::kMembersPerGrantMax || (message->dormant() && count != 1))
    return std::nullopt;
  auto starts = take_starts(message->starts());
  if (!starts) return std::nullopt;
  Grant grant{{}, std::move(*starts), message->dormant(), {}};
  for (const auto& from : message->members()) {
    auto member = take(from);
    if (!member) return std::nullopt;
    for (const auto& earlier : grant.members)
      if (earlier.member_id == member->member_id) return std::nullopt;
    grant.members.push_back(std::move(*member));
  }
  if (!grant.dormant)
    return message->stands_in_for().empty() ? std::optional<Fields>(grant) : std::nullopt;
  const auto for_member = MemberId::from(strict::view(message->stands_in_for()));
  if (!for_member) return std::nullopt;
  grant.stands_in_for = *for_member;
  return grant;
}

}  // namespace

crypto::Bytes encode_fields(const Fields& fields) {
  struct {
    crypto::Bytes operator()(const Open& open) const { return encode(open); }
    crypto::Bytes operator()(const Event& event) const { return encode(event); }
    crypto::Bytes operator()(const Grant& grant) const { return encode(grant); }
    crypto::Bytes operator()(const Unknown& unknown) const { return unknown.bytes; }
  } encoder;
  return std::visit(encoder, fields);
}

std::optional<Fields> parse_fields(rules::EntryKind kind, crypto::ByteView bytes) {
  switch (kind) {
    case rules::EntryKind::kOpen: return take_open(bytes);
    case rules::EntryKind::kEvent: return take_event(bytes);
    case rules::EntryKind::kGrant: return take_grant(bytes);
    default: return Unknown{{bytes.begin(), bytes.end()}};
  }
}

}  // namespace omzien::protocol
