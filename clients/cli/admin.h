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
  std::vector<std::string> works;  // days of a week
  std::string stand_in;
  std::string desk;         // the desk's address, for links
  std::string request;      // a file with an enrolment request
  std::string fingerprint;  // as the other person reads it
  bool renew = false;       // of somebody who lost their key file
};

// What `add` and `invite` say about a person, checked: the unit exists, a stand-in too, and nobody
// with a managing or HR role becomes an adviser.
Result<MemberFile> described(const AdminOptions&, const OrganisationPlan&);
void add_description(CLI::App&, AdminOptions&);

Result<void> admin_invite(Context&, const AdminOptions&);
Result<void> admin_approve(Context&, const AdminOptions&);

Result<void> admin_publish(Context&, const AdminOptions&);
Result<void> admin_check(Context&, const AdminOptions&);

}  // namespace omzien::cli
