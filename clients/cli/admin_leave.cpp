// `omzien admin remove`, and the day on which somebody leaves. They are in until a directory says
// otherwise: a day before it was signed would undo what they wrote since, and what others built on
// it, a revocation too (decisions/0008).
#include "clients/cli/admin_leave.h"

#include <algorithm>

#include "protocol/directory_rules.h"

namespace omzien::cli {
namespace {

bool begins_with(const std::vector<protocol::SigningKeyEntry>& now,
                 const std::vector<protocol::SigningKeyEntry>& was) {
  return now.size() >= was.size() &&
         std::equal(was.begin(), was.end(), now.begin(), [](const auto& a, const auto& b) {
           return a.key == b.key && a.from_day == b.from_day;
         });
}

}  // namespace

Result<void> admin_remove(Context& context, const AdminOptions& options) {
  const OrganisationFolder folder{options.dir};
  if (!check_name(options.name) || !std::filesystem::exists(folder.member(options.name)))
    return bad_input("\"" + options.name + "\" does not stand in this folder");
  auto file = read_member(folder.member(options.name));
  if (!file) return tl::unexpected(file.error());
  if (file->person.left_day != 0) return bad_input(options.name + " has left already");
  file->person.left_day = core::own_day();
  if (auto done = write_member(folder, *file); !done) return done;
  context.print({{"name", options.name}, {"left_day", protocol::iso_date(file->person.left_day)}},
                options.name +
                    " leaves with the next directory, on the day that it is signed, and is in "
                    "until the gateway has it. What they wrote stays signed by them.\n");
  return {};
}

Result<void> check_nothing_undone(const protocol::DirectoryContent& content,
                                  const protocol::Directory* before) {
  if (before == nullptr) return {};
  for (const auto& was : before->content().people) {
    const auto now =
        std::find_if(content.people.begin(), content.people.end(),
                     [&](const auto& person) { return person.member_id == was.member_id; });
    if (now == content.people.end())
      return bad_input("the file of " + was.name +
                       " is gone, and their cases need it: put it back, and \"omzien admin "
                       "remove\" says that they left");
    if (was.left_day != 0 && now->left_day == 0)
      return bad_input(was.name + " left on " + protocol::iso_date(was.left_day) +
                       ", and what others wrote since stands on that: put left_day = " +
                       std::to_string(was.left_day) +
                       " back. Whoever comes back is invited anew, under the same name");
    if (!begins_with(now->signing_keys, was.signing_keys))
      return bad_input("a signing key of " + was.name +
                       " that was published is gone or has another from_day, and what they wrote "
                       "with it would come undone: put it back");
  }
  return {};
}

std::vector<protocol::Person> settle_leaving(protocol::DirectoryContent& content,
                                             const protocol::Directory* before,
                                             protocol::Day today) {
  std::vector<protocol::Person> moved;
  for (auto& person : content.people) {
    if (person.left_day == 0) continue;
    const auto* was = before == nullptr ? nullptr : before->person(person.member_id);
    const auto day =
        was != nullptr && was->gone(today) ? was->left_day : std::max(person.left_day, today);
    if (day == person.left_day) continue;
    person.left_day = day;
    moved.push_back(person);
  }
  return moved;
}

Result<void> write_leaving(const OrganisationFolder& folder,
                           const std::vector<protocol::Person>& moved) {
  if (moved.empty()) return {};
  // By their id: a file is called as somebody by hand called it.
  for (const auto& entry : std::filesystem::directory_iterator(folder.path / "members")) {
    if (entry.path().extension() != ".toml") continue;
    auto file = read_member(entry.path());
    if (!file) return tl::unexpected(file.error());
    const auto person = std::find_if(moved.begin(), moved.end(), [&](const auto& one) {
      return one.member_id == file->person.member_id;
    });
    if (person == moved.end()) continue;
    file->person.left_day = person->left_day;
    if (auto done = write_member_at(entry.path(), *file); !done) return done;
  }
  return {};
}

std::string leaving_lines(const protocol::DirectoryContent& content,
                          const protocol::Directory* before, protocol::Day today) {
  std::string lines;
  for (const auto& person : content.people) {
    const auto* was = before == nullptr ? nullptr : before->person(person.member_id);
    if (was != nullptr && person.gone(today) && !was->gone(today))
      lines += person.name +
               " has left, and is in until the gateway has this: bring it there within " +
               std::to_string(protocol::kDirectoryGraceDays) +
               " days, or what they write meanwhile comes undone.\n";
  }
  return lines;
}

}  // namespace omzien::cli
