#include "crypto/verify/hkdf.h"

#include <sodium.h>
#include <stdexcept>

namespace omzien::crypto {
namespace {

// libsodium's parameters are declared never to be null, not even for no bytes.
ByteView not_null(ByteView bytes) {
  static constexpr std::uint8_t kNothing = 0;
  return bytes.empty() ? ByteView(&kNothing, 0) : bytes;
}

}  // namespace

PseudorandomKey hkdf_extract(ByteView salt, ByteView input_key_material) {
  return PseudorandomKey::make([&](std::span<std::uint8_t> out) {
    const auto keyed_by = not_null(salt), material = not_null(input_key_material);
    crypto_kdf_hkdf_sha256_extract(out.data(), keyed_by.data(), keyed_by.size(), material.data(),
                                   material.size());
  });
}

void hkdf_expand_into(std::span<std::uint8_t> out, ByteView key, ByteView info) {
  if (key.size() != crypto_kdf_hkdf_sha256_KEYBYTES ||
      out.size() > crypto_kdf_hkdf_sha256_BYTES_MAX)
    throw std::length_error("HKDF-Expand: 32 bytes in, at most 8,160 out");
  crypto_kdf_hkdf_sha256_expand(out.data(), out.size(), reinterpret_cast<const char*>(info.data()),
                                info.size(), key.data());
}

SecretBytes hkdf_expand(const PseudorandomKey& key, ByteView info, std::size_t length) {
  SecretBytes out(length);
  hkdf_expand_into(out.reveal_mutable(), key.reveal(), info);
  return out;
}

Digest hmac_sha256(ByteView key, ByteView message) {
  Digest digest;
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, key.data(), key.size());
  crypto_auth_hmacsha256_update(&state, message.data(), message.size());
  crypto_auth_hmacsha256_final(&state, digest.data());
  sodium_memzero(&state, sizeof state);
  return digest;
}

}  // namespace omzien::crypto
