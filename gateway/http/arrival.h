// A connection that was accepted and has no session yet: its socket, its place among
// connections_max and that among a worker's strangers, all given back unless somebody takes them.
#pragma once

#include <atomic>
#include <cstddef>
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
        connections_(std::exchange(other.connections_, nullptr)),
        strangers_(std::exchange(other.strangers_, nullptr)) {}
  Arrival& operator=(Arrival&&) = delete;
  ~Arrival() {
    if (socket_ >= 0) ::close(socket_);
    if (connections_ != nullptr) --*connections_;
    if (strangers_ != nullptr) --*strangers_;
  }

  // From here on, and not only once its worker gets to it: who is asked to make room is asked by
  // these numbers, and a worker that is behind would be asked for nobody, the others for all.
  void count_among(std::atomic<std::ptrdiff_t>& strangers) noexcept {
    strangers_ = &strangers;
    ++strangers;
  }

  int socket() const { return socket_; }
  void socket_was_taken() { socket_ = -1; }
  void place_was_taken() {
    connections_ = nullptr;
    strangers_ = nullptr;
  }

 private:
  int socket_;
  std::atomic<std::size_t>* connections_;
  std::atomic<std::ptrdiff_t>* strangers_ = nullptr;
};

}  // namespace omzien::gateway::http
