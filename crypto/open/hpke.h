// HPKE (RFC 9180), base mode: KEM X-Wing 0x647A, KDF HKDF-SHA256 0x0001, AEAD ChaCha20-Poly1305
// 0x0003.
//
// Keys are raw 32-byte X-Wing seeds. DeriveKeyPair is never called: drafts differ about it.
#pragma once

#include <array>

#include <tl/expected.hpp>

#include "crypto/open/open_error.h"
#include "crypto/open/xwing.h"
#include "crypto/verify/random.h"
#include "crypto/verify/secret.h"

namespace omzien::crypto {

struct HpkeSealed {
  XWingCiphertext enc;
  Bytes ciphertext;  // as long as the plaintext, and 16 bytes of tag
};

// RFC 9180 §6.1, one message. Fails only for a public key that is none.
tl::expected<HpkeSealed, XWingError> hpke_seal(const XWingPublicKey& key, ByteView info,
                                               ByteView aad, ByteView plaintext, Random& random);
tl::expected<SecretBytes, OpenError> hpke_open(const XWingSeed& seed, const XWingCiphertext& enc,
                                               ByteView info, ByteView aad, ByteView ciphertext);

// RFC 9180 §5.2 and §5.3: one sender's messages in order, and secrets exported beside them. Not for
// two directions: the roles share a nonce sequence.
class HpkeContext {
 public:
  // §5.1 KeyScheduleBase.
  HpkeContext(const XWingSharedSecret& shared_secret, ByteView info);

  Bytes seal(ByteView aad, ByteView plaintext);

  // The next message of the sequence. A refused message leaves the sequence where it was.
  tl::expected<SecretBytes, OpenError> open(ByteView aad, ByteView ciphertext);

  // At most 8,160 bytes (std::length_error).
  SecretBytes export_secret(ByteView exporter_context, std::size_t length) const;

 private:
  std::array<std::uint8_t, 12> nonce() const;

  SecretBytes key_;              // 32
  SecretBytes base_nonce_;       // 12
  SecretBytes exporter_secret_;  // 32
  std::uint64_t sequence_ = 0;
};

}  // namespace omzien::crypto
