// The deadline that acts (decisions/0023): what follows from a term that was missed. Computed from
// public headers alone, so that the gateway tells whom the directory names, and the reporter sees
// the same; nobody in the unit has a say in it.
#pragma once

#include "protocol/access.h"

namespace omzien::protocol {

// One legal term that passed before it was met.
struct Alert {
  rules::LegalClock clock{};
  Day due_day = 0;      // told from the day after
  Day further_day = 0;  // the first day on which it goes further
  Day met_day = 0;      // met late; 0: still open

  // Whether it went further: by today, or before it was met.
  bool further(Day today) const { return (met_day == 0 ? today : met_day) >= further_day; }
};

// Acknowledgement first. Nothing where nobody waits for an answer, or once the case is withdrawn. A
// dispute starts a term anew, and its alert with it.
std::vector<Alert> alerts_of(const Access&, const Terms&, Day today);

// Whose unit a missed term is told of: that of whoever leads the case, or led it last, or was let
// in first; 0: nobody ever was.
std::uint32_t unit_of(const Access&, const Directory&, Day today);

}  // namespace omzien::protocol
