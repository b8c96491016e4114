// A fuzz target: one file that says what is done with bytes by chance. It returns, or it has found
// something.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>

#include "crypto/verify/bytes.h"

namespace omzien::fuzz {

// Defined by each target.
void run(crypto::ByteView input);

// What does not hold ends the program, and libFuzzer keeps the input.
inline void must(bool holds) {
  if (!holds) std::abort();
}
inline void must_equal(crypto::ByteView one, crypto::ByteView other) {
  must(std::equal(one.begin(), one.end(), other.begin(), other.end()));
}

// Reads choices out of an input: zeros when it has ended.
class Input {
 public:
  explicit Input(crypto::ByteView bytes) : rest_(bytes) {}

  bool ended() const { return rest_.empty(); }
  std::size_t below(std::size_t limit) {
    std::size_t value = byte();
    if (limit > 256) value = value << 8 | byte();
    return value % limit;
  }
  std::uint8_t byte() {
    if (rest_.empty()) return 0;
    const auto first = rest_.front();
    rest_ = rest_.subspan(1);
    return first;
  }
  crypto::ByteView bytes(std::size_t size) {
    const auto taken = rest_.first(std::min(size, rest_.size()));
    rest_ = rest_.subspan(taken.size());
    return taken;
  }
  crypto::ByteView all() { return bytes(rest_.size()); }

 private:
  crypto::ByteView rest_;
};

}  // namespace omzien::fuzz
