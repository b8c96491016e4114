// What a failing store leaves behind of whom it refused: nothing in the log that says when they
// came, and nothing used up.
#include "tests/gateway/group_commit.h"

namespace omzien::gateway {
namespace {

class Refused : public GroupCommit {
 protected:
  // Of a case whose log stays as it is, since nothing is kept.
  void ask_three_times(kit::CaseBuilder made, protocol::Day today) {
    made.on(today);
    const auto more = made.event(made.owner(), Compartment::kTalk);
    for (int i = 0; i < 3; ++i) {
      failing_->faults.read = true;
      EXPECT_EQ(client().read(made.handle(), 0, made.owner()).status, Status::kStorage);
      failing_->faults.read = false;
      EXPECT_EQ(client().append({more}, made.owner()).status, Status::kStorage);
    }
  }
};

// Whoever keeps the log puts a time on each line.
TEST_F(Refused, IsSaidOnceADayHoweverOftenTheyCome) {
  const auto made = opened_case("on a damaged page");
  failing_->faults.damaged = made.handle();
  ask_three_times(made, kToday);
  gateway().tend();
  EXPECT_EQ(times_said("A read was refused."), 1);
  EXPECT_EQ(times_said("A write was refused."), 1);
  EXPECT_EQ(times_said("storage: "), 2) << log_.text();

  clock_.advance(kSecondsPerDay);
  for (int i = 0; i < 3; ++i) gateway().tend();
  EXPECT_EQ(times_said("Reads refused on the day before: 3\n"), 1);
  EXPECT_EQ(times_said("Writes refused on the day before: 3\n"), 1);
  EXPECT_EQ(times_said("storage: "), 4) << log_.text();

  client().send({});  // the beacon of that day
  ask_three_times(made, kToday + 1);
  EXPECT_EQ(times_said("A read was refused."), 2);
  EXPECT_EQ(times_said("A write was refused."), 2);
  EXPECT_EQ(times_said("storage: "), 6) << log_.text();
}

TEST_F(Refused, IsSaidForEachKindOfFailure) {
  auto made = opened_case();
  const auto more = made.event(made.owner(), Compartment::kTalk);
  failing_->faults.damaged = made.handle();
  EXPECT_EQ(client().append({more}, made.owner()).status, Status::kStorage);
  failing_->faults.damaged.reset();
  failing_->faults.commit = true;
  EXPECT_EQ(client().append({more}, made.owner()).status, Status::kStorage);
  EXPECT_EQ(times_said("The store is damaged"), 1);
  EXPECT_EQ(times_said("The disk is full"), 1);
}

}  // namespace
}  // namespace omzien::gateway
