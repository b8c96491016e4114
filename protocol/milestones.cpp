#include "protocol/milestones.h"

#include <algorithm>

namespace omzien::protocol {

void Milestones::open(Day day, bool unclocked) {
  opened_day_ = day;
  unclocked_ = unclocked;
}

void Milestones::take(std::uint64_t seq, rules::Milestone milestone, Day day) {
  using rules::Milestone;
  if (milestone == Milestone::kNone) return;
  made_.push_back({seq, milestone, day, 0});
  const auto meet = [&](Met& term) {
    if (term.seq == 0) term = {seq, day, term.reopened_day};
  };
  meet(acknowledged_);
  if (milestone != Milestone::kAcknowledged) meet(feedback_);
  if (milestone == Milestone::kOutcome) meet(outcome_);
}

bool Milestones::may_dispute(std::uint64_t seq) const {
  return std::any_of(made_.begin(), made_.end(), [&](const MilestoneMade& made) {
    return made.seq == seq && made.disputed_day == 0;
  });
}

void Milestones::dispute(std::uint64_t seq, Day day) {
  for (auto& made : made_)
    if (made.seq == seq) made.disputed_day = day;
  for (auto* term : {&acknowledged_, &feedback_, &outcome_})
    if (term->seq == seq) *term = {0, 0, day};
}

Clocks Milestones::clocks(const Terms& terms) const {
  // An acknowledgement that was disputed moves no other term: feedback counts as if there was none.
  const bool acknowledged_at_once = acknowledged_.reopened_day == 0;
  auto both = protocol::clocks(terms, opened_day_, acknowledged_at_once ? acknowledged_.day : 0,
                               feedback_.day);
  if (!acknowledged_at_once)
    both.acknowledge =
        protocol::clocks(terms, acknowledged_.reopened_day, acknowledged_.day, 0).acknowledge;
  if (feedback_.reopened_day != 0)
    both.feedback.due_day = add_months(feedback_.reopened_day, terms.feedback_months);
  return both;
}

bool Milestones::missed(const Terms& terms, Day today) const {
  if (unclocked_) return false;
  const auto both = clocks(terms);
  return both.acknowledge.overdue(today) || both.feedback.overdue(today);
}

}  // namespace omzien::protocol
