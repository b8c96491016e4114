// `omzien case dispute`: "you say you gave feedback; I got none."
#include <CLI/CLI.hpp>

#include "clients/cli/lead/case_lead.h"
#include "clients/cli/lead/owner.h"
#include "clients/cli/terminal.h"
#include "clients/core/lead/moves.h"

namespace omzien::cli {
namespace {

struct DisputeOptions {
  std::uint64_t seq = 0;
  std::string text;
  std::string file;
};

// The newest milestone that was not disputed yet; 0: there is none.
std::uint64_t newest_milestone(const protocol::Milestones& milestones) {
  const auto& made = milestones.all();
  for (auto it = made.rbegin(); it != made.rend(); ++it)
    if (milestones.may_dispute(it->seq)) return it->seq;
  return 0;
}

Result<void> dispute(Context& context, const DisputeOptions& options) {
  auto who = who_reports(context);
  if (!who) return tl::unexpected(who.error());
  const auto text = given_text(options.text, options.file, rules::kTextBytesMax);
  if (!text) return tl::unexpected(text.error());
  auto owner =
      open_owner(context, std::move(*who), Typed{rules::Compartment::kTalk, core::Message{*text}});
  if (!owner) return tl::unexpected(owner.error());
  const auto seq =
      options.seq != 0 ? options.seq : newest_milestone(owner->opened.access.milestones());
  if (seq == 0)
    return keep_word(context, owner->self, owner->self.handle(), *text,
                     {ErrorKind::kRefused, "nobody claimed a milestone that you could dispute"});
  auto done = act_and_print(context, *owner->connection, owner->self, owner->self.handle(),
                            [&](core::Addition& addition, const core::Certificates&) {
                              return core::dispute(addition, seq, *text);
                            });
  if (done) return done;
  return keep_word(context, owner->self, owner->self.handle(), *text, done.error());
}

}  // namespace

void add_case_dispute(CLI::App& command, Options& options) {
  auto* sub = command.add_subcommand(
      "dispute", "say that a legal term was not met as your adviser says; it runs again");
  add_options(*sub, kNeedsOrg | kLeavesTrace | kOfOwner, options);
  const auto own = std::make_shared<DisputeOptions>();
  sub->add_option("--text,text", own->text, "what is wrong; without it the keyboard is read");
  sub->add_option("--file", own->file, "a file with it; - reads the keyboard");
  sub->add_option("--entry", own->seq, "the entry's number; without: the newest milestone");
  runs(*sub, [own](Context& context) { return dispute(context, *own); });
}

}  // namespace omzien::cli
