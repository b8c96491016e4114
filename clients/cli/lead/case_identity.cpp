// `omzien case identity`: saying who one is, later, to one named person.
#include <CLI/CLI.hpp>

#include "clients/cli/lead/case_lead.h"
#include "clients/cli/lead/confirm.h"
#include "clients/cli/lead/naming.h"
#include "clients/cli/lead/owner.h"
#include "clients/cli/terminal.h"
#include "clients/core/lead/moves.h"

namespace omzien::cli {
namespace {

using rules::Compartment;

struct IdentityOptions {
  std::string to;
  std::string text;
  std::string file;
  bool yes = false;
};

// Whether there is anything to share.
bool said_before(const core::OpenedCase& opened) {
  for (const auto& entry : opened.entries) {
    const auto* event = std::get_if<protocol::Event>(&entry.entry.header().fields);
    if (event != nullptr && event->compartment == Compartment::kIdentity && entry.event)
      return true;
  }
  return false;
}

// Everybody else who would read it.
std::vector<protocol::MemberId> other_readers(const Owner& owner, const protocol::MemberId& to) {
  std::vector<protocol::MemberId> readers;
  for (const auto& grant : owner.opened.access.grants())
    if (grant.holds(Compartment::kIdentity) && !grant.expired(owner.today()) &&
        grant.member_id != to)
      readers.push_back(grant.member_id);
  return readers;
}

std::string in_words(const Owner& owner, const protocol::MemberId& to) {
  const auto& directory = owner.directory();
  auto words = changed_keys({to}, directory) + "This tells " + names_of({to}, directory) +
               " who you are. It can't be unsaid.\n";
  if (const auto others = other_readers(owner, to); !others.empty())
    words += "Who you told before reads it, too: " + names_of(others, directory) + ".\n";
  const auto* talk = owner.opened.access.newest_epoch(Compartment::kTalk);
  if (owner.opened.access.may_read(to, Compartment::kTalk, talk->number, owner.today()))
    return words + "That they opened it is written in your case.";
  return words + "They don't follow the talk, so that they opened it is written nowhere.";
}

Result<void> identity(Context& context, const IdentityOptions& options) {
  auto who = who_reports(context);
  if (!who) return tl::unexpected(who.error());
  std::string text;
  if (!options.text.empty() || !options.file.empty()) {
    auto given = given_text(options.text, options.file, rules::kTextBytesMax);
    if (!given) return tl::unexpected(given.error());
    text = std::move(*given);
  }
  std::optional<Typed> typed;
  if (!text.empty()) typed = {Compartment::kIdentity, core::Report{text, {}}};
  auto owner = open_owner(context, std::move(*who), typed);
  if (!owner) return tl::unexpected(owner.error());
  const auto to = person_named(options.to, owner->directory(), owner->today());
  const auto& handle = owner->self.handle();
  if (!to) return keep_typed(context, owner->self, handle, typed, to.error());
  if (text.empty() && !said_before(owner->opened))
    return bad_input("you have not said who you are yet: give --text or --file");
  if (auto sure = confirm(in_words(*owner, *to), "yes", options.yes); !sure) return sure;
  auto done = act_and_print(context, *owner->connection, owner->self, handle,
                            [&](core::Addition& addition, const core::Certificates& certificates) {
                              return core::say_who_i_am(addition, *to, text, certificates);
                            });
  if (done) return done;
  return keep_typed(context, owner->self, handle, typed, done.error());
}

}  // namespace

void add_case_identity(CLI::App& command, Options& options) {
  auto* sub = command.add_subcommand("identity", "say who you are, to one person");
  add_options(*sub, kNeedsOrg | kLeavesTrace | kOfOwner, options);
  const auto own = std::make_shared<IdentityOptions>();
  sub->add_option("--to", own->to, "to whom")->required();
  sub->add_option("--text,text", own->text,
                  "who you are; without, what you said before is shared with them");
  sub->add_option("--file", own->file, "a file with it; - reads the keyboard");
  sub->add_flag("--yes", own->yes, "do not ask");
  runs(*sub, [own](Context& context) { return identity(context, *own); });
}

}  // namespace omzien::cli
