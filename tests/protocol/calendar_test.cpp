#include "protocol/calendar.h"

#include <chrono>

#include <gtest/gtest.h>

namespace omzien::protocol {
namespace {

constexpr Day day(int year, unsigned month, unsigned day_of_month) {
  const std::chrono::sys_days days{std::chrono::year{year} / std::chrono::month{month} /
                                   std::chrono::day{day_of_month}};
  return static_cast<Day>(days.time_since_epoch().count());
}

TEST(Calendar, WritesDatesAsPeopleReadThem) {
  EXPECT_EQ(iso_date(0), "1970-01-01");
  EXPECT_EQ(iso_date(day(2024, 2, 29)), "2024-02-29");
}

TEST(Calendar, ADayBeyondAllCalendarsIsTheLastOne) {
  EXPECT_EQ(iso_date(day(9999, 12, 31)), "9999-12-31");
  EXPECT_EQ(iso_date(day(9999, 12, 31) + 1), "9999-12-31");
  EXPECT_EQ(iso_date(0xffff'ffff), "9999-12-31");
  EXPECT_EQ(iso_date(add_months(0xffff'ffff, 3)), "9999-12-31");
}

TEST(Calendar, AMonthLaterIsTheSameDayOrTheMonthsLast) {
  EXPECT_EQ(add_months(day(2026, 1, 15), 3), day(2026, 4, 15));
  EXPECT_EQ(add_months(day(2026, 11, 30), 3), day(2027, 2, 28));
  EXPECT_EQ(add_months(day(2027, 11, 30), 3), day(2028, 2, 29));
  EXPECT_EQ(add_months(day(2026, 12, 31), 2), day(2027, 2, 28));
}

// The browser's numbers do not wrap, and stop where ours do: both show the same last day.
TEST(Calendar, ATermBeyondAllDaysNeverPasses) {
  const auto last = clocks(Terms{}, 0xffff'ffff, 0, 0);
  EXPECT_FALSE(last.acknowledge.overdue(0xffff'ffff));
  EXPECT_EQ(last.acknowledge.due_day, 0xffff'ffff);
  EXPECT_EQ(days_after(0xffff'ffff - 3, 3), 0xffff'ffff);
  EXPECT_EQ(iso_date(add_months(0, 0xffff'ffff)), "2970-01-01");
}

TEST(Calendar, FeedbackCountsFromTheAcknowledgementOrItsLastDay) {
  const Terms terms;
  const auto silent = clocks(terms, day(2026, 1, 1), 0, 0);
  EXPECT_EQ(silent.acknowledge.due_day, day(2026, 1, 8));
  EXPECT_EQ(silent.feedback.due_day, day(2026, 4, 8));
  const auto answered = clocks(terms, day(2026, 1, 1), day(2026, 1, 3), 0);
  EXPECT_EQ(answered.feedback.due_day, day(2026, 4, 3));
  EXPECT_FALSE(answered.acknowledge.overdue(day(2026, 6, 1)));
  EXPECT_TRUE(answered.feedback.overdue(day(2026, 4, 4)));
  EXPECT_FALSE(answered.feedback.overdue(day(2026, 4, 3)));
}

TEST(Calendar, KnowsTheDaysOfAWeekAndWhoWorksOnThem) {
  EXPECT_EQ(day_of_week(0), 3u) << "1970 began on a Thursday";
  EXPECT_EQ(day_of_week(day(2024, 2, 29)), 3u);
  EXPECT_EQ(day_of_week(day(2026, 11, 30)), 0u);
  const std::uint32_t weekdays = 0x1f;
  EXPECT_TRUE(works_on(weekdays, day(2026, 11, 27)));
  EXPECT_FALSE(works_on(weekdays, day(2026, 11, 28)));
  EXPECT_TRUE(works_on(0, day(2026, 11, 28))) << "nothing was said";
}

}  // namespace
}  // namespace omzien::protocol
