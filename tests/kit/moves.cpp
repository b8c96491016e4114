#include "tests/kit/moves.h"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace omzien::kit {
namespace {

using protocol::CompartmentEpoch;
using protocol::EpochStart;
using protocol::GrantMember;
using protocol::LiveGrant;
using protocol::MemberId;

const Member& member_of(const Organisation& organisation, const MemberId& id) {
  for (const auto& member : organisation.members())
    if (member.id == id) return member;
  throw std::invalid_argument("no such member");
}

// Whoever holds what came before each start, by the grants that stay.
template <class Stays>
std::vector<GrantMember> readers(const protocol::Access& access, const Organisation& organisation,
                                 const std::vector<EpochStart>& starts, Stays stays) {
  std::map<MemberId, std::set<CompartmentEpoch>> keys;
  for (const auto& grant : access.grants())
    for (const auto& start : starts)
      if (stays(grant) && grant.holds(start.compartment, start.epoch - 1))
        keys[grant.member_id].insert({start.compartment, start.epoch});
  std::vector<GrantMember> found;
  for (const auto& [id, all] : keys)
    found.push_back(
        sealed_to(organisation, member_of(organisation, id).name, {all.begin(), all.end()}));
  return found;
}

}  // namespace

MemberId id_of(const Organisation& organisation, std::string_view name) {
  return organisation.member(name).id;
}

std::vector<MemberId> ids_of(const Organisation& organisation, const Names& names) {
  std::vector<MemberId> ids;
  for (const auto& name : names) ids.push_back(id_of(organisation, name));
  std::sort(ids.begin(), ids.end());
  return ids;
}

GrantMember sealed_to(const Organisation& organisation, std::string_view name,
                      std::vector<CompartmentEpoch> keys) {
  const auto& member = organisation.member(name);
  return {member.id, crypto::xwing_key_hash(member.xwing_key), std::move(keys), false, 0};
}

std::vector<CompartmentEpoch> newest(const protocol::Access& access,
                                     const Compartments& compartments) {
  std::vector<CompartmentEpoch> keys;
  for (const auto compartment : compartments)
    keys.push_back({compartment, access.newest_epoch(compartment)->number});
  return keys;
}

std::vector<EpochStart> next(const protocol::Access& access, const Compartments& compartments) {
  std::vector<EpochStart> starts;
  for (const auto compartment : compartments) {
    const auto* before = access.newest_epoch(compartment);
    starts.push_back({compartment, before == nullptr ? 1 : before->number + 1, {}});
  }
  return starts;
}

protocol::Grant grant(const protocol::Access& access, const Organisation& organisation,
                      std::string_view name, const Compartments& compartments) {
  return {{sealed_to(organisation, name, newest(access, compartments))}, {}, false, {}, {}};
}

protocol::Grant stand_in(const protocol::Access& access, const Organisation& organisation,
                         std::string_view name, const Compartments& compartments,
                         std::string_view for_name) {
  auto made = grant(access, organisation, name, compartments);
  made.dormant = true;
  made.stands_in_for = id_of(organisation, for_name);
  return made;
}

protocol::Grant keep_alive(const protocol::Access& access, const Organisation& organisation,
                           const Compartments& compartments, protocol::Day today) {
  protocol::Grant made;
  made.starts = next(access, compartments);
  made.members = readers(access, organisation, made.starts,
                         [&](const LiveGrant& grant) { return !grant.expired(today); });
  for (const auto& start : made.starts) made.owner_keys.push_back({start.compartment, start.epoch});
  return made;
}

protocol::Grant notes(const protocol::Access& access, const Organisation& organisation,
                      const Names& names) {
  protocol::Grant made;
  made.starts = next(access, {rules::Compartment::kNotes});
  for (const auto& name : names)
    made.members.push_back(
        sealed_to(organisation, name, {{rules::Compartment::kNotes, made.starts[0].epoch}}));
  return made;
}

protocol::Revoke revoke(const protocol::Access& access, const Organisation& organisation,
                        const Names& names, protocol::Day today) {
  protocol::Revoke made;
  made.member_ids = ids_of(organisation, names);
  const auto named = [&](const MemberId& id) {
    return std::find(made.member_ids.begin(), made.member_ids.end(), id) != made.member_ids.end();
  };
  const auto ends = [&](const LiveGrant& grant) {
    return named(grant.member_id) || (grant.dormant && named(grant.stands_in_for));
  };
  Compartments held;
  for (const auto compartment : protocol::kOwnersCompartments)
    for (const auto& grant : access.grants())
      if (ends(grant) && (held.empty() || held.back() != compartment) &&
          grant.holds(compartment, access.newest_epoch(compartment)->number))
        held.push_back(compartment);
  made.starts = next(access, held);
  made.remaining = readers(access, organisation, made.starts, [&](const LiveGrant& grant) {
    return !ends(grant) && !grant.expired(today);
  });
  return made;
}

protocol::Delegate delegate(const Organisation& organisation, std::string_view delegate,
                            const Names& people, const Compartments& compartments,
                            protocol::Day last_day) {
  return {id_of(organisation, delegate),
          ids_of(organisation, people),
          compartments,
          last_day,
          false,
          false};
}

protocol::Delegate take_back(const Organisation& organisation, std::string_view delegate) {
  return {id_of(organisation, delegate), {}, {}, 0, true, false};
}

protocol::Release release(const Organisation& organisation, std::string_view name,
                          rules::ReleaseCause cause) {
  return {id_of(organisation, name), cause};
}

rules::EntryKind kind_of(const protocol::Fields& fields) {
  using rules::EntryKind;
  struct {
    EntryKind operator()(const protocol::Open&) const { return EntryKind::kOpen; }
    EntryKind operator()(const protocol::Event&) const { return EntryKind::kEvent; }
    EntryKind operator()(const protocol::Grant&) const { return EntryKind::kGrant; }
    EntryKind operator()(const protocol::Revoke&) const { return EntryKind::kRevoke; }
    EntryKind operator()(const protocol::Delegate&) const { return EntryKind::kDelegate; }
    EntryKind operator()(const protocol::Release&) const { return EntryKind::kRelease; }
    EntryKind operator()(const protocol::Withdraw&) const { return EntryKind::kWithdraw; }
    EntryKind operator()(const protocol::Purge&) const { return EntryKind::kPurge; }
    EntryKind operator()(const protocol::Unknown&) const { return EntryKind{99}; }
  } kind;
  return std::visit(kind, fields);
}

}  // namespace omzien::kit
