// Padding to a size class before encryption, so that a ciphertext tells little about a text's
// length.
//
//   padded := length (4 bytes, big-endian) ‖ data ‖ zeros
//
// The whole, the length included, has 1,024, 4,096 or 12,288 bytes; above that it is rounded up by
// Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files", PETS 2019, §4): at most
// 12 % more.
#pragma once

#include <cstdint>
#include <optional>

#include "crypto/verify/secret.h"

namespace omzien::crypto {

// The smallest number not below `n` whose last bits are zero, more of them the larger it is.
std::uint64_t padme(std::uint64_t n);

// The size of the padded whole for data of this many bytes.
std::uint64_t padded_size(std::uint64_t data_bytes);

// True for sizes that some data is padded to.
bool is_padded_size(std::uint64_t size);

// Throws std::length_error from 2^31 bytes on; limits apply long before.
SecretBytes pad(ByteView data);

// The data inside `padded`, a view of it. Nothing unless the length fits, the size is exactly the
// one that `pad` gives, and every filler byte is zero.
std::optional<ByteView> unpad(ByteView padded);

}  // namespace omzien::crypto
