#include "clients/core/case_state/proposals.h"

#include <algorithm>

namespace omzien::core {
namespace {

bool stands(const ProposalRecord& record) {
  return record.standing == ProposalStanding::kOpen || record.standing == ProposalStanding::kPutOff;
}

bool all_let_in(const Proposal& proposal, const Holdings& holdings, protocol::Day day) {
  return std::all_of(proposal.readers.begin(), proposal.readers.end(), [&](const auto& reader) {
    const auto held = held_by(holdings, reader.member_id, day);
    return std::all_of(reader.compartments.begin(), reader.compartments.end(),
                       [&](const auto which) { return (held & rules::bit(which)) != 0; });
  });
}

}  // namespace

bool is_yes(rules::Choice choice) {
  return choice == rules::Choice::kYes || choice == rules::Choice::kYesIf;
}

void Proposals::propose(const Step& step, const Proposal& proposal) {
  records_.push_back({step.seq, step.hash, step.author, step.day, proposal, ProposalStanding::kOpen,
                      std::nullopt});
}

bool Proposals::is_open(const Decision& decision) const {
  const auto* record = find(decision.proposal_seq);
  return record != nullptr && stands(*record) && record->hash == decision.proposal_hash;
}

bool Proposals::is_own(const Retraction& retraction, const protocol::MemberId& author) const {
  const auto* record = find(retraction.proposal_seq);
  return record != nullptr && stands(*record) && record->author == author;
}

bool Proposals::is_known(const Summary& summary) const {
  return summary.proposal_seq == 0 || find(summary.proposal_seq) != nullptr;
}

void Proposals::decide(const Step& step, const Decision& decision, const Holdings& holdings) {
  if (!is_open(decision)) return;  // it stood where this keyholder can't read
  auto* record = find_to_change(decision.proposal_seq);
  const bool put_off = decision.choice == rules::Choice::kNotNow;
  record->standing = put_off ? ProposalStanding::kPutOff : ProposalStanding::kAnswered;
  record->decision = {step.seq, step.day, decision.choice, decision.text, !is_yes(decision.choice)};
  take_access(holdings, step.day);
}

void Proposals::retract(const Step& step, const Retraction& retraction) {
  if (is_own(retraction, step.author))
    find_to_change(retraction.proposal_seq)->standing = ProposalStanding::kRetracted;
}

void Proposals::lapse() {
  for (auto& record : records_)
    if (stands(record)) record.standing = ProposalStanding::kLapsed;
}

void Proposals::take_access(const Holdings& holdings, protocol::Day day) {
  for (auto& record : records_)
    if (record.decision && !record.decision->carried_out)
      record.decision->carried_out = all_let_in(record.proposal, holdings, day);
}

std::optional<protocol::Day> Proposals::oldest_open_day() const {
  for (const auto& record : records_)
    if (record.standing == ProposalStanding::kOpen) return record.since_day;
  return std::nullopt;
}

ProposalRecord* Proposals::find_to_change(std::uint64_t seq) {
  const auto found = std::find_if(records_.begin(), records_.end(),
                                  [&](const auto& record) { return record.seq == seq; });
  return found == records_.end() ? nullptr : &*found;
}

const ProposalRecord* Proposals::find(std::uint64_t seq) const {
  const auto found = std::find_if(records_.begin(), records_.end(),
                                  [&](const auto& record) { return record.seq == seq; });
  return found == records_.end() ? nullptr : &*found;
}

}  // namespace omzien::core
