// A case as one keyholder sees it: fetched, checked by every rule, opened where it may be opened.
//
// Two kinds of trouble. A log that is not whole (a signature, a link, a sequence number, an entry
// that was seen before and is gone) is an error: nothing after it can be trusted. An entry that
// stands in the chain but breaks the rules, or does not open as it should, changes nothing and is
// an alarm that the person sees.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "clients/core/alarm.h"
#include "clients/core/errors.h"
#include "clients/core/event.h"
#include "clients/core/identity.h"
#include "clients/core/seal.h"
#include "protocol/access.h"
#include "protocol/directory.h"
#include "protocol/operations.h"

namespace omzien::core {

struct OpenedEntry {
  protocol::Entry entry;
  rules::PayloadState payload_state{};
  // False: it broke a rule, of access or of the table of states, or does not open with the key that
  // the case committed to; it changes nothing.
  bool counts = true;
  std::optional<Event> event;  // when this keyholder may read it
  std::string author;          // "reporter", a name, "gateway", or "unknown"
};

// What the gateway handed over, with large payloads fetched in full. Not trusted.
struct FetchedLog {
  crypto::SecretBytes case_share;  // of any size; empty where there is none
  std::vector<protocol::StoredEntry> entries;

  FetchedLog copy() const { return {case_share.copy(), entries}; }
};

struct OpenedCase {
  protocol::Chain chain;
  protocol::Access access;
  std::vector<OpenedEntry> entries;
  std::vector<Alarm> alarms;
  std::optional<crypto::CaseShare> share;
  KeyRing keys;  // every checked key this keyholder holds
};

// What stands in an event that was opened: nothing where it did not open, can't be read, or names
// other files than its header does.
std::optional<Event> event_in(const protocol::Event& header,
                              const tl::expected<crypto::SecretBytes, crypto::OpenError>&);
// The alarm of one in which nothing stands.
inline constexpr auto kDoesNotOpen = "a text that does not open";

// Pure: the same bytes, directory and keys give the same case.
Result<OpenedCase> open_log(const FetchedLog&, const protocol::Handle&, const Identity&,
                            const protocol::Directory&);

}  // namespace omzien::core
