// `omzien verify`: checks, for somebody who wants to see for themselves.
#include <CLI/CLI.hpp>

#include "clients/cli/commands.h"
#include "clients/cli/desk.h"
#include "clients/cli/lead/verify_file.h"
#include "clients/cli/render.h"
#include "clients/cli/writing.h"
#include "clients/core/names.h"

namespace omzien::cli {
namespace {

struct VerifyOptions {
  std::string handle;
};

Result<void> tell(Context& context, const core::OpenedCase& opened,
                  const protocol::Directory& directory) {
  const auto state = core::fold(opened, directory);
  const auto rendered = render_case(opened, state);
  const auto head = core::head_words(opened.chain.head_hash());
  const bool good = state.alarms.empty();
  std::string lines = core::handle_words(opened.chain.handle()) + ": " +
                      std::to_string(opened.entries.size()) +
                      " entries, signed, linked and in order.\nHead: " + head + "\n";
  for (const auto& alarm : state.alarms)
    lines += "! entry " + std::to_string(alarm.seq) + ": " + alarm.text + "\n";
  context.print({{"handle", opened.chain.handle().hex()},
                 {"handle_words", core::handle_words(opened.chain.handle())},
                 {"entries", opened.entries.size()},
                 {"head", opened.chain.head_hash().hex()},
                 {"head_words", head},
                 {"directory_version", directory.content().version},
                 {"verified", good},
                 {"alarms", rendered.object["alarms"]}},
                lines);
  if (!good)
    return core::fail(ErrorKind::kVerification, "not everything checks out; see the alarms above");
  return {};
}

Result<void> verify_own(Context& context, const core::Org& org) {
  const auto reporter = context.reporter(org);
  if (!reporter) return tl::unexpected(reporter.error());
  const auto connection = context.connect(org, protocol::FrameSize::kSmall, &*reporter);
  if (!connection) return tl::unexpected(connection.error());
  const auto opened = core::fetch_case(**connection, reporter->handle(), *reporter);
  if (!opened) return tl::unexpected(opened.error());
  if (auto noted = note_head(context, *reporter, *opened); !noted) return noted;
  return tell(context, *opened, (*connection)->directory());
}

Result<void> verify_case(Context& context, const VerifyOptions& options) {
  const auto org = context.org();
  if (!org) return tl::unexpected(org.error());
  if (options.handle.empty()) return verify_own(context, *org);
  auto desk = open_desk(context);
  if (!desk) return tl::unexpected(desk.error());
  const auto handle = find_case(*desk, options.handle);
  if (!handle) return tl::unexpected(handle.error());
  const auto opened = core::fetch_case(*desk->connection, *handle, desk->self);
  if (!opened) return tl::unexpected(opened.error());
  if (auto noted = note_head(context, desk->self, *opened); !noted) return noted;
  return tell(context, *opened, desk->connection->directory());
}

}  // namespace

void add_verify(CLI::App& app, Options& options) {
  auto* command = app.add_subcommand("verify", "see for yourself that nothing was changed");
  command->require_subcommand(1);
  auto* of_case = command->add_subcommand("case",
                                          "every signature, link and rule of a case: yours by your "
                                          "eight words, or one shared with your key");
  add_options(*of_case, kNeedsOrg | kNeedsKey | kLeavesTrace | kOfOwner, options);
  const auto own = std::make_shared<VerifyOptions>();
  of_case->add_option("case", own->handle, "an adviser names the case; a reporter leaves this out");
  runs(*of_case, [own](Context& context) { return verify_case(context, *own); });
  add_verify_file(*command, options);
}

}  // namespace omzien::cli
