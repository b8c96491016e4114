// One thread and the connections it serves. Nothing of a session is touched by another thread.
#pragma once

#include <cstddef>
#include <list>
#include <thread>

#include "gateway/http/arrival.h"
#include "gateway/http/net.h"
#include "gateway/http/session.h"
#include "gateway/http/shared.h"

namespace omzien::gateway::http {

// How often deadlines are compared with the clock: each may be missed by so much.
inline constexpr std::chrono::milliseconds kSweepInterval{100};

// Who holds a place: somebody who never finished an exchange, or somebody who did.
enum class Guest { kStranger, kRegular };

class Worker {
 public:
  explicit Worker(Shared& shared);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // From any thread.
  void adopt(Arrival arrival, Entrance entrance);
  // Ends one of them, if there is one. Of strangers the one that has been silent longest; if all
  // have said something, the one that is here longest. Reading a page is no exchange: it costs who
  // only wants to hold places next to nothing. Of the others the one whose last exchange is longest
  // ago.
  void evict(Guest);
  // Among connections_max: those adopted, whether they are seated yet or not, but for those who
  // were told to make room.
  std::ptrdiff_t count(Guest guest) const {
    return guest == Guest::kStranger ? stranger_count_ : regular_count_;
  }
  void drain();  // ends idle connections, lets the others finish what they do; the thread ends then
  void cut();    // the thread ends now, connections with it
  void join();

  // For sessions, on the worker's thread.
  const Shared& shared() const { return shared_; }
  Executor executor() { return context_.get_executor(); }
  bool is_draining() const { return draining_; }
  void add(Session&);
  void remove(Session&);
  void welcome(Session&);  // it has finished an exchange: no stranger, and idle since now
  // It holds so many bytes of a large frame from now on. Where that is too much in all, somebody
  // who holds some goes, in the order of evict().
  void hold(Session&, std::size_t bytes);

 private:
  void seat(Arrival arrival, const Entrance& entrance);
  Awaitable<void> sweep();
  Awaitable<void> sweep_once();
  void finish_when_empty();
  std::list<Session*>& list_of(const Session&);
  bool is_empty() const { return strangers_.empty() && regulars_.empty() && health_.empty(); }

  Shared& shared_;
  std::list<Session*> strangers_;  // in order of arrival
  std::list<Session*> regulars_;   // in order of their last exchange
  std::list<Session*> health_;
  // Below zero for a moment, where the last one leaves while another thread asks one to.
  std::atomic<std::ptrdiff_t> stranger_count_{0};
  std::atomic<std::ptrdiff_t> regular_count_{0};
  std::size_t held_ = 0;  // by all sessions, but those who were told to go for it
  bool draining_ = false;
  net::io_context context_{1};  // destroyed before the lists: its coroutines own the sessions
  Timer sweep_timer_{context_.get_executor()};
  std::thread thread_;
};

}  // namespace omzien::gateway::http
