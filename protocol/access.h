// Who may read and write what in a case, folded from the public headers (protocol §2, §3).
//
// The gateway refuses an entry that admit() refuses; a client that meets one in a log keeps the
// chain, lets the entry change nothing, and raises an alarm. Both run this same code (the browser
// its twin), so a rule that stands here holds on both sides. The rules of each kind stand in
// protocol/access/.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include <tl/expected.hpp>

#include "protocol/breach.h"
#include "protocol/directory.h"
#include "protocol/grants.h"
#include "protocol/milestones.h"

namespace omzien::protocol {

// What starts with Open: the owner's compartments. `notes` are the holder's to start, `sheet` is
// oversight's.
inline constexpr rules::Compartment kOwnersCompartments[] = {
    rules::Compartment::kStory, rules::Compartment::kPeople, rules::Compartment::kIdentity,
    rules::Compartment::kTalk, rules::Compartment::kSummary};

class Access {
 public:
  // Checks the next entry of the log against the rules and takes it in. A breach changes nothing.
  // The entry's place in the log (chain.h) is the caller's to check first.
  tl::expected<void, Breach> admit(const Header&, const Directory&);

  bool opened() const { return owner_.has_value(); }
  const Open& opening() const { return *opening_; }                  // once opened()
  const crypto::SigningPublicKey& owner() const { return *owner_; }  // once opened()
  const std::optional<Withdrawal>& withdrawn() const { return withdrawn_; }
  const std::optional<PurgeMade>& purged() const { return purged_; }

  // In the order they were given: those that stand, dormant and past their last day included; and
  // those that were ended by an entry, in the order they ended.
  const std::vector<LiveGrant>& grants() const { return grants_; }
  const std::vector<EndedGrant>& ended_grants() const { return ended_; }
  // Those that were not taken back; see may_delegate().
  const std::vector<Delegation>& delegations() const { return delegations_; }
  const std::vector<ReleaseMade>& releases() const { return releases_; }
  const Milestones& milestones() const { return milestones_; }
  const std::map<rules::Compartment, std::vector<Epoch>>& epochs() const { return epochs_; }

  // A member's grants that are not dormant and not past their last day.
  std::vector<const LiveGrant*> live(const MemberId&, Day today) const;
  // Whether the member may be served `compartment` of `epoch` today.
  bool may_read(const MemberId&, rules::Compartment, std::uint32_t epoch, Day today) const;
  // Whether the entry `seq` holds keys that are the member's today.
  bool may_unwrap(const MemberId&, std::uint64_t seq, Day today) const;
  // The lead adviser today, if there is one.
  std::optional<MemberId> holder(Day today) const;
  // Whether the delegation lets anybody in today: its last day has not passed, its delegate is in.
  bool may_delegate(const Delegation&, Day today) const;
  // The member whose dormant grant `stand_in` may wake today by a Release for a missed term.
  std::optional<MemberId> overdue_for(const MemberId& stand_in, const Terms&, Day today) const;

  // Whether the directory's rule allows the gateway to destroy the case's payloads today.
  bool may_be_purged(std::uint32_t retention_days, Day today) const;

  // Empty when the compartment never started one.
  const Epoch* newest_epoch(rules::Compartment) const;
  const Epoch* epoch(rules::Compartment, std::uint32_t number) const;

 private:
  using Verdict = tl::expected<void, Breach>;
  // Who reads what starts, because they hold what it follows.
  using Carriers = std::map<MemberId, std::set<CompartmentEpoch>>;

  // An entry on its way in.
  struct Asked {
    const Header& header;
    const Directory& directory;
    const Person* member = nullptr;  // its author; null: the owner, or nobody of the directory

    Day day() const { return header.day; }
  };

  // admit.cpp
  Verdict admit_open(const Header&, const Open&);
  Verdict admit_event(const Asked&, const Event&);
  Verdict admit_withdraw(const Asked&);
  Verdict admit_by_kind(const Asked&);
  Verdict check_events_author(const Asked&, const Event&) const;
  bool by_owner(const Asked& asked) const { return asked.header.author == owner(); }

  // grants.cpp: by the owner
  Verdict admit_grant(const Asked&, const Grant&);
  Verdict admit_owners_grant(const Asked&, const Grant&);
  Verdict check_grantee(const Asked&, const Grant&, const GrantMember&) const;
  Verdict check_not_crowded(const Asked&, const std::vector<GrantMember>&) const;
  void let_in(const Asked&, const Grant&, const std::vector<GrantMember>&);

  // member_grants.cpp: by whoever is in
  Verdict admit_members_grant(const Asked&, const Grant&);
  Verdict admit_members_epochs(const Asked&, const Grant&);
  Verdict admit_notes_epoch(const Asked&, const Grant&);
  Verdict admit_stand_ins_notes(const Asked&, const Grant&);
  Verdict admit_reseal(const Asked&, const Grant&);
  Verdict admit_delegated(const Asked&, const Grant&);

  // epochs.cpp
  Verdict check_starts(const std::vector<EpochStart>&) const;
  Carriers carriers(const std::vector<EpochStart>&,
                    const std::vector<const LiveGrant*>& staying) const;
  std::vector<const LiveGrant*> standing(Day) const;
  static Verdict check_carried(const Asked&, const std::vector<GrantMember>&, const Carriers&);
  void start(const Asked&, const std::vector<EpochStart>&, const std::vector<GrantMember>& readers);

  // revoke.cpp, delegate.cpp, release.cpp, purge.cpp
  Verdict admit_revoke(const Asked&, const Revoke&);
  Verdict admit_delegate(const Asked&, const Delegate&);
  Verdict admit_release(const Asked&, const Release&);
  Verdict admit_purge(const Asked&, const Purge&);
  Verdict check_release(const Asked&, const Release&) const;
  void end_grants(const Asked&, const std::vector<std::pair<std::size_t, GrantEnd>>&);
  void end_delegations_to(const MemberId&);
  void end_lapsed_delegations(Day);
  void wake(const Asked&, const MemberId& stood_in_for);

  std::optional<crypto::SigningPublicKey> owner_;
  std::optional<Open> opening_;
  std::optional<Withdrawal> withdrawn_;
  std::optional<PurgeMade> purged_;
  Day last_day_ = 0;  // of the last entry that was taken in
  std::map<rules::Compartment, std::vector<Epoch>> epochs_;
  std::vector<LiveGrant> grants_;
  std::vector<EndedGrant> ended_;
  std::vector<Delegation> delegations_;
  std::vector<ReleaseMade> releases_;
  Milestones milestones_;
};

}  // namespace omzien::protocol
