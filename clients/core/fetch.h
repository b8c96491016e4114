// Fetches a case from the gateway, whole.
#pragma once

#include "clients/core/case_log.h"
#include "clients/core/connection.h"

namespace omzien::core {

// Every entry, large payloads included. kRefused: no such case, or not for this key.
Result<FetchedLog> fetch_log(Connection&, const protocol::Handle&, const Identity&);

// Fetched, checked and opened; its days held against the device's own clock, and all of it against
// the head that was seen last (heads.h): kVerification where the log was cut short since.
Result<OpenedCase> fetch_case(Connection&, const protocol::Handle&, const Identity&);

struct FetchedInbox {
  // Every case the gateway says was shared with this member.
  std::vector<protocol::InboxItem> cases;
  // And those in which they stand in for somebody who let a legal term pass: not theirs to read
  // before they take over (lead/take_over.h).
  std::vector<protocol::InboxItem> to_take_over;
};
Result<FetchedInbox> fetch_inbox(Connection&, const Identity&);

}  // namespace omzien::core
