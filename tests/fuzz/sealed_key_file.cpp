#include "tests/fuzz/sealed_key_file.h"

#include <algorithm>
#include <array>
#include <sodium.h>

#include "crypto/open/key_file.h"
#include "tests/fuzz/target.h"

namespace omzien::fuzz {
namespace {

constexpr std::size_t kPassesAt = 25;
constexpr std::array<std::uint8_t, 8> kLowestCost{0, 0, 0, 1, 0, 0, 0, 8};

}  // namespace

crypto::Bytes sealed_by_hand(crypto::ByteView plain) {
  constexpr std::string_view kMagic = "OMZIENKF\x01";
  crypto::Bytes file(crypto::kKeyFileHeaderBytes + plain.size() +
                     crypto_aead_xchacha20poly1305_ietf_ABYTES);
  std::copy(kMagic.begin(), kMagic.end(), file.begin());
  std::copy(kLowestCost.begin(), kLowestCost.end(), file.begin() + kPassesAt);
  std::array<std::uint8_t, 32> key{};
  must(crypto_pwhash(key.data(), key.size(), kPassphrase.data(), kPassphrase.size(),
                     file.data() + 9, 1, std::size_t{8} * 1024, crypto_pwhash_ALG_ARGON2ID13) == 0);
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      file.data() + crypto::kKeyFileHeaderBytes, nullptr, plain.data(), plain.size(), file.data(),
      crypto::kKeyFileHeaderBytes, nullptr, file.data() + 33, key.data());
  return file;
}

crypto::Bytes at_the_lowest_cost(crypto::ByteView file) {
  crypto::Bytes cheap(file.begin(), file.end());
  if (cheap.size() >= kPassesAt + kLowestCost.size())
    std::copy(kLowestCost.begin(), kLowestCost.end(), cheap.begin() + kPassesAt);
  return cheap;
}

}  // namespace omzien::fuzz
