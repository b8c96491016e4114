// `omzien case export`: one's own copy, to read without us.
#include <iostream>

#include <CLI/CLI.hpp>

#include "clients/cli/lead/case_lead.h"
#include "clients/cli/lead/copy_file.h"
#include "clients/cli/writing.h"
#include "clients/core/fetch.h"
#include "clients/core/names.h"

namespace omzien::cli {
namespace {

struct ExportOptions {
  std::string out;
};

Result<void> take_along(Context& context, const ExportOptions& options) {
  const auto org = context.org();
  if (!org) return tl::unexpected(org.error());
  const auto self = context.reporter(*org);
  if (!self) return tl::unexpected(self.error());
  const auto connection = context.connect(*org, protocol::FrameSize::kSmall, &*self);
  if (!connection) return tl::unexpected(connection.error());
  const auto& directory = (*connection)->directory();
  const auto before = (*connection)->seen().of(*self);
  if (!before) return tl::unexpected(before.error());
  const auto fetched = core::fetch_log(**connection, self->handle(), *self);
  if (!fetched) return tl::unexpected(fetched.error());
  const auto opened = core::open_log(*fetched, self->handle(), *self, directory);
  if (!opened) return tl::unexpected(opened.error());
  if (auto whole = before->check(*opened); !whole) return whole;
  if (auto noted = note_head(context, *self, *opened); !noted) return noted;
  const auto copy = core::copy_case(*fetched, *opened, directory);
  if (auto written = write_copy(options.out, copy, directory); !written) return written;
  std::cerr << "This copy is not encrypted: whoever finds it can read it, and see whose words they "
               "are. Keep it somewhere safe.\n";
  context.print({{"out", options.out},
                 {"handle", self->handle().hex()},
                 {"handle_words", core::handle_words(self->handle())},
                 {"entries", copy.entries.size()}},
                "To read: " + (std::filesystem::path(options.out) / "case.txt").string() +
                    "\n\"omzien verify file " + options.out +
                    "\" checks it, without any gateway.\n");
  return {};
}

}  // namespace

void add_case_export(CLI::App& command, Options& options) {
  auto* sub = command.add_subcommand("export", "take your case along, to read without us");
  add_options(*sub, kNeedsOrg | kLeavesTrace | kOfOwner, options);
  const auto own = std::make_shared<ExportOptions>();
  sub->add_option("--out", own->out, "a new folder for it")->required();
  runs(*sub, [own](Context& context) { return take_along(context, *own); });
}

}  // namespace omzien::cli
