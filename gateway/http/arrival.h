// A connection that was accepted and has no session yet: its socket and its place among
// connections_max, both given back unless somebody takes them.
#pragma once

#include <atomic>
#include <unistd.h>
#include <utility>

namespace omzien::gateway::http {

class Arrival {
 public:
  Arrival(int socket, std::atomic<std::size_t>& connections) noexcept
      : socket_(socket), connections_(&connections) {
    ++connections;
  }
  Arrival(Arrival&& other) noexcept
      : socket_(std::exchange(other.socket_, -1)),
        connections_(std::exchange(other.connections_, nullptr)) {}
  Arrival& operator=(Arrival&&) = delete;
  ~Arrival() {
    if (socket_ >= 0) ::close(socket_);
    if (connections_ != nullptr) --*connections_;
  }

  int socket() const { return socket_; }
  void socket_was_taken() { socket_ = -1; }
  void place_was_taken() { connections_ = nullptr; }

 private:
  int socket_;
  std::atomic<std::size_t>* connections_;
};

}  // namespace omzien::gateway::http
