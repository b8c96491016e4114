// A page as a browser holds it open: one TLS connection on which an exchange leaves at each slot.
// Coroutines in the style of gateway/http, all on one thread.
#pragma once

#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "crypto/verify/bytes.h"
#include "tests/bench/bench.h"

namespace omzien::bench {

namespace net = boost::asio;

using Executor = net::io_context::executor_type;
template <class T>
using Awaitable = net::awaitable<T, Executor>;
inline constexpr net::use_awaitable_t<Executor> kAwait;
using Timer = net::basic_waitable_timer<SteadyClock, net::wait_traits<SteadyClock>, Executor>;

// A request that is sent as it stands: header and frame.
std::string request_of(crypto::ByteView frame);

class OpenPage {
 public:
  OpenPage(net::io_context& context, net::ssl::context& tls) : stream_(context, tls) {}

  // Connects to 127.0.0.1:`port` and shakes hands. Throws boost::system::system_error.
  Awaitable<void> open(std::uint16_t port);

  struct Exchanged {
    crypto::Bytes frame;
    SteadyClock::duration took{};  // from the request's last byte to the answer's
  };
  // One exchange; throws when the connection ends or the answer is no 200 with a small frame.
  Awaitable<Exchanged> exchange(std::string_view request);

 private:
  net::ssl::stream<net::basic_stream_socket<net::ip::tcp, Executor>> stream_;
};

}  // namespace omzien::bench
