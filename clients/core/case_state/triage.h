// What must be so before a case closes: a decision of the triage committee, or the reporter's wish
// to stay with the adviser; and the coordinator's advice where a case is sensitive.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "clients/core/case_state/proposals.h"

namespace omzien::core {

// Somebody said something, on a day.
struct SaidRecord {
  std::uint64_t seq = 0;
  protocol::Day day = 0;
  protocol::MemberId author;  // zeros for the owner
  std::string text;
};

struct RulingRecord {
  std::uint64_t seq = 0;
  protocol::Day day = 0;
  protocol::MemberId author;
  rules::Ruling ruling{};
  std::string text;
  std::string reason;
};

struct TriageState {
  std::vector<SaidRecord> assessments;
  std::optional<RulingRecord> decision;  // the last one
  std::optional<SaidRecord> stay;        // the wish to stay, while it stands; text may be empty
  // Why it is sensitive; text is empty where a yes to a sensitive step made it so.
  std::vector<SaidRecord> sensitive;
  std::vector<SaidRecord> consultations;
  bool decided = false;   // need `triaged`
  bool consulted = true;  // need `consulted`, by an answer or advice
  // Where it is not: from this day on the reporter's silence about asking the coordinator counts as
  // a no; 0: nothing was asked.
  protocol::Day consulted_day = 0;
};

class Triage {
 public:
  void assess(const Step&, const Assessment&);
  void rule(const Step&, const TriageDecision&);
  void wish(const Step&, const Stay&);
  void mark(const Step&, const Sensitive&);
  void advise(const Step&, const Consultation&);
  // An answer that may be the wish to stay, a yes to a sensitive step, a no to asking the
  // coordinator.
  void take_answer(const Step&, const Decision&, const ProposalRecord&);

  bool decided() const { return state_.decision || state_.stay; }
  // Since it became sensitive the coordinator advised, or the reporter would not have it.
  bool consulted() const { return settled_seq_ >= sensitive_seq_; }
  // The question whether the coordinator may be asked, since it became sensitive: from when on it
  // stands unanswered. Nothing when none stands.
  std::optional<protocol::Day> asked_day(const std::vector<ProposalRecord>&) const;

  const TriageState& state() const { return state_; }

 private:
  TriageState state_;
  std::uint64_t sensitive_seq_ = 0;  // the last mark; 0: not sensitive
  std::uint64_t settled_seq_ = 0;    // the last advice, or the reporter's no
};

}  // namespace omzien::core
