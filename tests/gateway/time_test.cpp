// Clock, beacons and pace.
#include "tests/gateway/fixture.h"

namespace omzien::gateway {
namespace {

TEST(Timekeeper, NeverGoesBack) {
  SettableClock clock(kNoon);
  Timekeeper time(clock);
  EXPECT_EQ(time.now().day(), kToday);
  clock.set(kNoon - 5 * kSecondsPerDay);
  EXPECT_EQ(time.now().seconds(), kNoon);
  clock.set(kNoon + kSecondsPerDay);
  EXPECT_EQ(time.now().day(), kToday + 1);
}

TEST(Timekeeper, GoesOnWhenTheClockIsPutBackAndKeepsItsDay) {
  SettableClock clock(kNoon);
  Timekeeper time(clock);
  clock.set(kNoon + kSecondsPerDay);
  EXPECT_EQ(time.now().day(), kToday + 1);
  EXPECT_EQ(time.now().steady(), kNoon) << "no time has passed";
  clock.set(kNoon);
  clock.advance(60);
  EXPECT_EQ(time.now().day(), kToday + 1);
  EXPECT_EQ(time.now().steady(), kNoon + 60);
}

TEST(Timekeeper, KnowsThatItsClockWasPutBackByMoreThanAnHour) {
  SettableClock clock(kNoon);
  Timekeeper time(clock);
  time.now();
  clock.set(kNoon - 3'600);
  EXPECT_FALSE(time.is_put_back());
  clock.set(kNoon - 3'601);
  EXPECT_TRUE(time.is_put_back());
  clock.set(kNoon);
  EXPECT_FALSE(time.is_put_back());
}

TEST(Moment, AcceptsTodayYesterdayJustAfterMidnightAndAHeadThatLiesAhead) {
  const Moment midnight(std::uint64_t{kToday} * kSecondsPerDay);
  const Moment noon(kNoon);
  EXPECT_TRUE(noon.accepts(kToday, 0));
  EXPECT_TRUE(midnight.accepts(kToday - 1, 0));
  EXPECT_FALSE(noon.accepts(kToday - 1, 0));
  EXPECT_FALSE(midnight.accepts(kToday - 2, 0));
  EXPECT_FALSE(noon.accepts(kToday + 1, kToday));
  EXPECT_TRUE(noon.accepts(kToday + 9, kToday + 9));
}

TEST(Beacons, ChangeEachMinuteAndAreTheSameForWhoeverHasTheKey) {
  crypto::initialise();
  const crypto::Bytes key(32, 1);
  const Beacons here(*storage::BeaconKey::from(key));
  const Beacons there(*storage::BeaconKey::from(key));
  const Beacons other(*storage::BeaconKey::from(crypto::Bytes(32, 2)));
  const Moment now(kNoon);
  EXPECT_EQ(here.at(now), there.at(Moment(kNoon + rules::kBeaconSeconds - 1)));
  EXPECT_NE(here.at(now), here.at(Moment(kNoon + rules::kBeaconSeconds)));
  EXPECT_NE(here.at(now), other.at(now));
  EXPECT_FALSE(here.accepts(other.at(now), now));
  EXPECT_FALSE(here.accepts(here.at(Moment(kNoon + rules::kBeaconSeconds)), now));
}

TEST(Pace, FollowsLoadAtOnceAndRestsByHalves) {
  Pace pace({2'000, 10'000, 100}, 1'000);
  EXPECT_EQ(pace.ms(Moment(kNoon)), 2'000U);
  pace.waiting(500);
  EXPECT_EQ(pace.ms(Moment(kNoon + 1)), 2'000U);  // the same for everybody within a window
  EXPECT_EQ(pace.ms(Moment(kNoon + 10)), 6'000U);
  EXPECT_EQ(pace.ms(Moment(kNoon + 20)), 4'000U);
  pace.waiting(5'000);
  EXPECT_EQ(pace.ms(Moment(kNoon + 30)), 10'000U);
}

TEST(Pace, GrowsWhenAnswersLeaveLateThoughNothingWaits) {
  using std::chrono::milliseconds;
  Pace pace({2'000, 10'000, 100}, 1'000);
  pace.late(Pace::kLateFrom);
  EXPECT_EQ(pace.ms(Moment(kNoon)), 2'000U);
  pace.late((Pace::kLateFrom + Pace::kLateMax) / 2);
  pace.late(milliseconds(0));
  EXPECT_NEAR(pace.ms(Moment(kNoon + 10)), 6'000U, 100U);
  pace.late(2 * Pace::kLateMax);
  EXPECT_EQ(pace.ms(Moment(kNoon + 20)), 10'000U);
}

}  // namespace
}  // namespace omzien::gateway
