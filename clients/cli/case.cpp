// `omzien case`: a reporter comes back with their eight words.
#include <CLI/CLI.hpp>

#include "clients/cli/attachments.h"
#include "clients/cli/case_answer.h"
#include "clients/cli/commands.h"
#include "clients/cli/lead/case_lead.h"
#include "clients/cli/lead/complaint.h"
#include "clients/cli/promises/shown.h"
#include "clients/cli/render.h"
#include "clients/cli/terminal.h"
#include "clients/cli/writing.h"
#include "clients/core/fetch.h"

namespace omzien::cli {
namespace {

struct SayOptions {
  std::string text;
  std::string file;
  bool urgent = false;
};

Result<void> show(Context& context) {
  const auto org = context.org();
  if (!org) return tl::unexpected(org.error());
  const auto cases = context.owners_cases(*org);
  if (!cases) return tl::unexpected(cases.error());
  const auto& reporter = context.of_complaint() ? cases->complaint : cases->report;
  const auto connection = context.connect(*org, protocol::FrameSize::kSmall, &reporter);
  if (!connection) return tl::unexpected(connection.error());
  if (auto sent = deliver_waiting(context, **connection, reporter); !sent) return sent;
  const auto opened = core::fetch_case(**connection, reporter.handle(), reporter);
  if (!opened) return tl::unexpected(opened.error());
  if (auto noted = note_head(context, reporter, *opened); !noted) return noted;
  const auto state = core::fold(*opened, (*connection)->directory());
  auto rendered = render_case(*opened, state);
  if (auto added = add_promises(**connection, *opened, state, rendered); !added) return added;
  if (!context.of_complaint())
    if (auto shown = add_complaint(context, **connection, cases->complaint, rendered); !shown)
      return shown;
  context.print(rendered.object, rendered.lines);
  return {};
}

// The reporter's own words in one compartment, as whatever `event_of` makes of them.
Result<void> write(Context& context, const SayOptions& options, rules::Compartment compartment,
                   core::Event (*event_of)(std::string)) {
  const auto org = context.org();
  if (!org) return tl::unexpected(org.error());
  const auto reporter = context.reporter(*org);
  if (!reporter) return tl::unexpected(reporter.error());
  auto text = given_text(options.text, options.file, rules::kTextBytesMax);
  if (!text) return tl::unexpected(text.error());
  const core::EventDraft draft{reporter->handle(), compartment, event_of(std::move(*text)),
                               rules::Milestone::kNone, options.urgent};
  return say_and_print(context, *org, *reporter, protocol::FrameSize::kSmall, draft);
}

core::Event message(std::string text) { return core::Message{std::move(text)}; }

// Of the reporter's own making; one that an adviser drafted comes with the answer to their
// proposal.
core::Event own_summary(std::string text) { return core::Summary{std::move(text), 0}; }

}  // namespace

void add_case(CLI::App& app, Options& options) {
  auto* command = app.add_subcommand("case", "come back to your report with your eight words");
  command->require_subcommand(1);
  auto* showing = command->add_subcommand("show", "what happened, who can read what, what is due");
  add_options(*showing, kNeedsOrg | kLeavesTrace | kOfOwner, options);
  runs(*showing, show);
  auto* saying = command->add_subcommand("say", "write to your advisers");
  add_options(*saying, kNeedsOrg | kLeavesTrace | kOfOwner, options);
  const auto own = std::make_shared<SayOptions>();
  saying->add_option("--text,text", own->text, "what to say; without it the keyboard is read");
  saying->add_option("--file", own->file, "a file with what to say; - reads the keyboard");
  saying->add_flag("--urgent", own->urgent, "puts your case on top of your adviser's list");
  runs(*saying, [own](Context& context) {
    return write(context, *own, rules::Compartment::kTalk, message);
  });
  auto* summing = command->add_subcommand("summary", "write what a committee reads of your case");
  add_options(*summing, kNeedsOrg | kLeavesTrace | kOfOwner, options);
  summing->add_option("--text,text", own->text, "the summary; without it the keyboard is read");
  summing->add_option("--file", own->file, "a file with it; - reads the keyboard");
  runs(*summing, [own](Context& context) {
    return write(context, *own, rules::Compartment::kSummary, own_summary);
  });
  add_case_lead(*command, options);
  add_case_answer(*command, options);
  add_case_attachments(*command, options);
}

}  // namespace omzien::cli
