// What the commands of `omzien admin` share.
#pragma once

#include "clients/cli/context.h"
#include "clients/cli/organisation.h"
#include "protocol/calendar.h"

namespace omzien::cli {

struct AdminOptions {
  std::string dir;
  std::string name;
  std::string url;
  std::vector<std::string> units;
  std::string unit;
  std::string card;
  std::string role;
  std::vector<std::string> languages;
  std::string line;
  std::string position = "none";
};

Result<void> admin_publish(Context&, const AdminOptions&);
Result<void> admin_check(Context&, const AdminOptions&);

}  // namespace omzien::cli
