#include "crypto/open/key_file.h"

#include <algorithm>
#include <array>
#include <new>
#include <optional>
#include <sodium.h>
#include <stdexcept>

namespace omzien::crypto {

namespace {

constexpr std::string_view kMagic = "OMZIENKF";
constexpr std::size_t kSuiteAt = 8;
constexpr std::size_t kSaltAt = 9;
constexpr std::size_t kPassesAt = 25;
constexpr std::size_t kMemoryAt = 29;
constexpr std::size_t kNonceAt = 33;
constexpr std::size_t kSeedsAt = 50;  // in the plaintext
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::uint32_t kPassesMax = 16;
constexpr std::uint32_t kMemoryKibMin = 8;
constexpr std::uint32_t kMemoryKibMax = 1024 * 1024;
static_assert(kNonceAt + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES == kKeyFileHeaderBytes);
static_assert(kPassesAt - kSaltAt == crypto_pwhash_argon2id_SALTBYTES);

bool in_bounds(KeyFileCost cost) {
  return cost.passes >= 1 && cost.passes <= kPassesMax && cost.memory_kib >= kMemoryKibMin &&
         cost.memory_kib <= kMemoryKibMax;
}

void put_u32(std::span<std::uint8_t> out, std::uint32_t number) {
  for (std::size_t i = 0; i < 4; ++i) out[i] = static_cast<std::uint8_t>(number >> (8 * (3 - i)));
}

std::uint32_t get_u32(ByteView in) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8 | in[i];
  return number;
}

// Nothing when there is no memory for it.
std::optional<SecretBytes> passphrase_key(ByteView passphrase, ByteView salt, KeyFileCost cost) {
  SecretBytes key(crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
  const auto* text = reinterpret_cast<const char*>(passphrase.data());
  if (crypto_pwhash_argon2id(key.reveal_mutable().data(), key.size(), text, passphrase.size(),
                             salt.data(), cost.passes, std::size_t{cost.memory_kib} * 1024,
                             crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0)
    return std::nullopt;
  return key;
}

SecretBytes encode(const KeyFile& file) {
  SecretBytes plain(kSeedsAt + file.xwing_seeds.size() * XWingSeed::kSize);
  auto out = plain.reveal_mutable().begin();
  *out++ = static_cast<std::uint8_t>(file.kind);
  const ByteView id = file.member_id.view();
  out = std::copy(id.begin(), id.end(), out);
  const ByteView seed = file.signing_seed.reveal();
  out = std::copy(seed.begin(), seed.end(), out);
  *out++ = static_cast<std::uint8_t>(file.xwing_seeds.size());
  for (const XWingSeed& xwing : file.xwing_seeds) {
    const ByteView bytes = xwing.reveal();
    out = std::copy(bytes.begin(), bytes.end(), out);
  }
  return plain;
}

std::optional<KeyFile> decode(ByteView plain) {
  const bool known = plain[0] == static_cast<std::uint8_t>(KeyFileKind::kMember) ||
                     plain[0] == static_cast<std::uint8_t>(KeyFileKind::kRoot);
  if (!known || plain[kSeedsAt - 1] > kKeyFileSeedsMax ||
      plain.size() != kSeedsAt + plain[kSeedsAt - 1] * XWingSeed::kSize)
    return std::nullopt;
  KeyFile file{static_cast<KeyFileKind>(plain[0]),
               *protocol::MemberId::from(plain.subspan(1, 16)),
               *SigningSeed::from(plain.subspan(17, 32)),
               {}};
  for (std::size_t at = kSeedsAt; at < plain.size(); at += XWingSeed::kSize)
    file.xwing_seeds.push_back(*XWingSeed::from(plain.subspan(at, XWingSeed::kSize)));
  return file;
}

}  // namespace

Bytes seal_key_file(const KeyFile& file, ByteView passphrase, Random& random, KeyFileCost cost) {
  if (file.xwing_seeds.size() > kKeyFileSeedsMax || !in_bounds(cost))
    throw std::length_error("key file: too many seeds, or a cost out of bounds");
  const SecretBytes plain = encode(file);
  Bytes sealed(kKeyFileHeaderBytes + plain.size() + kTagBytes);
  const std::span header = std::span(sealed).first(kKeyFileHeaderBytes);
  std::copy(kMagic.begin(), kMagic.end(), header.begin());
  header[kSuiteAt] = static_cast<std::uint8_t>(rules::kSuite);
  random.fill(header.subspan(kSaltAt, crypto_pwhash_argon2id_SALTBYTES));
  put_u32(header.subspan(kPassesAt, 4), cost.passes);
  put_u32(header.subspan(kMemoryAt, 4), cost.memory_kib);
  random.fill(header.subspan(kNonceAt));

  const auto key =
      passphrase_key(passphrase, header.subspan(kSaltAt, crypto_pwhash_argon2id_SALTBYTES), cost);
  if (!key) throw std::bad_alloc();
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      sealed.data() + kKeyFileHeaderBytes, nullptr, plain.reveal().data(), plain.size(),
      header.data(), header.size(), nullptr, header.data() + kNonceAt, key->reveal().data());
  return sealed;
}

tl::expected<KeyFile, KeyFileError> open_key_file(ByteView sealed, ByteView passphrase) {
  if (sealed.size() <= kSuiteAt || !std::equal(kMagic.begin(), kMagic.end(), sealed.begin()))
    return tl::unexpected(KeyFileError::kNotAKeyFile);
  if (sealed[kSuiteAt] > rules::kSuite) return tl::unexpected(KeyFileError::kNewerVersion);
  if (sealed[kSuiteAt] == 0 || sealed.size() < kKeyFileHeaderBytes + kSeedsAt + kTagBytes ||
      sealed.size() > kKeyFileBytesMax)
    return tl::unexpected(KeyFileError::kNotAKeyFile);
  const ByteView header = sealed.first(kKeyFileHeaderBytes);
  const ByteView body = sealed.subspan(kKeyFileHeaderBytes);
  const KeyFileCost cost{get_u32(header.subspan(kPassesAt, 4)),
                         get_u32(header.subspan(kMemoryAt, 4))};
  if (!in_bounds(cost)) return tl::unexpected(KeyFileError::kNotAKeyFile);

  const auto key =
      passphrase_key(passphrase, header.subspan(kSaltAt, crypto_pwhash_argon2id_SALTBYTES), cost);
  if (!key) return tl::unexpected(KeyFileError::kNoMemory);
  SecretBytes plain(body.size() - kTagBytes);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          plain.reveal_mutable().data(), nullptr, nullptr, body.data(), body.size(), header.data(),
          header.size(), header.data() + kNonceAt, key->reveal().data()) != 0)
    return tl::unexpected(KeyFileError::kWrongPassphraseOrAltered);
  auto file = decode(plain.reveal());
  if (!file) return tl::unexpected(KeyFileError::kNotAKeyFile);
  return std::move(*file);
}

}  // namespace omzien::crypto
