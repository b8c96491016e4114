#include "clients/cli/case_answer.h"

#include <algorithm>

#include <CLI/CLI.hpp>

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
struct Typed {
  rules::Choice choice{};
  std::string text;
  std::string summary;
};

Result<Typed> read_answer(const AnswerOptions& options) {
  auto name = options.choice;
  std::replace(name.begin(), name.end(), '-', '_');
  Typed typed{*rules::choice_named(name), {}, {}};
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
                            Typed typed) {
  if (typed.summary.empty() && core::is_yes(typed.choice)) typed.summary = record.proposal.summary;
  return {handle,
          {record.seq, record.hash, typed.choice, std::move(typed.text)},
          std::move(typed.summary)};
}

Result<void> answer(Context& context, const AnswerOptions& options) {
  const auto org = context.org();
  if (!org) return tl::unexpected(org.error());
  auto typed = read_answer(options);
  if (!typed) return tl::unexpected(typed.error());
  const auto reporter = context.reporter(*org);
  if (!reporter) return tl::unexpected(reporter.error());
  const auto connection = context.connect(*org, protocol::FrameSize::kSmall, &*reporter);
  if (!connection) return tl::unexpected(connection.error());
  if (auto sent = deliver_waiting(context, **connection, *reporter); !sent) return sent;
  const auto opened = core::fetch_case(**connection, reporter->handle(), *reporter);
  if (!opened) return tl::unexpected(opened.error());
  if (auto noted = note_head(context, *reporter, *opened); !noted) return noted;
  const auto& directory = (*connection)->directory();
  const auto state = core::fold(*opened, directory);
  const auto* record = core::find_proposal(state, options.seq);
  if (record == nullptr)
    return core::fail(ErrorKind::kRefused, "there is no proposal under number " +
                                               std::to_string(options.seq) +
                                               "; \"omzien case show\" lists them");
  const auto draft = answer_to(*record, reporter->handle(), std::move(*typed));
  // What can't be answered is said before anything is kept.
  if (auto checked = core::newcomers_of(*opened, directory, draft, (*connection)->today());
      !checked)
    return tl::unexpected(checked.error());
  const auto accepted = write(context, **connection, *reporter, draft);
  if (!accepted) return tl::unexpected(accepted.error());
  print_accepted(context, reporter->handle(), *accepted);
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
