// `omzien case grant`: letting people in, by part of the case and last day.
#include <algorithm>

#include <CLI/CLI.hpp>

#include "clients/cli/lead/case_lead.h"
#include "clients/cli/lead/confirm.h"
#include "clients/cli/lead/naming.h"
#include "clients/cli/lead/owner.h"
#include "clients/core/lead/moves.h"
#include "protocol/calendar.h"

namespace omzien::cli {
namespace {

struct GrantOptions {
  std::vector<std::string> names;
  std::string committee;
  std::vector<std::string> left_out;
  std::vector<std::string> parts;
  std::string until;
  std::string stands_in_for;
  bool lead = false;
  bool from_now = false;
  bool yes = false;
};

Result<core::LetIn> read(const GrantOptions& options, const Owner& owner) {
  const auto& directory = owner.directory();
  core::LetIn who;
  auto people = people_named(options.names, directory, owner.today());
  if (!people) return tl::unexpected(people.error());
  if (!options.left_out.empty() && options.committee.empty())
    return bad_input("--leave-out goes with --committee");
  if (!options.committee.empty()) {
    const auto members = committee(options.committee, options.left_out, directory, owner.today());
    if (!members) return tl::unexpected(members.error());
    people->insert(people->end(), members->begin(), members->end());
  }
  if (people->empty()) return bad_input("who? Give names, or --committee UNIT");
  who.people = std::move(*people);
  auto parts = parts_named(options.parts, who.people, directory);
  if (!parts) return tl::unexpected(parts.error());
  who.compartments = std::move(*parts);
  const auto last_day = last_day_named(options.until, owner.today());
  if (!last_day) return tl::unexpected(last_day.error());
  who.last_day = *last_day;
  who.holder = options.lead;
  who.from_now = options.from_now;
  if (options.stands_in_for.empty()) return who;
  const auto for_whom = person_named(options.stands_in_for, directory, owner.today());
  if (!for_whom) return tl::unexpected(for_whom.error());
  if (options.from_now) return bad_input("a stand-in reads what was there, or could not take over");
  who.stands_in_for = *for_whom;
  return who;
}

// Whether what they would read as a summary was written yet.
bool has_summary(const core::OpenedCase& opened) {
  return std::any_of(opened.entries.begin(), opened.entries.end(), [](const auto& entry) {
    return entry.event && std::holds_alternative<core::Summary>(*entry.event);
  });
}

std::string in_words(const core::LetIn& who, const GrantOptions& options, const Owner& owner) {
  const auto& directory = owner.directory();
  auto words = changed_keys(who.people, directory) +
               "You let in: " + names_of(who.people, directory) +
               ".\nThey read: " + names_of(who.compartments) +
               (who.from_now ? ", from now on" : ", from the beginning") + ", " +
               (who.last_day == 0 ? "until you take it back"
                                  : "until " + protocol::iso_date(who.last_day) + " included") +
               ".\n";
  if (who.stands_in_for)
    words += "Only if " + options.stands_in_for +
             " is released or lets a legal term pass. Until then the gateway alone keeps this "
             "from them.\n";
  if (who.compartments.contains(rules::Compartment::kSummary) && !has_summary(owner.opened))
    words += "There is no summary yet: \"omzien case summary\" writes one.\n";
  if (who.holder && !who.stands_in_for) words += "They lead your case from now on.\n";
  if (who.compartments.contains(rules::Compartment::kIdentity))
    words += "This tells them who you are. It can't be unsaid.\n";
  return words + "You can take it back; what they have read they can't unread.";
}

Result<void> grant(Context& context, const GrantOptions& options) {
  auto owner = open_owner(context);
  if (!owner) return tl::unexpected(owner.error());
  const auto who = read(options, *owner);
  if (!who) return tl::unexpected(who.error());
  if (auto sure = confirm(in_words(*who, options, *owner), "yes", options.yes); !sure) return sure;
  return act_and_print(context, *owner->connection, owner->self, owner->self.handle(),
                       [&](core::Addition& addition, const core::Certificates& certificates) {
                         return core::let_in(addition, *who, certificates);
                       });
}

}  // namespace

void add_case_grant(CLI::App& command, Options& options) {
  auto* sub = command.add_subcommand("grant", "let somebody read part of your case");
  add_options(*sub, kNeedsOrg | kLeavesTrace | kOfOwner, options);
  const auto own = std::make_shared<GrantOptions>();
  sub->add_option("names", own->names, "whom, by their names in the directory");
  sub->add_option("--committee", own->committee, "the triage committee of this unit");
  sub->add_option("--leave-out", own->left_out, "a member of it who is left out");
  sub->add_option(
         "--part", own->parts,
         "story, people, identity, talk or summary; may stand more than once. Without: the "
         "summary for a committee, all but the identity for an adviser")
      ->check(CLI::IsMember(part_names()));
  sub->add_option("--until", own->until, "the last day on which they can read, as 2027-03-01");
  sub->add_option("--stand-in-for", own->stands_in_for,
                  "only if this person can't go on, or lets a legal term pass");
  sub->add_flag("--lead", own->lead, "they become the one who leads, and keeps the notes");
  sub->add_flag("--from-now", own->from_now, "nothing that was written before");
  sub->add_flag("--yes", own->yes, "do not ask");
  runs(*sub, [own](Context& context) { return grant(context, *own); });
}

}  // namespace omzien::cli
