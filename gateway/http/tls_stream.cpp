#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <new>
#include <sys/socket.h>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include "gateway/http/tls.h"

namespace omzien::gateway::http {
namespace {

// Room that the records of one step take beyond its bytes.
constexpr std::size_t kRecordRoomBytes = 256;

// The socket as OpenSSL sees it: reads come from it, writes are gathered until flush().
class Wire {
 public:
  explicit Wire(int socket) : socket_(socket) {}

  int read(char* into, int size) {
    for (;;) {
      const ssize_t got = ::recv(socket_, into, static_cast<std::size_t>(size), 0);
      if (got > 0) return static_cast<int>(got);
      if (got == 0) ended_ = true;
      if (got < 0 && errno == EINTR) continue;
      dry_ = got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
      return static_cast<int>(got);
    }
  }

  int write(const char* from, int size) {
    // As bytes of the vector's own type: characters would be converted one by one.
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(from);
    gathered_.insert(gathered_.end(), bytes, bytes + size);
    return size;
  }

  void expect(std::size_t bytes) { gathered_.reserve(gathered_.size() + bytes); }

  Progress flush() {
    while (sent_ < gathered_.size()) {
      const ssize_t sent =
          ::send(socket_, gathered_.data() + sent_, gathered_.size() - sent_, MSG_NOSIGNAL);
      if (sent >= 0)
        sent_ += static_cast<std::size_t>(sent);
      else if (errno == EAGAIN || errno == EWOULDBLOCK)
        return Progress::kWantWrite;
      else if (errno != EINTR)
        return Progress::kClosed;
    }
    gathered_ = {};  // a page that waits keeps no buffer
    sent_ = 0;
    return Progress::kDone;
  }

  void begin_step() { dry_ = false; }
  bool dry() const { return dry_; }
  bool ended() const { return ended_; }

 private:
  int socket_;
  bool dry_ = false;    // a read of this step found nothing
  bool ended_ = false;  // the peer's end was read
  crypto::Bytes gathered_;
  std::size_t sent_ = 0;
};

Wire* wire_of(BIO* bio) { return static_cast<Wire*>(BIO_get_data(bio)); }

int bio_read(BIO* bio, char* into, int size) {
  BIO_clear_retry_flags(bio);
  const int got = wire_of(bio)->read(into, size);
  if (wire_of(bio)->dry()) BIO_set_retry_read(bio);
  return got;
}

// No exception may pass through OpenSSL: without memory this connection ends.
int bio_write(BIO* bio, const char* from, int size) try {
  BIO_clear_retry_flags(bio);
  return wire_of(bio)->write(from, size);
} catch (const std::bad_alloc&) {
  return -1;
}

long bio_control(BIO* bio, int command, long, void*) {
  if (command == BIO_CTRL_FLUSH) return 1;  // the session flushes
  if (command == BIO_CTRL_EOF) return wire_of(bio)->ended() ? 1 : 0;
  return 0;
}

const BIO_METHOD* wire_method() {
  static const BIO_METHOD* const method = [] {
    BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "omzien wire");
    if (made == nullptr) throw std::bad_alloc();
    BIO_meth_set_read(made, bio_read);
    BIO_meth_set_write(made, bio_write);
    BIO_meth_set_ctrl(made, bio_control);
    return made;
  }();
  return method;
}

class TlsStream final : public Stream {
 public:
  TlsStream(SSL_CTX* context, int socket) : wire_(socket), ssl_(SSL_new(context), SSL_free) {
    BIO* bio = ssl_ ? BIO_new(wire_method()) : nullptr;
    if (bio == nullptr) throw std::bad_alloc();
    BIO_set_data(bio, &wire_);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl_.get(), bio, bio);
    SSL_set_accept_state(ssl_.get());
  }

  Progress handshake() override {
    for (int records = 0; records < kTlsControlRecordsMax; ++records) {
      begin_step();
      const int result = SSL_do_handshake(ssl_.get());
      const Progress wanted = result == 1 ? Progress::kDone : wanted_after(result);
      const Progress flushed = wire_.flush();  // an alert too
      if (wanted == Progress::kClosed) return wanted;
      if (flushed != Progress::kDone) return flushed;
      if (wanted == Progress::kDone || wire_.dry()) return wanted;
    }
    return Progress::kClosed;
  }

  Step read(std::span<std::uint8_t> into) override {
    for (int records = 0; records < kTlsControlRecordsMax; ++records) {
      begin_step();
      std::size_t got = 0;
      const int result = SSL_read_ex(ssl_.get(), into.data(), into.size(), &got);
      if (result == 1) return {Progress::kDone, got};
      const Progress wanted = wanted_after(result);
      const Progress flushed = wire_.flush();  // the answer to a key update
      if (wanted == Progress::kClosed) return {};
      if (flushed != Progress::kDone) return {flushed};
      if (wire_.dry()) return {wanted};
    }
    return {};
  }

  bool has_buffered() const override { return SSL_has_pending(ssl_.get()) == 1; }

  void put(crypto::ByteView head, crypto::ByteView body) override { unsent_ = {head, body}; }

  // What was encrypted leaves before more is.
  Progress flush() override {
    for (;;) {
      const Progress progress = wire_.flush();
      if (progress != Progress::kDone || (unsent_[0].empty() && unsent_[1].empty()))
        return progress;
      if (!encrypt_some()) return Progress::kClosed;
    }
  }

  void put_end() override {
    begin_step();
    SSL_shutdown(ssl_.get());  // ours; nobody waits for theirs
  }

 private:
  bool encrypt_some() {
    std::array<crypto::ByteView, 2> now;
    std::size_t room = kGatheredBytesMax;
    for (std::size_t i = 0; i < now.size(); ++i) {
      now[i] = unsent_[i].first(std::min(room, unsent_[i].size()));
      unsent_[i] = unsent_[i].subspan(now[i].size());
      room -= now[i].size();
    }
    wire_.expect(now[0].size() + now[1].size() + kRecordRoomBytes);
    return encrypt(now[0]) && encrypt(now[1]);
  }

  bool encrypt(crypto::ByteView bytes) {
    if (bytes.empty()) return true;
    begin_step();
    std::size_t taken = 0;
    return SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &taken) == 1;
  }

  void begin_step() {
    // A thread has one queue of errors: another connection's must not be read as this one's.
    ERR_clear_error();
    wire_.begin_step();
  }

  Progress wanted_after(int result) {
    switch (SSL_get_error(ssl_.get(), result)) {
      case SSL_ERROR_WANT_READ: return Progress::kWantRead;
      case SSL_ERROR_WANT_WRITE: return Progress::kWantWrite;
      default: return Progress::kClosed;
    }
  }

  Wire wire_;
  std::array<crypto::ByteView, 2> unsent_;
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl_;
};

}  // namespace

std::unique_ptr<Stream> TlsContext::make_stream(int socket) const {
  return std::make_unique<TlsStream>(context_.get(), socket);
}

}  // namespace omzien::gateway::http
