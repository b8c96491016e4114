// `omzien case stay`: the reporter wants to stay with their adviser, without the triage committee.
#include <CLI/CLI.hpp>

#include "clients/cli/lead/case_lead.h"
#include "clients/cli/lead/owner.h"
#include "clients/cli/terminal.h"
#include "clients/core/case_state.h"

namespace omzien::cli {
namespace {

struct StayOptions {
  std::string text;
  bool ended = false;
};

Result<void> stay(Context& context, const StayOptions& options) {
  auto who = who_reports(context);
  if (!who) return tl::unexpected(who.error());
  std::string text;
  if (!options.text.empty()) {
    auto checked = check_text(options.text, rules::kTextBytesMax);
    if (!checked) return tl::unexpected(checked.error());
    text = std::move(*checked);
  }
  std::optional<Typed> typed;
  if (!text.empty()) typed = {rules::Compartment::kTalk, core::Stay{options.ended, text}};
  auto owner = open_owner(context, std::move(*who), typed);
  if (!owner) return tl::unexpected(owner.error());
  const auto state = core::fold(owner->opened, owner->directory());
  if (!core::may_take(state, rules::EventKind::kStay, rules::StepRole::kOwner))
    return keep_typed(context, owner->self, owner->self.handle(), typed,
                      {ErrorKind::kRefused, "this case is closed, or only leaves a signal"});
  auto done = act_and_print(
      context, *owner->connection, owner->self, owner->self.handle(),
      [&](core::Addition& addition, const core::Certificates&) {
        return addition.tell(rules::Compartment::kTalk, core::Stay{options.ended, text});
      });
  if (done) return done;
  return keep_typed(context, owner->self, owner->self.handle(), typed, done.error());
}

}  // namespace

void add_case_stay(CLI::App& command, Options& options) {
  auto* sub = command.add_subcommand(
      "stay", "say that you want to stay with your adviser, without the triage committee");
  add_options(*sub, kNeedsOrg | kLeavesTrace, options);
  const auto own = std::make_shared<StayOptions>();
  sub->add_option("--text,text", own->text, "what you want to say with it");
  sub->add_flag("--ended", own->ended, "not any more: the committee may read a summary");
  runs(*sub, [own](Context& context) { return stay(context, *own); });
}

}  // namespace omzien::cli
