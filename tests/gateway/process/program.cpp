#include "tests/gateway/process/program.h"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace omzien::gateway::process {
namespace {

// "listening reporter http://127.0.0.1:4711": the port; 0 in any other line.
std::uint16_t port_in(const std::string& line) {
  constexpr std::string_view kListening = "listening reporter http://127.0.0.1:";
  if (!line.starts_with(kListening)) return 0;
  return static_cast<std::uint16_t>(std::stoul(line.substr(kListening.size())));
}

std::uint16_t read_port(int from) {
  std::string line;
  char byte = 0;
  while (::read(from, &byte, 1) == 1) {
    if (byte != '\n') {
      line += byte;
      continue;
    }
    if (const auto port = port_in(line); port != 0) return port;
    line.clear();
  }
  return 0;
}

}  // namespace

std::string config_text(const std::string& key_file) {
  return R"([store]
engine = "sqlcipher"
path = "store.db"
key_file = ")" +
         key_file + R"("
[directory]
path = "bundle"
[listen]
reporter = "127.0.0.1:0"
desk = "127.0.0.1:0"
health = "127.0.0.1:0"
[pace]
answer_tick_ms = 0
[log]
level = "error"
[limits]
cases_opened_per_minute_max = 100000
cases_opened_per_day_max = 1000000
)";
}

Ran run(const std::vector<std::string>& arguments) {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  std::vector<const char*> list{OMZIEN_GATEWAY};
  for (const auto& argument : arguments) list.push_back(argument.c_str());
  list.push_back(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(pipe[1], STDOUT_FILENO);
    ::dup2(pipe[1], STDERR_FILENO);
    ::execv(list[0], const_cast<char**>(list.data()));
    ::_exit(127);
  }
  ::close(pipe[1]);
  Ran ran;
  std::array<char, 4096> buffer{};
  for (ssize_t got = 0; (got = ::read(pipe[0], buffer.data(), buffer.size())) > 0;)
    ran.output.append(buffer.data(), static_cast<std::size_t>(got));
  ::close(pipe[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ran;
}

Program::Program(const std::filesystem::path& config, std::uint64_t file_bytes_max) {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  // Threads run beside this: nothing but exec may happen in the child.
  const std::string program = OMZIEN_GATEWAY;
  const std::string file = config.string();
  std::array<const char*, 5> arguments{program.c_str(), "serve", "--config", file.c_str(), nullptr};
  process_ = ::fork();
  if (process_ == 0) {
    ::dup2(pipe[1], STDOUT_FILENO);
    if (file_bytes_max != 0) {
      const rlimit limit{file_bytes_max, file_bytes_max};
      ::setrlimit(RLIMIT_FSIZE, &limit);
      std::signal(SIGXFSZ, SIG_IGN);  // a write beyond it fails, as on a full disk
    }
    ::execv(arguments[0], const_cast<char**>(arguments.data()));
    ::_exit(127);
  }
  ::close(pipe[1]);
  reporter_ = {Endpoint::Kind::kPlain, {}, "127.0.0.1", read_port(pipe[0])};
  ::close(pipe[0]);
  if (reporter_.port == 0)
    throw std::runtime_error("the gateway ended with " + std::to_string(wait_for_its_end()));
}

Program::~Program() { kill(); }

void Program::kill() {
  if (process_ < 0) return;
  ::kill(process_, SIGKILL);
  wait_for_its_end();
}

int Program::stop() {
  ::kill(process_, SIGTERM);
  return wait_for_its_end();
}

int Program::wait_for_its_end() {
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void Wire::answer(crypto::Bytes request, Done done) {
  const std::string body(request.begin(), request.end());
  if (!client_.connected() || !client_.send(http::testing::request_header(body.size()) + body))
    throw std::runtime_error("not sent");
  const auto answer = http::testing::read_answer(client_, body.size(), std::chrono::seconds(60));
  if (answer.body.size() != body.size()) throw std::runtime_error("no answer");
  done(crypto::to_bytes(answer.body));
}

}  // namespace omzien::gateway::process
