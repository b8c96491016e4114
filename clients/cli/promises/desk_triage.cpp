#include "clients/cli/promises/desk_triage.h"

#include <algorithm>

#include "clients/cli/desk_commands.h"
#include "clients/cli/lead/confirm.h"
#include "clients/cli/lead/owner.h"
#include "clients/cli/terminal.h"
#include "clients/core/lead/moves.h"
#include "clients/core/names.h"
#include "protocol/calendar.h"

namespace omzien::cli {
namespace {

using rules::Compartment;
using rules::EventKind;
using rules::Role;
using rules::StepRole;

struct TriageOptions {
  std::string handle;
  std::string text;
  std::string file;
  std::string ruling;
  std::string reason;
  bool yes = false;
};

// What this member holds of the case, and what they are.
struct Standing {
  StepRole role = StepRole::kReader;
  bool holds_summary = false;
  Role office{};
  bool chair_is_in = false;
};

Standing standing_of(const Desk& desk, const core::CaseState& state) {
  Standing standing;
  const auto& directory = desk.connection->directory();
  if (const auto* person = directory.person(desk.self.id())) standing.office = person->role;
  for (const auto& row : state.access) {
    if (row.dormant) continue;
    const auto* person = directory.person(row.member_id);
    standing.chair_is_in |= person != nullptr && person->role == Role::kTriageChair &&
                            !person->gone(desk.connection->today());
    if (row.member_id != desk.self.id()) continue;
    const auto holds = [&](Compartment which) {
      return std::find(row.compartments.begin(), row.compartments.end(), which) !=
             row.compartments.end();
    };
    if (holds(Compartment::kTalk)) standing.role = StepRole::kMember;
    standing.holds_summary |= holds(Compartment::kSummary);
  }
  return standing;
}

// An event of somebody let in to judge: beside the summary, where they hold it.
Result<void> judge(Context& context, Sitting who, const TriageOptions& options, EventKind kind,
                   const core::Event& event, const std::string& refused) {
  const auto draft = [&](const Desk& desk, const core::CaseState& state,
                         const protocol::Handle& handle) -> Result<core::EventDraft> {
    const auto standing = standing_of(desk, state);
    if (!core::may_judge(state, kind, standing.role, standing.office, standing.chair_is_in))
      return core::fail(ErrorKind::kRefused, refused);
    const auto where = standing.holds_summary ? Compartment::kSummary : Compartment::kTalk;
    return core::EventDraft{handle, where, event, {}, false};
  };
  return add_to_case(context, std::move(who), options.handle, Typed{Compartment::kSummary, event},
                     draft);
}

Result<void> assess(Context& context, const TriageOptions& options) {
  auto who = who_sits(context);
  if (!who) return tl::unexpected(who.error());
  const auto text = given_text(options.text, options.file, rules::kTextBytesMax);
  if (!text) return tl::unexpected(text.error());
  return judge(context, std::move(*who), options, EventKind::kAssessment, core::Assessment{*text},
               "an assessment is written by a member of the triage committee, while the case is "
               "open");
}

Result<void> decide(Context& context, const TriageOptions& options) {
  const auto text = check_text(options.text, rules::kTextBytesMax);
  if (options.text.empty()) return bad_input("a decision needs --text: what is to be done");
  if (!text) return tl::unexpected(text.error());
  const auto reason = check_text(options.reason, rules::kTextBytesMax);
  if (options.reason.empty()) return bad_input("a decision needs --reason");
  if (!reason) return tl::unexpected(reason.error());
  auto who = who_sits(context);
  if (!who) return tl::unexpected(who.error());
  const core::TriageDecision decision{*rules::ruling_named(options.ruling), *text, *reason};
  return judge(
      context, std::move(*who), options, EventKind::kTriage, decision,
      "a decision is recorded by the committee's chair, while the case is open; by another "
      "member only where no chair is let in");
}

Result<void> consult(Context& context, const TriageOptions& options) {
  auto who = who_sits(context);
  if (!who) return tl::unexpected(who.error());
  const auto text = given_text(options.text, options.file, rules::kTextBytesMax);
  if (!text) return tl::unexpected(text.error());
  return judge(context, std::move(*who), options, EventKind::kConsultation,
               core::Consultation{*text},
               "a consultation is the coordinator's advice, in a case that is open");
}

Result<void> sensitive(Context& context, const TriageOptions& options) {
  auto who = who_sits(context);
  if (!who) return tl::unexpected(who.error());
  const auto text = given_text(options.text, options.file, rules::kTextBytesMax);
  if (!text) return tl::unexpected(text.error());
  const auto draft = [&](const Desk& desk, const core::CaseState& state,
                         const protocol::Handle& handle) -> Result<core::EventDraft> {
    const auto standing = standing_of(desk, state);
    const bool talks = standing.role != StepRole::kReader;
    if (!core::may_judge(state, EventKind::kSensitive, standing.role, standing.office,
                         standing.chair_is_in))
      return core::fail(ErrorKind::kRefused, "a case that is closed can't be marked as sensitive");
    return core::EventDraft{handle, talks ? Compartment::kTalk : Compartment::kSummary,
                            core::Sensitive{*text},
                            talks ? milestone_for(state, false) : rules::Milestone::kNone, false};
  };
  return add_to_case(context, std::move(*who), options.handle,
                     Typed{Compartment::kTalk, core::Sensitive{*text}}, draft);
}

Result<void> recuse(Context& context, const TriageOptions& options) {
  auto desk = open_desk(context);
  if (!desk) return tl::unexpected(desk.error());
  const auto handle = find_case(*desk, options.handle);
  if (!handle) return tl::unexpected(handle.error());
  const auto words = "You leave yourself out of case " + core::handle_words(*handle) +
                     ", because you are too near to it. You can't read it any more.\nThe reporter "
                     "sees that you did.";
  if (auto sure = confirm(words, "yes", options.yes); !sure) return sure;
  return act_and_print(
      context, *desk->connection, desk->self, *handle,
      [](core::Addition& addition, const core::Certificates&) { return core::recuse(addition); });
}

}  // namespace

Result<void> check_close(const core::CaseState& state, protocol::Day today) {
  if (core::may_close(state, today)) return {};
  const auto missing = core::missing_to_close(state, today);
  const auto lacks = [&](rules::Need need) {
    return std::find(missing.begin(), missing.end(), need) != missing.end();
  };
  if (lacks(rules::Need::kTriaged))
    return core::fail(
        ErrorKind::kRefused,
        "a report closes with a decision of the triage committee, or when the reporter "
        "says they want to stay with you: propose share_triage, or stay");
  if (lacks(rules::Need::kConsulted))
    return core::fail(
        ErrorKind::kRefused,
        "this case is sensitive: it closes after the coordinator's consultation. "
        "Propose coordinator to the reporter" +
            (state.triage.consulted_day == 0 ? std::string()
                                             : "; their silence counts as a no from " +
                                                   protocol::iso_date(state.triage.consulted_day)));
  return check_step(state, EventKind::kOutcome, "closed");
}

void add_desk_triage(CLI::App& desk, Options& options) {
  const DeskCommands<TriageOptions> commands(desk, options);
  const auto& own = commands.own;
  const auto text = [&](CLI::App& sub, const char* what) {
    sub.add_option("--text,text", own->text, what);
    sub.add_option("--file", own->file, "a file with it; - reads the keyboard");
  };
  text(*commands.on_case("assess", "what you think should be done, as a member of the committee",
                         assess),
       "your assessment; the reporter and the committee read it");
  auto* deciding = commands.on_case("decide", "record what the triage committee decided", decide);
  std::vector<std::string> rulings;
  for (const auto& row : rules::kRulingNames) rulings.emplace_back(row.name);
  deciding
      ->add_option("--ruling", own->ruling,
                   "adviser, conversation, measure, investigation, no_further")
      ->required()
      ->check(CLI::IsMember(rulings));
  deciding->add_option("--text", own->text, "what is to be done")->required();
  deciding->add_option("--reason", own->reason, "why; the reporter reads it")->required();
  text(*commands.on_case("sensitive", "say that this case needs the coordinator's advice",
                         sensitive),
       "why; the reporter reads it");
  text(*commands.on_case("consult", "your advice, as coordinator", consult), "your advice");
  commands.on_case("recuse", "leave yourself out of a case that is too near to you", recuse)
      ->add_flag("--yes", own->yes, "do not ask");
}

}  // namespace omzien::cli
