#include "gateway/http/session.h"

#include <array>
#include <exception>
#include <sys/socket.h>
#include <utility>

#include <boost/asio/post.hpp>

#include "crypto/verify/secret.h"
#include "gateway/http/pending_answer.h"
#include "gateway/http/responses.h"
#include "gateway/http/worker.h"
#include "gateway/wiped.h"
#include "omzien/rules.h"

namespace omzien::gateway::http {
namespace {

// What is read and thrown away behind a refusal, so that the refusal arrives: closing a socket with
// unread bytes in it would take the answer back.
constexpr std::size_t kDiscardBytesMax = 1 << 20;

// The first whole step after `from` that has not passed.
SteadyClock::time_point next_step(SteadyClock::time_point from) {
  const auto steps = (SteadyClock::now() - from) / kLargeStep + 1;
  return from + steps * kLargeStep;
}

// Until the answer is gone.
struct Held {
  Worker& worker;
  Session& session;
  ~Held() { worker.hold(session, 0); }
};

}  // namespace

Session::Session(Worker& worker, Entrance entrance, Descriptor socket)
    : worker_(worker), shared_(worker.shared()), entrance_(entrance), socket_(std::move(socket)) {
  worker_.add(*this);
  allow(shared_.limits.handshake_ms_max);
}

Session::~Session() { worker_.remove(*this); }

void Session::allow(std::uint64_t milliseconds) {
  deadline_ = SteadyClock::now() + std::chrono::milliseconds(milliseconds);
}

void Session::expire() {
  expired_ = true;
  boost::system::error_code ignored;
  socket_.cancel(ignored);
}

Awaitable<void> Session::run(std::shared_ptr<Session> self) {
  try {
    if (co_await self->open())
      while (co_await self->serve_one()) self->served_ = true;
  } catch (const std::exception&) {
    // Out of memory, or of epoll: this connection's end, nobody else's.
  }
}

Awaitable<bool> Session::wait_for(Progress wanted) {
  // Told to go while the exchange worked: there was no wait to cancel.
  if (expired_) co_return false;
  reads_in_a_row_ = 0;
  if (wanted == Progress::kDone) {
    co_await net::post(worker_.executor(), kAwait);
    co_return !expired_;
  }
  const auto kind = wanted == Progress::kWantRead ? net::posix::descriptor_base::wait_read
                                                  : net::posix::descriptor_base::wait_write;
  boost::system::error_code error;
  co_await socket_.async_wait(kind, net::redirect_error(kAwait, error));
  co_return !error && !expired_;
}

Awaitable<bool> Session::open() {
  // A connection that says nothing costs no TLS.
  idle_ = true;
  if (!co_await wait_for(Progress::kWantRead)) co_return false;
  idle_ = false;
  const int socket = socket_.native_handle();
  stream_ =
      entrance_.tls != nullptr ? entrance_.tls->make_stream(socket) : make_plain_stream(socket);
  for (;;) {
    const Progress progress = stream_->handshake();
    if (progress == Progress::kDone) co_return true;
    if (progress == Progress::kClosed || !co_await wait_for(progress)) co_return false;
  }
}

Awaitable<bool> Session::serve_one() {
  const std::size_t header_bytes = co_await read_header();
  if (header_bytes == 0) {
    if (!head_.view().empty() && head_.room().empty()) co_await refuse();  // too long
    co_return false;
  }
  const Verdict verdict = judge(head_.text().substr(0, header_bytes), entrance_.service);
  if (verdict.passage == Verdict::Passage::kRefused) {
    co_await refuse();
    co_return false;
  }
  if (verdict.passage == Verdict::Passage::kHealth) {
    co_await send(health(shared_.healthy()), {});
    co_return false;
  }
  if (verdict.passage == Verdict::Passage::kPage)
    co_return co_await serve_page(header_bytes, verdict);
  co_return co_await serve_exchange(header_bytes, verdict);
}

Awaitable<bool> Session::serve_page(std::size_t header_bytes, Verdict verdict) {
  const auto page = entrance_.site != nullptr
                        ? entrance_.site->find(verdict.page.target, verdict.page.codings)
                        : std::nullopt;
  if (!page) {
    co_await refuse();
    co_return false;
  }
  forget(header_bytes);
  const auto body = verdict.page.without_body ? crypto::ByteView{} : page->body;
  // A page is there at once, and so is a next request that was sent ahead.
  if (!co_await send(page->header, body) || !co_await wait_for(Progress::kDone)) co_return false;
  co_return !verdict.close_after && !worker_.is_draining();
}

Awaitable<bool> Session::serve_exchange(std::size_t header_bytes, Verdict verdict) {
  const Held held{worker_, *this};
  crypto::Bytes request = co_await read_body(header_bytes, verdict.body_bytes);
  if (request.empty()) co_return false;
  crypto::Bytes answer = co_await ask_exchange(std::move(request));
  const WipedAtEnd gone(answer);  // also with a connection that is cut
  // Nothing: there was no memory for an answer, and who asked asks again. Another size: a defect.
  if (answer.size() != verdict.body_bytes) co_return false;
  if (!co_await send(frame_header(answer.size()), answer)) co_return false;
  worker_.welcome(*this);
  co_return !verdict.close_after && !worker_.is_draining();
}

Awaitable<crypto::Bytes> Session::ask_exchange(crypto::Bytes request) {
  const auto last_byte = SteadyClock::now();
  deadline_ = SteadyClock::time_point::max();  // it has its own, below
  const bool ticks = shared_.answer_tick.count() > 0;
  const bool small = request.size() == rules::kFrameBytes;

  const auto pending = std::make_shared<PendingAnswer>(worker_.executor());
  crypto::Bytes asked = request;
  const WipedAtEnd gone(asked);
  shared_.exchange->answer(std::move(request),
                           [pending](crypto::Bytes answer) { pending->arrive(std::move(answer)); });

  crypto::Bytes fallback;
  if (ticks && small) {
    const auto tick = last_byte + shared_.answer_tick;
    co_await pending->sleep_until(tick - kLaterLead);
    if (!pending->has_arrived()) fallback = shared_.exchange->later(asked);
    co_await pending->sleep_until(tick);
    const auto late = std::chrono::floor<std::chrono::milliseconds>(SteadyClock::now() - tick);
    shared_.exchange->sent_late(late);
  } else {
    co_await pending->wait_until(last_byte + kAnswerTimeMax);
    if (!pending->has_arrived()) fallback = shared_.exchange->later(asked);
    if (ticks) co_await pending->sleep_until(next_step(last_byte));
  }
  auto answer = pending->take();
  co_return answer ? std::move(*answer) : std::move(fallback);
}

Awaitable<bool> Session::send(crypto::ByteView head, crypto::ByteView body) {
  allow(shared_.limits.write_ms_max);
  stream_->put(head, body);
  for (;;) {
    const Progress progress = stream_->flush();
    if (progress == Progress::kDone) co_return true;
    if (progress == Progress::kClosed || !co_await wait_for(progress)) co_return false;
  }
}

Awaitable<void> Session::refuse() {
  head_ = {};
  if (!co_await send(refusal(), {})) co_return;
  allow(shared_.limits.shutdown_ms_max);
  stream_->put_end();
  stream_->flush();
  ::shutdown(socket_.native_handle(), SHUT_WR);

  const auto raw = make_plain_stream(socket_.native_handle());
  std::array<std::uint8_t, 4096> discarded;
  for (std::size_t total = 0; total < kDiscardBytesMax;) {
    const Step step = raw->read(discarded);
    total += step.bytes;
    crypto::wipe(std::span(discarded).first(step.bytes));  // without TLS, the rest of a header
    if (step.progress == Progress::kDone && !had_its_turn()) continue;
    if (step.progress == Progress::kClosed || !co_await wait_for(step.progress)) co_return;
  }
}

}  // namespace omzien::gateway::http
