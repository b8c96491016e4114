// `omzien case complain`: to the coordinator, past the adviser.
#include <algorithm>
#include <iostream>

#include <CLI/CLI.hpp>

#include "clients/cli/lead/case_lead.h"
#include "clients/cli/lead/naming.h"
#include "clients/cli/lead/owner.h"
#include "clients/cli/terminal.h"
#include "clients/cli/writing.h"
#include "clients/core/fetch.h"
#include "clients/core/names.h"

namespace omzien::cli {
namespace {

struct ComplainOptions {
  std::string text;
  std::string file;
  std::vector<std::string> to;
};

// Names the first case where only the complaint's readers see it.
core::OpeningDraft draft_about(const protocol::Handle& about, const std::string& text) {
  core::OpeningDraft draft;
  draft.story.opening.case_kind = rules::CaseKind::kReport;
  draft.story.story = "A complaint about how case " + core::handle_words(about) + " is handled (" +
                      about.hex() + ").\n\n" + text;
  return draft;
}

// The coordinators, or who was named: nobody who reads the case that the complaint is about.
Result<std::vector<protocol::MemberId>> readers(const ComplainOptions& options,
                                                const core::OpenedCase& about,
                                                const protocol::Directory& directory,
                                                protocol::Day today) {
  auto names = options.to;
  if (names.empty())
    for (const auto& person : directory.content().people)
      if (!person.gone(today) && person.role == rules::Role::kCoordinator &&
          about.access.live(person.member_id, today).empty())
        names.push_back(person.name);
  if (names.empty())
    return bad_input("no coordinator is left who does not read your case; choose with --to");
  auto people = people_named(names, directory, today);
  if (!people) return people;
  for (const auto& id : *people) {
    const auto& grants = about.access.grants();
    if (std::any_of(grants.begin(), grants.end(),
                    [&](const auto& grant) { return grant.member_id == id; }))
      return bad_input(names_of({id}, directory) +
                       " is in the case you complain about; choose somebody else with --to");
  }
  return people;
}

// Nothing was sent: the text stays theirs ("omzien outbox show --complaint").
Result<void> give_back(Context& context, const Context::OwnersCases& cases, const std::string& text,
                       const Error& error) {
  return keep_text(context, cases.complaint, draft_about(cases.report.handle(), text), error);
}

Result<void> complain(Context& context, const ComplainOptions& options) {
  const auto org = context.org();
  if (!org) return tl::unexpected(org.error());
  const auto cases = context.owners_cases(*org);
  if (!cases) return tl::unexpected(cases.error());
  const auto text = given_text(options.text, options.file, rules::kTextBytesMax - 512);
  if (!text) return tl::unexpected(text.error());
  const auto connection = context.connect(*org, protocol::FrameSize::kSmall, &cases->report);
  if (!connection) return give_back(context, *cases, *text, connection.error());
  const auto about = core::fetch_case(**connection, cases->report.handle(), cases->report);
  if (!about) return give_back(context, *cases, *text, about.error());
  const auto there = core::fetch_case(**connection, cases->complaint.handle(), cases->complaint);
  if (there)
    return give_back(context, *cases, *text,
                     {ErrorKind::kRefused,
                      "you complained already; go on with \"omzien case say --complaint\""});
  if (there.error().kind != ErrorKind::kRefused)
    return give_back(context, *cases, *text, there.error());
  auto draft = draft_about(cases->report.handle(), *text);
  const auto& directory = (*connection)->directory();
  const auto people = readers(options, *about, directory, (*connection)->today());
  if (!people) return give_back(context, *cases, *text, people.error());
  std::cerr << changed_keys(*people, directory)
            << "A case of its own, with the same eight words. It is read by: "
            << names_of(*people, directory) << ". Those who read your first case don't see it.\n";
  for (const auto& id : *people) draft.to.push_back(directory.person(id)->name);
  const auto accepted = write(context, **connection, cases->complaint, std::move(draft));
  if (!accepted) return tl::unexpected(accepted.error());
  print_accepted(context, cases->complaint.handle(), *accepted);
  return {};
}

}  // namespace

void add_case_complain(CLI::App& command, Options& options) {
  auto* sub = command.add_subcommand(
      "complain", "about how your case is handled, to the coordinator; your adviser can't see it");
  add_options(*sub, kNeedsOrg | kLeavesTrace, options);
  const auto own = std::make_shared<ComplainOptions>();
  sub->add_option("--text,text", own->text, "what is wrong; without it the keyboard is read");
  sub->add_option("--file", own->file, "a file with it; - reads the keyboard");
  sub->add_option("--to", own->to,
                  "who reads it, instead of the coordinators; may stand more than once")
      ->allow_extra_args(false);  // what follows the name is the text
  runs(*sub, [own](Context& context) { return complain(context, *own); });
}

}  // namespace omzien::cli
