// A case's log as the plain list that the fold takes: who did what, by what they held that day, and
// who holds what from then on. No keys, no signatures.
#pragma once

#include <optional>
#include <vector>

#include "clients/core/event.h"
#include "protocol/directory.h"

namespace omzien::core {

struct OpenedCase;

// What one live grant holds.
struct Holding {
  protocol::MemberId member_id;
  std::uint32_t compartments = 0;  // rules::bit(Compartment)
  protocol::Day last_day = 0;      // 0: until revoked
  rules::Role office{};            // what the directory says they are; 0: not in it
  protocol::Day left_day = 0;      // of the organisation; 0: still here
};
using Holdings = std::vector<Holding>;

// The compartments this member holds that day, as a mask.
std::uint32_t held_by(const Holdings&, const protocol::MemberId&, protocol::Day);

// One entry that counts.
struct Step {
  std::uint64_t seq = 0;
  protocol::Day day = 0;
  crypto::Digest hash;
  rules::EntryKind entry = rules::EntryKind::kEvent;
  rules::StepRole role = rules::StepRole::kOwner;
  protocol::MemberId author;  // zeros for the owner
  rules::Role office{};       // the author's, as in Holding; 0 for the owner
  bool earlier = false;       // made under another directory than the newest
  // Of an event:
  rules::Compartment compartment{};
  bool urgent = false;
  const Event* event = nullptr;  // null when it is not this keyholder's to read; not owned
  // Of an entry that changes access:
  std::optional<Holdings> holdings;
};

// The entries that count, in order. Points into the case, which must outlive the list.
std::vector<Step> steps_of(const OpenedCase&, const protocol::Directory&);

}  // namespace omzien::core
