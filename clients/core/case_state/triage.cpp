#include "clients/core/case_state/triage.h"

#include <algorithm>

namespace omzien::core {
namespace {

using rules::ProposedStep;

bool is_step(const Proposal& proposal, ProposedStep step) {
  return proposal.step == rules::name_of(step);
}

}  // namespace

void Triage::assess(const Step& step, const Assessment& it) {
  state_.assessments.push_back({step.seq, step.day, step.author, it.text});
}

void Triage::rule(const Step& step, const TriageDecision& it) {
  state_.decision = {step.seq, step.day, step.author, it.ruling, it.text, it.reason};
}

void Triage::wish(const Step& step, const Stay& it) {
  state_.stay.reset();
  if (!it.ended) state_.stay = {step.seq, step.day, {}, it.text};
}

void Triage::mark(const Step& step, const Sensitive& it) {
  state_.sensitive.push_back({step.seq, step.day, step.author, it.text});
  sensitive_seq_ = std::max(sensitive_seq_, step.seq);
}

void Triage::advise(const Step& step, const Consultation& it) {
  state_.consultations.push_back({step.seq, step.day, step.author, it.text});
  settled_seq_ = step.seq;
}

// A sensitive step makes the case so from its proposal on: advice that came before the yes counts.
void Triage::take_answer(const Step& step, const Decision& it, const ProposalRecord& record) {
  const auto& proposal = record.proposal;
  if (is_step(proposal, ProposedStep::kStay) && it.choice == rules::Choice::kYes)
    state_.stay = {step.seq, step.day, {}, it.text};
  if (is_step(proposal, ProposedStep::kCoordinator) && it.choice == rules::Choice::kNo &&
      record.seq > sensitive_seq_)
    settled_seq_ = step.seq;
  if (proposal.sensitive && is_yes(it.choice)) {
    state_.sensitive.push_back({record.seq, step.day, record.author, {}});
    sensitive_seq_ = std::max(sensitive_seq_, record.seq);
  }
}

std::optional<protocol::Day> Triage::asked_day(const std::vector<ProposalRecord>& records) const {
  const auto asks = [&](const ProposalRecord& record) {
    return record.seq > sensitive_seq_ && is_step(record.proposal, ProposedStep::kCoordinator) &&
           (record.standing == ProposalStanding::kOpen ||
            record.standing == ProposalStanding::kPutOff);
  };
  const auto found = std::find_if(records.begin(), records.end(), asks);
  return found == records.end() ? std::nullopt : std::optional(found->since_day);
}

}  // namespace omzien::core
