// The exchange: a frame in, a frame out (protocol §5). The one entrance to the use cases; knows no
// HTTP.
#pragma once

#include <chrono>
#include <functional>

#include "crypto/verify/bytes.h"

namespace omzien::gateway {

class Exchange {
 public:
  // Called at most once, from any thread, possibly before answer() returns, with a frame of the
  // request's size; or with nothing, where no memory was left for one. Let go of uncalled: the
  // same. Must not throw.
  using Done = std::function<void(crypto::Bytes)>;

  virtual ~Exchange() = default;

  // Answers one request frame. A frame that is no valid request is answered too, with no results;
  // only a body that has no frame's size must not be given here.
  virtual void answer(crypto::Bytes request, Done done) = 0;

  // What to send when `request` is not answered at the tick: every result `later`. Whatever the
  // request asked goes on; the same entry sent again finds it done.
  virtual crypto::Bytes later(crypto::ByteView request) = 0;

  // An answer left so long after its tick: the machine has more to do than it can. Any thread.
  virtual void sent_late(std::chrono::milliseconds by) = 0;

  // Waits until everything handed in is answered. What is handed in meanwhile may be waited for
  // too.
  virtual void drain() = 0;
};

}  // namespace omzien::gateway
