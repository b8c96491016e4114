// Where the exchange's answer arrives, from whatever thread, for a session that may be gone by
// then.
#pragma once

#include <memory>
#include <mutex>
#include <optional>

#include "crypto/verify/bytes.h"
#include "gateway/http/net.h"

namespace omzien::gateway::http {

// Shared by the session, which waits on its own thread, and by the exchange's callback. Has to be
// gone before the executor's context is: Exchange::drain() comes first.
class PendingAnswer : public std::enable_shared_from_this<PendingAnswer> {
 public:
  explicit PendingAnswer(Executor executor) : executor_(executor), timer_(executor) {}
  ~PendingAnswer();  // of an answer that nobody took nothing is left: a case share may be in it
  PendingAnswer(const PendingAnswer&) = delete;
  PendingAnswer& operator=(const PendingAnswer&) = delete;

  // Any thread, once.
  void arrive(crypto::Bytes answer);

  // The session's thread. `sleep_until` does not care about arrival; `wait_until` ends early with
  // it.
  Awaitable<void> sleep_until(SteadyClock::time_point);
  Awaitable<void> wait_until(SteadyClock::time_point);
  bool has_arrived();
  std::optional<crypto::Bytes> take();

 private:
  Executor executor_;
  Timer timer_;
  std::mutex mutex_;
  std::optional<crypto::Bytes> answer_;  // guarded by mutex_
  bool wake_ = false;                    // guarded by mutex_: the session waits for the arrival
};

}  // namespace omzien::gateway::http
