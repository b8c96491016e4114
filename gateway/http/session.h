// One connection: handshake, then request after request, one at a time, until somebody ends it.
//
// Every phase has one deadline, a point in time that the worker's sweep compares with its clock: no
// timer is set for a read or a write. What misses it is closed without a word. Requests that were
// sent ahead (pipelining) stay in the socket, or behind the header they came with, until their
// turn.
#pragma once

#include <list>
#include <memory>

#include "gateway/http/net.h"
#include "gateway/http/shared.h"
#include "gateway/http/stream.h"
#include "gateway/http/wiped_buffer.h"

namespace omzien::gateway::http {

class Worker;

class Session {
 public:
  // Takes the socket, which is connected and non-blocking, and closes it in the end.
  Session(Worker& worker, Entrance entrance, Descriptor socket);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Until the connection is over; holds `self` as long.
  static Awaitable<void> run(std::shared_ptr<Session> self);

  // Ends the connection wherever it stands (not while the exchange works on an answer: then after
  // it).
  void expire();
  bool is_overdue(SteadyClock::time_point now) const { return now > deadline_; }
  // Between requests, nothing of the next one read.
  bool is_idle() const { return idle_; }
  // Has not sent a byte yet.
  bool is_silent() const { return stream_ == nullptr; }

 private:
  static constexpr int kReadsInARow = 64;  // an exchange of the larger kind over TLS has some 20

  Awaitable<bool> open();
  Awaitable<bool> serve_one();
  Awaitable<bool> serve_page(std::size_t header_bytes, Verdict verdict);
  Awaitable<bool> serve_exchange(std::size_t header_bytes, Verdict verdict);
  // The header's length with kHeaderEnd, or 0 when none came (or too much of it: `refused`).
  Awaitable<std::size_t> read_header();
  // What is in head_ behind the header, then from the stream. Empty when it did not come.
  Awaitable<crypto::Bytes> read_body(std::size_t header_bytes, std::size_t body_bytes);
  Awaitable<crypto::Bytes> ask_exchange(crypto::Bytes request);
  Awaitable<bool> send(crypto::ByteView head, crypto::ByteView body);
  Awaitable<void> refuse();
  // Until the socket can go on; for kDone, until others had their turn. False: told to go.
  Awaitable<bool> wait_for(Progress wanted);
  // After a read that found something: whether others wait for theirs long enough. Bytes that are
  // always there would keep the thread, with all its deadlines, to this connection.
  bool had_its_turn() { return ++reads_in_a_row_ >= kReadsInARow; }

  // A request's bytes, with the user agent, are gone before anything else happens.
  void forget(std::size_t bytes);
  void allow(std::uint64_t milliseconds);

  Worker& worker_;
  const Shared& shared_;
  Entrance entrance_;
  Descriptor socket_;
  std::unique_ptr<Stream> stream_;
  WipedBuffer head_;
  SteadyClock::time_point deadline_;
  bool idle_ = false;
  bool expired_ = false;
  int reads_in_a_row_ = 0;               // that found something, since there was a wait
  bool served_ = false;                  // has finished a request
  bool regular_ = false;                 // has finished an exchange; the worker's to set
  bool counted_ = true;                  // among its connections; the same
  std::size_t held_ = 0;                 // bytes of a large frame; the same
  std::list<Session*>::iterator place_;  // in one of the worker's lists
  friend class Worker;
};

}  // namespace omzien::gateway::http
