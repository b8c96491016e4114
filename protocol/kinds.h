// What each kind of entry says in public (proto/omzien/entry.proto): plain data, in range once
// parsed. Whether it is allowed is access.h's to say.
#pragma once

#include <variant>
#include <vector>

#include "crypto/verify/case_share.h"
#include "crypto/verify/xwing_key.h"
#include "protocol/ids.h"

namespace omzien::protocol {

// One epoch of one compartment begins. `commitment` pins the epoch's key.
struct EpochStart {
  rules::Compartment compartment;
  std::uint32_t epoch;
  crypto::EpochCommitment commitment;
};

struct CompartmentEpoch {
  rules::Compartment compartment;
  std::uint32_t epoch;
  auto operator<=>(const CompartmentEpoch&) const = default;
};

struct Open {
  crypto::XWingPublicKey owner_xwing_key;
  crypto::Digest case_share_commitment;
  std::vector<EpochStart> starts;
  bool unclocked = false;  // a signal: nobody waits for an answer
  crypto::Bytes admission;
};

struct FileReference {
  UploadId upload_id;
  std::uint32_t chunks;
};

struct Event {
  rules::Compartment compartment;
  std::uint32_t epoch;
  rules::Milestone milestone = rules::Milestone::kNone;
  bool urgent = false;
  std::vector<FileReference> files;
  std::uint64_t dispute = 0;  // by the owner: the seq of the milestone disputed; 0: none
};

struct GrantMember {
  MemberId member_id;
  crypto::Digest xwing_key_hash;
  std::vector<CompartmentEpoch> keys;  // strictly ascending
  bool holder = false;
  Day last_day = 0;  // 0: until revoked
};

struct Grant {
  std::vector<GrantMember> members;
  std::vector<EpochStart> starts;
  bool dormant = false;
  MemberId stands_in_for;                    // zeros unless dormant
  std::vector<CompartmentEpoch> owner_keys;  // sealed to the owner: what a member starts
};

struct Revoke {
  std::vector<MemberId> member_ids;    // strictly ascending, at least one
  std::vector<EpochStart> starts;      // ascending by compartment
  std::vector<GrantMember> remaining;  // who reads what starts; each member once
};

struct Delegate {
  MemberId delegate_id;
  std::vector<MemberId> people;                  // strictly ascending
  std::vector<rules::Compartment> compartments;  // strictly ascending
  Day last_day = 0;                              // on which the delegate may let people in
  bool ended = false;  // takes back all; people and compartments are empty
  bool may_move_holder = false;
};

struct Release {
  MemberId member_id;  // whose stand-ins wake
  rules::ReleaseCause cause{};
};

struct Withdraw {};

// By the gateway: everything but the headers was destroyed, by the directory's rule.
struct Purge {
  rules::RetentionRule rule{};
  std::uint32_t days = 0;
};

// A kind this program does not know: kept, not understood.
struct Unknown {
  crypto::Bytes bytes;
};

using Fields =
    std::variant<Open, Event, Grant, Revoke, Delegate, Release, Withdraw, Purge, Unknown>;

}  // namespace omzien::protocol
