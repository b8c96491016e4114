// The operations of a desk: missed terms, when people work, a member's own papers. As in
// operations.h, each has one encoding; parse<Body>() gives it back, or nothing.
#pragma once

#include "protocol/operations.h"

namespace omzien::protocol {

struct ReadAlerts {
  crypto::Bytes cursor;
};
// A missed term that is not met yet (alerts.h), and nothing else of its case.
struct RaisedAlert {
  Handle handle;
  std::uint32_t unit_id = 0;
  rules::LegalClock clock{};
  Day due_day = 0;
  Day further_day = 0;
};
struct AlertsPage {
  std::vector<RaisedAlert> alerts;
  crypto::Bytes next_cursor;
};

struct ReadAvailability {
  std::vector<MemberId> member_ids;  // at most members_per_availability_max
};
struct Availabilities {
  std::vector<crypto::Bytes> statements;  // one for each asked; empty where there is none
};
struct PublishAvailability {
  crypto::Bytes statement;
};

struct ReadPapers {};
// As read, and as put in place of the number before.
struct SealedPapers {
  std::uint64_t number = 0;  // 0: nothing is kept yet
  crypto::Bytes sealed;      // at most papers_bytes_max
};

crypto::Bytes encode(const ReadAlerts&);
crypto::Bytes encode(const AlertsPage&);
crypto::Bytes encode(const ReadAvailability&);
crypto::Bytes encode(const Availabilities&);
crypto::Bytes encode(const PublishAvailability&);
crypto::Bytes encode(const ReadPapers&);
crypto::Bytes encode(const SealedPapers&);

}  // namespace omzien::protocol
