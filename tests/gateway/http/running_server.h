// A server on a thread of this process, with short deadlines, on free ports: reporter and health
// over plain HTTP, desk over TLS.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <thread>

#include "gateway/http/server.h"
#include "tests/gateway/http/client.h"
#include "tests/gateway/http/fake_exchange.h"

namespace omzien::gateway::http::testing {

// A folder of its own, gone in the end.
class Folder {
 public:
  Folder();
  ~Folder();
  std::filesystem::path operator/(const char* name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

class RunningServer {
 public:
  // `change` may alter the configuration before the server starts. Ticks are off unless it says so.
  explicit RunningServer(const std::function<void(Config&)>& change = [](Config&) {});
  ~RunningServer();

  FakeExchange exchange;
  bool healthy = true;
  Endpoint plain;
  Endpoint tls;
  Endpoint health;
  Folder folder;

  // Ends it as SIGTERM does; returns when run() has.
  void stop();
  std::vector<std::string> addresses() const { return server_->addresses(); }

 private:
  std::unique_ptr<Server> server_;
  std::thread thread_;
};

// Milliseconds that `work` takes.
std::chrono::milliseconds time_of(const std::function<void()>& work);

}  // namespace omzien::gateway::http::testing
