// asio as this folder uses it: one io_context a thread, so nothing is locked, stranded or
// type-erased.
#pragma once

#include <chrono>
#include <exception>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace omzien::gateway::http {

namespace net = boost::asio;

using Executor = net::io_context::executor_type;
template <class T>
using Awaitable = net::awaitable<T, Executor>;
inline constexpr net::use_awaitable_t<Executor> kAwait;

using SteadyClock = std::chrono::steady_clock;
using Timer = net::basic_waitable_timer<SteadyClock, net::wait_traits<SteadyClock>, Executor>;
// A socket that is only waited for; Stream reads and writes it.
using Descriptor = net::posix::basic_stream_descriptor<Executor>;

// What throws is one connection's matter, or one look's, and has been dealt with: the rest goes on.
inline void run_to_its_end(net::io_context& context) {
  for (;;) {
    try {
      context.run();
      return;
    } catch (const std::exception&) {
    }
  }
}

}  // namespace omzien::gateway::http
