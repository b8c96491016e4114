#include "storage/key_file.h"

#include <algorithm>
#include <string_view>

#include "crypto/verify/hkdf.h"
#include "omzien/rules.h"
#include "storage/files.h"

namespace omzien::storage {
namespace {

constexpr std::string_view kMagicLine = "omzien gateway key 1\n";
constexpr std::string_view kDigits = "0123456789abcdef";
constexpr std::size_t kFileBytes = kMagicLine.size() + 2 * KeyFileSecret::kSize + 1;

std::optional<std::uint8_t> digit(std::uint8_t character) {
  const auto place = kDigits.find(static_cast<char>(character));
  if (place == std::string_view::npos) return std::nullopt;
  return static_cast<std::uint8_t>(place);
}

}  // namespace

Result<KeyFileSecret> read_key_file(const std::filesystem::path& path) {
  const auto file = read_file(path, kFileBytes, Readers::kOwnerOnly);
  if (!file) return tl::unexpected(file.error());
  const auto bytes = file->reveal();
  const auto magic = crypto::as_bytes(kMagicLine);
  if (bytes.size() != kFileBytes || !std::ranges::equal(bytes.first(magic.size()), magic) ||
      bytes.back() != '\n') {
    return tl::unexpected(Error::kDamaged);
  }
  bool hexadecimal = true;
  auto secret = KeyFileSecret::make([&](std::span<std::uint8_t> out) {
    for (std::size_t i = 0; i < out.size(); ++i) {
      const auto high = digit(bytes[magic.size() + 2 * i]);
      const auto low = digit(bytes[magic.size() + 2 * i + 1]);
      hexadecimal = hexadecimal && high && low;
      out[i] = static_cast<std::uint8_t>(high.value_or(0) << 4 | low.value_or(0));
    }
  });
  if (!hexadecimal) return tl::unexpected(Error::kDamaged);
  return secret;
}

Result<void> make_key_file(const std::filesystem::path& path, crypto::Random& random) {
  const auto secret = crypto::random_key<KeyFileSecret>(random);
  crypto::SecretBytes text(kFileBytes);
  auto out = std::ranges::copy(crypto::as_bytes(kMagicLine), text.reveal_mutable().begin()).out;
  for (const std::uint8_t byte : secret.reveal()) {
    *out++ = static_cast<std::uint8_t>(kDigits[byte >> 4]);
    *out++ = static_cast<std::uint8_t>(kDigits[byte & 15]);
  }
  *out = '\n';
  // Taking the name first keeps an existing key: nothing writes over a file that it did not make
  // itself.
  if (auto made = make_file(path); !made) return made;
  auto written = write_file(path, text.reveal());
  if (!written) (void)remove_file(path);
  return written;
}

crypto::SigningSeed signing_seed(const KeyFileSecret& secret) {
  return crypto::hkdf_expand_key<crypto::SigningSeed>(crypto::hkdf_extract({}, secret.reveal()),
                                                      crypto::as_bytes(rules::kTagGatewaySigning));
}

BeaconKey beacon_key(const KeyFileSecret& secret) {
  return crypto::hkdf_expand_key<BeaconKey>(crypto::hkdf_extract({}, secret.reveal()),
                                            crypto::as_bytes(rules::kTagBeaconKey));
}

}  // namespace omzien::storage
