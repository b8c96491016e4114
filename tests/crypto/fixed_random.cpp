#include "tests/crypto/fixed_random.h"

#include <algorithm>
#include <sodium.h>

#include "crypto/verify/hash.h"

namespace omzien::crypto {

namespace {

constexpr std::uint8_t kNonce[crypto_stream_chacha20_ietf_NONCEBYTES] = {};
constexpr std::uint8_t kZeros[64] = {};

}  // namespace

FixedRandom::FixedRandom(std::string_view seed) {
  const Digest key = sha256(as_bytes(seed));
  std::copy(key.view().begin(), key.view().end(), key_);
}

std::uint8_t FixedRandom::next() {
  if (left_ == 0) {
    crypto_stream_chacha20_ietf_xor_ic(block_, kZeros, sizeof kZeros, kNonce,
                                       static_cast<std::uint32_t>(blocks_), key_);
    ++blocks_;
    left_ = sizeof block_;
  }
  return block_[sizeof block_ - left_--];
}

void FixedRandom::fill(std::span<std::uint8_t> out) {
  std::generate(out.begin(), out.end(), [this] { return next(); });
}

}  // namespace omzien::crypto
