#include "crypto/open/xwing.h"

#include <gtest/gtest.h>

#include "tests/crypto/fixed_random.h"
#include "tests/crypto/support.h"

namespace omzien::crypto {
namespace {

// Gives out what a vector prescribes.
class GivenRandom final : public Random {
 public:
  explicit GivenRandom(Bytes bytes) : bytes_(std::move(bytes)) {}
  void fill(std::span<std::uint8_t> out) override {
    ASSERT_EQ(out.size(), bytes_.size());
    std::copy(bytes_.begin(), bytes_.end(), out.begin());
  }

 private:
  Bytes bytes_;
};

TEST(XWing, KnowsThePublishedVectors) {
  const auto vectors = published_vectors("xwing.json");
  if (!vectors) GTEST_SKIP() << kNoPublishedVectors;
  ASSERT_FALSE(vectors->empty());
  for (const auto& vector : *vectors) {
    const auto text = [&](const char* name) { return vector.at(name).template get<std::string>(); };
    const auto seed = value_of<XWingSeed>(text("seed"));
    const XWingPublicKey key = xwing_public_key(seed);
    EXPECT_EQ(key.hex(), text("pk"));
    GivenRandom random(hex(text("eseed")));
    const auto encapsulated = xwing_encapsulate(key, random);
    ASSERT_TRUE(encapsulated);
    EXPECT_EQ(encapsulated->ciphertext.hex(), text("ct"));
    EXPECT_EQ(to_hex(encapsulated->shared_secret.reveal()), text("ss"));
    const auto secret = xwing_decapsulate(seed, value_of<XWingCiphertext>(text("ct")));
    ASSERT_TRUE(secret);
    EXPECT_EQ(to_hex(secret->reveal()), text("ss"));
  }
}

TEST(XWing, AnAlteredCiphertextGivesAnotherSecret) {
  FixedRandom random("xwing");
  const auto seed = random_key<XWingSeed>(random);
  const auto encapsulated = xwing_encapsulate(xwing_public_key(seed), random).value();
  for (std::size_t bit = 0; bit < 8 * XWingCiphertext::kSize; bit += 101) {
    const auto altered = value_of<XWingCiphertext>(flipped(encapsulated.ciphertext.view(), bit));
    const auto secret = xwing_decapsulate(seed, altered);
    if (secret) {
      EXPECT_FALSE(constant_time_equal(secret->reveal(), encapsulated.shared_secret.reveal()))
          << bit;
    }
  }
}

// FIPS 203 §7.2: coefficients of the encapsulation key stand below 3,329.
TEST(XWing, RefusesAPublicKeyWithCoefficientsOutOfRange) {
  FixedRandom random("modulus");
  auto key = xwing_public_key(random_key<XWingSeed>(random));
  key.data()[0] = 0xff;
  key.data()[1] |= 0x0f;
  const auto encapsulated = xwing_encapsulate(key, random);
  ASSERT_FALSE(encapsulated);
  EXPECT_EQ(encapsulated.error(), XWingError::kBadPublicKey);
}

TEST(XWing, KeyHashIsTheHashOfTheWholeKey) {
  FixedRandom random("hash");
  const auto key = xwing_public_key(random_key<XWingSeed>(random));
  EXPECT_EQ(xwing_key_hash(key), sha256(key.view()));
}

}  // namespace
}  // namespace omzien::crypto
