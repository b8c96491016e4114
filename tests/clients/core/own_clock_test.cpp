// A gateway that says other days than the person's own device.
#include "clients/core/own_clock.h"

#include "clients/core/fetch.h"
#include "tests/clients/core/fixture.h"

namespace omzien::core {
namespace {

using gateway::kToday;

class OwnClock : public ClientTest {
 protected:
  std::vector<std::uint64_t> other_days(const Identity& self) {
    const auto opened = open(self, owner_.handle());
    EXPECT_TRUE(opened);
    std::vector<std::uint64_t> found;
    for (const auto& alarm : opened->alarms)
      if (alarm.kind == AlarmKind::kOtherDay) found.push_back(alarm.seq);
    return found;
  }
  void SetUp() override {
    ClientTest::SetUp();
    report(owner_);
    ASSERT_TRUE(say(owner_, owner_.handle(), "One more thing."));
  }

  const Reporter owner_ = reporter();
};

TEST_F(OwnClock, ThatAgreesSaysNothing) {
  EXPECT_TRUE(other_days(owner_).empty());
  day_here_ = kToday - 1;
  EXPECT_TRUE(other_days(owner_).empty()) << "before midnight here, after it there";
  day_here_ = kToday + 1;
  EXPECT_TRUE(other_days(owner_).empty());
}

TEST_F(OwnClock, ShowsAGatewayWhoseDaysStandStillToWhoeverReads) {
  day_here_ = kToday + 2;
  const auto newest = open(owner_, owner_.handle())->chain.next_seq() - 1;
  EXPECT_EQ(other_days(owner_), std::vector{newest});
  EXPECT_EQ(other_days(member("mieke")), std::vector{newest});
}

TEST_F(OwnClock, ShowsAnEntryThatIsDatedAheadThoughTheGatewaySaysTodayAgain) {
  clock_.advance(60 * gateway::kSecondsPerDay);
  ASSERT_TRUE(say(member("mieke"), owner_.handle(), "Sixty days passed in silence."));
  day_here_ = kToday;
  const auto opened = open(owner_, owner_.handle());
  ASSERT_TRUE(opened);
  EXPECT_TRUE(other_day(opened->chain, kToday, kToday));
  EXPECT_FALSE(other_day(opened->chain, kToday + 60, kToday + 60));
}

}  // namespace
}  // namespace omzien::core
