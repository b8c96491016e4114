// Whether entries may follow a case's head, and what the case becomes. A pure function: the clock,
// the directory and the state are given.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <vector>

#include "gateway/checked_frame.h"
#include "gateway/clock.h"
#include "protocol/access.h"
#include "protocol/chain.h"
#include "storage/store.h"

namespace omzien::gateway {

// What a member's inbox says of the case.
enum class Standing { kOut, kDormant, kIn };

struct Growth {
  storage::CaseInfo info;
  std::shared_ptr<const protocol::Access> access;
  std::map<protocol::MemberId, Standing> moved;  // whose standing is another one now
  std::uint64_t bytes = 0;                       // headers, signatures and payloads of the entries
};

// The entries' signatures and payloads have been checked (checked_frame.h), staged payloads are in
// place. Refusals:
// - malformed: another case or organisation, or a payload that is not the one the header names;
// - stale_head: not the next number, or not after this head;
// - stale_day: earlier than the head, or a day that Moment::accepts refuses;
// - stale_directory: made under another directory than the one in force;
// - newer_version: a kind of entry, or a part of one, that this program does not know;
// - forbidden: the rules do not let this author do this.
tl::expected<Growth, rules::Status> grow(protocol::Chain chain, protocol::Access access,
                                         storage::CaseInfo info,
                                         std::span<const CheckedEntry> entries,
                                         const protocol::Directory&, const Moment& now);

}  // namespace omzien::gateway
