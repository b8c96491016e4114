// A listening socket: plain on loopback, TLS, or a Unix socket.
#pragma once

#include <functional>
#include <stdexcept>
#include <string>

#include "gateway/config.h"
#include "gateway/http/net.h"

namespace omzien::gateway::http {

// The address cannot be had; the text says which and why.
class ListenError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Listener {
 public:
  struct Hooks {
    // Takes a connected, non-blocking socket, whatever it throws.
    std::function<void(int socket)> accepted;
    std::function<void()> exhausted;  // no file descriptor was left; accepting pauses
    std::function<bool()> crowded;    // too many are on their way out: accepting waits for them
  };

  // Binds; throws ListenError. A Unix socket gets mode 0660; the file of one on which nobody
  // answers any more is replaced. Nothing is accepted before start().
  Listener(net::io_context&, Endpoint, std::chrono::milliseconds backoff, Hooks);
  ~Listener();  // NOLINT(bugprone-exception-escape): see there
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  void start();
  // Stops accepting and takes a Unix socket's file away. On the context's thread.
  void close();

  // "http://127.0.0.1:8420", "https://[::]:443" or "unix:PATH", with the port that was really
  // bound.
  std::string address() const;

 private:
  Awaitable<void> accept_all();
  Awaitable<void> accept_next();
  enum class Accepted { kAll, kSome, kExhausted };
  Accepted accept_some();
  Awaitable<void> sleep(std::chrono::milliseconds);

  Endpoint endpoint_;
  std::chrono::milliseconds backoff_;
  Hooks hooks_;
  Descriptor socket_;
  Timer pause_;
};

}  // namespace omzien::gateway::http
