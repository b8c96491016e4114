#include "crypto/verify/random.h"

#include <sodium.h>

namespace omzien::crypto {

void SystemRandom::fill(std::span<std::uint8_t> out) {
  if (!out.empty()) randombytes_buf(out.data(), out.size());  // nothing may have no address
}

}  // namespace omzien::crypto
