// `omzien-gateway`: the server. The one place that knows which storage engines there are.
#include <csignal>
#include <exception>
#include <iostream>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "crypto/verify/random.h"
#include "gateway/console_log.h"
#include "gateway/directory_seen.h"
#include "gateway/exchange_service.h"
#include "gateway/http/server.h"
#include "gateway/http/site_folder.h"
#include "gateway/process.h"
#include "gateway/purge_request.h"
#include "gateway/sandbox/sandbox.h"
#include "gateway/store_commands.h"
#include "gateway/store_probe.h"

namespace {

using namespace omzien;
using namespace omzien::gateway;

// What a reader of the store holds open: the database and its journal. Each worker may have one,
// and so may the writer and the probe.
constexpr std::uint64_t kReaderDescriptors = 2;
// Standard input and output, the store's lock, tombstones and shared memory, files on their way.
constexpr std::uint64_t kOtherDescriptors = 32;

std::uint64_t own_descriptors(const Config& config) {
  const auto readers = threads_of(config.limits.worker_threads) + 2;
  return http::descriptors_beside_connections(config.http) + readers * kReaderDescriptors +
         kOtherDescriptors;
}

void fit_connections(Config& config, Log& log) {
  const std::uint64_t descriptors = raise_descriptor_limit();
  const std::uint64_t own = own_descriptors(config);
  if (descriptors >= config.http.connections_max + own) return;
  config.http.connections_max = descriptors > 2 * own ? descriptors - own : own;
  log.line(LogLevel::kInfo, "[limits] connections_max is more than this process may open; now " +
                                std::to_string(config.http.connections_max));
}

Exit serve(Config config) {
  // Until signals are caught: a reload that is asked for while this starts must not end it, and
  // what it starts with is new anyway.
  std::signal(SIGHUP, SIG_IGN);
  ConsoleLog log(config.log_level);
  demand_known_engine(config);
  fit_connections(config, log);
  SystemClock clock;
  const auto secret = read_key(config.store.key_file);
  const auto store = open_store(config, secret, log);
  People people(config.directory.path, service_of(config), Moment(clock.seconds()).day(), log);
  if (auto newest = demand_not_older(*store, *people.in_force()); !newest)
    throw StoreError(config.store.path, newest.error());
  const crypto::SigningKey key(storage::signing_seed(secret));
  PurgeRequests purges(config.store.path, key, log);
  ExchangeService exchange({*store, people, clock, log}, storage::beacon_key(secret), config.limits,
                           config.pace);
  http::Server server(config, exchange,
                      {.healthy = [&store] { return answers(*store); },
                       .look_for_changes =
                           [&exchange, &purges] {
                             exchange.tend();
                             purges.look(exchange);
                           },
                       .log = &log});
  server.handle_signals();
#ifdef OMZIEN_SANDBOX
  sandbox::close();
#endif
  for (const auto& address : server.addresses()) std::cout << "listening " << address << '\n';
  std::cout.flush();
  server.run();
  return kDone;
}

// Everything that serve reads before it listens, but for the store itself: a running gateway has it
// open.
Exit check(const Config& config) {
  ConsoleLog log(config.log_level);
  demand_known_engine(config);
  read_key(config.store.key_file);
  SystemClock clock;
  const People people(config.directory.path, service_of(config), Moment(clock.seconds()).day(),
                      log);
  if (!config.tls.certificate.empty()) http::TlsContext(config.tls.certificate, config.tls.key);
  for (const auto& pages : {config.web.reporter, config.web.desk})
    if (!pages.empty()) http::read_site_folder(pages, config.http);
  std::cout << "ok\n";
  return kDone;
}

// The commands that work on the store's files, as the command line knows them.
class StoreCommands {
 public:
  explicit StoreCommands(CLI::App& app) {
    backup_ = add(app, "backup", "copy the store as of this moment, while it runs or not");
    backup_->add_option("--to", backup_with_.to, "the file to make; its key lies beside it")
        ->required();
    restore_ = add(app, "restore", "make a store of a backup, where none is");
    restore_->add_option("--from", restore_with_.from, "the backup")->required();
    restore_->add_option("--key", restore_with_.key_file, "the key file it was made under");
    auto* none = restore_->add_flag("--no-tombstones", restore_with_.no_tombstones,
                                    "nothing was ever withdrawn or purged");
    auto* lost = restore_->add_flag(
        "--tombstones-lost", restore_with_.tombstones_lost,
        "they are gone for good: what was withdrawn since this backup lives again");
    auto* named =
        restore_->add_option("--tombstones", restore_with_.tombstones,
                             "which cases stay destroyed: the newest store.db.tombstones there is");
    named->excludes(none)->excludes(lost);
    none->excludes(lost);
    rekey_ = add(app, "rekey", "another key file (while it runs or not), or another data key");
    auto* key = rekey_->add_option("--key", rekey_with_.key_file, "the next key file");
    auto* data_key = rekey_->add_flag("--data-key", rekey_with_.data_key,
                                      "another key for the data itself; the gateway is stopped");
    key->excludes(data_key);
    purge_ = add(app, "purge", "destroy what the directory's retention rule says is due");
  }

  // Nothing when it is none of them.
  std::optional<Exit> run(const Config& config) {
    if (backup_->parsed()) return back_up(config, backup_with_);
    if (restore_->parsed()) return restore(config, restore_with_);
    if (purge_->parsed()) return purge(config);
    if (!rekey_->parsed()) return std::nullopt;
    if (!rekey_with_.data_key && rekey_with_.key_file.empty())
      throw ConfigError("rekey needs --key FILE or --data-key");
    return rekey(config, rekey_with_);
  }

 private:
  static CLI::App* add(CLI::App& app, const char* name, const char* what) {
    return app.add_subcommand(name, what)->fallthrough();
  }

  CLI::App* backup_;
  CLI::App* restore_;
  CLI::App* rekey_;
  CLI::App* purge_;
  BackupCommand backup_with_;
  RestoreCommand restore_with_;
  RekeyCommand rekey_with_;
};

// A new gateway needs one before anything else; nobody should have to know its format.
Exit make_key(const std::filesystem::path& path) {
  crypto::SystemRandom random;
  const auto made = storage::make_key_file(path, random);
  if (!made && made.error() == storage::Error::kConflict)
    throw ConfigError(path.string() + ": a key is there already; nothing was written over");
  if (!made) throw StoreError(path, made.error());
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
  StoreCommands commands(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kBadInput;
  }
  if (key_command->parsed()) return make_key(key_file);
  const Config config = load_config(file);
  if (const auto done = commands.run(config)) return *done;
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
