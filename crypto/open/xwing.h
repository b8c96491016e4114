// X-Wing, the post-quantum KEM under HPKE (draft-connolly-cfrg-xwing-kem-10). Keys are raw 32-byte
// seeds.
#pragma once

#include <tl/expected.hpp>

#include "crypto/verify/random.h"
#include "crypto/verify/secret.h"
#include "crypto/verify/xwing_key.h"

namespace omzien::crypto {

using XWingSeed = SecretKey<struct XWingSeedTag, 32>;
using XWingSharedSecret = SecretKey<struct XWingSharedSecretTag, 32>;

enum class XWingError : std::uint8_t {
  kBadPublicKey,   // ML-KEM's modulus check (FIPS 203 §7.2) or an X25519 key of small order
  kBadCiphertext,  // an X25519 share of small order
};

XWingPublicKey xwing_public_key(const XWingSeed& seed);

struct XWingEncapsulated {
  XWingCiphertext ciphertext;
  XWingSharedSecret shared_secret;
};

// Draws 64 bytes from `random` (the draft's eseed: ML-KEM's m, then the ephemeral X25519 key).
tl::expected<XWingEncapsulated, XWingError> xwing_encapsulate(const XWingPublicKey& key,
                                                              Random& random);

// An altered ciphertext usually gives another secret and no error (implicit rejection): what is
// sealed under the secret must be authenticated, and in HPKE it is.
tl::expected<XWingSharedSecret, XWingError> xwing_decapsulate(const XWingSeed& seed,
                                                              const XWingCiphertext& ciphertext);

}  // namespace omzien::crypto
