// Randomness that is the same every time: the ChaCha20 key stream (RFC 8439) of a seed. For tests
// and known-answer vectors alone.
#pragma once

#include <cstddef>
#include <string_view>

#include "crypto/verify/random.h"

namespace omzien::crypto {

class FixedRandom final : public Random {
 public:
  // Key = SHA-256 of `seed`, nonce = zeros. Two of the same seed give the same bytes.
  explicit FixedRandom(std::string_view seed);

  // The next bytes of the stream, however it is cut into calls.
  void fill(std::span<std::uint8_t> out) override;

 private:
  std::uint8_t next();

  std::uint8_t key_[32];
  std::uint8_t block_[64];
  std::uint64_t blocks_ = 0;
  std::size_t left_ = 0;
};

}  // namespace omzien::crypto
