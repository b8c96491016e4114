// `omzien desk`: an adviser's work from a terminal.
#include "clients/cli/desk.h"

#include "clients/cli/attachments.h"
#include "clients/cli/commands.h"
#include "clients/cli/desk_commands.h"
#include "clients/cli/lead/desk_passing.h"
#include "clients/cli/promises/desk_triage.h"
#include "clients/cli/promises/desk_work.h"
#include "clients/cli/terminal.h"
#include "protocol/calendar.h"

namespace omzien::cli {
namespace {

struct DeskOptions {
  AttachmentOptions files;
  std::string handle;
  std::string text;
  std::string file;
  std::string state;
  std::string reason;
  bool feedback = false;
};

std::string words_of(const core::CaseState& state) {
  return state.state ? std::string(rules::name_of(*state.state)) : "not yours to follow";
}

Result<void> say(Context& context, const DeskOptions& options) {
  auto who = who_sits(context);
  if (!who) return tl::unexpected(who.error());
  const auto text = given_text(options.text, options.file, rules::kTextBytesMax);
  if (!text) return tl::unexpected(text.error());
  const auto draft = [&](const Desk&, const core::CaseState& state,
                         const protocol::Handle& handle) -> Result<core::EventDraft> {
    return core::EventDraft{handle, rules::Compartment::kTalk, core::Message{*text},
                            milestone_for(state, options.feedback), false};
  };
  return add_to_case(context, std::move(*who), options.handle,
                     Typed{rules::Compartment::kTalk, core::Message{*text}}, draft);
}

// A pause waits for the term of silence: nobody is put aside before.
Result<void> check_state(const core::CaseState& state, rules::CaseState wanted,
                         protocol::Day today) {
  if (core::may_set(state, wanted, today)) return {};
  if (wanted == rules::CaseState::kPaused && state.may_pause_day > today)
    return core::fail(ErrorKind::kRefused,
                      "a case can be paused when the reporter left a question unanswered for the "
                      "organisation's term: here from " +
                          protocol::iso_date(state.may_pause_day));
  return core::fail(ErrorKind::kRefused, "a case that is " + words_of(state) + " can't be set to " +
                                             std::string(rules::name_of(wanted)) + " now");
}

Result<void> status(Context& context, const DeskOptions& options) {
  std::string text;
  if (!options.text.empty()) {
    auto checked = check_text(options.text, rules::kTextBytesMax);
    if (!checked) return tl::unexpected(checked.error());
    text = std::move(*checked);
  }
  auto who = who_sits(context);
  if (!who) return tl::unexpected(who.error());
  const auto wanted = *rules::case_state_named(options.state);
  std::optional<Typed> typed;
  if (!text.empty()) typed = {rules::Compartment::kTalk, core::StatusChange{wanted, text}};
  const auto draft = [&](const Desk& desk, const core::CaseState& state,
                         const protocol::Handle& handle) -> Result<core::EventDraft> {
    if (auto checked = check_state(state, wanted, desk.connection->today()); !checked)
      return tl::unexpected(checked.error());
    return core::EventDraft{handle, rules::Compartment::kTalk, core::StatusChange{wanted, text},
                            milestone_for(state, options.feedback), false};
  };
  return add_to_case(context, std::move(*who), options.handle, typed, draft);
}

Result<void> outcome(Context& context, const DeskOptions& options) {
  const auto text = check_text(options.text, rules::kTextBytesMax);
  if (options.text.empty()) return bad_input("an outcome needs --text: what was done");
  if (!text) return tl::unexpected(text.error());
  const auto reason = check_text(options.reason, rules::kTextBytesMax);
  if (options.reason.empty())
    return bad_input("an outcome needs --reason: the reporter has a right to know why");
  if (!reason) return tl::unexpected(reason.error());
  auto who = who_sits(context);
  if (!who) return tl::unexpected(who.error());
  const auto draft = [&](const Desk& desk, const core::CaseState& state,
                         const protocol::Handle& handle) -> Result<core::EventDraft> {
    if (auto checked = check_close(state, desk.connection->today()); !checked)
      return tl::unexpected(checked.error());
    return core::EventDraft{handle, rules::Compartment::kTalk, core::Outcome{*text, *reason},
                            rules::Milestone::kOutcome, false};
  };
  return add_to_case(context, std::move(*who), options.handle,
                     Typed{rules::Compartment::kTalk, core::Outcome{*text, *reason}}, draft);
}

Result<void> case_files(Context& context, const DeskOptions& options) {
  if (options.files.part != "talk" && !options.files.attach.empty())
    return bad_input("the story is the reporter's to tell; your files go to the talk");
  auto files = options.files;
  if (auto checked = check_files(files); !checked) return checked;
  auto desk = open_desk(context);
  const auto handle = desk ? find_case(*desk, options.handle) : tl::unexpected(desk.error());
  if (!handle) {
    forget_unkept(context, nullptr, files);
    return tl::unexpected(handle.error());
  }
  return attachments(context, *desk->connection, desk->self, *handle, files);
}

}  // namespace

rules::Milestone milestone_for(const core::CaseState& state, bool feedback) {
  if (feedback) return rules::Milestone::kFeedback;
  return state.clocks.acknowledge.met_day == 0 ? rules::Milestone::kAcknowledged
                                               : rules::Milestone::kNone;
}

Result<void> check_step(const core::CaseState& state, rules::EventKind event,
                        const std::string& what) {
  if (core::may_take(state, event, rules::StepRole::kMember)) return {};
  return core::fail(ErrorKind::kRefused, "a case that is " + words_of(state) + " can't be " + what);
}

void add_desk(CLI::App& app, Options& options) {
  auto* command = app.add_subcommand("desk", "an adviser's cases");
  command->require_subcommand(1);
  const DeskCommands<DeskOptions> commands(*command, options);
  const auto& own = commands.own;
  commands.add("inbox", "your cases, what is due first",
               [](Context& context, const DeskOptions&) { return desk_inbox(context); });
  commands.on_case("show", "one case", [](Context& context, const DeskOptions& given) {
    return desk_show(context, given.handle);
  });
  auto* saying = commands.on_case("say", "answer the reporter", say);
  saying->add_option("--text,text", own->text, "what to say; without it the keyboard is read");
  saying->add_option("--file", own->file, "a file with what to say; - reads the keyboard");
  saying->add_flag("--feedback", own->feedback,
                   "this is the feedback that is due within three months");
  add_attachment_options(
      *commands.on_case("attachments", "files of a case: list, send, fetch", case_files),
      own->files);
  auto* setting = commands.on_case("status", "where the case stands now", status);
  setting->add_option("state", own->state, "acknowledged, active, waiting or paused")
      ->required()
      ->check(CLI::IsMember({"acknowledged", "active", "waiting", "paused"}));
  setting->add_option("--text", own->text, "what to tell the reporter about it");
  setting->add_flag("--feedback", own->feedback,
                    "this is the feedback that is due within three months");
  auto* ending = commands.on_case("outcome", "close the case, and say why", outcome);
  ending->add_option("--text", own->text, "what was done")->required();
  ending->add_option("--reason", own->reason, "why; the reporter reads it")->required();
  add_desk_passing(*command, options);
  add_desk_lead(*command, options);
  add_desk_triage(*command, options);
  add_desk_work(*command, options);
}

}  // namespace omzien::cli
