#include "crypto/open/hpke.h"

#include <gtest/gtest.h>

#include "tests/crypto/fixed_random.h"
#include "tests/crypto/support.h"

namespace omzien::crypto {
namespace {

TEST(Hpke, KnowsThePublishedVectors) {
  const auto vectors = published_vectors("hpke-xwing-sha256-chacha20poly1305.json");
  if (!vectors) GTEST_SKIP() << kNoPublishedVectors;
  ASSERT_FALSE(vectors->empty());
  for (const auto& vector : *vectors) {
    const auto bytes = [](const nlohmann::json& from, const char* name) {
      return hex(from.at(name).get<std::string>());
    };
    const auto seed = value_of<XWingSeed>(bytes(vector, "skRm"));
    EXPECT_EQ(xwing_public_key(seed).to_bytes(), bytes(vector, "pkRm"));
    const auto secret = xwing_decapsulate(seed, value_of<XWingCiphertext>(bytes(vector, "enc")));
    ASSERT_TRUE(secret);
    EXPECT_EQ(to_hex(secret->reveal()), vector.at("shared_secret").get<std::string>());
    HpkeContext sender(*secret, bytes(vector, "info"));
    HpkeContext receiver(*secret, bytes(vector, "info"));
    std::size_t messages = 0;
    for (const auto& message : vector.at("encryptions")) {
      EXPECT_EQ(sender.seal(bytes(message, "aad"), bytes(message, "pt")), bytes(message, "ct"));
      const auto plaintext = receiver.open(bytes(message, "aad"), bytes(message, "ct"));
      ASSERT_TRUE(plaintext);
      EXPECT_TRUE(constant_time_equal(plaintext->reveal(), bytes(message, "pt")));
      ++messages;
    }
    EXPECT_GT(messages, 2u);
    for (const auto& exported : vector.at("exports"))
      EXPECT_TRUE(constant_time_equal(sender
                                          .export_secret(bytes(exported, "exporter_context"),
                                                         exported.at("L").get<std::size_t>())
                                          .reveal(),
                                      bytes(exported, "exported_value")));
  }
}

class HpkeMessage : public testing::Test {
 protected:
  FixedRandom random{"hpke"};
  XWingSeed seed = random_key<XWingSeed>(random);
  XWingPublicKey key = xwing_public_key(seed);
  Bytes info = to_bytes("info");
  Bytes aad = to_bytes("aad");
  Bytes plaintext = to_bytes("a wrapped key");
  HpkeSealed sealed = hpke_seal(key, info, aad, plaintext, random).value();

  bool refused(const tl::expected<SecretBytes, OpenError>& opened) {
    return !opened && opened.error() == OpenError::kWrongKeyOrAltered;
  }
};

TEST_F(HpkeMessage, ComesBackForItsReader) {
  const auto opened = hpke_open(seed, sealed.enc, info, aad, sealed.ciphertext);
  ASSERT_TRUE(opened);
  EXPECT_TRUE(constant_time_equal(opened->reveal(), plaintext));
  EXPECT_EQ(sealed.ciphertext.size(), plaintext.size() + 16);
}

TEST_F(HpkeMessage, MayBeEmpty) {
  const HpkeSealed empty = hpke_seal(key, {}, {}, {}, random).value();
  const auto opened = hpke_open(seed, empty.enc, {}, {}, empty.ciphertext);
  ASSERT_TRUE(opened);
  EXPECT_TRUE(opened->empty());
}

TEST_F(HpkeMessage, IsRefusedToAnotherKeyInfoOrAad) {
  EXPECT_TRUE(
      refused(hpke_open(random_key<XWingSeed>(random), sealed.enc, info, aad, sealed.ciphertext)));
  EXPECT_TRUE(refused(hpke_open(seed, sealed.enc, as_bytes("infO"), aad, sealed.ciphertext)));
  EXPECT_TRUE(refused(hpke_open(seed, sealed.enc, info, as_bytes("aaD"), sealed.ciphertext)));
  EXPECT_TRUE(refused(hpke_open(seed, sealed.enc, info, {}, sealed.ciphertext)));
}

TEST_F(HpkeMessage, IsRefusedWhenAnyBitIsTurned) {
  for (std::size_t bit = 0; bit < 8 * sealed.ciphertext.size(); ++bit)
    EXPECT_TRUE(refused(hpke_open(seed, sealed.enc, info, aad, flipped(sealed.ciphertext, bit))))
        << bit;
  for (std::size_t bit = 0; bit < 8 * XWingCiphertext::kSize; bit += 61)
    EXPECT_FALSE(hpke_open(seed, value_of<XWingCiphertext>(flipped(sealed.enc.view(), bit)), info,
                           aad, sealed.ciphertext))
        << bit;
}

TEST_F(HpkeMessage, IsRefusedWhenCutOrExtended) {
  Bytes longer = sealed.ciphertext;
  longer.push_back(0);
  EXPECT_TRUE(refused(hpke_open(seed, sealed.enc, info, aad, longer)));
  const ByteView all = sealed.ciphertext;
  EXPECT_TRUE(refused(hpke_open(seed, sealed.enc, info, aad, all.first(all.size() - 1))));
  const auto tiny = hpke_open(seed, sealed.enc, info, aad, all.first(15));
  ASSERT_FALSE(tiny);
  EXPECT_EQ(tiny.error(), OpenError::kMalformed);
}

TEST_F(HpkeMessage, OfASequenceOpensOnlyInItsPlace) {
  const auto secret = xwing_decapsulate(seed, sealed.enc).value();
  HpkeContext sender(secret, info);
  HpkeContext receiver(secret, info);
  const Bytes first = sender.seal(aad, plaintext);
  const Bytes second = sender.seal(aad, plaintext);
  EXPECT_NE(first, second);
  EXPECT_TRUE(refused(receiver.open(aad, second)));
  EXPECT_TRUE(receiver.open(aad, first)) << "a refused message leaves the sequence where it was";
  EXPECT_TRUE(refused(receiver.open(aad, first)));
  EXPECT_TRUE(receiver.open(aad, second));
}

}  // namespace
}  // namespace omzien::crypto
