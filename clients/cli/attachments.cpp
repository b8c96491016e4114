#include "clients/cli/attachments.h"

#include <algorithm>
#include <iostream>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "clients/cli/cleaned_files.h"
#include "clients/cli/writing.h"
#include "clients/core/fetch.h"
#include "clients/core/names.h"
#include "protocol/calendar.h"

namespace omzien::cli {
namespace {

using nlohmann::json;

std::string size_text(std::uint64_t bytes) {
  constexpr std::uint64_t kKilo = 1000;
  if (bytes < kKilo) return std::to_string(bytes) + " bytes";
  if (bytes < kKilo * kKilo) return std::to_string((bytes + kKilo - 1) / kKilo) + " KB";
  const auto tenths = (bytes + kKilo * kKilo / 10 - 1) / (kKilo * kKilo / 10);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " MB";
}

// One line that is written over at a terminal; a line for each tenth elsewhere.
core::FileProgress progress_of(std::string what) {
  const bool terminal = ::isatty(STDERR_FILENO) != 0;
  return [what = std::move(what), terminal, shown = std::uint64_t{101}](
             std::uint64_t done, std::uint64_t total) mutable {
    const auto percent = done * 100 / total;
    const auto step = terminal ? percent : percent / 10 * 10;
    if (step == shown) return;
    shown = step;
    std::cerr << (terminal ? "\r" : "") << what << ": " << step << " %"
              << (terminal && done < total ? "" : "\n") << std::flush;
  };
}

core::FileProgress sending() { return progress_of("sending"); }

// What becomes of a file that could not be sent.
Error with_fate_of_file(Error error, const std::string& name) {
  if (error.kind == ErrorKind::kUnreachable)
    error.message += ". " + name +
                     " is not in the case yet. What arrived of it is kept for a week: \"omzien "
                     "outbox send\" goes on where it stopped.";
  else
    error.message += ". " + name + " is not in the case.";
  return error;
}

json row_of(const core::AttachedNow& now) {
  return {{"name", now.file.name}, {"size", now.file.size}, {"already", now.already}};
}

void tell(const Context& context, const core::AttachedNow& now) {
  if (context.json()) return;
  std::cerr << core::shown_name(now.file) << ", " << size_text(now.file.size)
            << (now.already ? ": stood in the case already.\n" : ": stored, and safe.\n");
}

json row_of(const core::FoundFile& found) {
  const auto& header = found.entry->entry.header();
  return {{"number", found.number},
          {"seq", header.seq},
          {"compartment", rules::name_of(found.compartment)},
          {"author", found.entry->author},
          {"day", protocol::iso_date(header.day)},
          {"name", core::shown_name(*found.file)},
          {"media_type", found.file->media_type},
          {"size", found.file->size},
          {"sha256", found.file->sha256.hex()}};
}

Result<core::OpenedCase> open(Context& context, core::Connection& connection,
                              const core::Identity& self, const protocol::Handle& handle) {
  auto opened = core::fetch_case(connection, handle, self);
  if (!opened) return opened;
  if (auto noted = note_head(context, self, *opened); !noted) return tl::unexpected(noted.error());
  return opened;
}

Result<void> list(Context& context, const core::OpenedCase& opened) {
  const auto& handle = opened.chain.handle();
  json rows = json::array();
  std::string lines;
  for (const auto& found : core::files_of(opened)) {
    rows.push_back(row_of(found));
    lines += std::to_string(found.number) + "  " + core::shown_name(*found.file) + "  " +
             size_text(found.file->size) + "  " + found.entry->author + ", " +
             rows.back()["day"].get<std::string>() + "\n";
  }
  if (lines.empty()) lines = "There are no files in this case.\n";
  context.print({{"handle", handle.hex()},
                 {"handle_words", core::handle_words(handle)},
                 {"attachments", std::move(rows)}},
                lines);
  return {};
}

Result<void> save(Context& context, core::Connection& connection, const core::Identity& self,
                  const core::OpenedCase& opened, const AttachmentOptions& options) {
  const auto files = core::files_of(opened);
  if (options.save > files.size())
    return bad_input("this case has " + std::to_string(files.size()) + " files that you can read");
  const auto& found = files[options.save - 1];
  if (auto saved =
          core::save_file(connection, self, opened, found, options.out, progress_of("fetching"));
      !saved)
    return saved;
  context.print({{"saved", options.out},
                 {"name", core::shown_name(*found.file)},
                 {"size", found.file->size},
                 {"sha256", found.file->sha256.hex()}},
                "Saved as " + options.out + ", " + size_text(found.file->size) +
                    ", just as it was sent. It may do harm when it is opened: mind where.\n");
  return {};
}

Result<void> case_attachments(Context& context, AttachmentOptions options) {
  const auto org = context.org();
  if (!org) return tl::unexpected(org.error());
  const auto reporter = context.reporter(*org);
  if (!reporter) return tl::unexpected(reporter.error());
  if (auto checked = check_files(options); !checked) return checked;
  const auto connection = context.connect(*org, frame_for(options), &*reporter);
  if (!connection) {
    if (options.attach.empty() || connection.error().kind != ErrorKind::kUnreachable) {
      forget_unkept(context, nullptr, options);
      return tl::unexpected(connection.error());
    }
    if (auto kept = keep_files(context, *reporter, reporter->handle(),
                               *rules::compartment_named(options.part), options.attach);
        !kept)
      return kept;
    return tl::unexpected(with_fate_of_file(connection.error(), options.attach.front()));
  }
  return attachments(context, **connection, *reporter, reporter->handle(), options);
}

}  // namespace

void add_attach_option(CLI::App& app, AttachmentOptions& options) {
  app.add_option(
      "--attach", options.attach,
      "a file; place, device, author and times are taken out of JPEG, PNG and PDF; may stand "
      "more than once. Until an adviser has answered, a case holds 32 MB, files included, unless "
      "the gateway was told otherwise");
  app.add_flag("--attach-as-is", options.as_is,
               "send files as they are: place, device and author may stand in them");
  app.add_flag("--uncovered", options.uncovered,
               "send in large pieces: faster, and whoever watches your line sees that a file goes");
}

void add_attachment_options(CLI::App& app, AttachmentOptions& options) {
  add_attach_option(app, options);
  app.add_option("--part", options.part, "where the file belongs: talk, or a reporter's story")
      ->check(CLI::IsMember({"talk", "story"}));
  auto* save = app.add_option("--save", options.save, "fetch the file of this number")
                   ->check(CLI::PositiveNumber);
  auto* out = app.add_option("--out", options.out, "where to save it; nothing is written over");
  save->needs(out);
  out->needs(save);
}

protocol::FrameSize frame_for(const AttachmentOptions& options) {
  return options.uncovered ? protocol::FrameSize::kLarge : protocol::FrameSize::kSmall;
}

Result<void> check_files(AttachmentOptions& options) {
  for (const auto& path : options.attach)
    if (const auto scanned = core::ScannedFile::scan(path); !scanned)
      return tl::unexpected(scanned.error());
  if (options.as_is) return {};
  auto cleaned = cleaned_files(options.attach);
  if (!cleaned) return tl::unexpected(cleaned.error());
  options.attach = std::move(cleaned->paths);
  options.made = std::move(cleaned->made);
  return {};
}

Result<json> attach_files(Context& context, core::Connection& connection,
                          const core::Identity& self, const protocol::Handle& handle,
                          rules::Compartment compartment, const std::vector<std::string>& paths) {
  // All are remembered first: one that is cut off does not take the others with it.
  if (auto kept = keep_files(context, self, handle, compartment, paths); !kept)
    return tl::unexpected(kept.error());
  json rows = json::array();
  for (const auto& path : paths) {
    core::Attaching attaching(connection, self, context.folder(), context.random(), sending());
    const auto now = attaching.attach(handle, compartment, path);
    if (!now) return tl::unexpected(with_fate_of_file(now.error(), path));
    forget_cleaned(path);
    tell(context, *now);
    rows.push_back(row_of(*now));
  }
  return rows;
}

Result<void> forget_copies(Context& context, const core::Identity& self,
                           const core::PendingFiles& before) {
  const auto left = core::PendingFiles::load(context.folder(), self);
  if (!left) return tl::unexpected(left.error());
  const auto waits = [&](const core::PendingFile& file) {
    return std::any_of(left->files().begin(), left->files().end(),
                       [&](const auto& other) { return other.path == file.path; });
  };
  for (const auto& file : before.files())
    if (!waits(file)) forget_cleaned(file.path.string());
  return {};
}

void forget_unkept(const Context& context, const core::Identity* self,
                   const AttachmentOptions& options) {
  const auto pending = self == nullptr ? Result<core::PendingFiles>()
                                       : core::PendingFiles::load(context.folder(), *self);
  if (!pending) return;  // what can't be read may remember them
  for (const auto& path : options.made)
    if (std::none_of(pending->files().begin(), pending->files().end(), [&](const auto& file) {
          return file.path == std::filesystem::absolute(path);
        }))
      forget_cleaned(path);
}

Result<json> attach_waiting(Context& context, core::Connection& connection,
                            const core::Identity& self) {
  const auto before = core::PendingFiles::load(context.folder(), self);
  if (!before) return tl::unexpected(before.error());
  core::Attaching attaching(connection, self, context.folder(), context.random(), sending());
  const auto done = attaching.attach_waiting();
  if (auto forgot = forget_copies(context, self, *before); !forgot)
    return tl::unexpected(forgot.error());
  if (!done) return tl::unexpected(with_fate_of_file(done.error(), "A file"));
  json rows = json::array();
  for (const auto& now : *done) {
    tell(context, now);
    rows.push_back(row_of(now));
  }
  return rows;
}

Result<void> keep_files(Context& context, const core::Identity& self,
                        const protocol::Handle& handle, rules::Compartment compartment,
                        const std::vector<std::string>& paths) {
  for (const auto& path : paths) {
    const auto scanned = core::ScannedFile::scan(path);
    if (!scanned) return tl::unexpected(scanned.error());
    if (auto kept = core::keep_for_later(context.folder(), self, context.random(), handle,
                                         compartment, path, *scanned);
        !kept)
      return kept;
  }
  return {};
}

Result<void> attachments(Context& context, core::Connection& connection, const core::Identity& self,
                         const protocol::Handle& handle, const AttachmentOptions& options) {
  if (!options.attach.empty()) {
    const auto rows = attach_files(context, connection, self, handle,
                                   *rules::compartment_named(options.part), options.attach);
    if (!rows) return tl::unexpected(rows.error());
    context.print({{"handle", handle.hex()},
                   {"handle_words", core::handle_words(handle)},
                   {"attached", *rows}},
                  "");
    return {};
  }
  const auto opened = open(context, connection, self, handle);
  if (!opened) return tl::unexpected(opened.error());
  return options.save == 0 ? list(context, *opened)
                           : save(context, connection, self, *opened, options);
}

void add_case_attachments(CLI::App& command, Options& options) {
  auto* sub = command.add_subcommand("attachments", "files of your case: list, send, fetch");
  add_options(*sub, kNeedsOrg | kLeavesTrace, options);
  const auto own = std::make_shared<AttachmentOptions>();
  add_attachment_options(*sub, *own);
  runs(*sub, [own](Context& context) { return case_attachments(context, *own); });
}

}  // namespace omzien::cli
