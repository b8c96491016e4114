// What members may do with keys they hold: keep a case alive, re-seal to a newer key of their own,
// keep notes, and let in whom the owner named for it. None of it but the last adds anybody.
#include <algorithm>

#include "protocol/access.h"

namespace omzien::protocol {
namespace {

using rules::Compartment;

tl::unexpected<Breach> breach(Breach which) { return tl::unexpected(which); }

bool only_notes(const std::vector<CompartmentEpoch>& keys) {
  return std::all_of(keys.begin(), keys.end(),
                     [](const auto& key) { return key.compartment == Compartment::kNotes; });
}

void add_keys(LiveGrant& grant, const GrantMember& sealed, std::uint64_t seq) {
  for (const auto& key : sealed.keys) grant.hold(key, sealed.xwing_key_hash);
  grant.wrapped_at.push_back(seq);
}

}  // namespace

tl::expected<void, Breach> Access::admit_members_grant(const Asked& asked, const Grant& grant) {
  if (asked.member == nullptr || live(asked.member->member_id, asked.day()).empty())
    return breach(Breach::kAuthor);
  const bool starts_notes =
      std::any_of(grant.starts.begin(), grant.starts.end(),
                  [](const auto& start) { return start.compartment == Compartment::kNotes; });
  if (starts_notes) return admit_notes_epoch(asked, grant);
  if (!grant.starts.empty()) return admit_members_epochs(asked, grant);
  if (!grant.owner_keys.empty()) return breach(Breach::kOwnerKeys);
  if (grant.dormant) return admit_stand_ins_notes(asked, grant);
  if (grant.members.size() == 1 && grant.members[0].member_id == asked.member->member_id)
    return admit_reseal(asked, grant);
  return admit_delegated(asked, grant);
}

// The next epoch of what the author holds, for all who hold it, and for the owner.
tl::expected<void, Breach> Access::admit_members_epochs(const Asked& asked, const Grant& grant) {
  if (grant.dormant) return breach(Breach::kDormant);
  if (auto checked = check_starts(grant.starts); !checked) return checked;
  std::vector<CompartmentEpoch> started;
  for (const auto& start : grant.starts) {
    if (!may_read(asked.member->member_id, start.compartment, start.epoch - 1, asked.day()))
      return breach(Breach::kCompartment);
    started.push_back({start.compartment, start.epoch});
  }
  if (grant.owner_keys != started) return breach(Breach::kOwnerKeys);
  if (auto checked =
          check_carried(asked, grant.members, carriers(grant.starts, standing(asked.day())));
      !checked)
    return checked;
  start(asked, grant.starts, grant.members);
  return {};
}

// By the holder, for themself, and for those of their choice who are in or stand in for them. The
// owner never reads notes.
tl::expected<void, Breach> Access::admit_notes_epoch(const Asked& asked, const Grant& grant) {
  const auto& author = asked.member->member_id;
  if (holder(asked.day()) != author) return breach(Breach::kHolder);
  if (!grant.owner_keys.empty()) return breach(Breach::kOwnerKeys);
  const Epoch* before = newest_epoch(Compartment::kNotes);
  const std::uint32_t next = before == nullptr ? 1 : before->number + 1;
  if (grant.dormant || grant.starts.size() != 1) return breach(Breach::kNotes);
  if (grant.starts[0].epoch != next) return breach(Breach::kEpoch);
  const auto receives = [&](const LiveGrant& stands, const MemberId& member) {
    return stands.member_id == member && !stands.expired(asked.day()) &&
           (!stands.dormant || stands.stands_in_for == author);
  };
  const std::vector<CompartmentEpoch> key{{Compartment::kNotes, next}};
  bool sealed_to_author = false;
  for (const auto& member : grant.members) {
    sealed_to_author |= member.member_id == author;
    const bool is_in = std::any_of(grants_.begin(), grants_.end(), [&](const auto& stands) {
      return receives(stands, member.member_id);
    });
    if (!is_in || member.keys != key || member.holder || member.last_day != 0)
      return breach(Breach::kNotes);
  }
  if (!sealed_to_author) return breach(Breach::kNotes);
  for (const auto& member : grant.members)
    for (auto& stands : grants_)
      if (receives(stands, member.member_id)) add_keys(stands, member, asked.header.seq);
  epochs_[Compartment::kNotes].push_back(
      {next, grant.starts[0].commitment, asked.header.seq, asked.header.prev_hash, false});
  return {};
}

// By the holder: notes for somebody whose dormant grant stands in for them already.
tl::expected<void, Breach> Access::admit_stand_ins_notes(const Asked& asked, const Grant& grant) {
  const auto& author = asked.member->member_id;
  const auto& member = grant.members[0];
  if (holder(asked.day()) != author) return breach(Breach::kHolder);
  if (!only_notes(member.keys) || member.holder || member.last_day != 0)
    return breach(Breach::kNotes);
  for (const auto& key : member.keys)
    if (!may_read(author, key.compartment, key.epoch, asked.day()))
      return breach(Breach::kGrantKeys);
  const auto waits = std::find_if(grants_.begin(), grants_.end(), [&](const auto& stands) {
    return stands.dormant && stands.member_id == member.member_id &&
           stands.stands_in_for == author && !stands.expired(asked.day());
  });
  if (grant.stands_in_for != author || waits == grants_.end()) return breach(Breach::kDormant);
  add_keys(*waits, member, asked.header.seq);
  return {};
}

// To a newer key of one's own: what one holds, and for as long as one holds it.
tl::expected<void, Breach> Access::admit_reseal(const Asked& asked, const Grant& grant) {
  const auto& sealed = grant.members[0];
  const auto held = live(sealed.member_id, asked.day());
  const bool newer = std::any_of(held.begin(), held.end(), [&](const auto* stands) {
    const auto is_older = [&](const auto& key) {
      const auto* before = stands->sealed_to(key);
      return before != nullptr && *before != sealed.xwing_key_hash;
    };
    return stands->xwing_key_hash != sealed.xwing_key_hash ||
           std::any_of(sealed.keys.begin(), sealed.keys.end(), is_older);
  });
  if (!newer || sealed.holder || sealed.last_day != 0) return breach(Breach::kReseal);
  for (const auto& key : sealed.keys)
    if (!may_read(sealed.member_id, key.compartment, key.epoch, asked.day()))
      return breach(Breach::kReseal);
  for (auto& stands : grants_) {
    if (stands.member_id != sealed.member_id || !stands.live(asked.day())) continue;
    stands.wrapped_at.push_back(asked.header.seq);
    for (const auto& key : sealed.keys)
      if (stands.sealed_to(key) != nullptr) stands.hold(key, sealed.xwing_key_hash);
    if (std::includes(sealed.keys.begin(), sealed.keys.end(), stands.keys.begin(),
                      stands.keys.end()))
      stands.xwing_key_hash = sealed.xwing_key_hash;
  }
  return {};
}

// Whom the owner named, to what the owner named, of what the delegate holds. Each member under one
// delegation as a whole.
tl::expected<void, Breach> Access::admit_delegated(const Asked& asked, const Grant& grant) {
  const auto& author = asked.member->member_id;
  const auto theirs = [&](const Delegation& d) { return d.delegate_id == author; };
  if (std::none_of(delegations_.begin(), delegations_.end(), theirs))
    return breach(Breach::kGrantor);
  const auto allows = [&](const Delegation& d, const GrantMember& member) {
    return theirs(d) && may_delegate(d, asked.day()) &&
           std::binary_search(d.people.begin(), d.people.end(), member.member_id) &&
           (!member.holder || d.may_move_holder) &&
           std::all_of(member.keys.begin(), member.keys.end(), [&](const auto& key) {
             return std::binary_search(d.compartments.begin(), d.compartments.end(),
                                       key.compartment);
           });
  };
  for (const auto& member : grant.members) {
    if (std::none_of(delegations_.begin(), delegations_.end(),
                     [&](const auto& d) { return allows(d, member); }))
      return breach(Breach::kDelegation);
    for (const auto& key : member.keys)
      if (!may_read(author, key.compartment, key.epoch, asked.day()))
        return breach(Breach::kGrantKeys);
    if (auto checked = check_grantee(asked, grant, member); !checked) return checked;
  }
  const auto holders = std::count_if(grant.members.begin(), grant.members.end(),
                                     [](const auto& m) { return m.holder; });
  if (holders > 1) return breach(Breach::kHolder);
  if (auto checked = check_not_crowded(asked, grant.members); !checked) return checked;
  let_in(asked, grant, grant.members);
  return {};
}

}  // namespace omzien::protocol
