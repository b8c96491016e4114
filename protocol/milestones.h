// The milestones of a case and the legal terms they meet: all of it public, so that the gateway
// counts as the clients do.
#pragma once

#include <vector>

#include "protocol/calendar.h"
#include "protocol/entry.h"

namespace omzien::protocol {

struct MilestoneMade {
  std::uint64_t seq = 0;
  rules::Milestone milestone{};
  Day day = 0;
  Day disputed_day = 0;  // 0: not disputed
};

class Milestones {
 public:
  void open(Day day, bool unclocked);
  // Any milestone acknowledges; an outcome is feedback, too. What was met stays met.
  void take(std::uint64_t seq, rules::Milestone, Day);

  // Whether `seq` is a milestone that was not disputed yet.
  bool may_dispute(std::uint64_t seq) const;
  // The terms that this milestone met run anew, whole, from `day` on.
  void dispute(std::uint64_t seq, Day day);

  bool unclocked() const { return unclocked_; }  // nobody waits for an answer
  const std::vector<MilestoneMade>& all() const { return made_; }
  Day acknowledged_day() const { return acknowledged_.day; }  // 0: not, or not any more
  Day feedback_day() const { return feedback_.day; }
  Day outcome_day() const { return outcome_.day; }

  Clocks clocks(const Terms&) const;
  // Whether a term has passed that nobody met. Never where nobody waits for an answer.
  bool missed(const Terms&, Day today) const;

 private:
  struct Met {
    std::uint64_t seq = 0;  // 0: not met; no milestone stands at 0
    Day day = 0;
    Day reopened_day = 0;
  };

  Day opened_day_ = 0;
  bool unclocked_ = false;
  std::vector<MilestoneMade> made_;
  Met acknowledged_, feedback_, outcome_;
};

}  // namespace omzien::protocol
