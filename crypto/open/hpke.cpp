#include "crypto/open/hpke.h"

#include <sodium.h>
#include <stdexcept>

#include "crypto/verify/hkdf.h"

namespace omzien::crypto {

namespace {

constexpr std::size_t kKeyBytes = crypto_aead_chacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t kNonceBytes = crypto_aead_chacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_chacha20poly1305_ietf_ABYTES;
constexpr std::size_t kExporterBytes = 32;
constexpr std::uint8_t kModeBase = 0;
// "HPKE", KEM 0x647A, KDF 0x0001, AEAD 0x0003 (RFC 9180 §5.1)
constexpr std::uint8_t kSuiteId[] = {'H', 'P', 'K', 'E', 0x64, 0x7a, 0x00, 0x01, 0x00, 0x03};

void append(Bytes& to, ByteView more) { to.insert(to.end(), more.begin(), more.end()); }

// §4: "HPKE-v1" ‖ suite_id ‖ label ‖ rest
Bytes labelled(std::string_view label, ByteView rest) {
  Bytes bytes = to_bytes("HPKE-v1");
  append(bytes, kSuiteId);
  append(bytes, as_bytes(label));
  append(bytes, rest);
  return bytes;
}

// §4. The key material is never secret in base mode: where there is a secret it is the salt.
PseudorandomKey labelled_extract(ByteView salt, std::string_view label, ByteView material) {
  return hkdf_extract(salt, labelled(label, material));
}

// §4.
SecretBytes labelled_expand(ByteView key, std::string_view label, ByteView info,
                            std::size_t length) {
  if (length > crypto_kdf_hkdf_sha256_BYTES_MAX)
    throw std::length_error("HPKE: at most 8,160 bytes");
  Bytes full = {static_cast<std::uint8_t>(length >> 8), static_cast<std::uint8_t>(length)};
  append(full, labelled(label, info));
  SecretBytes out(length);
  hkdf_expand_into(out.reveal_mutable(), key, full);
  return out;
}

}  // namespace

HpkeContext::HpkeContext(const XWingSharedSecret& shared_secret, ByteView info) {
  Bytes context = {kModeBase};
  append(context, labelled_extract({}, "psk_id_hash", {}).reveal());
  append(context, labelled_extract({}, "info_hash", info).reveal());
  const PseudorandomKey secret = labelled_extract(shared_secret.reveal(), "secret", {});
  key_ = labelled_expand(secret.reveal(), "key", context, kKeyBytes);
  base_nonce_ = labelled_expand(secret.reveal(), "base_nonce", context, kNonceBytes);
  exporter_secret_ = labelled_expand(secret.reveal(), "exp", context, kExporterBytes);
}

// §5.2 ComputeNonce: the sequence number, big-endian, over the end of the base nonce.
std::array<std::uint8_t, 12> HpkeContext::nonce() const {
  std::array<std::uint8_t, kNonceBytes> nonce;
  std::copy(base_nonce_.reveal().begin(), base_nonce_.reveal().end(), nonce.begin());
  for (std::size_t i = 0; i < sizeof sequence_; ++i)
    nonce[kNonceBytes - 1 - i] ^= static_cast<std::uint8_t>(sequence_ >> (8 * i));
  return nonce;
}

Bytes HpkeContext::seal(ByteView aad, ByteView plaintext) {
  Bytes ciphertext(plaintext.size() + kTagBytes);
  crypto_aead_chacha20poly1305_ietf_encrypt(ciphertext.data(), nullptr, plaintext.data(),
                                            plaintext.size(), aad.data(), aad.size(), nullptr,
                                            nonce().data(), key_.reveal().data());
  ++sequence_;
  return ciphertext;
}

tl::expected<SecretBytes, OpenError> HpkeContext::open(ByteView aad, ByteView ciphertext) {
  if (ciphertext.size() < kTagBytes) return tl::unexpected(OpenError::kMalformed);
  SecretBytes plaintext(ciphertext.size() - kTagBytes);
  if (crypto_aead_chacha20poly1305_ietf_decrypt(
          plaintext.reveal_mutable().data(), nullptr, nullptr, ciphertext.data(), ciphertext.size(),
          aad.data(), aad.size(), nonce().data(), key_.reveal().data()) != 0)
    return tl::unexpected(OpenError::kWrongKeyOrAltered);
  ++sequence_;
  return plaintext;
}

SecretBytes HpkeContext::export_secret(ByteView exporter_context, std::size_t length) const {
  return labelled_expand(exporter_secret_.reveal(), "sec", exporter_context, length);
}

tl::expected<HpkeSealed, XWingError> hpke_seal(const XWingPublicKey& key, ByteView info,
                                               ByteView aad, ByteView plaintext, Random& random) {
  auto encapsulated = xwing_encapsulate(key, random);
  if (!encapsulated) return tl::unexpected(encapsulated.error());
  HpkeContext context(encapsulated->shared_secret, info);
  return HpkeSealed{encapsulated->ciphertext, context.seal(aad, plaintext)};
}

tl::expected<SecretBytes, OpenError> hpke_open(const XWingSeed& seed, const XWingCiphertext& enc,
                                               ByteView info, ByteView aad, ByteView ciphertext) {
  const auto shared_secret = xwing_decapsulate(seed, enc);
  if (!shared_secret) return tl::unexpected(OpenError::kMalformed);
  return HpkeContext(*shared_secret, info).open(aad, ciphertext);
}

}  // namespace omzien::crypto
