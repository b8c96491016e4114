// gateway.toml: what the person who runs the gateway decides. Read once, at start-up.
//
//   [store]      engine = "sqlcipher", path, key_file                  all three needed
//   [directory]  path = "directory.bundle"
//                service_id = 64 hex digits: whose directory it must be. Without it, whoever
//                signed the file that is there at start-up
//   [listen]     reporter, desk, health, each one of
//                "unix:PATH"                                           plain
//                "127.0.0.1:PORT", "[::1]:PORT"                        plain
//                "ADDRESS:PORT"                                        TLS
//                "tls:ADDRESS:PORT"                                    TLS on loopback too
//                Port 0: any free one
//   [tls]        certificate, key: PEM files; needed when something listens with TLS
//   [web]        reporter, desk: folders of built web pages, each served at the listener of that
//                name. Without them only the exchange is
//   [limits]     limits.h
//   [pace]       seconds_min = 2, seconds_max = 10, answer_tick_ms = 100
//   [log]        level = "error" | "warning" | "info" | "debug"
//
// Paths are relative to the folder of gateway.toml. A key that is not in this list is refused: a
// limit with a spelling mistake must not silently be the default.
#pragma once

#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "gateway/limits.h"
#include "protocol/ids.h"

namespace omzien::gateway {

// One sentence for the person who runs the gateway, naming file and key. main answers exit code 2.
class ConfigError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Where to listen.
struct Endpoint {
  enum class Kind {
    kUnix,   // plain HTTP on a Unix socket: `path`
    kPlain,  // plain HTTP on a loopback address
    kTls,
  };
  Kind kind = Kind::kPlain;
  std::filesystem::path path;
  std::string address;  // IPv4 or IPv6, numeric, without brackets
  std::uint16_t port = 0;
};

enum class LogLevel { kError, kWarning, kInfo, kDebug };

struct Config {
  struct Store {
    std::string engine;  // main knows which there are
    std::filesystem::path path;
    std::filesystem::path key_file;
  } store;

  struct DirectoryFile {
    std::optional<protocol::ServiceId> service_id;
    std::filesystem::path path;
  } directory;

  struct Listen {
    Endpoint reporter{Endpoint::Kind::kPlain, {}, "127.0.0.1", 8420};
    Endpoint desk{Endpoint::Kind::kPlain, {}, "127.0.0.1", 8421};
    Endpoint health{Endpoint::Kind::kPlain, {}, "127.0.0.1", 8422};
  } listen;

  struct Tls {
    std::filesystem::path certificate;  // chain, PEM
    std::filesystem::path key;          // PEM
  } tls;                                // both empty when nothing listens with TLS

  struct Web {
    std::filesystem::path reporter;
    std::filesystem::path desk;
  } web;  // empty: no pages there

  struct Pace {
    std::uint32_t ms_min = 2'000;   // seconds_min
    std::uint32_t ms_max = 10'000;  // seconds_max
    std::uint32_t answer_tick_ms = 100;
  } pace;

  Limits limits;
  HttpLimits http;
  LogLevel log_level = LogLevel::kInfo;
};

// Both throw ConfigError. `file` names the text in messages, and its folder is where paths start.
Config load_config(const std::filesystem::path& file);
Config parse_config(std::string_view toml, const std::filesystem::path& file);

// "unix:PATH", "ADDRESS:PORT" or "tls:ADDRESS:PORT"; throws ConfigError without naming a key.
Endpoint parse_endpoint(std::string_view text);

}  // namespace omzien::gateway
