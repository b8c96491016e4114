// The operations of a desk: missed terms, when people work, a member's own papers.
#pragma once

#include "gateway/checked_frame.h"
#include "gateway/outcome.h"

namespace omzien::gateway {

// Terms that were missed and are not met yet, of every case there is: all of them for the roles
// that the directory names first, and those that went further for the roles it names second.
// `nothing` for everybody else.
Answer read_alerts(storage::Reader&, const Context&, const Signed<protocol::ReadAlerts>&);

// What each of these people said last, where it is still theirs: a statement by a signing key that
// was replaced counts for nothing.
Answer read_availability(storage::Reader&, const Context&, const protocol::ReadAvailability&);
// The same again: done. `forbidden`: a number that is not above the one before.
Answer publish_availability(storage::Transaction&, const Context&, const CheckedAvailability&);

// A member's own, which nobody else is served; number 0 when nothing is kept yet. `nothing` for a
// key that is no member's.
Answer read_papers(storage::Reader&, const Context&, const Signed<protocol::ReadPapers>&);
// The same again: done. `stale_head`: the number is not one more than what is kept.
Answer put_papers(storage::Transaction&, const Context&, const Signed<protocol::SealedPapers>&);

}  // namespace omzien::gateway
