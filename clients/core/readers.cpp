#include "clients/core/readers.h"

#include <algorithm>

namespace omzien::core {
namespace {

using rules::Role;

bool may_be_chosen(Role role) {
  return role == Role::kAdviser || role == Role::kStandIn || role == Role::kCoordinator;
}
bool reads_signals(Role role) { return role == Role::kCoordinator || role == Role::kReflection; }

tl::unexpected<Error> bad(std::string message) {
  return fail(ErrorKind::kBadInput, std::move(message));
}

std::string names_of_advisers(const protocol::Directory& directory, protocol::Day today) {
  std::string names;
  for (const auto& person : directory.content().people)
    if (!person.gone(today) && person.role == Role::kAdviser)
      names += (names.empty() ? "" : ", ") + person.name;
  return names;
}

Result<protocol::MemberId> adviser_named(const std::string& name,
                                         const protocol::Directory& directory,
                                         protocol::Day today) {
  const auto* person = person_here(directory, name, today);
  if (person == nullptr || !may_be_chosen(person->role))
    return bad("\"" + name +
               "\" is not an adviser. There are: " + names_of_advisers(directory, today));
  return person->member_id;
}

template <class Test>
void add_people(std::vector<protocol::MemberId>& members, const protocol::Directory& directory,
                protocol::Day today, Test test) {
  for (const auto& person : directory.content().people)
    if (!person.gone(today) && test(person)) members.push_back(person.member_id);
}

Result<std::vector<protocol::MemberId>> find_members(const OpeningDraft& draft,
                                                     const protocol::Directory& directory,
                                                     protocol::Day today) {
  std::vector<protocol::MemberId> members;
  if (draft.story.opening.case_kind == rules::CaseKind::kSignal) {
    add_people(members, directory, today,
               [](const protocol::Person& person) { return reads_signals(person.role); });
    if (members.empty()) return bad("this organisation has nobody who reads signals");
    return members;
  }
  for (const auto& name : draft.to) {
    const auto member = adviser_named(name, directory, today);
    if (!member) return tl::unexpected(member.error());
    if (std::find(members.begin(), members.end(), *member) == members.end())
      members.push_back(*member);
  }
  if (members.empty() && !draft.unit.empty()) {
    const auto* unit = directory.unit_named(draft.unit);
    if (unit == nullptr) return bad("there is no unit \"" + draft.unit + "\"");
    add_people(members, directory, today, [&](const protocol::Person& person) {
      return person.role == Role::kAdviser && person.unit_id == unit->id;
    });
  }
  if (members.empty())
    return bad("choose who reads this. There are: " + names_of_advisers(directory, today));
  return members;
}

}  // namespace

Result<FoundReaders> find_readers(const OpeningDraft& draft, const protocol::Directory& directory,
                                  protocol::Day today) {
  auto members = find_members(draft, directory, today);
  if (!members) return tl::unexpected(members.error());
  if (members->size() > rules::kMembersPerGrantMax)
    return bad("at most " + std::to_string(rules::kMembersPerGrantMax) +
               " people can be let in at once");
  FoundReaders found{std::move(*members), std::nullopt};
  if (draft.stand_in.empty()) return found;
  const auto stand_in = adviser_named(draft.stand_in, directory, today);
  if (!stand_in) return tl::unexpected(stand_in.error());
  if (std::find(found.members.begin(), found.members.end(), *stand_in) != found.members.end())
    return bad("\"" + draft.stand_in + "\" already reads this case and can't also stand in");
  found.stand_in = *stand_in;
  return found;
}

const protocol::Person* person_here(const protocol::Directory& directory, std::string_view name,
                                    protocol::Day today) {
  if (const auto* stays = directory.person_named(name)) return stays;
  const auto& people = directory.content().people;
  const auto found = std::find_if(people.begin(), people.end(), [&](const auto& person) {
    return person.name == name && !person.gone(today);
  });
  return found == people.end() ? nullptr : &*found;
}

}  // namespace omzien::core
