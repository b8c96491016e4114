// Days and legal terms.
#pragma once

#include <optional>
#include <string>

#include "protocol/directory.h"

namespace omzien::protocol {

// "2026-11-23".
std::string iso_date(Day);

// A term that ends beyond every day that can be written never passes; it does not pass in 1970.
Day days_after(Day, std::uint32_t count);

// The same day of the month `months` later; the month's last day where there is none (31 January
// and one month: 28 or 29 February).
Day add_months(Day, std::uint32_t months);

// A mask of the days of a week, bit 0 Monday to bit 6 Sunday; 0: not said.
inline constexpr std::uint32_t kEveryDayOfAWeek = 0x7f;
// Monday is 0.
std::uint32_t day_of_week(Day);
// Whether it is one of these working days; every day is where none was said.
bool works_on(std::uint32_t working_days, Day);

// One legal term: by when, and when it was met (0: not yet).
struct Clock {
  Day due_day = 0;
  Day met_day = 0;
  bool overdue(Day today) const { return met_day == 0 && today > due_day; }
};

// Directive (EU) 2019/1937, art. 9(1): acknowledged within the directory's days; feedback within
// its months from the acknowledgement or, without one, from the last day for it.
struct Clocks {
  Clock acknowledge;
  Clock feedback;
};
Clocks clocks(const Terms&, Day opened, Day acknowledged, Day feedback);

}  // namespace omzien::protocol
