// What the reporter said last, where a desk must not overlook it.
#pragma once

#include "clients/core/case_state.h"

namespace omzien::core {

// Whether something urgent of theirs waits for an answer. The log keeps for good that it was
// urgent; once a member answered, it is not any more.
bool urgent_waits(const OpenedCase&);

// Their last answer to whether this person is let in, where it was no or not now, and came after
// the entry `since`; null otherwise.
const DecisionRecord* no_since(const CaseState&, const protocol::MemberId&, std::uint64_t since);

}  // namespace omzien::core
