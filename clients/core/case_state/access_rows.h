// Who is let in, since when, to what.
#pragma once

#include <string>
#include <vector>

#include "protocol/access.h"

namespace omzien::core {

struct AccessRow {
  protocol::MemberId member_id;
  std::string name;
  std::vector<rules::Compartment> compartments;
  protocol::Day since_day = 0;
  bool dormant = false;
  bool holder = false;
};

// One row for each grant, in the order they were given.
std::vector<AccessRow> access_rows(const protocol::Access&, const protocol::Directory&);

}  // namespace omzien::core
