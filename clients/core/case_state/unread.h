// Events that stand in a case and are not this keyholder's to read: what they may have been.
#pragma once

#include <optional>
#include <set>

#include "clients/core/case_state/steps.h"

namespace omzien::core {

class Unread {
 public:
  void note(const Step& step) {
    if (step.compartment == rules::Compartment::kSummary) settled_ = true;
    if (step.compartment != rules::Compartment::kTalk) return;
    talk_.insert(step.seq);
    if (step.role == rules::StepRole::kOwner)
      settled_ = true;
    else if (!asked_day_)
      asked_day_ = step.day;
    if (step.office == rules::Role::kCoordinator) coordinator_ = true;
  }
  // The reporter answered something of it.
  void answered() { settled_ = true; }

  // A decision of the committee, or advice, in the summary; or the reporter's own word.
  bool may_have_settled() const { return settled_; }
  bool by_coordinator() const { return coordinator_; }
  // Whether this may be a proposal.
  bool in_talk(std::uint64_t seq) const { return talk_.contains(seq); }
  // The first day on which a member may have asked something.
  const std::optional<protocol::Day>& asked_day() const { return asked_day_; }

 private:
  std::set<std::uint64_t> talk_;
  std::optional<protocol::Day> asked_day_;
  bool settled_ = false;
  bool coordinator_ = false;
};

}  // namespace omzien::core
