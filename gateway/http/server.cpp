#include "gateway/http/server.h"

#include <algorithm>
#include <csignal>
#include <exception>
#include <optional>
#include <thread>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>

#include "gateway/http/worker.h"
#include "gateway/no_memory.h"

namespace omzien::gateway::http {
namespace {

constexpr std::chrono::seconds kLookInterval{1};
constexpr std::chrono::minutes kRepeatInterval{1};  // of one and the same log line
// Connections beyond connections_max that may be on their way out: their threads end them when they
// get to it, and a flood arrives faster than that.
constexpr std::size_t kLeavingMax = 64;
// Connections to the health address, which have places of their own.
constexpr std::size_t kHealthMax = 16;
// Strangers may have one place in so many, whoever holds the others.
constexpr std::ptrdiff_t kStrangersPart = 8;

// Of an event loop: epoll's, its timer's, and the one that wakes it.
constexpr std::uint64_t kLoopDescriptors = 3;
// Listeners, the pipe of the signals.
constexpr std::uint64_t kServerDescriptors = 5;

}  // namespace

class Server::Parts {
 public:
  Parts(const Config& config, Exchange& exchange, ServerHooks hooks) : hooks_(std::move(hooks)) {
    shared_.limits = config.http;
    shared_.answer_tick = std::chrono::milliseconds(config.pace.answer_tick_ms);
    shared_.exchange = &exchange;
    shared_.healthy = hooks_.healthy;
    if (!config.tls.certificate.empty()) tls_.emplace(config.tls.certificate, config.tls.key);
    listen("reporter", config.listen.reporter, Service::kExchange, config.web.reporter);
    listen("desk", config.listen.desk, Service::kExchange, config.web.desk);
    listen("health", config.listen.health, Service::kHealth, {});
  }

  std::vector<std::string> addresses() const { return names_; }

  void handle_signals() {
    // Caught from here on: a signal must not find the system's own way of dealing with it.
    signals_.emplace(control_.get_executor(), SIGTERM, SIGINT, SIGHUP);
    net::co_spawn(control_, watch_signals(), net::detached);
  }

  void run() {
    for (std::size_t i = 0; i < threads_of(shared_.limits.socket_threads); ++i)
      workers_.push_back(std::make_unique<Worker>(shared_));
    for (auto& listener : listeners_) listener->start();
    net::co_spawn(control_, look_regularly(), net::detached);
    run_to_its_end(control_);
    finish();
  }

  void stop() {
    net::post(control_, [this] {
      for (auto& listener : listeners_) listener->close();
      control_.stop();
    });
  }

 private:
  void listen(const std::string& name, const Endpoint& endpoint, Service service,
              const std::filesystem::path& pages) {
    const bool tls = endpoint.kind == Endpoint::Kind::kTls;
    if (tls && !tls_)
      throw TlsError("[tls] certificate and key are needed to listen on " + endpoint.address);
    const Entrance entrance{service, tls ? &*tls_ : nullptr, site_of(pages, tls)};
    listeners_.push_back(std::make_unique<Listener>(
        control_, endpoint, std::chrono::milliseconds(shared_.limits.accept_backoff_ms),
        Listener::Hooks{[this, entrance](int socket) { hand_out(socket, entrance); },
                        [this] { exhausted(); },
                        [this, entrance] { return is_crowded(entrance); }}));
    names_.push_back(name + " " + listeners_.back()->address());
  }

  const Site* site_of(const std::filesystem::path& folder, bool tls) {
    if (folder.empty()) return nullptr;
    const auto over = tls ? Site::Over::kTls : Site::Over::kPlain;
    return sites_.emplace_back(std::make_unique<Site>(folder, over, shared_.limits)).get();
  }

  // At the limit somebody else goes (Worker::evict): who reports is through in a moment, who only
  // holds a connection is not.
  void hand_out(int socket, const Entrance& entrance) {
    Arrival arrival(socket, shared_.connections_of(entrance.service));
    const bool full = entrance.service == Service::kHealth
                          ? shared_.health_connections > kHealthMax
                          : shared_.connections > shared_.limits.connections_max && !make_room();
    if (full) return;
    next_worker().adopt(std::move(arrival), entrance);
  }

