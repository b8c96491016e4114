#include "tests/gateway/http/running_server.h"

#include <stdlib.h>
#include <string>

#include "tests/gateway/http/certificate.h"

namespace omzien::gateway::http::testing {
namespace {

Config quick_config(const Folder& folder) {
  Config config;
  config.listen.reporter = {Endpoint::Kind::kPlain, {}, "127.0.0.1", 0};
  config.listen.desk = {Endpoint::Kind::kTls, {}, "127.0.0.1", 0};
  config.listen.health = {Endpoint::Kind::kPlain, {}, "127.0.0.1", 0};
  config.tls.certificate = folder / "certificate.pem";
  config.tls.key = folder / "key.pem";
  write_certificate(config.tls.certificate, config.tls.key);
  config.pace.answer_tick_ms = 0;
  config.http.handshake_ms_max = 400;
  config.http.header_ms_max = 400;
  config.http.idle_ms_max = 700;
  config.http.write_ms_max = 700;
  config.http.shutdown_ms_max = 300;
  config.http.drain_ms_max = 1'500;
  config.http.socket_threads = 2;
  return config;
}

// "reporter http://127.0.0.1:1234" → 1234
std::uint16_t port_of(const std::string& line) {
  return static_cast<std::uint16_t>(std::stoi(line.substr(line.rfind(':') + 1)));
}

}  // namespace

Folder::Folder() {
  std::string pattern = std::filesystem::temp_directory_path() / "omzien-http-XXXXXX";
  path_ = ::mkdtemp(pattern.data());
}

Folder::~Folder() { std::filesystem::remove_all(path_); }

RunningServer::RunningServer(const std::function<void(Config&)>& change) {
  Config config = quick_config(folder);
  change(config);
  server_ = std::make_unique<Server>(config, exchange,
                                     ServerHooks{[this] { return healthy; }, [] {}, nullptr});
  plain = config.listen.reporter;
  tls = config.listen.desk;
  health = config.listen.health;
  const auto lines = server_->addresses();
  if (plain.kind != Endpoint::Kind::kUnix) plain.port = port_of(lines.at(0));
  tls.port = port_of(lines.at(1));
  health.port = port_of(lines.at(2));
  thread_ = std::thread([this] { server_->run(); });
}

RunningServer::~RunningServer() { stop(); }

void RunningServer::stop() {
  if (!thread_.joinable()) return;
  server_->stop();
  thread_.join();
}

std::chrono::milliseconds time_of(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                               start);
}

}  // namespace omzien::gateway::http::testing
