#include "gateway/config.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <sstream>

#include <toml++/toml.h>

namespace omzien::gateway {
namespace {

// The ranges of [limits]. A lower bound keeps the gateway usable, an upper one catches a slip of
// units.
template <class Group>
struct Range {
  const char* key;
  std::uint64_t Group::*member;
  std::uint64_t min;
  std::uint64_t max;
};

constexpr std::uint64_t kMega = 1ULL << 20;
constexpr std::uint64_t kTera = 1ULL << 40;
constexpr std::uint64_t kCountMax = 100'000'000;
constexpr std::uint64_t kHourMs = 3'600'000;

constexpr Range<Limits> kLimits[] = {
    {"case_unanswered_bytes_max", &Limits::case_unanswered_bytes_max, kMega, kTera},
    {"case_bytes_max", &Limits::case_bytes_max, kMega, kTera},
    {"unanswered_bytes_per_day_max", &Limits::unanswered_bytes_per_day_max, kMega, kTera},
    {"cases_opened_per_day_max", &Limits::cases_opened_per_day_max, 1, kCountMax},
    {"cases_opened_per_minute_max", &Limits::cases_opened_per_minute_max, 1, kCountMax},
    {"staged_before_open_bytes_max", &Limits::staged_before_open_bytes_max, 0, kTera},
    {"member_appends_per_case_day_max", &Limits::member_appends_per_case_day_max, 1, kCountMax},
    {"own_appends_per_case_day_max", &Limits::own_appends_per_case_day_max, 0, kCountMax},
    {"queued_frames_max", &Limits::queued_frames_max, 1, 1'000'000},
    {"queued_bytes_max", &Limits::queued_bytes_max, kMega, kTera},
    {"group_frames_max", &Limits::group_frames_max, 1, 10'000},
    {"worker_threads", &Limits::worker_threads, 0, 256},
    {"inbox_rows_max", &Limits::inbox_rows_max, 1, 100'000},
};

constexpr Range<HttpLimits> kHttpLimits[] = {
    {"header_bytes_max", &HttpLimits::header_bytes_max, 1'024, 65'536},
    {"connections_max", &HttpLimits::connections_max, 1, 1'000'000},
    {"large_frames_bytes_max", &HttpLimits::large_frames_bytes_max, kMega, kTera},
    {"handshake_ms_max", &HttpLimits::handshake_ms_max, 10, kHourMs},
    {"header_ms_max", &HttpLimits::header_ms_max, 10, kHourMs},
    {"body_ms_max", &HttpLimits::body_ms_max, 10, kHourMs},
    {"write_ms_max", &HttpLimits::write_ms_max, 10, kHourMs},
    {"idle_ms_max", &HttpLimits::idle_ms_max, 10, kHourMs},
    {"body_bytes_per_second_min", &HttpLimits::body_bytes_per_second_min, 1, kMega},
    {"accept_backoff_ms", &HttpLimits::accept_backoff_ms, 1, 60'000},
    {"shutdown_ms_max", &HttpLimits::shutdown_ms_max, 1, kHourMs},
    {"drain_ms_max", &HttpLimits::drain_ms_max, 1, kHourMs},
    {"site_files_max", &HttpLimits::site_files_max, 1, 10'000},
    {"site_bytes_max", &HttpLimits::site_bytes_max, 1'024, 1ULL << 30},
    {"socket_threads", &HttpLimits::socket_threads, 0, 256},
};

// One [section]. Every key that is asked for is crossed off; finish() refuses what is left.
class Section {
 public:
  Section(toml::table& root, std::string name, const std::filesystem::path& file)
      : name_(std::move(name)), file_(file) {
    const auto* node = root.get(name_);
    if (node == nullptr) return;
    if (node->as_table() == nullptr) refuse(file_, "[" + name_ + "] is no table");
    table_ = *node->as_table();
    root.erase(name_);
  }

  [[noreturn]] static void refuse(const std::filesystem::path& file, const std::string& what) {
    throw ConfigError(file.string() + ": " + what);
  }
  [[noreturn]] void refuse_key(const std::string& key, const std::string& what) const {
    refuse(file_, "[" + name_ + "] " + key + " " + what);
  }

  std::optional<std::string> text(const std::string& key) {
    const auto* node = take(key);
    if (node == nullptr) return std::nullopt;
    if (!node->is_string()) refuse_key(key, "is no text");
    auto value = *node->value<std::string>();
    if (value.empty()) refuse_key(key, "is empty");
    return value;
  }
  std::string needed_text(const std::string& key) {
    auto value = text(key);
    if (!value) refuse_key(key, "is missing");
    return *value;
  }
  std::filesystem::path path_of(const std::string& value) const {
    return file_.parent_path() / value;
  }

  void number(const std::string& key, std::uint64_t min, std::uint64_t max, std::uint64_t& into) {
    const auto* node = take(key);
    if (node == nullptr) return;
    if (!node->is_integer()) refuse_key(key, "is no whole number");
    const auto value = *node->value<std::int64_t>();
    if (value < 0 || static_cast<std::uint64_t>(value) < min ||
        static_cast<std::uint64_t>(value) > max)
      refuse_key(key, "is not from " + std::to_string(min) + " to " + std::to_string(max));
    into = static_cast<std::uint64_t>(value);
  }

  // Seconds, with a fraction if need be, into milliseconds. What clients would not keep to is
  // refused here, where somebody reads it.
  void seconds(const std::string& key, std::uint32_t& into_ms) {
    const auto* node = take(key);
    if (node == nullptr) return;
    if (!node->is_number()) refuse_key(key, "is no number");
    const auto value = node->value<double>();  // none: a whole number that no double is
    constexpr auto kMax = static_cast<double>(rules::kPaceMsMax) / 1'000.0;
    if (!value || !(*value >= 0.0 && *value <= kMax))
      refuse_key(key, "is not from 0 to " + std::to_string(rules::kPaceMsMax / 1'000));
    into_ms = static_cast<std::uint32_t>(std::lround(*value * 1'000.0));
  }

  void finish() const {
    for (const auto& [key, node] : table_)
      if (!asked_.contains(key.str()))
        refuse_key(std::string(key.str()), "is no key of gateway.toml");
  }

 private:
  // The node, crossed off; none when the key is not there.
  const toml::node* take(const std::string& key) {
    asked_.insert(key);
    return table_.get(key);
  }

  std::string name_;
  const std::filesystem::path& file_;
  toml::table table_;
  std::set<std::string, std::less<>> asked_;
};

void read_store(Section section, Config& config) {
  config.store.engine = section.needed_text("engine");
  config.store.path = section.path_of(section.needed_text("path"));
  config.store.key_file = section.path_of(section.needed_text("key_file"));
  section.finish();
}

void read_directory(Section section, Config& config) {
  if (const auto hex = section.text("service_id")) {
    const auto bytes = crypto::from_hex(*hex);
    config.directory.service_id = bytes ? protocol::ServiceId::from(*bytes) : std::nullopt;
    if (!config.directory.service_id)
      section.refuse_key("service_id", "is not 64 hexadecimal digits");
  }
  config.directory.path = section.path_of(section.text("path").value_or("directory.bundle"));
  section.finish();
}

void read_endpoint(Section& section, const std::string& key, Endpoint& into) {
  const auto text = section.text(key);
  if (!text) return;
  try {
    into = parse_endpoint(*text);
  } catch (const ConfigError& error) {
    section.refuse_key(key, std::string("= ") + error.what());
  }
  if (into.kind == Endpoint::Kind::kUnix) into.path = section.path_of(into.path);
}

void read_listen(Section section, Section tls, Config& config) {
  auto& listen = config.listen;
  read_endpoint(section, "reporter", listen.reporter);
  read_endpoint(section, "desk", listen.desk);
  read_endpoint(section, "health", listen.health);
  section.finish();
  const auto certificate = tls.text("certificate");
  const auto key = tls.text("key");
  tls.finish();
  if (certificate.has_value() != key.has_value())
    tls.refuse_key(certificate ? "key" : "certificate", "is missing");
  if (certificate) config.tls = {tls.path_of(*certificate), tls.path_of(*key)};
  const auto is_tls = [](const Endpoint& endpoint) {
    return endpoint.kind == Endpoint::Kind::kTls;
  };
  const bool needed = is_tls(listen.reporter) || is_tls(listen.desk) || is_tls(listen.health);
  // Plain HTTP is for loopback and Unix sockets alone.
  if (needed && !certificate)
    tls.refuse_key("certificate", "is missing: [listen] has an address beyond this machine");
}

void read_web(Section section, Config& config) {
  if (const auto folder = section.text("reporter")) config.web.reporter = section.path_of(*folder);
  if (const auto folder = section.text("desk")) config.web.desk = section.path_of(*folder);
  section.finish();
}

void read_limits(Section section, Config& config) {
  for (const auto& range : kLimits)
    section.number(range.key, range.min, range.max, config.limits.*range.member);
  for (const auto& range : kHttpLimits)
    section.number(range.key, range.min, range.max, config.http.*range.member);
  section.finish();
  if (config.limits.case_bytes_max < config.limits.case_unanswered_bytes_max)
    section.refuse_key("case_bytes_max", "is below case_unanswered_bytes_max");
}

void read_pace(Section section, Config& config) {
  section.seconds("seconds_min", config.pace.ms_min);
  section.seconds("seconds_max", config.pace.ms_max);
  std::uint64_t tick = config.pace.answer_tick_ms;
  section.number("answer_tick_ms", 0, 10'000, tick);
  config.pace.answer_tick_ms = static_cast<std::uint32_t>(tick);
  section.finish();
  if (config.pace.ms_max < config.pace.ms_min)
    section.refuse_key("seconds_max", "is below seconds_min");
}

void read_log(Section section, Config& config) {
  if (const auto level = section.text("level")) {
    constexpr std::string_view kNames[] = {"error", "warning", "info", "debug"};
    const auto* found = std::find(std::begin(kNames), std::end(kNames), *level);
    if (found == std::end(kNames))
      section.refuse_key("level", "is not error, warning, info or debug");
    config.log_level = static_cast<LogLevel>(found - std::begin(kNames));
  }
  section.finish();
}

}  // namespace

Config parse_config(std::string_view text, const std::filesystem::path& file) {
  toml::table root;
  try {
    root = toml::parse(text);
  } catch (const toml::parse_error& error) {
    std::ostringstream what;
    what << error.description() << " (line " << error.source().begin.line << ")";
    Section::refuse(file, what.str());
  }
  Config config;
  read_store({root, "store", file}, config);
  read_directory({root, "directory", file}, config);
  read_listen({root, "listen", file}, {root, "tls", file}, config);
  read_web({root, "web", file}, config);
  read_limits({root, "limits", file}, config);
  read_pace({root, "pace", file}, config);
  read_log({root, "log", file}, config);
  if (!root.empty())
    Section::refuse(file,
                    std::string(root.begin()->first.str()) + " is no section of gateway.toml");
  return config;
}

Config load_config(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) Section::refuse(file, "cannot be read");
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (stream.bad()) Section::refuse(file, "cannot be read");
  return parse_config(text, file);
}

}  // namespace omzien::gateway
