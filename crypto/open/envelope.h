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

}  // namespace omzien::crypto
