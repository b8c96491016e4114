// Letting people out: their grants end and what they held begins anew, in one entry, so that no
// moment lies between.
#include <algorithm>

#include "protocol/access.h"

namespace omzien::protocol {
namespace {

using rules::Compartment;

tl::unexpected<Breach> breach(Breach which) { return tl::unexpected(which); }

bool names(const Revoke& revoke, const MemberId& member) {
  return std::binary_search(revoke.member_ids.begin(), revoke.member_ids.end(), member);
}

}  // namespace

tl::expected<void, Breach> Access::admit_revoke(const Asked& asked, const Revoke& revoke) {
  if (!by_owner(asked)) return breach(Breach::kGrantor);
  for (const auto& id : revoke.member_ids)
    if (std::none_of(grants_.begin(), grants_.end(),
                     [&](const auto& grant) { return grant.member_id == id; }))
      return breach(Breach::kRevoke);

  std::vector<std::pair<std::size_t, GrantEnd>> ending;
  std::vector<const LiveGrant*> staying;
  std::set<Compartment> held;  // of which the newest key goes out of the case with somebody
  for (std::size_t i = 0; i < grants_.size(); ++i) {
    const auto& grant = grants_[i];
    const bool revoked = names(revoke, grant.member_id);
    if (!revoked && !(grant.dormant && names(revoke, grant.stands_in_for))) {
      if (!grant.expired(asked.day())) staying.push_back(&grant);
      continue;
    }
    ending.push_back({i, revoked ? GrantEnd::kRevoked : GrantEnd::kNothingToWait});
    for (const auto& [compartment, epochs] : epochs_)
      if (grant.holds(compartment, epochs.back().number)) held.insert(compartment);
  }
  const bool spends_notes = held.erase(Compartment::kNotes) != 0;

  const bool starts_what_it_must =
      std::equal(revoke.starts.begin(), revoke.starts.end(), held.begin(), held.end(),
                 [](const EpochStart& start, Compartment compartment) {
                   return start.compartment == compartment;
                 });
  if (!starts_what_it_must) return breach(Breach::kRevoke);
  if (auto checked = check_starts(revoke.starts); !checked) return checked;
  if (auto checked = check_carried(asked, revoke.remaining, carriers(revoke.starts, staying));
      !checked)
    return checked;

  end_grants(asked, ending);
  // The next epoch of notes is the holder's to start; until then nobody writes any.
  if (spends_notes) epochs_[Compartment::kNotes].back().spent = true;
  for (const auto& id : revoke.member_ids) end_delegations_to(id);
  for (auto& delegation : delegations_)
    std::erase_if(delegation.people, [&](const auto& id) { return names(revoke, id); });
  std::erase_if(delegations_, [](const auto& delegation) { return delegation.people.empty(); });
  start(asked, revoke.starts, revoke.remaining);
  return {};
}

// `which`: ascending places in grants_.
void Access::end_grants(const Asked& asked,
                        const std::vector<std::pair<std::size_t, GrantEnd>>& which) {
  for (const auto& [i, why] : which)
    ended_.push_back({grants_[i], why, asked.day(), asked.header.seq});
  for (auto it = which.rbegin(); it != which.rend(); ++it)
    grants_.erase(grants_.begin() + static_cast<std::ptrdiff_t>(it->first));
}

}  // namespace omzien::protocol
