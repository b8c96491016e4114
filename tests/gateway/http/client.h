// A client without manners: sends any bytes over a plain, Unix or TLS socket and reads what comes.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/config.h"

struct ssl_st;
struct ssl_ctx_st;

namespace omzien::gateway::http::testing {

class Client {
 public:
  enum class Handshake { kAny, kTls12, kNone };

  // Connects, and shakes hands where there is TLS; see connected().
  explicit Client(const Endpoint& to, Handshake handshake = Handshake::kAny);
  // Connects a TCP socket that was made before, and owns it; no TLS.
  Client(const Endpoint& to, int unconnected_socket);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool connected() const { return connected_; }
  // All of it, blocking; false when the other side has gone.
  bool send(std::string_view bytes);
  void half_close();
  // What arrives until `bytes` are there, the other side ends, or `patience` is over.
  std::string receive(std::size_t bytes,
                      std::chrono::milliseconds patience = std::chrono::seconds(5));
  // What arrives until the other side ends; nothing if it has not ended within `patience`.
  std::optional<std::string> receive_all(
      std::chrono::milliseconds patience = std::chrono::seconds(5));
  int socket() const { return socket_; }
  ssl_st* tls() const { return tls_.get(); }

 private:
  long read_some(char* into, std::size_t bytes, std::chrono::milliseconds patience);

  int socket_ = -1;
  bool connected_ = false;
  bool ended_ = false;
  std::shared_ptr<ssl_ctx_st> context_;
  std::shared_ptr<ssl_st> tls_;
};

// A request of ours: header, and a body of `body_bytes` bytes `fill`.
std::string request(std::size_t body_bytes, char fill = 'a');
std::string request_header(std::size_t body_bytes);

// Sends one and reads the answer's header and body; empty when it did not come whole.
struct Answer {
  std::string header;
  std::string body;
};
Answer read_answer(Client&, std::size_t body_bytes,
                   std::chrono::milliseconds patience = std::chrono::seconds(5));
Answer exchange(Client&, std::size_t body_bytes = 16'384, char fill = 'a');

}  // namespace omzien::gateway::http::testing
