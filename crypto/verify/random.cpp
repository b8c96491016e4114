#include "crypto/verify/random.h"

#include <sodium.h>

namespace omzien::crypto {

void SystemRandom::fill(std::span<std::uint8_t> out) { randombytes_buf(out.data(), out.size()); }

}  // namespace omzien::crypto
