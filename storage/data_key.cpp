#include "storage/data_key.h"

#include <algorithm>
#include <string_view>

#include "crypto/verify/hkdf.h"
#include "omzien/rules.h"
#include "storage/files.h"

namespace omzien::storage {
namespace {

constexpr std::string_view kMagic = "omzien datakey1\n";
constexpr std::size_t kSaltBytes = 32;
constexpr std::size_t kMaskedAt = kMagic.size() + kSaltBytes;
constexpr std::size_t kMacAt = kMaskedAt + DataKey::kSize;
static_assert(kMacAt + crypto::Digest::kSize == kWrappedDataKeyBytes);

using Mask = crypto::SecretKey<struct DataKeyMaskTag, DataKey::kSize>;
using MacKey = crypto::SecretKey<struct DataKeyMacTag, 32>;

struct WrappingKeys {
  Mask mask;
  MacKey mac_key;
};

WrappingKeys wrapping_keys(const KeyFileSecret& secret, crypto::ByteView salt) {
  const auto prk = crypto::hkdf_extract(salt, secret.reveal());
  return {crypto::hkdf_expand_key<Mask>(prk, crypto::as_bytes(rules::kTagStoreWrap)),
          crypto::hkdf_expand_key<MacKey>(prk, crypto::as_bytes(rules::kTagStoreCheck))};
}

void exclusive_or(crypto::ByteView a, crypto::ByteView b, std::span<std::uint8_t> out) {
  std::ranges::transform(a, b, out.begin(), [](std::uint8_t x, std::uint8_t y) {
    return static_cast<std::uint8_t>(x ^ y);
  });
}

}  // namespace

crypto::Bytes wrap_data_key(const DataKey& key, const KeyFileSecret& secret,
                            crypto::Random& random) {
  crypto::Bytes wrapped(kWrappedDataKeyBytes);
  const std::span<std::uint8_t> all(wrapped);
  std::ranges::copy(crypto::as_bytes(kMagic), all.begin());
  const auto salt = all.subspan(kMagic.size(), kSaltBytes);
  random.fill(salt);
  const auto keys = wrapping_keys(secret, salt);
  exclusive_or(key.reveal(), keys.mask.reveal(), all.subspan(kMaskedAt, DataKey::kSize));
  const auto mac = crypto::hmac_sha256(keys.mac_key.reveal(), all.first(kMacAt));
  std::ranges::copy(mac.view(), all.begin() + kMacAt);
  return wrapped;
}

Result<DataKey> unwrap_data_key(crypto::ByteView wrapped, const KeyFileSecret& secret) {
  if (wrapped.size() != kWrappedDataKeyBytes ||
      !std::ranges::equal(wrapped.first(kMagic.size()), crypto::as_bytes(kMagic))) {
    return tl::unexpected(Error::kDamaged);
  }
  const auto keys = wrapping_keys(secret, wrapped.subspan(kMagic.size(), kSaltBytes));
  const auto mac = crypto::hmac_sha256(keys.mac_key.reveal(), wrapped.first(kMacAt));
  if (!crypto::constant_time_equal(mac.view(), wrapped.subspan(kMacAt))) {
    return tl::unexpected(Error::kWrongKey);
  }
  return DataKey::make([&](std::span<std::uint8_t> out) {
    exclusive_or(wrapped.subspan(kMaskedAt, DataKey::kSize), keys.mask.reveal(), out);
  });
}

Result<DataKey> read_data_key(const std::filesystem::path& path, const KeyFileSecret& secret) {
  const auto wrapped = read_file(path, kWrappedDataKeyBytes, Readers::kAnybody);
  if (!wrapped) return tl::unexpected(wrapped.error());
  return unwrap_data_key(wrapped->reveal(), secret);
}

Result<void> write_data_key(const std::filesystem::path& path, const DataKey& key,
                            const KeyFileSecret& secret, crypto::Random& random) {
  return write_file(path, wrap_data_key(key, secret, random));
}

Result<void> rewrap_data_key(const std::filesystem::path& path, const KeyFileSecret& before,
                             const KeyFileSecret& after, crypto::Random& random) {
  const auto key = read_data_key(path, before);
  if (!key) return tl::unexpected(key.error());
  return write_data_key(path, *key, after, random);
}

}  // namespace omzien::storage
