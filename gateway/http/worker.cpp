#include "gateway/http/worker.h"

#include <algorithm>
#include <exception>
#include <memory>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include "gateway/no_memory.h"

namespace omzien::gateway::http {

Worker::Worker(Shared& shared) : shared_(shared) {
  net::co_spawn(context_, sweep(), net::detached);
  thread_ = std::thread([this] { run_to_its_end(context_); });
}

Worker::~Worker() {
  cut();
  join();
  draining_ = false;  // the sessions that end with the context have nothing left to finish
}

void Worker::adopt(Arrival arrival, Entrance entrance) {
  if (entrance.service != Service::kHealth) arrival.count_among(stranger_count_);
  net::post(context_, [this, arrival = std::move(arrival), entrance]() mutable {
    seat(std::move(arrival), entrance);
  });
}

// Each step gives on what it took or throws, and then socket and place go back.
void Worker::seat(Arrival arrival, const Entrance& entrance) {
  Descriptor socket(executor(), arrival.socket());
  arrival.socket_was_taken();
  auto session = std::make_shared<Session>(*this, entrance, std::move(socket));
  arrival.place_was_taken();
  if (draining_) return;
  net::co_spawn(context_, Session::run(std::move(session)), net::detached);
}

// Counted as gone from here on: who makes room next is asked by these numbers.
void Worker::evict(Guest guest) {
  auto& count = guest == Guest::kStranger ? stranger_count_ : regular_count_;
  net::post(context_, [this, guest, &count] {
    const bool stranger = guest == Guest::kStranger;
    auto& list = stranger ? strangers_ : regulars_;
    const auto first = [&](auto test) {
      const auto found = std::find_if(list.begin(), list.end(),
                                      [&](Session* s) { return !s->expired_ && test(*s); });
      return found == list.end() ? nullptr : *found;
    };
    Session* chosen = first([&](Session& s) { return stranger ? s.is_silent() : s.is_idle(); });
    if (chosen == nullptr) chosen = first([](Session&) { return true; });
    if (chosen == nullptr) {
      ++count;
      return;
    }
    chosen->counted_ = false;
    chosen->expire();
  });
  --count;
}

void Worker::drain() {
  net::post(context_, [this] {
    draining_ = true;
    for (const auto* list : {&strangers_, &regulars_, &health_})
      for (Session* session : *list)
        if (session->is_idle()) session->expire();
    finish_when_empty();
  });
}

void Worker::cut() { context_.stop(); }

void Worker::join() {
  if (thread_.joinable()) thread_.join();
}

std::list<Session*>& Worker::list_of(const Session& session) {
  if (session.entrance_.service == Service::kHealth) return health_;
  return session.regular_ ? regulars_ : strangers_;
}

void Worker::add(Session& session) {
  auto& list = list_of(session);
  session.place_ = list.insert(list.end(), &session);
}

void Worker::welcome(Session& session) {
  regulars_.splice(regulars_.end(), list_of(session), session.place_);
  if (session.regular_) return;
  session.regular_ = true;
  if (!session.counted_) return;
  --stranger_count_;
  ++regular_count_;
}

void Worker::hold(Session& session, std::size_t bytes) {
  held_ += bytes;
  held_ -= std::exchange(session.held_, bytes);
  // Of each thread its part: nobody goes for what is held on another.
  const auto& limits = shared_.limits;
  const auto bytes_max = limits.large_frames_bytes_max / threads_of(limits.socket_threads);
  for (const auto* list : {&strangers_, &regulars_})
    for (Session* one : *list) {
      if (held_ <= bytes_max) return;
      if (one->held_ == 0 || one->expired_) continue;
      held_ -= std::exchange(one->held_, 0);
      one->expire();
    }
}

void Worker::remove(Session& session) {
  held_ -= session.held_;
  auto& list = list_of(session);
  list.erase(session.place_);
  if (&list == &strangers_ && session.counted_) --stranger_count_;
  if (&list == &regulars_ && session.counted_) --regular_count_;
  --shared_.connections_of(session.entrance_.service);
  finish_when_empty();
}

void Worker::finish_when_empty() {
  if (draining_ && is_empty()) sweep_timer_.cancel();
}

// Without it no deadline holds and nobody leaves: it ends for nothing but the end.
Awaitable<void> Worker::sweep() {
  while (!draining_ || !is_empty()) {
    bool swept = false;
    try {
      co_await sweep_once();
      swept = true;
    } catch (const std::exception&) {
    }
    if (!swept) rest_without_memory();
  }
}

Awaitable<void> Worker::sweep_once() {
  sweep_timer_.expires_after(kSweepInterval);
  boost::system::error_code ignored;
  co_await sweep_timer_.async_wait(net::redirect_error(kAwait, ignored));
  const auto now = SteadyClock::now();
  for (const auto* list : {&strangers_, &regulars_, &health_})
    for (Session* session : *list)
      if (session->is_overdue(now)) session->expire();
}

}  // namespace omzien::gateway::http
