#include "gateway/http/listener.h"

#include <cerrno>
#include <exception>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "gateway/http/bind.h"
#include "gateway/no_memory.h"

namespace omzien::gateway::http {
namespace {

// Connections taken in one go before the thread looks at its other work.
constexpr int kAcceptsInARow = 64;
// While it is crowded. Short: who waits here may be somebody who reports.
constexpr std::chrono::milliseconds kCrowdedPause{2};

}  // namespace

Listener::Listener(net::io_context& context, Endpoint endpoint, std::chrono::milliseconds backoff,
                   Hooks hooks)
    : endpoint_(std::move(endpoint)),
      backoff_(backoff),
      hooks_(std::move(hooks)),
      socket_(context.get_executor(), bind_and_listen(endpoint_)),
      pause_(context.get_executor()) {}

// Cancelling a timer throws by its signature alone: it makes no system call that could fail.
// NOLINTNEXTLINE(bugprone-exception-escape)
Listener::~Listener() { close(); }

void Listener::start() { net::co_spawn(socket_.get_executor(), accept_all(), net::detached); }

void Listener::close() {
  if (!socket_.is_open()) return;
  boost::system::error_code ignored;
  socket_.close(ignored);
  pause_.cancel();
  if (endpoint_.kind == Endpoint::Kind::kUnix) ::unlink(endpoint_.path.c_str());
}

std::string Listener::address() const {
  if (endpoint_.kind == Endpoint::Kind::kUnix) return "unix:" + endpoint_.path.string();
  const bool v6 = endpoint_.address.find(':') != std::string::npos;
  const std::string host = v6 ? "[" + endpoint_.address + "]" : endpoint_.address;
  const std::string scheme = endpoint_.kind == Endpoint::Kind::kTls ? "https://" : "http://";
  return scheme + host + ":" + std::to_string(endpoint_.port);
}

// Who finds no memory is one newcomer: the next are let in as before.
Awaitable<void> Listener::accept_all() {
  while (socket_.is_open()) {
    bool went_well = false;
    try {
      co_await accept_next();
      went_well = true;
    } catch (const std::exception&) {
    }
    if (!went_well) rest_without_memory();
  }
}

Awaitable<void> Listener::accept_next() {
  boost::system::error_code error;
  co_await socket_.async_wait(net::posix::descriptor_base::wait_read,
                              net::redirect_error(kAwait, error));
  if (!socket_.is_open()) co_return;
  if (error) throw boost::system::system_error(error);
  const auto accepted = accept_some();
  if (accepted == Accepted::kAll) co_return;
  if (accepted == Accepted::kExhausted) hooks_.exhausted();
  co_await sleep(accepted == Accepted::kExhausted ? backoff_ : kCrowdedPause);
}

Awaitable<void> Listener::sleep(std::chrono::milliseconds how_long) {
  boost::system::error_code ignored;
  pause_.expires_after(how_long);
  co_await pause_.async_wait(net::redirect_error(kAwait, ignored));
}

Listener::Accepted Listener::accept_some() {
  for (int taken = 0; taken < kAcceptsInARow; ++taken) {
    if (hooks_.crowded()) return Accepted::kSome;
    // Without an address to fill in: who connects is not asked.
    const int connection =
        ::accept4(socket_.native_handle(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (connection >= 0)
      hooks_.accepted(connection);
    else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
      return Accepted::kExhausted;
    else if (errno != ECONNABORTED && errno != EINTR)
      return Accepted::kAll;
  }
  return Accepted::kAll;
}

}  // namespace omzien::gateway::http
