// A connected byte stream that never blocks and never suspends: each step says how far it came and
// what the socket has to become before the next try. Plain and TLS, over TCP and Unix sockets
// alike, so that a session is written once. Who calls keeps the deadlines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "crypto/verify/bytes.h"

namespace omzien::gateway::http {

enum class Progress {
  kDone,
  kWantRead,   // again when the socket is readable
  kWantWrite,  // again when the socket is writable
  kClosed,     // the peer has ended, or broke a rule; nothing more can be done
};

struct Step {
  Progress progress = Progress::kClosed;
  std::size_t bytes = 0;
};

class Stream {
 public:
  virtual ~Stream() = default;

  virtual Progress handshake() = 0;

  // Reads at most `into.size()` bytes. kDone: at least one.
  virtual Step read(std::span<std::uint8_t> into) = 0;

  // Whether read() may have bytes although the socket is not readable.
  virtual bool has_buffered() const = 0;

  // Takes two pieces to be sent one after the other; flush() sends them in as few system calls as
  // it can without holding a copy of more than kGatheredBytesMax. Both pieces stand unchanged until
  // flush() said kDone.
  virtual void put(crypto::ByteView head, crypto::ByteView body) = 0;
  virtual Progress flush() = 0;

  // Prepares what ends the stream in good order, if anything does; flush() sends it.
  virtual void put_end() = 0;
};

// Of what is sent, so much is copied (encrypted) at a time: a frame with its header and two records
// in one system call, and never a whole web page for each of those who read it slowly.
inline constexpr std::size_t kGatheredBytesMax = 32'768;

// Both take a connected, non-blocking socket and leave closing it to the caller.
std::unique_ptr<Stream> make_plain_stream(int socket);

}  // namespace omzien::gateway::http
