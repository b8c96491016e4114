// Who may read and write what in a case, folded from the public headers (protocol §2, §3).
//
// The gateway refuses an entry that admit() refuses; a client that meets one in a log keeps the
// chain, lets the entry change nothing, and raises an alarm. Both run this same code (the browser
// its twin), so a rule that stands here holds on both sides.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include <tl/expected.hpp>

#include "protocol/directory.h"
#include "protocol/entry.h"

namespace omzien::protocol {

enum class Breach {
  kNewerVersion,  // a kind or number this program does not know
  kOpening,       // Open where none belongs, or none where it does
  kAuthor,        // neither the owner nor a member with a live grant
  kCompartment,   // the author does not hold it, or may not write in it
  kEpoch,         // not the compartment's newest, or not started
  kMilestone,     // only a member who holds `talk` sets one, in `talk`
  kUrgent,        // only the owner
  kGrantor,       // only the owner lets people in
  kGrantee,       // not in the directory, gone, or already in
  kGrantKeys,     // epochs that do not exist
  kHolder,        // a second holder
  kDormant,       // stands in for nobody who is in
};

struct Epoch {
  std::uint32_t number;
  crypto::EpochCommitment commitment;
  std::uint64_t started_seq;     // the entry that started it,
  crypto::Digest started_after;  // and that entry's prev_hash: part of the key's derivation
};

struct LiveGrant {
  MemberId member_id;
  crypto::Digest xwing_key_hash;
  std::vector<CompartmentEpoch> keys;
  bool holder = false;
  bool dormant = false;
  MemberId stands_in_for;  // zeros unless dormant
  Day since_day = 0;
  Day last_day = 0;       // 0: until revoked
  std::uint64_t seq = 0;  // the entry that granted it

  bool expired(Day today) const { return last_day != 0 && today > last_day; }
  bool holds(rules::Compartment) const;
  bool holds(rules::Compartment, std::uint32_t epoch) const;
};

class Access {
 public:
  // Checks the next entry of the log against the rules and takes it in. A breach changes nothing.
  // The entry's place in the log (chain.h) is the caller's to check first.
  tl::expected<void, Breach> admit(const Header&, const Directory&);

  bool opened() const { return owner_.has_value(); }
  const Open& opening() const { return *opening_; }                  // once opened()
  const crypto::SigningPublicKey& owner() const { return *owner_; }  // once opened()
  const std::vector<LiveGrant>& grants() const { return grants_; }   // in the order they were given

  // A member's grants that are not dormant and not past their last day.
  std::vector<const LiveGrant*> live(const MemberId&, Day today) const;
  // Whether the member may be served `compartment` of `epoch` today.
  bool may_read(const MemberId&, rules::Compartment, std::uint32_t epoch, Day today) const;

  // Empty when the compartment never started one.
  const Epoch* newest_epoch(rules::Compartment) const;
  const Epoch* epoch(rules::Compartment, std::uint32_t number) const;

 private:
  tl::expected<void, Breach> admit_open(const Header&, const Open&);
  tl::expected<void, Breach> admit_event(const Header&, const Event&, const Directory&);
  tl::expected<void, Breach> admit_grant(const Header&, const Grant&, const Directory&);
  tl::expected<void, Breach> check_grantee(const Header&, const Grant&, const GrantMember&,
                                           const Directory&) const;

  std::optional<crypto::SigningPublicKey> owner_;
  std::optional<Open> opening_;
  std::map<rules::Compartment, std::vector<Epoch>> epochs_;
  std::vector<LiveGrant> grants_;
};

}  // namespace omzien::protocol
