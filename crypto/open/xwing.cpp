#include "crypto/open/xwing.h"

#include <sodium.h>

namespace omzien::crypto {

static_assert(crypto_kem_xwing_PUBLICKEYBYTES == XWingPublicKey::kSize);
static_assert(crypto_kem_xwing_CIPHERTEXTBYTES == XWingCiphertext::kSize);
static_assert(crypto_kem_xwing_SECRETKEYBYTES == XWingSeed::kSize);

namespace {

constexpr std::size_t kEncapsulationSeedBytes = 64;

}  // namespace

XWingPublicKey xwing_public_key(const XWingSeed& seed) {
  XWingPublicKey key;
  SecretBytes secret_key(crypto_kem_xwing_SECRETKEYBYTES);  // the seed again
  crypto_kem_xwing_seed_keypair(key.data(), secret_key.reveal_mutable().data(),
                                seed.reveal().data());
  return key;
}

tl::expected<XWingEncapsulated, XWingError> xwing_encapsulate(const XWingPublicKey& key,
                                                              Random& random) {
  SecretBytes seed(kEncapsulationSeedBytes);
  random.fill(seed.reveal_mutable());
  XWingCiphertext ciphertext;
  bool good = false;
  auto secret = XWingSharedSecret::make([&](std::span<std::uint8_t> out) {
    good = crypto_kem_xwing_enc_deterministic(ciphertext.data(), out.data(), key.data(),
                                              seed.reveal().data()) == 0;
  });
  if (!good) return tl::unexpected(XWingError::kBadPublicKey);
  return XWingEncapsulated{ciphertext, std::move(secret)};
}

tl::expected<XWingSharedSecret, XWingError> xwing_decapsulate(const XWingSeed& seed,
                                                              const XWingCiphertext& ciphertext) {
  bool good = false;
  auto secret = XWingSharedSecret::make([&](std::span<std::uint8_t> out) {
    good = crypto_kem_xwing_dec(out.data(), ciphertext.data(), seed.reveal().data()) == 0;
  });
  if (!good) return tl::unexpected(XWingError::kBadCiphertext);
  return secret;
}

}  // namespace omzien::crypto
