// Ed25519 signing (RFC 8032 §5.1.6), deterministic, always under a domain tag.
#pragma once

#include <string_view>

#include "crypto/verify/secret.h"
#include "crypto/verify/signature.h"

namespace omzien::crypto {

// RFC 8032's 32-byte private key.
using SigningSeed = SecretKey<struct SigningSeedTag, 32>;

class SigningKey {
 public:
  explicit SigningKey(const SigningSeed& seed);

  const SigningPublicKey& public_key() const { return public_key_; }

  // The signature over tag ‖ message; `tag` is one of omzien/rules.h, ending in 0x00.
  Signature sign(std::string_view tag, ByteView message) const;

 private:
  SecretBytes expanded_;  // seed ‖ public key, as libsodium takes it
  SigningPublicKey public_key_;
};

}  // namespace omzien::crypto
