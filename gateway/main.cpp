// `omzien-gateway`: the server. The one place that knows which storage engines there are.
#include <exception>
#include <iostream>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "crypto/verify/random.h"
#include "gateway/console_log.h"
#include "gateway/exchange_service.h"
#include "gateway/http/server.h"
#include "gateway/http/site_folder.h"
#include "gateway/process.h"
#include "gateway/sandbox/sandbox.h"
#include "gateway/store_probe.h"
#include "storage/describe.h"
#include "storage/memory/memory_store.h"
#include "storage/sqlcipher/store.h"

namespace {

using namespace omzien;
using namespace omzien::gateway;

enum Exit : int { kDone = 0, kDefect = 1, kBadInput = 2, kUnreachable = 4, kUnverified = 5 };

// Descriptors that are not connections: listeners, the store's files, the event loops' own.
constexpr std::uint64_t kOwnDescriptors = 128;

// The store or its key cannot be used.
class StoreError : public std::runtime_error {
 public:
  StoreError(const std::filesystem::path& path, storage::Error error)
      : std::runtime_error(path.string() + ": " + std::string(storage::describe(error))),
        error_(error) {}

  Exit exit_code() const {
    switch (error_) {
      case storage::Error::kDamaged: return kUnverified;
      case storage::Error::kExposed:
      case storage::Error::kWrongKey:
      case storage::Error::kNewer:
      case storage::Error::kConflict: return kBadInput;
      default:
        return kUnreachable;  // a disk that is full, or away, or another gateway's: try again
    }
  }

 private:
  storage::Error error_;
};

storage::KeyFileSecret read_key(const Config& config) {
  auto secret = storage::read_key_file(config.store.key_file);
  if (!secret) throw StoreError(config.store.key_file, secret.error());
  return std::move(*secret);
}

void check_engine(const Config& config) {
  if (config.store.engine == "sqlcipher" || config.store.engine == "memory") return;
  throw ConfigError("[store] engine: \"" + config.store.engine +
                    "\" is none of \"sqlcipher\" and, for tests, \"memory\"");
}

std::unique_ptr<storage::Store> open_store(const Config& config,
                                           const storage::KeyFileSecret& secret) {
  if (config.store.engine == "memory") return storage::make_memory_store();
  crypto::SystemRandom random;
  storage::sqlcipher::OpenOptions options;
  options.path = config.store.path;
  auto store = storage::sqlcipher::open(options, secret, random);
  if (!store) throw StoreError(config.store.path, store.error());
  return std::move(*store);
}

void fit_connections(Config& config, Log& log) {
  const std::uint64_t descriptors = raise_descriptor_limit();
  if (descriptors >= config.http.connections_max + kOwnDescriptors) return;
  config.http.connections_max =
      descriptors > 2 * kOwnDescriptors ? descriptors - kOwnDescriptors : kOwnDescriptors;
  log.line(LogLevel::kInfo, "[limits] connections_max is more than this process may open; now " +
                                std::to_string(config.http.connections_max));
}

protocol::ServiceId service_of(const Config& config) {
  if (config.directory.service_id) return *config.directory.service_id;
  return service_of_bundle(config.directory.path);
}

Exit serve(Config config) {
  ConsoleLog log(config.log_level);
  check_engine(config);
  fit_connections(config, log);
  SystemClock clock;
  const auto secret = read_key(config);
  const auto store = open_store(config, secret);
  People people(config.directory.path, service_of(config), Moment(clock.seconds()).day(), log);
  ExchangeService exchange({*store, people, clock, log}, storage::beacon_key(secret), config.limits,
                           config.pace);
  StoreProbe probe(*store);
  http::Server server(config, exchange,
                      {.healthy = [&probe] { return probe.answers(); },
                       .look_for_changes = [&exchange] { exchange.tend(); },
                       .log = &log});
  server.handle_signals();
  for (const auto& address : server.addresses()) std::cout << "listening " << address << '\n';
  std::cout.flush();
#ifdef OMZIEN_SANDBOX
  sandbox::close();
#endif
  server.run();
  return kDone;
}

// Everything that serve reads before it listens, but for the store itself: a running gateway has it
// open.
Exit check(const Config& config) {
  ConsoleLog log(config.log_level);
  check_engine(config);
  read_key(config);
  SystemClock clock;
  const People people(config.directory.path, service_of(config), Moment(clock.seconds()).day(),
                      log);
  if (!config.tls.certificate.empty()) http::TlsContext(config.tls.certificate, config.tls.key);
  for (const auto& pages : {config.web.reporter, config.web.desk})
    if (!pages.empty()) http::read_site_folder(pages, config.http);
  std::cout << "ok\n";
  return kDone;
}

// A new gateway needs one before anything else; nobody should have to know its format.
Exit make_key(const std::filesystem::path& path) {
  crypto::SystemRandom random;
  if (auto made = storage::make_key_file(path, random); !made) throw StoreError(path, made.error());
  std::cout << "made " << path.string()
            << ": without it the store opens for nobody; keep a copy apart\n";
  return kDone;
}

Exit run(int argc, char** argv) {
  CLI::App app{"Omzien's gateway: stores and orders what it cannot read."};
  std::string file = "gateway.toml";
  app.add_option("--config", file, "configuration, see gateway/config.h")->capture_default_str();
  app.require_subcommand(0, 1);
  app.add_subcommand("serve", "serve until SIGTERM (what it does without a command)")
      ->fallthrough();
  const CLI::App* check_command =
      app.add_subcommand("check", "read configuration, keys and directory, say what is wrong")
          ->fallthrough();
  std::string key_file;
  CLI::App* key_command = app.add_subcommand("new-key", "make the key file of a new store");
  key_command->add_option("file", key_file, "the file to make")->required();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kBadInput;
  }
  if (key_command->parsed()) return make_key(key_file);
  const Config config = load_config(file);
  return check_command->parsed() ? check(config) : serve(config);
}

Exit say(Exit code, const std::string& text) {
  std::cerr << "omzien-gateway: " << text << '\n';
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  harden_process();
  try {
    crypto::initialise();
    return run(argc, argv);
  } catch (const ConfigError& error) {
    return say(kBadInput, error.what());
  } catch (const http::ListenError& error) {
    return say(kBadInput, error.what());
  } catch (const http::TlsError& error) {
    return say(kBadInput, error.what());
  } catch (const sandbox::SandboxError& error) {
    return say(kUnreachable, error.what());
  } catch (const http::SiteError& error) {
    return say(kBadInput, error.what());
  } catch (const StoreError& error) {
    return say(error.exit_code(), error.what());
  } catch (const std::exception& error) {
    return say(kDefect, std::string("a mistake in this program: ") + error.what());
  }
}
