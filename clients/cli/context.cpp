#include "clients/cli/context.h"

#include <iostream>

#include <CLI/CLI.hpp>

#include "clients/cli/terminal.h"
#include "protocol/calendar.h"

namespace omzien::cli {
namespace {

Command the_chosen_command;

Error describe(const crypto::PhraseError& error) {
  using Kind = crypto::PhraseError::Kind;
  if (error.kind == Kind::kTooLong)
    return {ErrorKind::kBadInput, "that is too long for an access phrase"};
  if (error.kind == Kind::kWrongCount)
    return {ErrorKind::kBadInput, "an access phrase has " + std::to_string(rules::kPhraseWords) +
                                      " words; this has " + std::to_string(error.word_count)};
  std::string message = "word " + std::to_string(error.word_index + 1) + " is on no list";
  for (std::size_t i = 0; i < error.suggestions.size(); ++i)
    message += (i == 0 ? "; perhaps " : ", ") + error.suggestions[i];
  return {ErrorKind::kBadInput, message + ". Nothing was sent."};
}

Error describe(crypto::KeyFileError error, const std::filesystem::path& path) {
  switch (error) {
    case crypto::KeyFileError::kNotAKeyFile:
      return {ErrorKind::kBadInput, path.string() + " is not a key file"};
    case crypto::KeyFileError::kNewerVersion:
      return {ErrorKind::kBadInput,
              path.string() + " was made with a newer version of this program"};
    case crypto::KeyFileError::kWrongPassphraseOrAltered:
      return {ErrorKind::kRefused,
              "the passphrase is not the one of " + path.string() + ", or the file was altered"};
    case crypto::KeyFileError::kNoMemory:
      return {ErrorKind::kBadInput,
              "this machine has less memory than " + path.string() + " needs to open"};
  }
  return {ErrorKind::kDefect, "a key file that does not open"};
}

}  // namespace

void runs(CLI::App& app, Command command) {
  app.callback([command = std::move(command)] { the_chosen_command = command; });
}

const Command& chosen() { return the_chosen_command; }

void add_options(CLI::App& app, unsigned needs, Options& options) {
  app.add_flag("--json", options.json, "print one JSON object");
  if ((needs & kNeedsOrg) != 0)
    app.add_option("--org", options.org, "the organisation file (or OMZIEN_ORG)")
        ->envname("OMZIEN_ORG");
  if ((needs & kNeedsKey) != 0)
    app.add_option("--key", options.key, "your key file (or OMZIEN_KEY)")->envname("OMZIEN_KEY");
  if ((needs & kLeavesTrace) != 0)
    app.add_flag("--no-trace", options.no_trace, "keep nothing on this machine, not even sealed");
  if ((needs & kOfOwner) != 0)
    app.add_flag("--complaint", options.complaint,
                 "the complaint you filed with these words, instead of the case");
}

Result<core::Org> Context::org() const {
  if (options_.org.empty())
    return bad_input("which organisation? Give --org FILE or set OMZIEN_ORG.");
  return core::read_org(options_.org);
}

Result<Context::OwnersCases> Context::owners_cases(const core::Org& org) {
  const auto typed = secret("OMZIEN_PHRASE", "Your eight words: ");
  if (!typed) return tl::unexpected(typed.error());
  const auto bytes = typed->reveal();
  const auto phrase =
      crypto::parse_phrase({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  if (!phrase) return tl::unexpected(describe(phrase.error()));
  return OwnersCases{core::Reporter(*phrase, org.service_id),
                     core::Reporter(*phrase, org.service_id, crypto::PhraseCase::kComplaint)};
}

Result<core::Reporter> Context::reporter(const core::Org& org) {
  auto both = owners_cases(org);
  if (!both) return tl::unexpected(both.error());
  return std::move(of_complaint() ? both->complaint : both->report);
}

Result<crypto::KeyFile> Context::key_file(const std::filesystem::path& path,
                                          crypto::KeyFileKind kind) {
  auto opened = opened_key_file(path, kind);
  if (!opened) return tl::unexpected(opened.error());
  return std::move(opened->file);
}

Result<Context::OpenedKeyFile> Context::opened_key_file(const std::filesystem::path& path,
                                                        crypto::KeyFileKind kind) {
  const auto sealed = core::read_file(path, crypto::kKeyFileBytesMax);
  if (!sealed) return tl::unexpected(sealed.error());
  auto passphrase = secret("OMZIEN_PASSPHRASE", "Passphrase of " + path.filename().string() + ": ");
  if (!passphrase) return tl::unexpected(passphrase.error());
  auto file = crypto::open_key_file(*sealed, passphrase->reveal());
  if (!file) return tl::unexpected(describe(file.error(), path));
  if (file->kind != kind)
    return bad_input(path.string() + (kind == crypto::KeyFileKind::kRoot
                                          ? " is not an organisation's root key"
                                          : " is not a member's key"));
  return OpenedKeyFile{std::move(*file), std::move(*passphrase)};
}

Result<core::Member> Context::member(const core::Org& org) {
  if (options_.key.empty()) return bad_input("which key? Give --key FILE or set OMZIEN_KEY.");
  auto file = key_file(options_.key, crypto::KeyFileKind::kMember);
  if (!file) return tl::unexpected(file.error());
  return core::Member(std::move(*file), org.service_id);
}

Result<std::unique_ptr<core::Connection>> Context::connect(const core::Org& org,
                                                           protocol::FrameSize size,
                                                           const core::Identity* self) {
  auto connection =
      std::make_unique<core::Connection>(core::http_transport(org), org.service_id, size);
  if (auto greeted = connection->greet(); !greeted) return tl::unexpected(greeted.error());
  const auto& directory = connection->directory();
  if (connection->today() > directory.content().review_day)
    std::cerr << "Note: the organisation's directory should have been reviewed by "
              << protocol::iso_date(directory.content().review_day) << ".\n";
  if (self != nullptr && keeps_trace()) {
    auto heads = core::Heads::load(folder_, *self);
    if (!heads) return tl::unexpected(heads.error());
    if (auto checked = heads->check_and_note(directory); !checked)
      return tl::unexpected(checked.error());
    if (auto saved = heads->save(folder_, *self, random_); !saved)
      return tl::unexpected(saved.error());
    connection->seen().keep_in(folder_, random_);
  }
  return connection;
}

void Context::print(const nlohmann::json& object, const std::string& lines) const {
  if (json())
    std::cout << object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
  else
    std::cout << lines;
  std::cout.flush();
}

}  // namespace omzien::cli