  bool is_crowded(const Entrance& entrance) const {
    return entrance.service != Service::kHealth &&
           shared_.connections >= shared_.limits.connections_max + kLeavingMax;
  }

  // Where strangers are few somebody who is idle goes in their place: newcomers that carry each
  // other off would never be through, and a page only connects again.
  bool make_room() {
    std::ptrdiff_t strangers = 0, regulars = 0;
    for (const auto& worker : workers_) {
      strangers += worker->count(Guest::kStranger);
      regulars += worker->count(Guest::kRegular);
    }
    const bool few = strangers * (kStrangersPart - 1) < regulars;
    return evict(few ? Guest::kRegular : Guest::kStranger) ||
           evict(few ? Guest::kStranger : Guest::kRegular);
  }

  // One of the worker that has most of them: in turn, a newcomer would go who is the only stranger
  // of theirs, while the others who were here before stay. False: there is none.
  bool evict(Guest guest) {
    const auto most = std::max_element(
        workers_.begin(), workers_.end(),
        [&](const auto& a, const auto& b) { return a->count(guest) < b->count(guest); });
    if ((*most)->count(guest) <= 0) return false;
    (*most)->evict(guest);
    return true;
  }

  void exhausted() {
    evict(Guest::kStranger);
    const auto now = SteadyClock::now();
    if (hooks_.log == nullptr || now < quiet_until_) return;
    quiet_until_ = now + kRepeatInterval;
    hooks_.log->line(LogLevel::kWarning, "no file descriptors left: accepting connections pauses");
  }

  Worker& next_worker() { return *workers_[next_++ % workers_.size()]; }

  Awaitable<void> look_regularly() {
    Timer timer(control_.get_executor());
    for (;;) {
      bool waited = false;
      try {
        timer.expires_after(kLookInterval);
        co_await timer.async_wait(kAwait);
        waited = true;
      } catch (const std::exception&) {
      }
      if (!waited) rest_without_memory();
      look();
    }
  }

  // One that finds no memory is made up for by the next.
  void look() try { hooks_.look_for_changes(); } catch (const std::exception&) {
  }

  Awaitable<void> watch_signals() {
    for (;;) {
      int signal = 0;
      try {
        signal = co_await signals_->async_wait(kAwait);
      } catch (const std::exception&) {
      }
      if (signal == 0)
        rest_without_memory();
      else if (signal == SIGHUP)
        look();
      else
        stop();
    }
  }

  // Workers end by themselves when their last connection has; those that have not in time are cut.
  void finish() {
    for (auto& worker : workers_) worker->drain();
    net::io_context waiting;
    Timer deadline(waiting.get_executor(), std::chrono::milliseconds(shared_.limits.drain_ms_max));
    deadline.async_wait([this](boost::system::error_code error) {
      if (error) return;
      for (auto& worker : workers_) worker->cut();
    });
    std::thread clock([&waiting] { waiting.run(); });
    for (auto& worker : workers_) worker->join();
    net::post(waiting, [&deadline] { deadline.cancel(); });
    clock.join();
    shared_.exchange->drain();
    workers_.clear();
  }

  ServerHooks hooks_;
  Shared shared_;
  std::optional<TlsContext> tls_;
  std::vector<std::unique_ptr<Site>> sites_;
  net::io_context control_{1};
  std::optional<net::basic_signal_set<Executor>> signals_;
  std::vector<std::unique_ptr<Listener>> listeners_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<std::string> names_;
  std::size_t next_ = 0;
  SteadyClock::time_point quiet_until_;
};

std::uint64_t descriptors_beside_connections(const HttpLimits& limits) {
  const auto loops = threads_of(limits.socket_threads) + 1;
  return kLeavingMax + kHealthMax + kServerDescriptors + loops * kLoopDescriptors;
}

Server::Server(const Config& config, Exchange& exchange, ServerHooks hooks)
    : parts_(std::make_unique<Parts>(config, exchange, std::move(hooks))) {}
Server::~Server() = default;
std::vector<std::string> Server::addresses() const { return parts_->addresses(); }
void Server::handle_signals() { parts_->handle_signals(); }
void Server::run() { parts_->run(); }
void Server::stop() { parts_->stop(); }

}  // namespace omzien::gateway::http
