// New TLS connections per second, each with one exchange on it.
#include <memory>
#include <stdexcept>
#include <string>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "protocol/frame.h"
#include "tests/bench/open_page.h"
#include "tests/bench/parts.h"

namespace omzien::bench {
namespace {

class Visitors {
 public:
  explicit Visitors(const ConnectionsOptions& options)
      : options_(options),
        request_(request_of(*protocol::encode_request({}, protocol::FrameSize::kSmall))) {
    tls_.set_verify_mode(net::ssl::verify_none);
  }

  nlohmann::json run() {
    for (std::size_t i = 0; i < options_.clients; ++i)
      net::co_spawn(context_, visit_again(), net::detached);
    const double took =
        seconds_of([&] { context_.run_for(std::chrono::seconds(options_.seconds)); });
    if (failed_ > 0) throw std::runtime_error("a connection failed: " + first_error_);
    return {{"connections", visits_},
            {"connections_per_second", static_cast<double>(visits_) / took}};
  }

 private:
  Awaitable<void> visit_again() {
    try {
      for (;;) {
        OpenPage page(context_, tls_);
        co_await page.open(options_.port);
        co_await page.exchange(request_);
        ++visits_;
      }
    } catch (const std::exception& error) {
      ++failed_;
      first_error_ = error.what();
    }
  }

  ConnectionsOptions options_;
  std::string request_;
  net::io_context context_{1};
  net::ssl::context tls_{net::ssl::context::tlsv13_client};
  std::size_t visits_ = 0;
  std::size_t failed_ = 0;
  std::string first_error_;
};

}  // namespace

nlohmann::json measure_connections(const ConnectionsOptions& options) {
  return Visitors(options).run();
}

}  // namespace omzien::bench
