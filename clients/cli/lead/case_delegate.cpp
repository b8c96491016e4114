// `omzien case delegate`: somebody who is in may let others in, by name, part and last day.
#include <algorithm>
#include <iostream>

#include <CLI/CLI.hpp>

#include "clients/cli/lead/case_lead.h"
#include "clients/cli/lead/confirm.h"
#include "clients/cli/lead/naming.h"
#include "clients/cli/lead/owner.h"
#include "clients/core/lead/moves.h"
#include "protocol/calendar.h"

namespace omzien::cli {
namespace {

struct DelegateOptions {
  std::string name;
  std::vector<std::string> people;
  std::vector<std::string> parts;
  std::string until;
  bool lead = false;
  bool end = false;
  bool yes = false;
};

Result<protocol::Delegate> read(const DelegateOptions& options, const Owner& owner) {
  const auto delegate =
      insider_named(options.name, owner.opened.access, owner.directory(), owner.today());
  if (!delegate) return tl::unexpected(delegate.error());
  auto people = people_named(options.people, owner.directory(), owner.today());
  if (!people) return tl::unexpected(people.error());
  if (people->empty() || options.until.empty())
    return bad_input("say whom they may let in (--let-in NAME) and until when (--until DAY)");
  std::sort(people->begin(), people->end());
  const auto parts = parts_named(options.parts, *people, owner.directory());
  if (!parts) return tl::unexpected(parts.error());
  const auto last_day = last_day_named(options.until, owner.today());
  if (!last_day) return tl::unexpected(last_day.error());
  return protocol::Delegate{
      *delegate, std::move(*people), {parts->begin(), parts->end()}, *last_day,
      false,     options.lead};
}

// Says it and asks nothing: whoever it was given to may be given it again.
Result<void> take_back(Context& context, const DelegateOptions& options, Owner& owner) {
  const auto delegate =
      insider_named(options.name, owner.opened.access, owner.directory(), owner.today());
  if (!delegate) return tl::unexpected(delegate.error());
  std::cerr << options.name
            << " lets nobody in any more. Who is in stays in: \"omzien case revoke\".\n";
  return act_and_print(context, *owner.connection, owner.self, owner.self.handle(),
                       [&](core::Addition& addition, const core::Certificates&) {
                         return core::take_back(addition, *delegate);
                       });
}

Result<void> delegate(Context& context, const DelegateOptions& options) {
  auto owner = open_owner(context);
  if (!owner) return tl::unexpected(owner.error());
  if (options.end) return take_back(context, options, *owner);
  const auto delegated = read(options, *owner);
  if (!delegated) return tl::unexpected(delegated.error());
  const auto words =
      changed_keys(delegated->people, owner->directory()) + options.name +
      " may let in, without asking you again: " + names_of(delegated->people, owner->directory()) +
      ".\nTo read: " +
      names_of(core::Compartments(delegated->compartments.begin(), delegated->compartments.end())) +
      ", until " + protocol::iso_date(delegated->last_day) + " included." +
      (options.lead ? "\nThe lead may go to them, too." : "") +
      "\nYou can take this back; what was read by then can't be unread.";
  if (auto sure = confirm(words, "yes", options.yes); !sure) return sure;
  return act_and_print(context, *owner->connection, owner->self, owner->self.handle(),
                       [&](core::Addition& addition, const core::Certificates&) {
                         return core::delegate(addition, *delegated);
                       });
}

}  // namespace

void add_case_delegate(CLI::App& command, Options& options) {
  auto* sub = command.add_subcommand("delegate", "let an adviser let others in, for a while");
  add_options(*sub, kNeedsOrg | kLeavesTrace | kOfOwner, options);
  const auto own = std::make_shared<DelegateOptions>();
  sub->add_option("name", own->name, "who may; they must be in")->required();
  sub->add_option("--let-in", own->people, "whom; may stand more than once");
  sub->add_option("--part", own->parts,
                  "what of; never the identity. Without: as for \"omzien case grant\"")
      ->check(CLI::IsMember(part_names()));
  sub->add_option("--until", own->until, "the last day on which they may, as 2027-03-01");
  sub->add_flag("--lead", own->lead, "they may pass on the lead, too");
  sub->add_flag("--end", own->end, "take it back");
  sub->add_flag("--yes", own->yes, "do not ask");
  runs(*sub, [own](Context& context) { return delegate(context, *own); });
}

}  // namespace omzien::cli
