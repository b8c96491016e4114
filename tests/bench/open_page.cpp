#include "tests/bench/open_page.h"

#include <stdexcept>

#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include "omzien/rules.h"

namespace omzien::bench {
namespace {

constexpr std::string_view kHeaderEnd = "\r\n\r\n";
constexpr std::size_t kHeaderBytesMax = 1'024;

}  // namespace

std::string request_of(crypto::ByteView frame) {
  std::string text =
      "POST /v1/exchange HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\n"
      "Content-Type: application/octet-stream\r\nContent-Length: " +
      std::to_string(frame.size()) + "\r\n\r\n";
  return text.append(frame.begin(), frame.end());
}

Awaitable<void> OpenPage::open(std::uint16_t port) {
  auto& socket = stream_.next_layer();
  co_await socket.async_connect({net::ip::address_v4::loopback(), port}, kAwait);
  socket.set_option(net::ip::tcp::no_delay(true));  // as browsers do
  co_await stream_.async_handshake(net::ssl::stream_base::client, kAwait);
}

Awaitable<OpenPage::Exchanged> OpenPage::exchange(std::string_view request) {
  co_await net::async_write(stream_, net::buffer(request), kAwait);
  const auto last_byte = SteadyClock::now();
  std::string answer(kHeaderBytesMax + rules::kFrameBytes, '\0');
  std::size_t filled = 0;
  std::size_t header_bytes = 0;
  while (header_bytes == 0 || filled < header_bytes + rules::kFrameBytes) {
    if (filled == answer.size()) throw std::runtime_error("an answer of another size");
    filled += co_await stream_.async_read_some(
        net::buffer(answer.data() + filled, answer.size() - filled), kAwait);
    if (header_bytes != 0) continue;
    const auto end = std::string_view(answer).substr(0, filled).find(kHeaderEnd);
    if (end != std::string_view::npos) header_bytes = end + kHeaderEnd.size();
  }
  const auto took = SteadyClock::now() - last_byte;
  if (!answer.starts_with("HTTP/1.1 200 ") || filled != header_bytes + rules::kFrameBytes)
    throw std::runtime_error("no answer to an exchange");
  const auto* frame = reinterpret_cast<const std::uint8_t*>(answer.data()) + header_bytes;
  co_return Exchanged{{frame, frame + rules::kFrameBytes}, took};
}

}  // namespace omzien::bench
