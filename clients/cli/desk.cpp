// `omzien desk`: an adviser's work from a terminal.
#include "clients/cli/desk.h"

#include <iostream>

#include <CLI/CLI.hpp>

#include "clients/cli/attachments.h"
#include "clients/cli/commands.h"
#include "clients/cli/lead/desk_passing.h"
#include "clients/cli/promises/desk_triage.h"
#include "clients/cli/promises/desk_work.h"
#include "clients/cli/shown.h"
#include "clients/cli/terminal.h"
#include "clients/cli/writing.h"
#include "clients/core/names.h"

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

// A member's own entry in the directory must be the one this key file holds (protocol §4).
Result<void> check_own_entry(const core::Member& self, const protocol::Directory& directory,
                             protocol::Day today) {
  const auto* person = directory.person(self.id());
  if (person == nullptr || person->gone(today))
    return core::fail(ErrorKind::kRefused,
                      "this key's owner is not (or no longer) in the organisation's directory");
  if (person->signing_key() != self.signing_key().public_key())
    return core::fail(ErrorKind::kVerification,
                      "the directory shows another signing key for you than this key file has. "
                      "Somebody may be posing as "
                      "you: tell the administrator and your colleagues.");
  return {};
}

std::string words_of(const core::CaseState& state) {
  return state.state ? std::string(rules::name_of(*state.state)) : "not yours to follow";
}

// What may be written depends on where the case stands, so there is nothing to keep before that is
// known; and nobody should take it for kept.
tl::unexpected<Error> not_kept(Error error) {
  error.message += ". What you wrote was not kept: send it again";
  return tl::unexpected(std::move(error));
}

Result<void> say(Context& context, const DeskOptions& options) {
  auto text = given_text(options.text, options.file, rules::kTextBytesMax);
  if (!text) return tl::unexpected(text.error());
  const auto draft = [&](const Desk&, const core::CaseState& state,
                         const protocol::Handle& handle) -> Result<core::EventDraft> {
    return core::EventDraft{handle, rules::Compartment::kTalk, core::Message{*text},
                            milestone_for(state, options.feedback), false};
  };
  return add_to_case(context, options.handle, draft);
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
  const auto draft = [&](const Desk& desk, const core::CaseState& state,
                         const protocol::Handle& handle) -> Result<core::EventDraft> {
    const auto wanted = *rules::case_state_named(options.state);
    if (auto checked = check_state(state, wanted, desk.connection->today()); !checked)
      return tl::unexpected(checked.error());
    return core::EventDraft{handle, rules::Compartment::kTalk, core::StatusChange{wanted, text},
                            milestone_for(state, options.feedback), false};
  };
  return add_to_case(context, options.handle, draft);
}

