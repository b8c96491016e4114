#include "protocol/grant_fields.h"

#include <algorithm>

#include "protocol/strict.h"

namespace omzien::protocol::fields {
namespace {

template <class T>
bool strictly_ascending(const std::vector<T>& list) {
  return std::adjacent_find(list.begin(), list.end(),
                            [](const T& a, const T& b) { return !(a < b); }) == list.end();
}

void put(const CompartmentEpoch& from, wire::CompartmentEpoch* to) {
  to->set_compartment(number(from.compartment));
  to->set_epoch(from.epoch);
}

template <class List>
std::optional<std::vector<CompartmentEpoch>> take_keys(const List& list) {
  std::vector<CompartmentEpoch> keys;
  for (const auto& from : list) {
    if (from.compartment() == 0 || from.epoch() == 0) return std::nullopt;
    keys.push_back({rules::Compartment{from.compartment()}, from.epoch()});
  }
  return strictly_ascending(keys) ? std::optional(std::move(keys)) : std::nullopt;
}

void put(const GrantMember& from, wire::GrantMember* to) {
  to->set_member_id(strict::field(from.member_id.view()));
  to->set_xwing_key_hash(strict::field(from.xwing_key_hash.view()));
  for (const auto& key : from.keys) put(key, to->add_keys());
  to->set_holder(from.holder);
  to->set_last_day(from.last_day);
}

std::optional<GrantMember> take(const wire::GrantMember& from) {
  const auto id = MemberId::from(strict::view(from.member_id()));
  const auto key_hash = crypto::Digest::from(strict::view(from.xwing_key_hash()));
  auto keys = take_keys(from.keys());
  if (!id || !key_hash || !keys || keys->empty()) return std::nullopt;
  return GrantMember{*id, *key_hash, std::move(*keys), from.holder(), from.last_day()};
}

// Each member once, at most `count_max`.
template <class List>
std::optional<std::vector<GrantMember>> take_members(const List& list, std::size_t count_max) {
  if (static_cast<std::size_t>(list.size()) > count_max) return std::nullopt;
  std::vector<GrantMember> members;
  for (const auto& from : list) {
    auto member = take(from);
    if (!member) return std::nullopt;
    for (const auto& earlier : members)
      if (earlier.member_id == member->member_id) return std::nullopt;
    members.push_back(std::move(*member));
  }
  return members;
}

// Strictly ascending, from one to `count_max`.
template <class List>
std::optional<std::vector<MemberId>> take_ids(const List& list, std::size_t count_max) {
  if (list.empty() || static_cast<std::size_t>(list.size()) > count_max) return std::nullopt;
  std::vector<MemberId> ids;
  for (const auto& from : list) {
    const auto id = MemberId::from(strict::view(from));
    if (!id) return std::nullopt;
    ids.push_back(*id);
  }
  return strictly_ascending(ids) ? std::optional(std::move(ids)) : std::nullopt;
}

}  // namespace

void put(const EpochStart& from, wire::EpochStart* to) {
  to->set_compartment(number(from.compartment));
  to->set_epoch(from.epoch);
  to->set_commitment(strict::field(from.commitment.view()));
}

std::optional<std::vector<EpochStart>> take_starts(
    const google::protobuf::RepeatedPtrField<wire::EpochStart>& list) {
  if (static_cast<std::size_t>(list.size()) > rules::kEpochStartsMax) return std::nullopt;
  std::vector<EpochStart> starts;
  for (const auto& from : list) {
    const auto commitment = crypto::EpochCommitment::from(strict::view(from.commitment()));
    if (!commitment || from.epoch() == 0 || from.compartment() == 0) return std::nullopt;
    const rules::Compartment compartment{from.compartment()};
    if (!starts.empty() && starts.back().compartment >= compartment) return std::nullopt;
    starts.push_back({compartment, from.epoch(), *commitment});
  }
  return starts;
}

crypto::Bytes encode(const Grant& grant) {
  wire::GrantFields message;
  for (const auto& member : grant.members) put(member, message.add_members());
  for (const auto& start : grant.starts) put(start, message.add_starts());
  message.set_dormant(grant.dormant);
  if (grant.dormant) message.set_stands_in_for(strict::field(grant.stands_in_for.view()));
  for (const auto& key : grant.owner_keys) put(key, message.add_owner_keys());
  return strict::encode(message);
}

std::optional<Fields> take_grant(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::GrantFields>(bytes);
  if (!message) return std::nullopt;
  auto starts = take_starts(message->starts());
  if (!starts) return std::nullopt;
  // Whoever starts an epoch seals it to all who hold the compartment, however many.
  const auto count_max = message->dormant() ? 1
                                            : (starts->empty() ? rules::kMembersPerGrantMax
                                                               : rules::kMembersPerCaseMax);
  auto members = take_members(message->members(), count_max);
  auto owner_keys = take_keys(message->owner_keys());
  if (!members || members->empty() || !owner_keys || owner_keys->size() > rules::kEpochStartsMax)
    return std::nullopt;
  Grant grant{
      std::move(*members), std::move(*starts), message->dormant(), {}, std::move(*owner_keys)};
  if (!grant.dormant)
    return message->stands_in_for().empty() ? std::optional<Fields>(grant) : std::nullopt;
  const auto for_member = MemberId::from(strict::view(message->stands_in_for()));
  if (!for_member) return std::nullopt;
  grant.stands_in_for = *for_member;
  return grant;
}

crypto::Bytes encode(const Revoke& revoke) {
  wire::RevokeFields message;
  for (const auto& id : revoke.member_ids) message.add_member_ids(strict::field(id.view()));
  for (const auto& start : revoke.starts) put(start, message.add_starts());
  for (const auto& member : revoke.remaining) put(member, message.add_remaining());
  return strict::encode(message);
}

std::optional<Fields> take_revoke(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::RevokeFields>(bytes);
  if (!message) return std::nullopt;
  auto ids = take_ids(message->member_ids(), rules::kMembersPerCaseMax);
  auto starts = take_starts(message->starts());
  auto remaining = take_members(message->remaining(), rules::kMembersPerCaseMax);
  if (!ids || !starts || !remaining) return std::nullopt;
  return Revoke{std::move(*ids), std::move(*starts), std::move(*remaining)};
}

crypto::Bytes encode(const Delegate& delegate) {
  wire::DelegateFields message;
  message.set_delegate_id(strict::field(delegate.delegate_id.view()));
  for (const auto& id : delegate.people) message.add_people(strict::field(id.view()));
  for (const auto compartment : delegate.compartments)
    message.add_compartments(number(compartment));
  message.set_last_day(delegate.last_day);
  message.set_ended(delegate.ended);
  message.set_may_move_holder(delegate.may_move_holder);
  return strict::encode(message);
}

std::optional<Fields> take_delegate(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::DelegateFields>(bytes);
  if (!message) return std::nullopt;
  const auto delegate_id = MemberId::from(strict::view(message->delegate_id()));
  if (!delegate_id) return std::nullopt;
  if (message->ended()) {
    const bool nothing_else = message->people().empty() && message->compartments().empty() &&
                              message->last_day() == 0 && !message->may_move_holder();
    if (!nothing_else) return std::nullopt;
    return Delegate{*delegate_id, {}, {}, 0, true, false};
  }
  auto people = take_ids(message->people(), rules::kPeoplePerDelegationMax);
  const auto count = static_cast<std::size_t>(message->compartments_size());
  if (!people || message->last_day() == 0 || count == 0 ||
      count > rules::kCompartmentsPerDelegationMax)
    return std::nullopt;
  std::vector<rules::Compartment> compartments;
  for (const auto compartment : message->compartments())
    compartments.push_back(rules::Compartment{compartment});
  if (!strictly_ascending(compartments) || number(compartments.front()) == 0) return std::nullopt;
  return Delegate{
      *delegate_id, std::move(*people),        std::move(compartments), message->last_day(),
      false,        message->may_move_holder()};
}

crypto::Bytes encode(const Release& release) {
  wire::ReleaseFields message;
  message.set_member_id(strict::field(release.member_id.view()));
  message.set_cause(number(release.cause));
  return strict::encode(message);
}

std::optional<Fields> take_release(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::ReleaseFields>(bytes);
  if (!message || message->cause() == 0) return std::nullopt;
  const auto id = MemberId::from(strict::view(message->member_id()));
  if (!id) return std::nullopt;
  return Release{*id, rules::ReleaseCause{message->cause()}};
}

}  // namespace omzien::protocol::fields
