// asio as this folder uses it: one io_context a thread, so nothing is locked, stranded or
// type-erased.
#pragma once

#include <chrono>

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

// What finds no memory, not even to wait in turn, has its thread rest so long before it goes on.
inline constexpr std::chrono::milliseconds kNoMemoryPause{10};

}  // namespace omzien::gateway::http
