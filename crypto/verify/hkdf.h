// HKDF-SHA256 (RFC 5869) and HMAC-SHA256 (RFC 2104).
#pragma once

#include "crypto/verify/hash.h"
#include "crypto/verify/secret.h"

namespace omzien::crypto {

// 32 bytes that are already evenly distributed: the outcome of extract, or a random key.
using PseudorandomKey = SecretKey<struct PseudorandomKeyTag, 32>;

// RFC 5869 §2.2. An empty salt means 32 zeros.
PseudorandomKey hkdf_extract(ByteView salt, ByteView input_key_material);

// RFC 5869 §2.3. `key` has 32 bytes, `out` at most 8,160. Throws std::length_error otherwise: both
// are fixed where it is called.
void hkdf_expand_into(std::span<std::uint8_t> out, ByteView key, ByteView info);
SecretBytes hkdf_expand(const PseudorandomKey& key, ByteView info, std::size_t length);

// For a secret type: hkdf_expand_key<CompartmentKey>(prk, info).
template <class Key>
Key hkdf_expand_key(const PseudorandomKey& key, ByteView info) {
  return Key::make([&](std::span<std::uint8_t> out) { hkdf_expand_into(out, key.reveal(), info); });
}

// The key may have any length.
Digest hmac_sha256(ByteView key, ByteView message);

}  // namespace omzien::crypto
