// A session's other half: how a request comes in.
#include <algorithm>
#include <utility>

#include "crypto/verify/secret.h"
#include "gateway/http/session.h"
#include "gateway/http/worker.h"
#include "gateway/wiped.h"
#include "omzien/rules.h"

namespace omzien::gateway::http {
namespace {

// Room for a body grows with what has come of it. Whoever announces a large one, on every
// connection there may be, and sends nothing holds no more than by announcing small ones.
void make_room(crypto::Bytes& body, std::size_t bytes_max) {
  crypto::Bytes larger(std::min(bytes_max, 2 * body.size()));
  std::copy(body.begin(), body.end(), larger.begin());
  crypto::wipe(body);
  body = std::move(larger);
}

}  // namespace

Awaitable<std::size_t> Session::read_header() {
  // Whoever was told to go is not kept by what they sent ahead: they would never come to a wait,
  // and hold their place until they had said it all.
  if (expired_ || worker_.is_draining()) {
    head_ = {};
    co_return 0;
  }
  allow(served_ ? shared_.limits.idle_ms_max : shared_.limits.header_ms_max);
  if (head_.view().empty()) {
    idle_ = true;
    if (!stream_->has_buffered() && !co_await wait_for(Progress::kWantRead)) co_return 0;
    idle_ = false;
    head_ = WipedBuffer(shared_.limits.header_bytes_max);
  }
  allow(shared_.limits.header_ms_max);

  for (std::size_t seen = 0;;) {
    const std::size_t from = seen - std::min(seen, kHeaderEnd.size() - 1);
    const std::size_t end = head_.text().find(kHeaderEnd, from);
    if (end != std::string_view::npos) co_return end + kHeaderEnd.size();
    seen = head_.view().size();
    if (head_.room().empty()) break;
    const Step step = stream_->read(head_.room());
    head_.grew(step.bytes);
    if (step.progress == Progress::kDone && !had_its_turn()) continue;
    if (step.progress == Progress::kClosed || !co_await wait_for(step.progress)) {
      head_ = {};
      co_return 0;
    }
  }
  co_return 0;
}

void Session::forget(std::size_t bytes) {
  head_.drop(bytes);
  if (head_.view().empty()) head_ = {};  // nothing was sent ahead: who reads slowly holds no buffer
}

Awaitable<crypto::Bytes> Session::read_body(std::size_t header_bytes, std::size_t body_bytes) {
  const std::uint64_t at_rate_ms = body_bytes * 1000 / shared_.limits.body_bytes_per_second_min;
  allow(std::min(shared_.limits.body_ms_max, 1000 + at_rate_ms));

  const auto behind = head_.view().subspan(header_bytes);
  const auto ahead = behind.first(std::min(behind.size(), body_bytes));
  crypto::Bytes body;
  const WipedAtEnd gone(body);
  body.resize(std::min(body_bytes, std::max(rules::kFrameBytes, ahead.size())));
  std::copy(ahead.begin(), ahead.end(), body.begin());
  std::size_t filled = ahead.size();
  forget(header_bytes + filled);

  while (filled < body_bytes) {
    if (filled == body.size()) {
      make_room(body, body_bytes);
      worker_.hold(*this, body.size());
    }
    const Step step = stream_->read(std::span(body).subspan(filled));
    filled += step.bytes;
    if (step.progress == Progress::kDone && !had_its_turn()) continue;
    if (step.progress == Progress::kClosed || !co_await wait_for(step.progress))
      co_return crypto::Bytes{};
  }
  co_return std::move(body);
}

}  // namespace omzien::gateway::http
