// From an opened log to what people see: a pure function, written once per language, with shared
// vectors (tests/vectors/states.json). case_state/ holds its parts.
#pragma once

#include "clients/core/case_log.h"
#include "clients/core/case_state/access_rows.h"
#include "clients/core/case_state/fold.h"

namespace omzien::core {

// An event that the table of states forbids does not count from then on, and is an alarm of the
// log: nothing of it is shown as said. The last thing that is done to a log as it is opened.
void judge(OpenedCase&, const protocol::Directory&);

// Entries that do not count are skipped; an event this keyholder can't read changes only what its
// header shows.
CaseState fold(const OpenedCase&, const protocol::Directory&);

// Asked before a step is sent, so that the person hears it first. `event` is any of a member's or
// the owner's; for one that names a proposal see may_answer() and may_retract().
bool may_take(const CaseState&, rules::EventKind event, rules::StepRole);
// What a case still lacks before it may be closed today: need `triaged`, need `consulted`.
std::vector<rules::Need> missing_to_close(const CaseState&, protocol::Day today);
// Whether a member may write an outcome today.
bool may_close(const CaseState&, protocol::Day today);
// Whether somebody of this office may write an assessment, a triage decision, a consultation.
// `chair_is_in`: the committee's chair is let in to this case.
bool may_judge(const CaseState&, rules::EventKind, rules::StepRole, rules::Role office,
               bool chair_is_in);
// Whether a member may set this state today: a pause waits for the term of silence.
bool may_set(const CaseState&, rules::CaseState wanted, protocol::Day today);

// Whether a member who holds `identity` may say now that they opened it: none may who is not in
// the talk, where it would stand.
bool may_open_identity(const CaseState&, rules::StepRole);

// Null when there is none under this number.
const ProposalRecord* find_proposal(const CaseState&, std::uint64_t seq);
// Whether the owner may answer it now: it stands open, or was put off.
bool may_answer(const CaseState&, const ProposalRecord&);
bool may_retract(const CaseState&, const ProposalRecord&, const protocol::MemberId&);

std::string_view name_of(WaitingFor);
std::string_view name_of(ProposalStanding);

}  // namespace omzien::core
