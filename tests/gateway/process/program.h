// The gateway's program as a process of its own: started, reached over its socket, killed.
#pragma once

#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

#include "gateway/exchange.h"
#include "tests/gateway/http/client.h"

namespace omzien::gateway::process {

// gateway.toml for the three ports that are free, a store and a key beside it, and no tick.
std::string config_text(const std::string& key_file = "gateway.key");

// One run of a command, to its end.
struct Ran {
  int code = -1;
  std::string output;  // both what it answers and what it complains about
};
Ran run(const std::vector<std::string>& arguments);

class Program {
 public:
  // Runs `omzien-gateway serve --config FILE`, whose files may grow to `file_bytes_max` (0: as they
  // like); throws std::runtime_error when it ends before it listens.
  explicit Program(const std::filesystem::path& config, std::uint64_t file_bytes_max = 0);
  ~Program();  // kills it
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  const Endpoint& reporter() const { return reporter_; }
  void kill();             // SIGKILL, and waits for its end
  int stop();              // SIGTERM; the exit code
  int wait_for_its_end();  // the exit code

 private:
  pid_t process_ = -1;
  Endpoint reporter_;
};

// One connection to it. Every trouble with it is a std::runtime_error.
class Wire final : public Exchange {
 public:
  explicit Wire(const Endpoint& to) : client_(to) {}
  void answer(crypto::Bytes request, Done done) override;
  crypto::Bytes later(crypto::ByteView) override { return {}; }
  void sent_late(std::chrono::milliseconds) override {}
  void drain() override {}

 private:
  http::testing::Client client_;
};

}  // namespace omzien::gateway::process
