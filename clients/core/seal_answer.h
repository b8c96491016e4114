// The owner's answer to a proposal, made into entries: a yes that involves people is carried out in
// the append that says it, or not at all.
#pragma once

#include "clients/core/lead/addition.h"
#include "clients/core/outbox.h"

namespace omzien::core {

// Whom this answer lets in: nobody unless it is a yes; and nobody who already holds all that is
// named. kRefused: the proposal is not there, not the one that was answered, or not open any more;
// a last day has passed; a summary without a yes.
Result<std::vector<ProposedReader>> newcomers_of(const OpenedCase&, const protocol::Directory&,
                                                 const AnswerDraft&, protocol::Day today);

// Up to three entries, in this order: the summary as approved, one grant to all newcomers, the
// decision. Compartments are given with every epoch the owner holds of them: what is named is read
// whole.
Result<void> seal_answer(Addition&, const AnswerDraft&);

}  // namespace omzien::core
