// `omzien outbox`: what was written on this machine and is not accepted yet.
#include "clients/core/outbox.h"

#include <CLI/CLI.hpp>

#include "clients/cli/attachments.h"
#include "clients/cli/commands.h"
#include "clients/cli/render_event.h"
#include "clients/cli/shown.h"
#include "clients/cli/writing.h"
#include "clients/core/heads.h"
#include "clients/core/names.h"

namespace omzien::cli {
namespace {

// By key file when one is given, else by phrase.
Result<std::unique_ptr<core::Identity>> who(Context& context, const core::Org& org) {
  if (!context.key_path().empty()) {
    auto member = context.member(org);
    if (!member) return tl::unexpected(member.error());
    return std::make_unique<core::Member>(std::move(*member));
  }
  auto reporter = context.reporter(org);
  if (!reporter) return tl::unexpected(reporter.error());
  return std::make_unique<core::Reporter>(std::move(*reporter));
}

// Zeros where the case was named by its words, and no inbox told which one it is.
std::string words_of(const protocol::Handle& handle) {
  return handle == protocol::Handle() ? "a case that was not found" : core::handle_words(handle);
}

nlohmann::json row_of(const core::OutboxItem& item, const core::Identity& self) {
  nlohmann::json row{{"refused", item.refused}};
  if (const auto* opening = std::get_if<core::OpeningDraft>(&item.draft)) {
    const auto handle = protocol::handle_of(self.signing_key().public_key());
    row["what"] = "report";
    row["handle_words"] = core::handle_words(handle);
    row["text"] = opening->story.story;
    row["people"] = opening->story.people;
    row["identity"] = opening->story.identity;
    return row;
  }
  if (const auto* answer = std::get_if<core::AnswerDraft>(&item.draft)) {
    put_event(row, answer->decision);
    row["handle_words"] = words_of(answer->handle);
    if (!answer->summary.empty()) row["summary"] = answer->summary;
  } else {
    const auto& draft = std::get<core::EventDraft>(item.draft);
    put_event(row, draft.event);
    row["handle_words"] = words_of(draft.handle);
  }
  row["what"] = row["event"];
  return row;
}

// Every text of it, as it was written; a summary may be of an adviser's writing.
std::string lines_of_item(const nlohmann::json& row) {
  std::string lines = row["what"].get<std::string>() + " for " +
                      row["handle_words"].get<std::string>() +
                      (row["refused"].get<bool>() ? " (refused)" : " (waiting)") + ":\n";
  for (const auto* part : {"step", "choice", "text", "reason", "people", "identity", "summary"})
    if (row.contains(part) && !row[part].get<std::string>().empty())
      lines += shown(row[part].get<std::string>(), "") + "\n";
  return lines + "\n";
}

Result<void> show(Context& context) {
  const auto org = context.org();
  if (!org) return tl::unexpected(org.error());
  const auto self = who(context, *org);
  if (!self) return tl::unexpected(self.error());
  auto outbox = core::Outbox::load(context.folder(), **self);
  if (!outbox) return tl::unexpected(outbox.error());
  nlohmann::json items = nlohmann::json::array();
  std::string lines;
  for (const auto& item : outbox->items()) {
    items.push_back(row_of(item, **self));
    lines += lines_of_item(items.back());
  }
  const auto pending = core::PendingFiles::load(context.folder(), **self);
  if (!pending) return tl::unexpected(pending.error());
  nlohmann::json files = nlohmann::json::array();
  for (const auto& file : pending->files()) {
    files.push_back({{"path", file.path.string()},
                     {"handle_words", core::handle_words(file.handle)},
                     {"size", file.size}});
    lines += "file for " + core::handle_words(file.handle) + " (waiting):\n" + file.path.string() +
             "\n\n";
  }
  context.print({{"items", std::move(items)}, {"files", std::move(files)}},
                lines.empty() ? "Nothing waits on this machine.\n" : lines);
  return {};
}

Result<void> send(Context& context) {
  const auto org = context.org();
  if (!org) return tl::unexpected(org.error());
  const auto self = who(context, *org);
  if (!self) return tl::unexpected(self.error());
  auto connection = context.connect(*org, protocol::FrameSize::kSmall, nullptr);
  if (!connection) return with_fate(connection.error());
  // Checked and not noted: what was sent leaves no trace. But a case that is remembered goes on.
  auto heads = core::Heads::load(context.folder(), **self);
  if (!heads) return tl::unexpected(heads.error());
  if (auto checked = heads->check_and_note((*connection)->directory()); !checked)
    return with_fate(checked.error());
  const auto reading = (*connection)->seen().reading(context.folder(), context.random());
  if (auto sent = deliver_waiting(context, **connection, **self); !sent) return sent;
  if (auto sent = attach_waiting(context, **connection, **self); !sent)
    return tl::unexpected(sent.error());
  context.print({{"accepted", true}}, "Nothing waits on this machine any more.\n");
  return {};
}

Result<void> drop(Context& context) {
  const auto org = context.org();
  if (!org) return tl::unexpected(org.error());
  const auto self = who(context, *org);
  if (!self) return tl::unexpected(self.error());
  auto outbox = core::Outbox::load(context.folder(), **self);
  if (!outbox) return tl::unexpected(outbox.error());
  auto pending = core::PendingFiles::load(context.folder(), **self);
  if (!pending) return tl::unexpected(pending.error());
  const auto dropped = outbox->items().size() + pending->files().size();
  outbox->items().clear();
  if (auto saved = outbox->save(context.folder(), **self, context.random()); !saved) return saved;
  if (auto saved = core::PendingFiles().save(context.folder(), **self, context.random()); !saved)
    return saved;
  if (auto forgot = forget_copies(context, **self, *pending); !forgot) return forgot;
  context.print({{"dropped", dropped}}, "Dropped: " + std::to_string(dropped) + ".\n");
  return {};
}

}  // namespace

void add_outbox(CLI::App& app, Options& options) {
  auto* command =
      app.add_subcommand("outbox", "what you wrote and is not accepted yet, kept encrypted");
  command->require_subcommand(1);
  const auto add = [&](const char* name, const char* what, Result<void> (*run)(Context&)) {
    auto* sub = command->add_subcommand(name, what);
    add_options(*sub, kNeedsOrg | kNeedsKey | kOfOwner, options);
    runs(*sub, run);
  };
  add("show", "give it back, as you wrote it", show);
  add("send", "try again", send);
  add("drop", "destroy it unsent", drop);
}

}  // namespace omzien::cli
