#include "crypto/open/envelope.h"

#include <algorithm>
#include <array>
#include <sodium.h>

#include "crypto/open/padding.h"
#include "omzien/rules.h"

namespace omzien::crypto {

namespace {

constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(kEnvelopeOverheadBytes == 1 + kNonceBytes + kTagBytes);

tl::expected<void, OpenError> check_shape(ByteView sealed) {
  if (sealed.empty() || sealed[0] == 0) return tl::unexpected(OpenError::kMalformed);
  if (sealed[0] > rules::kSuite) return tl::unexpected(OpenError::kNewerSuite);
  if (sealed.size() < kEnvelopeOverheadBytes ||
      !is_padded_size(sealed.size() - kEnvelopeOverheadBytes))
    return tl::unexpected(OpenError::kMalformed);
  return {};
}

tl::expected<SecretBytes, OpenError> without_padding(const SecretBytes& padded) {
  const auto plaintext = unpad(padded.reveal());
  if (!plaintext) return tl::unexpected(OpenError::kMalformed);
  return SecretBytes::from(*plaintext);
}

}  // namespace

Bytes seal_envelope(ByteView key, ByteView associated_data, ByteView plaintext, Random& random) {
  const SecretBytes padded = pad(plaintext);
  Bytes sealed(kEnvelopeOverheadBytes + padded.size());
  sealed[0] = static_cast<std::uint8_t>(rules::kSuite);
  const std::span nonce = std::span(sealed).subspan(1, kNonceBytes);
  random.fill(nonce);
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      sealed.data() + 1 + kNonceBytes, nullptr, padded.reveal().data(), padded.size(),
      associated_data.data(), associated_data.size(), nullptr, nonce.data(), key.data());
  return sealed;
}

tl::expected<SecretBytes, OpenError> open_envelope(ByteView key, ByteView associated_data,
                                                   ByteView sealed) {
  if (const auto shape = check_shape(sealed); !shape) return tl::unexpected(shape.error());
  const ByteView nonce = sealed.subspan(1, kNonceBytes);
  const ByteView ciphertext = sealed.subspan(1 + kNonceBytes);
  SecretBytes padded(ciphertext.size() - kTagBytes);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          padded.reveal_mutable().data(), nullptr, nullptr, ciphertext.data(), ciphertext.size(),
          associated_data.data(), associated_data.size(), nonce.data(), key.data()) != 0)
    return tl::unexpected(OpenError::kWrongKeyOrAltered);
  return without_padding(padded);
}

tl::expected<EnvelopeKey, OpenError> envelope_key(ByteView key, ByteView sealed) {
  if (const auto shape = check_shape(sealed); !shape) return tl::unexpected(shape.error());
  return EnvelopeKey::make([&](std::span<std::uint8_t> out) {
    crypto_core_hchacha20(out.data(), sealed.data() + 1, key.data(), nullptr);
  });
}

tl::expected<SecretBytes, OpenError> open_envelope(const EnvelopeKey& key, ByteView associated_data,
                                                   ByteView sealed) {
  if (const auto shape = check_shape(sealed); !shape) return tl::unexpected(shape.error());
  std::array<std::uint8_t, crypto_aead_chacha20poly1305_IETF_NPUBBYTES> nonce{};
  const ByteView rest = sealed.subspan(1 + crypto_core_hchacha20_INPUTBYTES, 8);
  std::copy(rest.begin(), rest.end(), nonce.begin() + 4);
  const ByteView ciphertext = sealed.subspan(1 + kNonceBytes);
  SecretBytes padded(ciphertext.size() - kTagBytes);
  if (crypto_aead_chacha20poly1305_ietf_decrypt(
          padded.reveal_mutable().data(), nullptr, nullptr, ciphertext.data(), ciphertext.size(),
          associated_data.data(), associated_data.size(), nonce.data(), key.reveal().data()) != 0)
    return tl::unexpected(OpenError::kWrongKeyOrAltered);
  return without_padding(padded);
}

}  // namespace omzien::crypto
