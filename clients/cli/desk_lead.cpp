// `omzien desk propose|retract|unconsented|note`: what leaves the lead with the reporter.

#include "clients/cli/commands.h"
#include "clients/cli/desk.h"
#include "clients/cli/desk_commands.h"
#include "clients/cli/proposed_readers.h"
#include "clients/cli/terminal.h"
#include "clients/cli/writing.h"
#include "clients/core/lead/act.h"
#include "clients/core/lead/renewal.h"
#include "clients/core/readers.h"

namespace omzien::cli {
namespace {

using rules::Compartment;
using rules::EventKind;

struct LeadOptions {
  std::string handle;
  std::string step;
  std::string text;
  std::string file;
  std::string summary;
  std::string cause;
  std::string lead;
  std::uint64_t seq = 0;
  ReaderOptions readers;
};

// A step that every organisation knows, or one that the directory has words for.
Result<void> check_step_key(const std::string& key, const protocol::Directory& directory) {
  if (key.empty() || rules::proposed_step_named(key) ||
      (protocol::good_key(key) && !directory.text("step_" + key, "").empty()))
    return {};
  std::string known;
  for (const auto& named : rules::kProposedStepNames)
    known += (known.empty() ? "" : ", ") + std::string(named.name);
  return bad_input("\"" + key + "\" is no step of this organisation. There are: " + known);
}

Result<core::Proposal> read_proposal(const LeadOptions& options) {
  core::Proposal proposal;
  proposal.step = options.step;
  if (options.step.empty() || !options.text.empty() || !options.file.empty()) {
    auto text = given_text(options.text, options.file, rules::kTextBytesMax);
    if (!text) return tl::unexpected(text.error());
    proposal.text = std::move(*text);
  }
  if (!options.summary.empty()) {
    auto summary = read_text(options.summary, rules::kTextBytesMax);
    if (!summary) return tl::unexpected(summary.error());
    proposal.summary = std::move(*summary);
  }
  return proposal;
}

// To be kept as it was typed: a step that is none would be no proposal.
core::Proposal as_typed(core::Proposal proposal) {
  if (protocol::good_key(proposal.step)) return proposal;
  if (proposal.text.empty()) proposal.text = proposal.step;
  proposal.step.clear();
  return proposal;
}

// Who would lead the case after a yes; one of the readers.
Result<void> name_lead(core::Proposal& proposal, const std::string& name,
                       const protocol::Directory& directory, protocol::Day today) {
  if (name.empty()) return {};
  const auto* person = core::person_here(directory, name, today);
  for (auto& reader : proposal.readers)
    if (person != nullptr && reader.member_id == person->member_id) {
      reader.lead = true;
      return {};
    }
  return bad_input("\"" + name +
                   "\" would have to read the case to lead it: name them as --reader, too");
}

Result<void> propose(Context& context, const LeadOptions& options) {
  auto who = who_sits(context);
  if (!who) return tl::unexpected(who.error());
  auto proposal = read_proposal(options);
  if (!proposal) return tl::unexpected(proposal.error());
  const auto draft = [&](const Desk& desk, const core::CaseState& state,
                         const protocol::Handle& handle) -> Result<core::EventDraft> {
    const auto& directory = desk.connection->directory();
    if (auto checked = check_step_key(proposal->step, directory); !checked)
      return tl::unexpected(checked.error());
    auto readers = find_proposed_readers(options.readers, directory, desk.connection->today());
    if (!readers) return tl::unexpected(readers.error());
    proposal->readers = std::move(*readers);
    proposal->sensitive = directory.sensitive(proposal->step);
    if (auto named = name_lead(*proposal, options.lead, directory, desk.connection->today());
        !named)
      return tl::unexpected(named.error());
    if (auto checked = check_step(state, EventKind::kProposal, "given a proposal"); !checked)
      return tl::unexpected(checked.error());
    return core::EventDraft{handle, Compartment::kTalk, *proposal, milestone_for(state, false),
                            false};
  };
  std::optional<Typed> typed;
  if (!proposal->text.empty() || !proposal->summary.empty())
    typed = {Compartment::kTalk, as_typed(*proposal)};
  return add_to_case(context, std::move(*who), options.handle, typed, draft);
}

Result<void> retract(Context& context, const LeadOptions& options) {
  auto who = who_sits(context);
  if (!who) return tl::unexpected(who.error());
  const auto draft = [&](const Desk& desk, const core::CaseState& state,
                         const protocol::Handle& handle) -> Result<core::EventDraft> {
    const auto* record = core::find_proposal(state, options.seq);
    if (record == nullptr || !core::may_retract(state, *record, desk.self.id()))
      return core::fail(ErrorKind::kRefused,
                        "there is no proposal of yours under this number that is not answered");
    return core::EventDraft{handle, Compartment::kTalk, core::Retraction{options.seq}, {}, false};
  };
  return add_to_case(context, std::move(*who), options.handle, std::nullopt, draft);
}

Result<void> unconsented(Context& context, const LeadOptions& options) {
  auto who = who_sits(context);
  if (!who) return tl::unexpected(who.error());
  const auto text = given_text(options.text, options.file, rules::kTextBytesMax);
  if (!text) return tl::unexpected(text.error());
  const core::Unconsented act{*rules::cause_named(options.cause), *text};
  const auto draft = [&](const Desk&, const core::CaseState& state,
                         const protocol::Handle& handle) -> Result<core::EventDraft> {
    if (auto checked = check_step(state, EventKind::kUnconsented, "told this"); !checked)
      return tl::unexpected(checked.error());
    return core::EventDraft{handle, Compartment::kTalk, act, milestone_for(state, false), false};
  };
  return add_to_case(context, std::move(*who), options.handle, Typed{Compartment::kTalk, act},
                     draft);
}

Result<void> note(Context& context, const LeadOptions& options) {
  auto who = who_sits(context);
  if (!who) return tl::unexpected(who.error());
  const auto text = given_text(options.text, options.file, rules::kTextBytesMax);
  if (!text) return tl::unexpected(text.error());
  const auto draft = [&](const Desk& desk, const core::CaseState& state,
                         const protocol::Handle& handle) -> Result<core::EventDraft> {
    if (auto checked = check_step(state, EventKind::kNote, "given notes"); !checked)
      return tl::unexpected(checked.error());
    // The holder's first note starts the epoch it is written in.
    if (auto ready =
            core::act(*desk.connection, desk.self, handle, core::ready_notes, context.random());
        !ready)
      return tl::unexpected(ready.error());
    return core::EventDraft{handle, Compartment::kNotes, core::Note{*text}, {}, false};
  };
  return add_to_case(context, std::move(*who), options.handle,
                     Typed{Compartment::kNotes, core::Note{*text}}, draft);
}

void add_text(CLI::App& app, LeadOptions& own, const char* what) {
  app.add_option("--text,text", own.text, what);
  app.add_option("--file", own.file, "a file with it; - reads the keyboard");
}

}  // namespace

void add_desk_lead(CLI::App& desk, Options& options) {
  const DeskCommands<LeadOptions> commands(desk, options);
  const auto& own = commands.own;
  auto* proposing = commands.on_case(
      "propose", "propose a step; nothing happens until the reporter answers", propose);
  proposing->add_option("--step", own->step,
                        "share_triage, team_lead, coordinator, mediation, "
                        "investigation, close, stay, hand_over, or one of your organisation");
  proposing->add_option("--text", own->text, "what it means, in your own words");
  proposing->add_option("--file", own->file, "a file with what it means; - reads the keyboard");
  proposing->add_option("--reader", own->readers.readers,
                        "NAME:compartment,…: who would read what; NAME alone: the summary");
  proposing->add_option("--committee", own->readers.units,
                        "a unit: every member of its triage committee would read the summary");
  proposing->add_option("--leave-out", own->readers.left_out,
                        "a member the committee does without");
  proposing->add_option("--lead", own->lead, "a reader who would lead the case from then on");
  proposing->add_option("--until", own->readers.until, "their last day, as 2026-11-23");
  proposing->add_option(
      "--summary", own->summary,
      "a file with the summary for them, which the reporter changes and approves");
  commands.on_case("retract", "take your own proposal back", retract)
      ->add_option("seq", own->seq, "its number")
      ->required();
  auto* acting = commands.on_case(
      "unconsented", "record what you had to do without the reporter's consent", unconsented);
  acting->add_option("--cause", own->cause, "danger, or duty: a legal one")
      ->required()
      ->check(CLI::IsMember({"danger", "duty"}));
  add_text(*acting, *own, "what you did, and why; the reporter sees it first");
  add_text(*commands.on_case("note", "a note that the reporter does not see", note), *own,
           "the note; without it the keyboard is read");
}

}  // namespace omzien::cli
