// What events and local files have in common: a suite byte, a nonce, and a padded plaintext.
//
//   sealed = suite (1 byte) ‖ nonce (24, random) ‖ XChaCha20-Poly1305(padded plaintext) ‖ tag (16)
//
// XChaCha20-Poly1305: draft-irtf-cfrg-xchacha-03; with 24 bytes nonces can be drawn at random.
#pragma once

#include <tl/expected.hpp>

#include "crypto/open/open_error.h"
#include "crypto/verify/random.h"
#include "crypto/verify/secret.h"

namespace omzien::crypto {

inline constexpr std::size_t kEnvelopeOverheadBytes = 1 + 24 + 16;

// `key` has 32 bytes.
Bytes seal_envelope(ByteView key, ByteView associated_data, ByteView plaintext, Random& random);
tl::expected<SecretBytes, OpenError> open_envelope(ByteView key, ByteView associated_data,
                                                   ByteView sealed);

// What opens this one envelope and no other under the same key: HChaCha20(key, the first 16 bytes
// of the nonce), the first half of XChaCha20 (draft-irtf-cfrg-xchacha-03 §2.3).
using EnvelopeKey = SecretKey<struct EnvelopeKeyTag, 32>;
tl::expected<EnvelopeKey, OpenError> envelope_key(ByteView key, ByteView sealed);
// The second half: ChaCha20-Poly1305 (RFC 8439) under the nonce 0 (4 bytes) ‖ the last 8 of the 24.
tl::expected<SecretBytes, OpenError> open_envelope(const EnvelopeKey& key, ByteView associated_data,
                                                   ByteView sealed);

}  // namespace omzien::crypto
