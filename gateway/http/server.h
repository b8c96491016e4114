// The HTTP server: listeners, the workers behind them, and the way down.
//
// The calling thread accepts and hands each connection to the next worker in turn. SO_REUSEPORT
// instead would spread by address and port, which says little when a proxy or an onion service
// brings everything over a few connections, does not exist for Unix sockets, and would leave the
// connection limit, the pause when file descriptors run out and the draining with several threads.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "gateway/config.h"
#include "gateway/exchange.h"
#include "gateway/http/listener.h"
#include "gateway/http/tls.h"
#include "gateway/log.h"

namespace omzien::gateway::http {

struct ServerHooks {
  // Whether the store can be read: what the health address answers. Called on a worker's thread for
  // each request there; has to answer at once.
  std::function<bool()> healthy;
  // Once a second, and on SIGHUP, on the thread that runs the server: looks for a newer directory.
  std::function<void()> look_for_changes;
  // Where accepting that pauses is told; may be none.
  Log* log = nullptr;
};

class Server {
 public:
  // Binds every address of `config.listen`; reads the folders of `config.web`; throws ListenError,
  // TlsError or SiteError. The exchange has to outlive it.
  Server(const Config& config, Exchange& exchange, ServerHooks hooks);
  ~Server();

  // One line a listener, "reporter http://127.0.0.1:8420", with the ports that were really bound.
  std::vector<std::string> addresses() const;

  // SIGTERM and SIGINT drain, SIGHUP looks for changes. Before run().
  void handle_signals();

  // Serves until stop() or a signal; then nothing more is accepted, what runs is finished within
  // `drain_ms_max`, and the exchange is drained.
  void run();

  // From any thread.
  void stop();

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

// File descriptors that a server may have open beside those of connections_max connections: the
// event loop's of each thread, and connections that are being ended to make room.
std::uint64_t descriptors_beside_connections(const HttpLimits&);

}  // namespace omzien::gateway::http
