// `omzien report`: a new case under a new phrase.
#include <iostream>

#include <CLI/CLI.hpp>

#include "clients/cli/attachments.h"
#include "clients/cli/commands.h"
#include "clients/cli/lead/naming.h"
#include "clients/cli/lead/owner.h"
#include "clients/cli/terminal.h"
#include "clients/cli/writing.h"
#include "clients/core/names.h"
#include "clients/core/readers.h"

namespace omzien::cli {
namespace {

struct ReportOptions {
  std::string kind = "report";
  std::string story = "-";
  std::string people;
  std::string identity;
  std::vector<std::string> wants;
  std::string lead = "every_step";
  std::vector<std::string> to;
  std::string unit;
  std::string stand_in;
  std::string language = "nl";  // of the words alone
  AttachmentOptions files;
};

Result<core::OpeningDraft> read_draft(const ReportOptions& options) {
  core::OpeningDraft draft;
  auto& opening = draft.story.opening;  // its language stays empty: what is read is not told
  opening.case_kind = *rules::case_kind_named(options.kind);
  opening.lead = *rules::lead_named(options.lead);
  for (const auto& want : options.wants) opening.wants.push_back(*rules::want_named(want));
  for (const auto& [given, kept] : {std::pair(&options.people, &draft.story.people),
                                    std::pair(&options.identity, &draft.story.identity)}) {
    if (given->empty()) continue;
    auto text = check_text(*given, rules::kTextBytesMax);
    if (!text) return tl::unexpected(text.error());
    *kept = std::move(*text);
  }
  // Last: whoever types it has heard of everything else that is wrong.
  auto story = read_text(options.story, rules::kStoryBytesMax);
  if (!story) return tl::unexpected(story.error());
  draft.story.story = std::move(*story);
  draft.to = options.to;
  draft.unit = options.unit;
  draft.stand_in = options.stand_in;
  return draft;
}

nlohmann::json report_json(const core::Reporter& reporter, const std::string& phrase,
                           bool accepted) {
  return {{"handle", reporter.handle().hex()},
          {"handle_words", core::handle_words(reporter.handle())},
          {"phrase", phrase},
          {"accepted", accepted}};
}

// The phrase is shown before anything is sent: whatever happens then, the text on disk can be
// opened.
Result<void> show_phrase(const core::Reporter& reporter, const std::string& phrase) {
  std::cout
      << "Your case: " << core::handle_words(reporter.handle())
      << "\nYour eight words. They are the only key; nobody can give them to you again:\n\n    "
      << phrase << "\n\n"
      << std::flush;
  if (std::cout) return {};
  return bad_input("your eight words could not be shown. Nothing was sent.");
}

// The words of a case that is there must not go with an output that does not work.
void rescue_phrase(const std::string& phrase) {
  if (!std::cout) std::cerr << "Your eight words, the only key to this report: " << phrase << "\n";
}

// Whether the words open a text on this machine, whatever went wrong.
bool is_kept(Context& context, const core::Reporter& reporter) {
  auto outbox = core::Outbox::load(context.folder(), reporter);
  return outbox && !outbox->items().empty();
}

// The report alone, so that it is safe before its files begin.
Result<void> send(Context& context, const core::Org& org, const core::Reporter& reporter,
                  core::OpeningDraft draft, const AttachmentOptions& files) {
  auto connection = context.connect(org, protocol::FrameSize::kSmall, nullptr);
  if (!connection) {
    if (auto kept = keep(context, reporter, std::move(draft)); !kept) return kept;
    if (auto kept = keep_files(context, reporter, reporter.handle(), rules::Compartment::kStory,
                               files.attach);
        !kept)
      return kept;
    return with_fate(connection.error());
  }
  // A wrong name is the writer's to mend: nothing goes out, and the text stays theirs.
  const auto& directory = (*connection)->directory();
  auto found = core::find_readers(draft, directory, (*connection)->today());
  if (!found) return keep_text(context, reporter, std::move(draft), found.error());
  if (found->stand_in) found->members.push_back(*found->stand_in);
  std::cerr << changed_keys(found->members, directory);
  if (auto kept = keep_files(context, reporter, reporter.handle(), rules::Compartment::kStory,
                             files.attach);
      !kept)
    return kept;
  const auto accepted = write(context, **connection, reporter, std::move(draft));
  if (!accepted) return tl::unexpected(accepted.error());
  return {};
}

// Its files, after it.
Result<void> send_files(Context& context, const core::Org& org, const core::Reporter& reporter,
                        const AttachmentOptions& files) {
  if (files.attach.empty()) return {};
  auto connection = context.connect(org, frame_for(files), nullptr);
  if (!connection) return tl::unexpected(connection.error());
  const auto rows = attach_files(context, **connection, reporter, reporter.handle(),
                                 rules::Compartment::kStory, files.attach);
  if (!rows) return tl::unexpected(rows.error());
  return {};
}

Result<void> report(Context& context, ReportOptions options) {
  const auto org = context.org();
  if (!org) return tl::unexpected(org.error());
  if (auto checked = check_files(options.files); !checked) return checked;
  auto draft = read_draft(options);
  if (!draft) {
    forget_unkept(context, nullptr, options.files);
    return tl::unexpected(draft.error());
  }
  const auto list =
      options.language == "en" ? crypto::WordList::kEnglish : crypto::WordList::kDutch;
  const auto phrase = crypto::generate_phrase(context.random(), list);
  const core::Reporter reporter(phrase, org->service_id);
  const std::string words(phrase.reveal_text());
  if (!context.json())
    if (auto shown = show_phrase(reporter, words); !shown) {
      forget_unkept(context, nullptr, options.files);
      return shown;
    }
  auto sent = send(context, *org, reporter, std::move(*draft), options.files);
  if (sent || is_kept(context, reporter)) {
    context.print(report_json(reporter, words, sent.has_value()),
                  sent ? "Accepted: stored, and safe.\n" : "");
    rescue_phrase(words);
  }
  if (!sent) {
    forget_unkept(context, &reporter, options.files);
    return sent;
  }
  return send_files(context, *org, reporter, options.files);
}

template <class Names>
std::vector<std::string> names_in(const Names& table) {
  std::vector<std::string> names;
  for (const auto& row : table) names.emplace_back(row.name);
  return names;
}

}  // namespace

void add_report(CLI::App& app, Options& options) {
  auto* command = app.add_subcommand("report", "write a new report");
  add_options(*command, kNeedsOrg, options);
  const auto own = std::make_shared<ReportOptions>();
  command->add_option("--kind", own->kind, "report, advice, witness or signal")
      ->check(CLI::IsMember(names_in(rules::kCaseKindNames)));
  command->add_option("--story", own->story, "a file with what happened; - reads the keyboard");
  command->add_option("--people", own->people, "who is involved");
  command->add_option("--identity", own->identity,
                      "who you are, for your first adviser alone; can't be unsaid");
  command
      ->add_option("--want", own->wants,
                   "heard, stop, repair or investigate; may stand more than once")
      ->check(CLI::IsMember(names_in(rules::kWantNames)));
  command
      ->add_option(
          "--lead", own->lead,
          "every_step, or adviser_shares: may consult triage, once you \"case delegate\" that")
      ->check(CLI::IsMember(names_in(rules::kLeadNames)));
  command->add_option("--to", own->to,
                      "an adviser's name; the first one leads; may stand more than once");
  command->add_option("--unit", own->unit, "without --to: all advisers of this unit");
  command->add_option("--stand-in", own->stand_in, "takes over if your first adviser can't");
  command->add_option("--language", own->language, "of your eight words: nl or en")
      ->check(CLI::IsMember({"nl", "en"}));
  add_attach_option(*command, own->files);
  runs(*command, [own](Context& context) { return report(context, *own); });
}

}  // namespace omzien::cli
