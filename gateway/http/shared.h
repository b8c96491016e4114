// What all sessions of a server share. Outlives them.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>

#include "gateway/exchange.h"
#include "gateway/http/gate.h"
#include "gateway/http/site.h"
#include "gateway/http/tls.h"
#include "gateway/limits.h"

namespace omzien::gateway::http {

struct Shared {
  HttpLimits limits;
  // A small frame's answer leaves this long after the request's last byte, a large one's after a
  // whole number of kLargeStep; 0: as soon as it is there.
  std::chrono::milliseconds answer_tick{0};
  Exchange* exchange = nullptr;
  std::function<bool()> healthy;  // any thread; has to answer at once
  std::atomic<std::size_t> connections{0};
  // Whoever asks whether the gateway is well is not among them: a crowd would say that it is not.
  std::atomic<std::size_t> health_connections{0};

  std::atomic<std::size_t>& connections_of(Service service) {
    return service == Service::kHealth ? health_connections : connections;
  }
};

// Where a connection came in.
struct Entrance {
  Service service = Service::kExchange;
  const TlsContext* tls = nullptr;  // none: plain
  const Site* site = nullptr;       // none: no page is served
};

// A frame that is not answered by then is answered `later`. With a tick it is the tick for small
// frames.
inline constexpr std::chrono::seconds kAnswerTimeMax{30};

// A large frame may bring much and take long, so its answer waits for no tick; but whether a case
// was found in memory, on the disk or not at all is less than this, and does not show.
inline constexpr std::chrono::milliseconds kLargeStep{10};

// So long before the tick the answer `later` is made, so that making it does not show in its time.
inline constexpr std::chrono::milliseconds kLaterLead{5};

}  // namespace omzien::gateway::http
