// What may be done next, asked before it is sent.
#include <algorithm>

#include "clients/core/case_state.h"
#include "clients/core/case_state/table.h"

namespace omzien::core {
namespace {

using rules::EventKind;
using rules::Need;
using rules::StepRole;

bool lands(const CaseState& state, const Move& move, std::uint32_t needs_met) {
  return state.kind && state.state &&
         land(move, rules::bit(*state.kind), rules::bit(*state.state), needs_met) != 0;
}

// The same for whoever does not know all of where the case stands, as somebody who was let in to
// what comes from now on, or to the summary alone: in any kind it may be of, and any state it may
// be in. So it is for whatever nobody may be kept from by a text that does not open to them: the
// owner's answer, and the word that somebody read who the reporter is.
bool may_land(const CaseState& state, EventKind event, StepRole role, std::uint32_t needs_met) {
  const auto every = [](const auto& names) {
    std::uint32_t set = 0;
    for (const auto& row : names) set |= rules::bit(row.value);
    return set;
  };
  const auto kinds = state.kind ? rules::bit(*state.kind) : every(rules::kCaseKindNames);
  const auto states = state.state ? rules::bit(*state.state) : every(rules::kCaseStateNames);
  return land({rules::EntryKind::kEvent, event, role, std::nullopt}, kinds, states, needs_met) != 0;
}

bool stands(const ProposalRecord& record) {
  return record.standing == ProposalStanding::kOpen || record.standing == ProposalStanding::kPutOff;
}

}  // namespace

bool may_take(const CaseState& state, EventKind event, StepRole role) {
  return may_land(state, event, role, 0);
}

std::vector<Need> missing_to_close(const CaseState& state, protocol::Day today) {
  const auto& triage = state.triage;
  const bool silent = triage.consulted_day != 0 && today >= triage.consulted_day;
  const Move move{rules::EntryKind::kEvent, EventKind::kOutcome, StepRole::kMember, std::nullopt};
  std::vector<Need> missing;
  if (!triage.decided && !lands(state, move, kEveryNeed & ~rules::bit(Need::kTriaged)))
    missing.push_back(Need::kTriaged);
  if (!triage.consulted && !silent) missing.push_back(Need::kConsulted);
  return missing;
}

bool may_close(const CaseState& state, protocol::Day today) {
  const Move move{rules::EntryKind::kEvent, EventKind::kOutcome, StepRole::kMember, std::nullopt};
  return lands(state, move, kEveryNeed) && missing_to_close(state, today).empty();
}

bool may_judge(const CaseState& state, EventKind event, StepRole role, rules::Role office,
               bool chair_is_in) {
  using rules::Role;
  const bool sits = office == Role::kTriage || office == Role::kTriageChair;
  std::uint32_t met = 0;
  if (sits) met |= rules::bit(Need::kCommittee);
  if (office == Role::kTriageChair || (sits && !chair_is_in)) met |= rules::bit(Need::kChair);
  if (office == Role::kCoordinator) met |= rules::bit(Need::kCoordinator);
  return may_land(state, event, role, met);
}

bool may_set(const CaseState& state, rules::CaseState wanted, protocol::Day today) {
  const bool silent = state.may_pause_day != 0 && today >= state.may_pause_day;
  return lands(state, {rules::EntryKind::kEvent, EventKind::kStatus, StepRole::kMember, wanted},
               silent ? rules::bit(Need::kSilence) : 0);
}

bool may_open_identity(const CaseState& state, StepRole role) {
  return may_land(state, EventKind::kIdentityOpened, role, rules::bit(Need::kIdentityAccess));
}

const ProposalRecord* find_proposal(const CaseState& state, std::uint64_t seq) {
  const auto found = std::find_if(state.proposals.begin(), state.proposals.end(),
                                  [&](const auto& record) { return record.seq == seq; });
  return found == state.proposals.end() ? nullptr : &*found;
}

bool may_answer(const CaseState& state, const ProposalRecord& record) {
  return stands(record) &&
         may_land(state, EventKind::kDecision, StepRole::kOwner, rules::bit(Need::kOpenProposal));
}

bool may_retract(const CaseState& state, const ProposalRecord& record,
                 const protocol::MemberId& author) {
  return stands(record) && record.author == author &&
         may_land(state, EventKind::kRetraction, StepRole::kMember, rules::bit(Need::kOwnProposal));
}

std::string_view name_of(WaitingFor whom) {
  switch (whom) {
    case WaitingFor::kNobody: return "nobody";
    case WaitingFor::kAdviser: return "adviser";
    case WaitingFor::kReporter: return "reporter";
  }
  return "nobody";
}

std::string_view name_of(ProposalStanding standing) {
  switch (standing) {
    case ProposalStanding::kOpen: return "open";
    case ProposalStanding::kPutOff: return "put_off";
    case ProposalStanding::kAnswered: return "answered";
    case ProposalStanding::kRetracted: return "retracted";
    case ProposalStanding::kLapsed: return "lapsed";
  }
  return "open";
}

}  // namespace omzien::core
