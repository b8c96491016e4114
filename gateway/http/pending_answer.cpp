#include "gateway/http/pending_answer.h"

#include <exception>
#include <utility>

#include <boost/asio/post.hpp>

#include "crypto/verify/secret.h"

namespace omzien::gateway::http {

PendingAnswer::~PendingAnswer() {
  if (answer_) crypto::wipe(*answer_);
}

void PendingAnswer::arrive(crypto::Bytes answer) {
  const std::lock_guard lock(mutex_);
  answer_ = std::move(answer);
  // Only who waits for it is woken: at a tick the session looks by itself, and no other thread is
  // disturbed. So it does where no memory is left to wake it: the answer goes out late.
  if (!wake_) return;
  try {
    net::post(executor_, [self = shared_from_this()] { self->timer_.cancel(); });
  } catch (const std::exception&) {
  }
}

Awaitable<void> PendingAnswer::sleep_until(SteadyClock::time_point when) {
  timer_.expires_at(when);
  boost::system::error_code ignored;
  co_await timer_.async_wait(net::redirect_error(kAwait, ignored));
}

Awaitable<void> PendingAnswer::wait_until(SteadyClock::time_point when) {
  {
    const std::lock_guard lock(mutex_);
    if (answer_) co_return;
    wake_ = true;
  }
  co_await sleep_until(when);
}

bool PendingAnswer::has_arrived() {
  const std::lock_guard lock(mutex_);
  return answer_.has_value();
}

std::optional<crypto::Bytes> PendingAnswer::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(answer_, std::nullopt);
}

}  // namespace omzien::gateway::http
