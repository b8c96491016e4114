#include "protocol/calendar.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <limits>

namespace omzien::protocol {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr Day kLastDay = 2'932'896;  // 31 December 9999
constexpr std::uint32_t kMonthsMax = 12'000;

// Any number may stand where a day does, and a year goes only so far: what lies beyond is shown as
// the last day.
year_month_day date_of(Day day) { return sys_days{days{std::min(day, kLastDay)}}; }

}  // namespace

Day days_after(Day day, std::uint32_t count) {
  const auto sum = std::uint64_t{day} + count;
  return static_cast<Day>(std::min<std::uint64_t>(sum, std::numeric_limits<Day>::max()));
}

std::string iso_date(Day day) {
  const auto date = date_of(day);
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

Day add_months(Day day, std::uint32_t months) {
  auto date = date_of(day) + std::chrono::months{std::min(months, kMonthsMax)};
  if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
  return static_cast<Day>(sys_days{date}.time_since_epoch().count());
}

std::uint32_t day_of_week(Day day) {
  constexpr std::uint32_t kFirstDay = 3;  // 1970-01-01 was a Thursday
  return (day % 7 + kFirstDay) % 7;
}

bool works_on(std::uint32_t working_days, Day day) {
  return working_days == 0 || (working_days >> day_of_week(day) & 1) != 0;
}

Clocks clocks(const Terms& terms, Day opened, Day acknowledged, Day feedback) {
  Clocks both;
  both.acknowledge = {days_after(opened, terms.acknowledge_days), acknowledged};
  both.feedback = {add_months(acknowledged != 0 ? acknowledged : both.acknowledge.due_day,
                              terms.feedback_months),
                   feedback};
  return both;
}

}  // namespace omzien::protocol
