#include "clients/cli/proposed_readers.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <map>
#include <set>

#include "clients/cli/context.h"
#include "clients/core/readers.h"

namespace omzien::cli {
namespace {

using rules::Compartment;
using rules::Role;

// By member, so that one who is named twice stands once.
using Named = std::map<protocol::MemberId, std::set<Compartment>>;

Result<std::set<Compartment>> read_compartments(const std::string& list) {
  std::set<Compartment> compartments;
  for (std::size_t at = 0; at <= list.size();) {
    const auto end = std::min(list.find(',', at), list.size());
    const auto name = list.substr(at, end - at);
    const auto compartment = rules::compartment_named(name);
    if (!compartment || *compartment > Compartment::kSummary)
      return bad_input("\"" + name +
                       "\" can't be shared: choose story, people, identity, talk or summary");
    compartments.insert(*compartment);
    at = end + 1;
  }
  return compartments;
}

Result<void> add_reader(Named& named, const std::string& typed,
                        const protocol::Directory& directory, protocol::Day today) {
  const auto colon = typed.find(':');
  const auto* person = core::person_here(directory, typed.substr(0, colon), today);
  if (person == nullptr)
    return bad_input("there is nobody called \"" + typed.substr(0, colon) + "\" in the directory");
  auto compartments = colon == std::string::npos
                          ? Result<std::set<Compartment>>({Compartment::kSummary})
                          : read_compartments(typed.substr(colon + 1));
  if (!compartments) return tl::unexpected(compartments.error());
  named[person->member_id].merge(*compartments);
  return {};
}

Result<void> add_committee(Named& named, const std::string& unit_name,
                           const std::vector<std::string>& left_out,
                           const protocol::Directory& directory, protocol::Day today) {
  const auto* unit = directory.unit_named(unit_name);
  if (unit == nullptr) return bad_input("there is no unit \"" + unit_name + "\"");
  for (const auto& person : directory.content().people) {
    const bool sits = person.role == Role::kTriage || person.role == Role::kTriageChair;
    const bool out = std::find(left_out.begin(), left_out.end(), person.name) != left_out.end();
    if (sits && !out && !person.gone(today) && person.unit_id == unit->id)
      named[person.member_id].insert(Compartment::kSummary);
  }
  return {};
}

}  // namespace

std::optional<protocol::Day> read_day(const std::string& text) {
  unsigned parts[3] = {};
  const char* at = text.data();
  const char* const end = at + text.size();
  for (unsigned& part : parts) {
    const auto [next, error] = std::from_chars(at, end, part);
    const bool last = &part == &parts[2];
    if (error != std::errc{} || (last ? next != end : next == end || *next != '-'))
      return std::nullopt;
    at = last ? next : next + 1;
  }
  using namespace std::chrono;
  if (parts[0] > 9999 || parts[1] > 12 || parts[2] > 31) return std::nullopt;
  const year_month_day day{year(static_cast<int>(parts[0])), month(parts[1]),
                           std::chrono::day(parts[2])};
  if (!day.ok()) return std::nullopt;
  const auto count = sys_days(day).time_since_epoch().count();
  return count > 0 ? std::optional(static_cast<protocol::Day>(count)) : std::nullopt;
}

Result<std::vector<core::ProposedReader>> find_proposed_readers(
    const ReaderOptions& options, const protocol::Directory& directory, protocol::Day today) {
  Named named;
  for (const auto& typed : options.readers)
    if (auto added = add_reader(named, typed, directory, today); !added)
      return tl::unexpected(added.error());
  for (const auto& unit : options.units)
    if (auto added = add_committee(named, unit, options.left_out, directory, today); !added)
      return tl::unexpected(added.error());
  for (const auto& name : options.left_out)
    if (core::person_here(directory, name, today) == nullptr)
      return bad_input("there is nobody called \"" + name + "\" to leave out");
  if (!options.units.empty() && named.empty()) return bad_input("nobody is left of that committee");
  if (named.size() > rules::kMembersPerGrantMax)
    return bad_input("at most " + std::to_string(rules::kMembersPerGrantMax) +
                     " people can be let in at once");
  protocol::Day last_day = 0;
  if (!options.until.empty()) {
    const auto day = read_day(options.until);
    if (!day) return bad_input("\"" + options.until + "\" is no day; write it as 2026-11-23");
    last_day = *day;
  }
  std::vector<core::ProposedReader> readers;
  for (const auto& [member, compartments] : named)
    readers.push_back({member, {compartments.begin(), compartments.end()}, last_day});
  return readers;
}

}  // namespace omzien::cli
