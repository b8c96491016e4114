#include "tests/crypto/fixed_random.h"

#include <sodium.h>

#include <algorithm>

#include "crypto/verify/hash.h"

namespace omzien::crypto {

FixedRandom::FixedRandom(std::string_view seed) {
  const Digest key = sha256(as_bytes(seed));
  std::copy(key.view().begin(), key.view().end(), key_);
}

std::uint8_t FixedRandom::next() {
  if (left_ == 0) {
    constexpr std::uint8_t kNonce[crypto_stream_chacha20_ietf_NONCEBYTES] = {};
    constexpr std::uint8_t kZeros[sizeof block_] = {};
    crypto_stream_chacha20_ietf_xor_ic(block_, kZeros, sizeof block_, kNonce, static_cast<std::uint32_t>(blocks_),
                                       key_);
    ++blocks_;
    left_ = sizeof block_;
  }
  return block_[sizeof block_ - left_--];
}

void FixedRandom::fill(std::span<std::uint8_t> out) {
  std::generate(out.begin(), out.end(), [this] { return next(); });
}

}  // namespace omzien::crypto
