#include "clients/cli/lead/naming.h"

#include <algorithm>

#include "clients/cli/proposed_readers.h"
#include "clients/core/changed_key.h"
#include "clients/core/readers.h"

namespace omzien::cli {
namespace {

using core::ErrorKind;
using rules::Role;

tl::unexpected<core::Error> bad(std::string message) {
  return core::fail(ErrorKind::kBadInput, std::move(message));
}

bool in_triage(Role role) { return role == Role::kTriage || role == Role::kTriageChair; }

}  // namespace

Result<protocol::MemberId> person_named(const std::string& name,
                                        const protocol::Directory& directory, protocol::Day today) {
  const auto* person = core::person_here(directory, name, today);
  if (person == nullptr) return bad("there is nobody called \"" + name + "\" in the directory");
  return person->member_id;
}

Result<std::vector<protocol::MemberId>> people_named(const std::vector<std::string>& names,
                                                     const protocol::Directory& directory,
                                                     protocol::Day today) {
  std::vector<protocol::MemberId> people;
  for (const auto& name : names) {
    const auto id = person_named(name, directory, today);
    if (!id) return tl::unexpected(id.error());
    if (std::find(people.begin(), people.end(), *id) == people.end()) people.push_back(*id);
  }
  return people;
}

Result<protocol::MemberId> insider_named(const std::string& name, const protocol::Access& access,
                                         const protocol::Directory& directory,
                                         protocol::Day today) {
  auto here = person_named(name, directory, today);
  std::optional<protocol::MemberId> left;
  for (const auto& grant : access.grants()) {
    if (here && grant.member_id == *here) return here;
    const auto* person = directory.person(grant.member_id);
    if (person != nullptr && person->name == name) left = grant.member_id;
  }
  return left ? Result<protocol::MemberId>(*left) : here;
}

Result<std::vector<protocol::MemberId>> insiders_named(const std::vector<std::string>& names,
                                                       const protocol::Access& access,
                                                       const protocol::Directory& directory,
                                                       protocol::Day today) {
  std::vector<protocol::MemberId> people;
  for (const auto& name : names) {
    const auto id = insider_named(name, access, directory, today);
    if (!id) return tl::unexpected(id.error());
    if (std::find(people.begin(), people.end(), *id) == people.end()) people.push_back(*id);
  }
  return people;
}

std::string names_of(const std::vector<protocol::MemberId>& people,
                     const protocol::Directory& directory) {
  std::string names;
  for (const auto& id : people) {
    const auto* person = directory.person(id);
    names += (names.empty() ? "" : ", ") + (person == nullptr ? "unknown" : person->name);
  }
  return names;
}

std::string changed_keys(const std::vector<protocol::MemberId>& people,
                         const protocol::Directory& directory) {
  std::string lines;
  for (const auto& id : people) {
    const auto* person = directory.person(id);
    const auto day = person == nullptr ? 0 : core::key_changed_day(*person);
    if (day != 0)
      lines += "! " + person->name + "'s key changed on " + protocol::iso_date(day) +
               ", and the one before did not vouch for it: ask them\n";
  }
  return lines;
}

Result<std::vector<protocol::MemberId>> committee(const std::string& unit_name,
                                                  const std::vector<std::string>& left_out,
                                                  const protocol::Directory& directory,
                                                  protocol::Day today) {
  const auto* unit = directory.unit_named(unit_name);
  if (unit == nullptr) return bad("there is no unit \"" + unit_name + "\"");
  std::vector<protocol::MemberId> members;
  for (const auto& person : directory.content().people)
    if (!person.gone(today) && person.unit_id == unit->id && in_triage(person.role))
      members.push_back(person.member_id);
  for (const auto& name : left_out) {
    const auto id = person_named(name, directory, today);
    if (!id) return tl::unexpected(id.error());
    if (std::erase(members, *id) == 0)
      return bad("\"" + name + "\" is not in the triage committee of " + unit_name);
  }
  if (members.empty()) return bad("nobody is left in the triage committee of " + unit_name);
  return members;
}

Result<core::Compartments> parts_named(const std::vector<std::string>& names,
                                       const std::vector<protocol::MemberId>& people,
                                       const protocol::Directory& directory) {
  core::Compartments parts;
  for (const auto& name : names) parts.insert(rules::compartment_named(name).value());
  if (!parts.empty()) return parts;
  const bool committee = std::all_of(people.begin(), people.end(), [&](const auto& id) {
    const auto* person = directory.person(id);
    return person != nullptr && in_triage(person->role);
  });
  if (committee) return core::Compartments{rules::Compartment::kSummary};
  return core::Compartments{std::begin(rules::kOpeningAdviser), std::end(rules::kOpeningAdviser)};
}

std::string names_of(const core::Compartments& parts) {
  std::string names;
  for (const auto part : parts)
    names += (names.empty() ? "" : ", ") + std::string(rules::name_of(part));
  return names;
}

Result<protocol::Day> last_day_named(const std::string& date, protocol::Day today) {
  if (date.empty()) return protocol::Day{0};
  const auto day = read_day(date);
  if (!day) return bad("\"" + date + "\" is no date; write it as 2027-03-01");
  if (*day < today) return bad(date + " has passed");
  return *day;
}

std::vector<std::string> part_names() {
  std::vector<std::string> names;
  for (const auto part : protocol::kOwnersCompartments) names.emplace_back(rules::name_of(part));
  return names;
}

}  // namespace omzien::cli
