// What the fold has found, asked.
#include "protocol/access.h"

#include <algorithm>

namespace omzien::protocol {

using rules::Compartment;

bool LiveGrant::holds(Compartment compartment) const {
  return std::any_of(keys.begin(), keys.end(),
                     [&](const auto& key) { return key.compartment == compartment; });
}

bool LiveGrant::holds(Compartment compartment, std::uint32_t epoch) const {
  return std::binary_search(keys.begin(), keys.end(), CompartmentEpoch{compartment, epoch});
}

const crypto::Digest* LiveGrant::sealed_to(const CompartmentEpoch& key) const {
  const auto at = std::lower_bound(keys.begin(), keys.end(), key);
  return at == keys.end() || *at != key ? nullptr : &*(key_hashes.begin() + (at - keys.begin()));
}

void LiveGrant::hold(const CompartmentEpoch& key, const crypto::Digest& key_hash) {
  const auto at = std::lower_bound(keys.begin(), keys.end(), key);
  const auto hash = key_hashes.begin() + (at - keys.begin());
  if (at != keys.end() && *at == key) {
    *hash = key_hash;
    return;
  }
  key_hashes.insert(hash, key_hash);
  keys.insert(at, key);
}

std::vector<const LiveGrant*> Access::live(const MemberId& member, Day today) const {
  std::vector<const LiveGrant*> found;
  for (const auto& grant : grants_)
    if (grant.member_id == member && grant.live(today)) found.push_back(&grant);
  return found;
}

bool Access::may_read(const MemberId& member, Compartment compartment, std::uint32_t epoch,
                      Day today) const {
  const auto found = live(member, today);
  return std::any_of(found.begin(), found.end(),
                     [&](const auto* grant) { return grant->holds(compartment, epoch); });
}

bool Access::may_unwrap(const MemberId& member, std::uint64_t seq, Day today) const {
  const auto found = live(member, today);
  return std::any_of(found.begin(), found.end(), [&](const auto* grant) {
    return std::find(grant->wrapped_at.begin(), grant->wrapped_at.end(), seq) !=
           grant->wrapped_at.end();
  });
}

std::optional<MemberId> Access::holder(Day today) const {
  for (const auto& grant : grants_)
    if (grant.holder && grant.live(today)) return grant.member_id;
  return std::nullopt;
}

bool Access::may_delegate(const Delegation& delegation, Day today) const {
  return today <= delegation.last_day && !live(delegation.delegate_id, today).empty();
}

std::optional<MemberId> Access::overdue_for(const MemberId& stand_in, const Terms& terms,
                                            Day today) const {
  if (withdrawn_ || !milestones_.missed(terms, today)) return std::nullopt;
  for (const auto& grant : grants_)
    if (grant.member_id == stand_in && grant.dormant && !grant.expired(today))
      return grant.stands_in_for;
  return std::nullopt;
}

const Epoch* Access::newest_epoch(Compartment compartment) const {
  const auto found = epochs_.find(compartment);
  return found == epochs_.end() ? nullptr : &found->second.back();
}

const Epoch* Access::epoch(Compartment compartment, std::uint32_t number) const {
  const auto found = epochs_.find(compartment);
  if (found == epochs_.end() || number == 0 || number > found->second.size()) return nullptr;
  return &found->second[number - 1];
}

}  // namespace omzien::protocol
