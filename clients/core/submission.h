// Sealed entries on their way to the gateway, as bytes that can be sent again.
#pragma once

#include "clients/core/connection.h"
#include "clients/core/outbox.h"

namespace omzien::core {

// Payloads that make the operation larger than a frame get an upload id and travel as chunks, the
// largest first. `case_share`: of a case to open; none for what is added to one.
std::vector<FrozenEntry> freeze(std::vector<SealedEntry>,
                                const std::optional<crypto::CaseShare>& case_share,
                                protocol::FrameSize, crypto::Random&);

// Hands them in as one operation; the answer, whatever its status.
Result<protocol::OperationResult> submit(Connection&, const Identity&,
                                         const std::vector<FrozenEntry>&,
                                         const std::optional<crypto::CaseShare>& case_share);

// The chunks of payloads that don't fit; asked for by `incomplete`, so never for an entry that
// arrived.
Result<void> stage(Connection&, const Identity&, const std::vector<FrozenEntry>&);

// Adds them to a case: submitted, staged where that is asked for, and again after a lost answer,
// for the same bytes stand once. kUnreachable: whether they arrived is not known, which it says.
Result<protocol::OperationResult> hand_in(Connection&, const Identity&,
                                          const std::vector<FrozenEntry>&);

// They were accepted: the case may not come back without them (heads.h). kUnreachable where that
// can't be kept, since sent again they stand once and it is tried anew.
Result<void> note_accepted(Connection&, const Identity&, const std::vector<FrozenEntry>&);

// The entries were not accepted and never will be as they are: they must be sealed anew.
bool is_stale(rules::Status);

}  // namespace omzien::core
