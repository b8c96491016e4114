// How an epoch starts: whoever holds the compartment carries on in the next one, nobody else comes
// along, and nobody is left behind unseen.
#include <algorithm>

#include "protocol/access.h"

namespace omzien::protocol {
namespace {

tl::unexpected<Breach> breach(Breach which) { return tl::unexpected(which); }

}  // namespace

// Each the next epoch of one of the owner's compartments. (`notes`: member_grants.cpp.)
tl::expected<void, Breach> Access::check_starts(const std::vector<EpochStart>& starts) const {
  for (const auto& start : starts) {
    const bool owners = std::find(std::begin(kOwnersCompartments), std::end(kOwnersCompartments),
                                  start.compartment) != std::end(kOwnersCompartments);
    if (!owners || start.epoch != newest_epoch(start.compartment)->number + 1)
      return breach(Breach::kEpoch);
  }
  return {};
}

std::vector<const LiveGrant*> Access::standing(Day today) const {
  std::vector<const LiveGrant*> found;
  for (const auto& grant : grants_)
    if (!grant.expired(today)) found.push_back(&grant);
  return found;
}

Access::Carriers Access::carriers(const std::vector<EpochStart>& starts,
                                  const std::vector<const LiveGrant*>& staying) const {
  Carriers found;
  for (const auto* grant : staying)
    for (const auto& start : starts)
      if (grant->holds(start.compartment, start.epoch - 1))
        found[grant->member_id].insert({start.compartment, start.epoch});
  return found;
}

// `listed`: exactly the carriers, each with exactly what they carry on in. Somebody who has left
// the organisation may be missing: whether they had left when it was written, a later directory
// can't say for certain, and nobody serves them anyway.
tl::expected<void, Breach> Access::check_carried(const Asked& asked,
                                                 const std::vector<GrantMember>& listed,
                                                 const Carriers& carriers) {
  for (const auto& member : listed) {
    const auto found = carriers.find(member.member_id);
    if (found == carriers.end() || member.holder || member.last_day != 0 ||
        !std::equal(member.keys.begin(), member.keys.end(), found->second.begin(),
                    found->second.end()))
      return breach(Breach::kRemaining);
  }
  for (const auto& carrier : carriers) {
    const auto& id = carrier.first;
    const bool is_listed =
        std::any_of(listed.begin(), listed.end(), [&](const auto& m) { return m.member_id == id; });
    const Person* person = asked.directory.person(id);
    if (!is_listed && (person == nullptr || !person->gone(asked.day())))
      return breach(Breach::kRemaining);
  }
  return {};
}

// The epochs begin; those among `readers` who hold what came before get their grants' next keys.
void Access::start(const Asked& asked, const std::vector<EpochStart>& starts,
                   const std::vector<GrantMember>& readers) {
  for (auto& grant : grants_) {
    const auto reader = std::find_if(readers.begin(), readers.end(),
                                     [&](const auto& m) { return m.member_id == grant.member_id; });
    if (grant.expired(asked.day()) || reader == readers.end()) continue;
    bool carries_on = false;
    for (const auto& start : starts) {
      if (!grant.holds(start.compartment, start.epoch - 1)) continue;
      grant.hold({start.compartment, start.epoch}, reader->xwing_key_hash);
      carries_on = true;
    }
    if (!carries_on) continue;
    grant.wrapped_at.push_back(asked.header.seq);
    grant.xwing_key_hash = reader->xwing_key_hash;
  }
  for (const auto& start : starts)
    epochs_[start.compartment].push_back(
        {start.epoch, start.commitment, asked.header.seq, asked.header.prev_hash, by_owner(asked)});
}

}  // namespace omzien::protocol
