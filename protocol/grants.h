// What the rules keep about a case: epochs, grants, delegations, and how they ended. Plain data,
// made and changed by Access alone.
#pragma once

#include <optional>
#include <vector>

#include "protocol/entry.h"

namespace omzien::protocol {

struct Epoch {
  std::uint32_t number;
  crypto::EpochCommitment commitment;
  std::uint64_t started_seq;     // the entry that started it,
  crypto::Digest started_after;  // and that entry's prev_hash: part of the key's derivation
  bool by_owner = true;          // who derives its key; else it was sealed to them
  bool spent =
      false;  // of `notes`: somebody revoked holds it, so nothing is written under it any more
};

struct LiveGrant {
  MemberId member_id;
  crypto::Digest xwing_key_hash;       // the key it was sealed to last,
  crypto::Digest given_key_hash;       // and the one it was given to
  std::vector<CompartmentEpoch> keys;  // ascending; a grant carries on into the epochs that start
  std::vector<crypto::Digest> key_hashes;  // what each of `keys` was sealed to last, in their order
  bool holder = false;                     // in a dormant one: becomes the holder when it wakes
  bool dormant = false;
  MemberId stands_in_for;  // zeros unless it is or was dormant
  Day since_day = 0;
  Day last_day = 0;                       // 0: until revoked
  std::uint64_t seq = 0;                  // the entry that granted it
  Day woken_day = 0;                      // 0: not a dormant one that woke
  std::optional<MemberId> by_delegate;    // who let them in; none: the owner
  std::vector<std::uint64_t> wrapped_at;  // the entries that hold its keys, `seq` first

  bool expired(Day today) const { return last_day != 0 && today > last_day; }
  bool live(Day today) const { return !dormant && !expired(today); }
  bool holds(rules::Compartment) const;
  bool holds(rules::Compartment, std::uint32_t epoch) const;
  // Which of the member's keys opens it; null: it is not held.
  const crypto::Digest* sealed_to(const CompartmentEpoch&) const;
  // Holds it from now on, sealed to that key.
  void hold(const CompartmentEpoch&, const crypto::Digest& key_hash);
};

// Whether the one grant leaves nothing for the other to give: asked by who admits it and by who
// makes it. Somebody whose keys are new since may be given again what only the ones before opened.
bool covers(const LiveGrant& stands, const Grant&, const GrantMember& asked);

enum class GrantEnd {
  kRevoked,        // by the owner
  kReleased,       // by the member
  kNothingToWait,  // dormant, and the one it stood in for was revoked
};

struct EndedGrant {
  LiveGrant grant;
  GrantEnd why{};
  Day ended_day = 0;
  std::uint64_t ended_seq = 0;
};

struct Delegation {
  MemberId delegate_id;
  std::vector<MemberId> people;                  // ascending; not those revoked since
  std::vector<rules::Compartment> compartments;  // ascending
  Day last_day = 0;
  bool may_move_holder = false;
  Day since_day = 0;
  std::uint64_t seq = 0;
};

struct ReleaseMade {
  MemberId member_id;
  rules::ReleaseCause cause{};
  Day day = 0;
  std::uint64_t seq = 0;
};

struct Withdrawal {
  Day day = 0;
  std::uint64_t seq = 0;
};

struct PurgeMade {
  rules::RetentionRule rule{};
  std::uint32_t days = 0;
  Day day = 0;
  std::uint64_t seq = 0;
};

}  // namespace omzien::protocol
