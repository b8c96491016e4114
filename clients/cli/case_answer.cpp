#include "clients/cli/case_answer.h"

#include <algorithm>
#include <iostream>

#include <CLI/CLI.hpp>

#include "clients/cli/lead/naming.h"
#include "clients/cli/lead/owner.h"
#include "clients/cli/terminal.h"
#include "clients/cli/writing.h"
#include "clients/core/case_state.h"
#include "clients/core/fetch.h"
#include "clients/core/seal_answer.h"

namespace omzien::cli {
namespace {

struct AnswerOptions {
  std::uint64_t seq = 0;
  std::string choice;
  std::string text;
  std::string summary;
};

// What was typed, before any gateway is asked.
struct Answer {
  rules::Choice choice{};
  std::string text;
  std::string summary;
};

Result<Answer> read_answer(const AnswerOptions& options) {
  auto name = options.choice;
  std::replace(name.begin(), name.end(), '-', '_');
  Answer typed{*rules::choice_named(name), {}, {}};
  if (typed.choice == rules::Choice::kYesIf && options.text.empty())
    return bad_input("yes-if needs --text: your conditions");
  if (!options.summary.empty() && !core::is_yes(typed.choice))
    return bad_input("--summary goes with a yes");
  if (!options.text.empty()) {
    auto text = check_text(options.text, rules::kTextBytesMax);
    if (!text) return tl::unexpected(text.error());
    typed.text = std::move(*text);
  }
  if (!options.summary.empty()) {
    auto summary = read_text(options.summary, rules::kTextBytesMax);
    if (!summary) return tl::unexpected(summary.error());
    typed.summary = std::move(*summary);
  }
  return typed;
}

// The answer to the proposal as it stands; a yes approves the adviser's draft of a summary unless
// another was given.
core::AnswerDraft answer_to(const core::ProposalRecord& record, const protocol::Handle& handle,
                            Answer typed) {
  if (typed.summary.empty() && core::is_yes(typed.choice)) typed.summary = record.proposal.summary;
  return {handle,
          {record.seq, record.hash, typed.choice, std::move(typed.text)},
          std::move(typed.summary)};
}

struct Checked {
  core::AnswerDraft draft;
  std::vector<protocol::MemberId> newcomers;
};

// The answer as it would be written to the proposal that stands under that number, and whom it
// lets in.
Result<Checked> draft_for(const Owner& owner, std::uint64_t seq, const Answer& typed) {
  const auto state = core::fold(owner.opened, owner.directory());
  const auto* record = core::find_proposal(state, seq);
  if (record == nullptr)
    return core::fail(ErrorKind::kRefused, "there is no proposal under number " +
                                               std::to_string(seq) +
                                               "; \"omzien case show\" lists them");
  Checked checked{answer_to(*record, owner.self.handle(), typed), {}};
  const auto newcomers =
      core::newcomers_of(owner.opened, owner.directory(), checked.draft, owner.today());
  if (!newcomers) return tl::unexpected(newcomers.error());
  for (const auto& reader : *newcomers) checked.newcomers.push_back(reader.member_id);
  return checked;
}

// What was typed to a proposal that can't be answered now, or was not found: theirs to send again.
Result<void> give_back(Context& context, const core::Reporter& self, std::uint64_t seq,
                       const Answer& typed, const Error& error) {
  if (typed.text.empty() && typed.summary.empty()) return tl::unexpected(error);
  return keep_text(
      context, self,
      core::AnswerDraft{self.handle(), {seq, {}, typed.choice, typed.text}, typed.summary}, error);
}

Result<void> answer(Context& context, const AnswerOptions& options) {
  auto who = who_reports(context);
  if (!who) return tl::unexpected(who.error());
  const auto typed = read_answer(options);
  if (!typed) return tl::unexpected(typed.error());
  const auto owner = open_owner(context, *who);
  if (!owner) return give_back(context, who->self, options.seq, *typed, owner.error());
  const auto checked = draft_for(*owner, options.seq, *typed);
  if (!checked) return give_back(context, owner->self, options.seq, *typed, checked.error());
  std::cerr << changed_keys(checked->newcomers, owner->directory());
  const auto accepted = write(context, *owner->connection, owner->self, checked->draft);
  if (!accepted) return tl::unexpected(accepted.error());
  print_accepted(context, owner->self.handle(), *accepted);
  return {};
}

}  // namespace

void add_case_answer(CLI::App& command, Options& options) {
  auto* sub = command.add_subcommand("answer", "answer a proposal; a yes lets in whom it names");
  add_options(*sub, kNeedsOrg | kLeavesTrace | kOfOwner, options);
  const auto own = std::make_shared<AnswerOptions>();
  sub->add_option("seq", own->seq, "the proposal's number, as \"omzien case show\" lists it")
      ->required();
  sub->add_option("choice", own->choice, "yes, yes-if, not-now or no")
      ->required()
      ->check(CLI::IsMember({"yes", "yes-if", "not-now", "no"}));
  sub->add_option("--text", own->text, "your conditions, or anything you want to say with it");
  sub->add_option("--summary", own->summary,
                  "a file with the summary as you want it; without it the adviser's draft is used");
  runs(*sub, [own](Context& context) { return answer(context, *own); });
}

}  // namespace omzien::cli
