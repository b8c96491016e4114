// Files of a case, for every command that sends or fetches them.
#pragma once

#include <vector>

#include "clients/cli/context.h"
#include "clients/core/attachment.h"
#include "clients/core/pending_files.h"

namespace omzien::cli {

struct AttachmentOptions {
  std::vector<std::string> attach;
  std::string part = "talk";
  std::size_t save = 0;  // 0: nothing
  std::string out;
  bool uncovered = false;
  bool as_is = false;             // not cleaned
  std::vector<std::string> made;  // cleaned copies of this run, among `attach`
};

// --attach, --uncovered; for a command that can fetch too: --part, --save and --out.
void add_attach_option(CLI::App&, AttachmentOptions&);
void add_attachment_options(CLI::App&, AttachmentOptions&);

protocol::FrameSize frame_for(const AttachmentOptions&);

// Looks at each before anything is sent: a name that was mistyped is told first. Unless they go as
// they are, their cleaned copies take their place in the options.
Result<void> check_files(AttachmentOptions&);

// One after another, with progress on stderr. An error says which ones stand in the case, what is
// kept and how to go on.
Result<nlohmann::json> attach_files(Context&, core::Connection&, const core::Identity&,
                                    const protocol::Handle&, rules::Compartment,
                                    const std::vector<std::string>& paths);

// Goes on with files that were named before.
Result<nlohmann::json> attach_waiting(Context&, core::Connection&, const core::Identity&);

// Removes the cleaned copies of what waited before and waits no more.
Result<void> forget_copies(Context&, const core::Identity&, const core::PendingFiles& before);

// After an error: removes the cleaned copies of this run that wait for nothing. `self` may be null:
// nothing waits.
void forget_unkept(const Context&, const core::Identity* self, const AttachmentOptions&);

// Remembers files for `omzien outbox send`.
Result<void> keep_files(Context&, const core::Identity&, const protocol::Handle&,
                        rules::Compartment, const std::vector<std::string>& paths);

// What `case attachments` and `desk attachments` do: send, or save, or list.
Result<void> attachments(Context&, core::Connection&, const core::Identity&,
                         const protocol::Handle&, const AttachmentOptions&);

// `omzien case attachments`.
void add_case_attachments(CLI::App& command, Options&);

}  // namespace omzien::cli
