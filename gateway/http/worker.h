// One thread and the connections it serves. Nothing of a session is touched by another thread.
#pragma once

#include <list>
#include <thread>

#include "gateway/http/arrival.h"
#include "gateway/http/net.h"
#include "gateway/http/session.h"
#include "gateway/http/shared.h"

namespace omzien::gateway::http {

// How often deadlines are compared with the clock: each may be missed by so much.
inline constexpr std::chrono::milliseconds kSweepInterval{100};

class Worker {
 public:
  explicit Worker(Shared& shared);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // From any thread.
  void adopt(Arrival arrival, Entrance entrance);
  // Ends a connection that never finished an exchange: the one that has been silent longest; if all
  // have said something, the one that is here longest. Reading a page is no exchange: it costs who
  // only wants to hold places next to nothing.
  void evict_stranger();
  bool has_strangers() const { return stranger_count_ > 0; }
  void drain();  // ends idle connections, lets the others finish what they do; the thread ends then
  void cut();    // the thread ends now, connections with it
  void join();

  // For sessions, on the worker's thread.
  const Shared& shared() const { return shared_; }
  Executor executor() { return context_.get_executor(); }
  bool is_draining() const { return draining_; }
  void add(Session&);
  void remove(Session&);
  void welcome(Session&);  // it has finished an exchange: no stranger any more

 private:
  void seat(Arrival arrival, const Entrance& entrance);
  Awaitable<void> sweep();
  Awaitable<void> sweep_once();
  void finish_when_empty();

  Shared& shared_;
  std::list<Session*> strangers_;  // in order of arrival
  std::list<Session*> regulars_;
  std::atomic<std::size_t> stranger_count_{0};
  bool draining_ = false;
  net::io_context context_{1};  // destroyed before the lists: its coroutines own the sessions
  Timer sweep_timer_{context_.get_executor()};
  std::thread thread_;
};

}  // namespace omzien::gateway::http
