// Letting people in: the owner, who may move the holder's mark and start epochs along with it.
#include <algorithm>

#include "protocol/access.h"

namespace omzien::protocol {
namespace {

tl::unexpected<Breach> breach(Breach which) { return tl::unexpected(which); }

}  // namespace

bool covers(const LiveGrant& stands, const Grant& grant, const GrantMember& asked) {
  return stands.member_id == asked.member_id && stands.dormant == grant.dormant &&
         (!grant.dormant || stands.stands_in_for == grant.stands_in_for) &&
         stands.given_key_hash == asked.xwing_key_hash && (stands.holder || !asked.holder) &&
         (stands.last_day == 0 || (asked.last_day != 0 && stands.last_day >= asked.last_day)) &&
         std::includes(stands.keys.begin(), stands.keys.end(), asked.keys.begin(),
                       asked.keys.end());
}

tl::expected<void, Breach> Access::admit_grant(const Asked& asked, const Grant& grant) {
  return by_owner(asked) ? admit_owners_grant(asked, grant) : admit_members_grant(asked, grant);
}

tl::expected<void, Breach> Access::admit_owners_grant(const Asked& asked, const Grant& grant) {
  if (!grant.owner_keys.empty()) return breach(Breach::kOwnerKeys);
  if (grant.dormant && !grant.starts.empty()) return breach(Breach::kDormant);
  if (auto checked = check_starts(grant.starts); !checked) return checked;
  // Whoever carries on in what starts is listed for that alone; all others are let in.
  const auto carrying = carriers(grant.starts, standing(asked.day()));
  std::vector<GrantMember> carried;
  std::vector<GrantMember> newcomers;
  for (const auto& member : grant.members)
    (carrying.contains(member.member_id) ? carried : newcomers).push_back(member);
  if (auto checked = check_carried(asked, carried, carrying); !checked) return checked;
  for (const auto& member : newcomers)
    if (auto checked = check_grantee(asked, grant, member); !checked) return checked;
  const auto holders =
      std::count_if(newcomers.begin(), newcomers.end(), [](const auto& m) { return m.holder; });
  if (holders > 1) return breach(Breach::kHolder);
  if (auto checked = check_not_crowded(asked, newcomers); !checked) return checked;
  start(asked, grant.starts, carried);
  let_in(asked, grant, newcomers);
  return {};
}

tl::expected<void, Breach> Access::check_grantee(const Asked& asked, const Grant& grant,
                                                 const GrantMember& member) const {
  // Under a later directory than its own an entry stays what it was: whoever has left since is
  // served nothing, and the epochs that began with it must not come undone.
  const Person* person = asked.directory.person(member.member_id);
  const bool made_now = asked.header.directory_hash == asked.directory.hash();
  if (person == nullptr || (made_now && person->gone(asked.day()))) return breach(Breach::kGrantee);
  if (member.last_day != 0 && member.last_day < asked.day()) return breach(Breach::kGrantee);
  for (const auto& key : member.keys) {
    // `notes` are the holder's to give: the owner has no key to them.
    const bool owners = std::find(std::begin(kOwnersCompartments), std::end(kOwnersCompartments),
                                  key.compartment) != std::end(kOwnersCompartments);
    const bool starts_here =
        std::any_of(grant.starts.begin(), grant.starts.end(), [&](const EpochStart& start) {
          return start.compartment == key.compartment && start.epoch == key.epoch;
        });
    if (!owners || (!starts_here && epoch(key.compartment, key.epoch) == nullptr))
      return breach(Breach::kGrantKeys);
  }
  const bool already = std::any_of(grants_.begin(), grants_.end(), [&](const LiveGrant& stands) {
    return !stands.expired(asked.day()) && covers(stands, grant, member);
  });
  if (already) return breach(Breach::kGrantee);
  if (grant.dormant &&
      (member.member_id == grant.stands_in_for || live(grant.stands_in_for, asked.day()).empty()))
    return breach(Breach::kDormant);
  return {};
}

// So that whoever is in can always be revoked, and everybody else re-keyed, in one entry.
tl::expected<void, Breach> Access::check_not_crowded(
    const Asked& asked, const std::vector<GrantMember>& newcomers) const {
  std::set<MemberId> in;
  for (const auto* grant : standing(asked.day())) in.insert(grant->member_id);
  for (const auto& member : newcomers) in.insert(member.member_id);
  if (in.size() > rules::kMembersPerCaseMax) return breach(Breach::kCrowded);
  return {};
}

void Access::let_in(const Asked& asked, const Grant& grant,
                    const std::vector<GrantMember>& newcomers) {
  if (newcomers.empty()) return;
  end_lapsed_delegations(asked.day());
  const bool mark_moves = !grant.dormant && std::any_of(newcomers.begin(), newcomers.end(),
                                                        [](const auto& m) { return m.holder; });
  for (auto& stands : grants_)
    if (mark_moves && !stands.dormant) stands.holder = false;
  for (const auto& member : newcomers) {
    LiveGrant made;
    made.member_id = member.member_id;
    made.xwing_key_hash = made.given_key_hash = member.xwing_key_hash;
    made.keys = member.keys;
    made.key_hashes.assign(member.keys.size(), member.xwing_key_hash);
    made.holder = member.holder;
    made.dormant = grant.dormant;
    made.stands_in_for = grant.stands_in_for;
    made.since_day = asked.day();
    made.last_day = member.last_day;
    made.seq = asked.header.seq;
    made.wrapped_at = {asked.header.seq};
    if (asked.member != nullptr) made.by_delegate = asked.member->member_id;
    grants_.push_back(std::move(made));
  }
}

}  // namespace omzien::protocol
