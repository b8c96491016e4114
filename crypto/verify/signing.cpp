#include "crypto/verify/signing.h"

#include <sodium.h>

namespace omzien::crypto {

SigningKey::SigningKey(const SigningSeed& seed) : expanded_(crypto_sign_SECRETKEYBYTES) {
  crypto_sign_seed_keypair(public_key_.data(), expanded_.reveal_mutable().data(),
                           seed.reveal().data());
}

Signature SigningKey::sign(std::string_view tag, ByteView message) const {
  Bytes signed_bytes = to_bytes(tag);
  signed_bytes.insert(signed_bytes.end(), message.begin(), message.end());
  Signature signature;
  crypto_sign_detached(signature.data(), nullptr, signed_bytes.data(), signed_bytes.size(),
                       expanded_.reveal().data());
  wipe(signed_bytes);
  return signature;
}

}  // namespace omzien::crypto