Result<void> outcome(Context& context, const DeskOptions& options) {
  const auto text = check_text(options.text, rules::kTextBytesMax);
  if (!text) return bad_input("an outcome needs --text: what was done");
  const auto reason = check_text(options.reason, rules::kTextBytesMax);
  if (!reason) return bad_input("an outcome needs --reason: the reporter has a right to know why");
  const auto draft = [&](const Desk& desk, const core::CaseState& state,
                         const protocol::Handle& handle) -> Result<core::EventDraft> {
    if (auto checked = check_close(state, desk.connection->today()); !checked)
      return tl::unexpected(checked.error());
    return core::EventDraft{handle, rules::Compartment::kTalk, core::Outcome{*text, *reason},
                            rules::Milestone::kOutcome, false};
  };
  return add_to_case(context, options.handle, draft);
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

Result<Desk> open_desk(Context& context) {
  const auto org = context.org();
  if (!org) return tl::unexpected(org.error());
  auto self = context.member(*org);
  if (!self) return tl::unexpected(self.error());
  auto connection = context.connect(*org, protocol::FrameSize::kLarge, &*self);
  if (!connection) return tl::unexpected(connection.error());
  if (auto own = check_own_entry(*self, (*connection)->directory(), (*connection)->today()); !own)
    return tl::unexpected(own.error());
  if (auto sent = deliver_waiting(context, **connection, *self); !sent) {
    if (sent.error().kind != ErrorKind::kVerification) return tl::unexpected(sent.error());
    // One case that does not check out closes no other.
    std::cerr << "Note: " << shown(sent.error().message, "") << '\n';
  }
  return Desk{*org, std::move(*self), std::move(*connection)};
}

Result<AtCase> open_at(Context& context, const std::string& name) {
  auto desk = open_desk(context);
  if (!desk) return tl::unexpected(desk.error());
  const auto handle = find_case(*desk, name);
  if (!handle) return tl::unexpected(handle.error());
  auto opened = core::fetch_case(*desk->connection, *handle, desk->self);
  if (!opened) return tl::unexpected(opened.error());
  if (auto noted = note_head(context, desk->self, *opened); !noted)
    return tl::unexpected(noted.error());
  return AtCase{std::move(*desk), *handle, std::move(*opened)};
}

Result<void> add_to_case(Context& context, const std::string& name, const Draft& draft_for) {
  const auto at = open_at(context, name);
  if (!at) return not_kept(at.error());
  const auto draft = draft_for(at->desk, core::fold(at->opened, at->directory()), at->handle);
  if (!draft) return not_kept(draft.error());
  const auto accepted = write(context, *at->desk.connection, at->desk.self, *draft);
  if (!accepted) return tl::unexpected(accepted.error());
  print_accepted(context, at->handle, *accepted);
  return {};
}

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

Result<protocol::Handle> find_case(Desk& desk, const std::string& name) {
  if (const auto bytes = crypto::from_hex(name); bytes)
    if (const auto handle = protocol::Handle::from(*bytes)) return *handle;
  const auto inbox = core::fetch_inbox(*desk.connection, desk.self);
  if (!inbox) return tl::unexpected(inbox.error());
  std::vector<protocol::Handle> found;
  for (const auto& item : inbox->cases)
    if (core::handle_words(item.handle) == name ||
        (name.size() >= 6 && item.handle.hex().starts_with(name)))
      found.push_back(item.handle);
  if (found.size() == 1) return found.front();
  if (found.empty())
    return core::fail(ErrorKind::kRefused, "no case \"" + name + "\" is shared with you");
  return bad_input("\"" + name + "\" fits more than one case: use the whole handle");
}

void add_desk(CLI::App& app, Options& options) {
  auto* command = app.add_subcommand("desk", "an adviser's cases");
  command->require_subcommand(1);
  constexpr unsigned kNeeds = kNeedsOrg | kNeedsKey | kLeavesTrace;
  const auto own = std::make_shared<DeskOptions>();
  const auto on_case = [&](const char* name, const char* what,
                           Result<void> (*run)(Context&, const DeskOptions&)) {
    auto* sub = command->add_subcommand(name, what);
    add_options(*sub, kNeeds, options);
    sub->add_option("case", own->handle, "the case: its handle, or the words of it")->required();
    runs(*sub, [own, run](Context& context) { return run(context, *own); });
    return sub;
  };

  auto* inbox = command->add_subcommand("inbox", "your cases, what is due first");
  add_options(*inbox, kNeeds, options);
  runs(*inbox, desk_inbox);
  on_case("show", "one case", [](Context& context, const DeskOptions& given) {
    return desk_show(context, given.handle);
  });
  auto* saying = on_case("say", "answer the reporter", say);
  saying->add_option("--text,text", own->text, "what to say; without it the keyboard is read");
  saying->add_option("--file", own->file, "a file with what to say; - reads the keyboard");
  saying->add_flag("--feedback", own->feedback,
                   "this is the feedback that is due within three months");
  add_attachment_options(*on_case("attachments", "files of a case: list, send, fetch", case_files),
                         own->files);
  auto* setting = on_case("status", "where the case stands now", status);
  setting->add_option("state", own->state, "acknowledged, active, waiting or paused")
      ->required()
      ->check(CLI::IsMember({"acknowledged", "active", "waiting", "paused"}));
  setting->add_option("--text", own->text, "what to tell the reporter about it");
  setting->add_flag("--feedback", own->feedback,
                    "this is the feedback that is due within three months");
  auto* ending = on_case("outcome", "close the case, and say why", outcome);
  ending->add_option("--text", own->text, "what was done")->required();
  ending->add_option("--reason", own->reason, "why; the reporter reads it")->required();
  add_desk_passing(*command, options);
  add_desk_lead(*command, options);
  add_desk_triage(*command, options);
  add_desk_work(*command, options);
}

}  // namespace omzien::cli
