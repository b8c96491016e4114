#include "crypto/verify/signature.h"

#include <gtest/gtest.h>

#include "tests/crypto/support.h"

namespace omzien::crypto {
namespace {

struct Rfc8032 {
  std::string_view key, message, signature;
};

// RFC 8032 §7.1, tests 1 to 3 and "SHA(abc)". Our tag is a prefix of the message, so an empty one
// leaves the RFC's own signature.
const Rfc8032 kVectors[] = {
    {"d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b"
     "46bd25bf5f0595bbe24"
     "655141438e7a100b"},
    {"3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11"
     "d8c387b2eaeb4302aee"
     "b00d291612bb0c00"},
    {"fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc"
     "6594a7c15e9716ed28d"
     "c027beceea1ec40a"},
    {"ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
     "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3fee"
     "bbd454d4423643ce80e"
     "2a9ac94fa54ca49f",
     "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e"
     "0303dca179c138ac17a"
     "d9bef1177331a704"},
};

TEST(Signature, KnowsTheVectorsOfRfc8032) {
  for (const Rfc8032& vector : kVectors)
    EXPECT_TRUE(verify(value_of<SigningPublicKey>(vector.key), "", hex(vector.message),
                       value_of<Signature>(vector.signature)))
        << vector.key;
}

TEST(Signature, RefusesEveryTurnedBit) {
  const auto& [key_hex, message_hex, signature_hex] = kVectors[2];
  const auto key = value_of<SigningPublicKey>(key_hex);
  const auto signature = value_of<Signature>(signature_hex);
  const Bytes message = hex(message_hex);
  for (std::size_t bit = 0; bit < 8 * Signature::kSize; ++bit)
    EXPECT_FALSE(verify(key, "", message, value_of<Signature>(flipped(signature.view(), bit))));
  for (std::size_t bit = 0; bit < 8 * SigningPublicKey::kSize; ++bit)
    EXPECT_FALSE(
        verify(value_of<SigningPublicKey>(flipped(key.view(), bit)), "", message, signature));
  for (std::size_t bit = 0; bit < 8 * message.size(); ++bit)
    EXPECT_FALSE(verify(key, "", flipped(message, bit), signature));
}

// Strange keys and signatures, shared with the web client: what one side accepts the other must.
TEST(Signature, DecidesTheEdgeCasesAsTheVectorsSay) {
  const auto file = own_vectors("ed25519-edge.json");
  ASSERT_GE(file.at("cases").size(), 20u);
  for (const auto& edge : file.at("cases")) {
    const Bytes tag = hex(edge.at("tag").get<std::string>());
    const std::string tag_text(tag.begin(), tag.end());
    EXPECT_EQ(verify(value_of<SigningPublicKey>(edge.at("public_key").get<std::string>()), tag_text,
                     hex(edge.at("message").get<std::string>()),
                     value_of<Signature>(edge.at("signature").get<std::string>())),
              edge.at("valid").get<bool>())
        << edge.at("name");
  }
}

}  // namespace
}  // namespace omzien::crypto
