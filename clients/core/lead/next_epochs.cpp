#include "clients/core/lead/next_epochs.h"

#include <algorithm>

namespace omzien::core {
namespace {

using protocol::CompartmentEpoch;
using protocol::LiveGrant;
using protocol::MemberId;

bool is_gone(const protocol::Directory& directory, const MemberId& id, protocol::Day today) {
  const auto* person = directory.person(id);
  return person == nullptr || person->gone(today);
}

template <class Stays>
NextEpochs start(const protocol::Access& access, const Compartments& compartments, Stays stays) {
  NextEpochs next;
  for (const auto compartment : compartments)
    next.starts.push_back({compartment, access.newest_epoch(compartment)->number + 1});
  for (const auto& grant : access.grants()) {
    if (!stays(grant)) continue;
    for (const auto& start : next.starts) {
      if (!grant.holds(start.compartment, start.epoch - 1)) continue;
      auto& keys = next.readers[grant.member_id];
      if (std::find(keys.begin(), keys.end(), start) == keys.end()) keys.push_back(start);
    }
  }
  for (auto& [id, keys] : next.readers) std::sort(keys.begin(), keys.end());
  return next;
}

bool holds_newest(const protocol::Access& access, const LiveGrant& grant,
                  rules::Compartment compartment) {
  const auto* newest = access.newest_epoch(compartment);
  return newest != nullptr && grant.holds(compartment, newest->number);
}

}  // namespace

std::vector<MemberId> ids_of(const NextEpochs& next) {
  std::vector<MemberId> ids;
  for (const auto& [id, keys] : next.readers) ids.push_back(id);
  return ids;
}

std::vector<Grantee> grantees_of(const NextEpochs& next,
                                 const std::vector<protocol::Certificate>& certificates) {
  std::vector<Grantee> grantees;
  auto certificate = certificates.begin();
  for (const auto& [id, keys] : next.readers) grantees.push_back({*certificate++, keys, false, 0});
  return grantees;
}

NextEpochs next_epochs(const protocol::Access& access, const protocol::Directory& directory,
                       const Compartments& compartments, protocol::Day today) {
  return start(access, compartments, [&](const LiveGrant& grant) {
    return !grant.expired(today) && !is_gone(directory, grant.member_id, today);
  });
}

NextEpochs epochs_after_revoking(const protocol::Access& access,
                                 const protocol::Directory& directory,
                                 const std::vector<MemberId>& revoked, protocol::Day today) {
  const auto named = [&](const MemberId& id) {
    return std::find(revoked.begin(), revoked.end(), id) != revoked.end();
  };
  const auto ends = [&](const LiveGrant& grant) {
    return named(grant.member_id) || (grant.dormant && named(grant.stands_in_for));
  };
  Compartments held;
  for (const auto compartment : protocol::kOwnersCompartments)
    for (const auto& grant : access.grants())
      if (ends(grant) && holds_newest(access, grant, compartment)) held.insert(compartment);
  return start(access, held, [&](const LiveGrant& grant) {
    return !ends(grant) && !grant.expired(today) && !is_gone(directory, grant.member_id, today);
  });
}

bool is_exposed(const protocol::Access& access, const protocol::Directory& directory,
                rules::Compartment compartment, protocol::Day today) {
  std::set<MemberId> in;
  std::set<MemberId> out;
  for (const auto& ended : access.ended_grants())
    if (holds_newest(access, ended.grant, compartment)) out.insert(ended.grant.member_id);
  for (const auto& grant : access.grants()) {
    if (!holds_newest(access, grant, compartment)) continue;
    const bool is_out = grant.expired(today) || is_gone(directory, grant.member_id, today);
    (is_out ? out : in).insert(grant.member_id);
  }
  return !std::includes(in.begin(), in.end(), out.begin(), out.end());
}

Compartments exposed(const protocol::Access& access, const protocol::Directory& directory,
                     protocol::Day today) {
  Compartments found;
  for (const auto compartment : protocol::kOwnersCompartments)
    if (is_exposed(access, directory, compartment, today)) found.insert(compartment);
  return found;
}

}  // namespace omzien::core
