#include <array>
#include <cerrno>
#include <sys/socket.h>
#include <sys/uio.h>

#include "gateway/http/stream.h"

namespace omzien::gateway::http {
namespace {

iovec io_vector(crypto::ByteView bytes) {
  // sendmsg takes a pointer to what it will only read.
  return {const_cast<std::uint8_t*>(bytes.data()), bytes.size()};
}

class PlainStream final : public Stream {
 public:
  explicit PlainStream(int socket) : socket_(socket) {}

  Progress handshake() override { return Progress::kDone; }
  bool has_buffered() const override { return false; }
  void put_end() override {}

  Step read(std::span<std::uint8_t> into) override {
    for (;;) {
      const ssize_t got = ::recv(socket_, into.data(), into.size(), 0);
      if (got > 0) return {Progress::kDone, static_cast<std::size_t>(got)};
      if (got == 0) return {};
      if (errno == EAGAIN || errno == EWOULDBLOCK) return {Progress::kWantRead};
      if (errno != EINTR) return {};
    }
  }

  void put(crypto::ByteView head, crypto::ByteView body) override { unsent_ = {head, body}; }

  Progress flush() override {
    while (!unsent_[0].empty() || !unsent_[1].empty()) {
      std::array<iovec, 2> pieces{io_vector(unsent_[0]), io_vector(unsent_[1])};
      msghdr message{};
      message.msg_iov = pieces.data();
      message.msg_iovlen = pieces.size();
      const ssize_t sent = ::sendmsg(socket_, &message, MSG_NOSIGNAL);
      if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return Progress::kWantWrite;
      if (sent < 0 && errno != EINTR) return Progress::kClosed;
      if (sent > 0) advance(static_cast<std::size_t>(sent));
    }
    return Progress::kDone;
  }

 private:
  void advance(std::size_t bytes) {
    for (auto& piece : unsent_) {
      const std::size_t here = std::min(bytes, piece.size());
      piece = piece.subspan(here);
      bytes -= here;
    }
  }

  int socket_;
  std::array<crypto::ByteView, 2> unsent_;
};

}  // namespace

std::unique_ptr<Stream> make_plain_stream(int socket) {
  return std::make_unique<PlainStream>(socket);
}

}  // namespace omzien::gateway::http
