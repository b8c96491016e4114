#include "clients/cli/lead/verify_file.h"

#include <iostream>

#include <CLI/CLI.hpp>

#include "clients/cli/lead/copy_file.h"
#include "clients/cli/lead/proof.h"
#include "clients/cli/render.h"
#include "clients/core/names.h"
#include "protocol/calendar.h"

namespace omzien::cli {
namespace {

constexpr std::size_t kFileBytesMax = 256U << 20;

struct FileOptions {
  std::string path;
  Options* shared = nullptr;
};

tl::unexpected<Error> wrong(std::string what) {
  return core::fail(ErrorKind::kVerification, std::move(what));
}

// Whose it says it is must be the organisation one knows; without an organisation file that is left
// to whoever reads it.
Result<void> check_service(const Context& context, const FileOptions& options,
                           const protocol::ServiceId& service) {
  if (options.shared->org.empty()) {
    std::cerr << "No organisation file was given. Compare the fingerprint yourself: "
              << service.hex() << "\n";
    return {};
  }
  const auto org = context.org();
  if (!org) return tl::unexpected(org.error());
  if (org->service_id == service) return {};
  return wrong("this is of another organisation than the one you know");
}

Result<void> verify_proof(Context& context, const FileOptions& options,
                          const core::WithdrawalProof& proof) {
  const auto header = core::check(proof);
  if (!header) return tl::unexpected(header.error());
  if (auto same = check_service(context, options, header->service_id); !same) return same;
  const auto words = core::handle_words(header->handle);
  const auto day = protocol::iso_date(header->day);
  context.print({{"what", "withdrawal"},
                 {"verified", true},
                 {"handle", header->handle.hex()},
                 {"handle_words", words},
                 {"day", day},
                 {"entries", proof.before.size() + 1}},
                "Case " + words + " was withdrawn by its owner on " + day + ", after " +
                    std::to_string(proof.before.size()) +
                    " entries: signed, and in its place.\nThat the organisation received it this "
                    "can't prove.\n");
  return {};
}

// case.txt beside it, if it is there, says what the checked entries say.
Result<void> check_text(const std::filesystem::path& text, const std::string& should) {
  if (!std::filesystem::exists(text)) return {};
  const auto bytes = core::read_file(text, kFileBytesMax);
  if (!bytes) return tl::unexpected(bytes.error());
  if (std::string(bytes->begin(), bytes->end()) == should) return {};
  return wrong(text.string() +
               " does not say what the signed entries say: it was changed, or written by another "
               "version of this program");
}

Result<void> verify_copy(Context& context, const FileOptions& options,
                         const std::filesystem::path& file, const core::OwnCopy& copy) {
  if (auto same = check_service(context, options, copy.service); !same) return same;
  const auto directory = protocol::Directory::parse(copy.directory, copy.service);
  if (!directory) return wrong("the directory in this copy is not signed by its organisation");
  const auto opened = core::open_copy(copy, *directory);
  if (!opened) return tl::unexpected(opened.error());
  if (auto text = check_text(file.parent_path() / "case.txt", text_of(*opened, *directory)); !text)
    return text;
  const auto rendered = render_case(*opened, core::fold(*opened, *directory));
  const bool good = rendered.object["alarms"].empty();
  const auto texts = std::count_if(opened->entries.begin(), opened->entries.end(),
                                   [](const auto& entry) { return entry.event.has_value(); });
  const auto head = core::head_words(opened->chain.head_hash());
  std::string lines = core::handle_words(copy.handle) + ": " + std::to_string(copy.entries.size()) +
                      " entries, signed, linked and in order; " + std::to_string(texts) +
                      " texts, each as its author signed it.\nHead: " + head + "\n";
  for (const auto& alarm : rendered.object["alarms"])
    lines += "! entry " + std::to_string(alarm["seq"].get<std::uint64_t>()) + ": " +
             alarm["text"].get<std::string>() + "\n";
  context.print({{"what", "case"},
                 {"verified", good},
                 {"handle", copy.handle.hex()},
                 {"handle_words", core::handle_words(copy.handle)},
                 {"entries", copy.entries.size()},
                 {"texts", texts},
                 {"head", opened->chain.head_hash().hex()},
                 {"head_words", head},
                 {"directory_version", directory->content().version},
                 {"alarms", rendered.object["alarms"]}},
                lines);
  if (!good) return wrong("not everything checks out; see the alarms above");
  return {};
}

Result<void> verify_file(Context& context, const FileOptions& options) {
  std::filesystem::path file = options.path;
  if (std::filesystem::is_directory(file)) file /= "case.json";
  const auto bytes = core::read_file(file, kFileBytesMax);
  if (!bytes) return tl::unexpected(bytes.error());
  const auto object = nlohmann::json::parse(bytes->begin(), bytes->end(), nullptr, false);
  if (const auto proof = proof_from(object)) return verify_proof(context, options, *proof);
  if (const auto copy = copy_from(object)) return verify_copy(context, options, file, *copy);
  return bad_input(file.string() +
                   " is neither a copy of a case nor the proof of a withdrawal, or is not whole");
}

}  // namespace

void add_verify_file(CLI::App& command, Options& options) {
  auto* sub = command.add_subcommand(
      "file", "your own copy of a case, or the proof of a withdrawal; asks no gateway");
  add_options(*sub, kNeedsOrg, options);
  const auto own = std::make_shared<FileOptions>();
  own->shared = &options;
  sub->add_option("file", own->path, "the file, or the folder of a copy")->required();
  runs(*sub, [own](Context& context) { return verify_file(context, *own); });
}

}  // namespace omzien::cli
