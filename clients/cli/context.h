// What every command of `omzien` shares: options, secrets, the organisation, identity, output.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "clients/core/connection.h"
#include "clients/core/heads.h"
#include "clients/core/identity.h"
#include "clients/core/org.h"
#include "crypto/verify/random.h"

// Its header takes seconds to compile: whoever adds options includes it.
namespace CLI {
class App;
}

namespace omzien::cli {

using core::Error;
using core::ErrorKind;
using core::Result;

// Options that many commands have; filled by CLI11.
struct Options {
  std::string org;  // --org, OMZIEN_ORG
  std::string key;  // --key, OMZIEN_KEY
  bool json = false;
  bool no_trace = false;
  bool complaint = false;  // the words' second case, instead of the first
};

class Context {
 public:
  explicit Context(const Options& options)
      : options_(options), folder_(core::LocalFolder::standard_path()) {}

  bool json() const { return options_.json; }
  bool keeps_trace() const { return !options_.no_trace; }
  crypto::Random& random() { return random_; }
  const core::LocalFolder& folder() const { return folder_; }

  Result<core::Org> org() const;
  // OMZIEN_PHRASE or a prompt: the owner of the words' case, or with --complaint of their
  // complaint.
  Result<core::Reporter> reporter(const core::Org&);
  // Both, for one time typing.
  struct OwnersCases {
    core::Reporter report;
    core::Reporter complaint;
  };
  Result<OwnersCases> owners_cases(const core::Org&);
  bool of_complaint() const { return options_.complaint; }
  // --key with OMZIEN_PASSPHRASE or a prompt.
  Result<core::Member> member(const core::Org&);
  Result<crypto::KeyFile> key_file(const std::filesystem::path&, crypto::KeyFileKind);
  // With the passphrase that opened it, to save it again under that very one: a slip in typing it
  // once more would lock its owner out.
  struct OpenedKeyFile {
    crypto::KeyFile file;
    crypto::SecretBytes passphrase;
  };
  Result<OpenedKeyFile> opened_key_file(const std::filesystem::path&, crypto::KeyFileKind);
  std::filesystem::path key_path() const { return options_.key; }

  // A connection that has greeted, its directory checked against the one this identity saw last, as
  // every case will be that comes by it.
  Result<std::unique_ptr<core::Connection>> connect(const core::Org&, protocol::FrameSize,
                                                    const core::Identity*);

  // One JSON object, or the lines for people.
  void print(const nlohmann::json& object, const std::string& lines) const;

 private:
  Options options_;
  crypto::SystemRandom random_;
  core::LocalFolder folder_;
};

// A command: done, or an error whose kind is the exit code.
using Command = std::function<Result<void>(Context&)>;

// Adds the command to run when `app` was given.
void runs(CLI::App& app, Command command);
// The command that was chosen.
const Command& chosen();

// Adds --org, --key, --json, --no-trace, --complaint as far as the command has use for them.
enum Needs : unsigned { kNeedsOrg = 1, kNeedsKey = 2, kLeavesTrace = 4, kOfOwner = 8 };
void add_options(CLI::App&, unsigned needs, Options&);

inline tl::unexpected<Error> bad_input(std::string message) {
  return core::fail(ErrorKind::kBadInput, std::move(message));
}

}  // namespace omzien::cli
