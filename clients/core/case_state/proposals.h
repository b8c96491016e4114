// Proposals and what became of them: nothing happens until the reporter answers.
#pragma once

#include <optional>
#include <vector>

#include "clients/core/case_state/steps.h"

namespace omzien::core {

enum class ProposalStanding {
  kOpen,       // waits for the reporter
  kPutOff,     // "not now": may be answered again
  kAnswered,   // yes, yes-if or no
  kRetracted,  // taken back by the member
  kLapsed,     // the case was closed or withdrawn before an answer
};

struct DecisionRecord {
  std::uint64_t seq = 0;
  protocol::Day day = 0;
  rules::Choice choice{};
  std::string text;
  // Everybody named was let in to what was named, at the decision or later; later taken back stays
  // true. Always, for an answer that is no yes.
  bool carried_out = false;
};

struct ProposalRecord {
  std::uint64_t seq = 0;
  crypto::Digest hash;
  protocol::MemberId author;
  protocol::Day since_day = 0;
  Proposal proposal;
  ProposalStanding standing = ProposalStanding::kOpen;
  std::optional<DecisionRecord> decision;  // the last one
};

bool is_yes(rules::Choice);

class Proposals {
 public:
  void propose(const Step&, const Proposal&);
  // Needs `open_proposal`, `own_proposal`, `known_proposal` of the table.
  bool is_open(const Decision&) const;
  bool is_own(const Retraction&, const protocol::MemberId& author) const;
  bool is_known(const Summary&) const;
  // As the table let it; nothing when the proposal stood where this keyholder can't read.
  void decide(const Step&, const Decision&, const Holdings&);
  void retract(const Step&, const Retraction&);
  // Closed or withdrawn: what was not answered is not asked any more.
  void lapse();
  // Somebody was let in or out: may carry out a decision.
  void take_access(const Holdings&, protocol::Day);

  std::optional<protocol::Day> oldest_open_day() const;
  // Null when there is none under this number.
  const ProposalRecord* find(std::uint64_t seq) const;
  const std::vector<ProposalRecord>& records() const { return records_; }

 private:
  ProposalRecord* find_to_change(std::uint64_t seq);

  std::vector<ProposalRecord> records_;  // in the order they were made
};

}  // namespace omzien::core
