#include "crypto/verify/signing.h"

#include <gtest/gtest.h>

#include "omzien/rules.h"
#include "tests/crypto/support.h"

namespace omzien::crypto {
namespace {

static_assert(!std::is_copy_constructible_v<SigningKey> && !std::is_copy_assignable_v<SigningKey>);

// RFC 8032 §7.1, test 2.
TEST(Signing, MakesTheSignatureOfRfc8032) {
  const SigningKey key(
      value_of<SigningSeed>("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
  EXPECT_EQ(key.public_key().hex(),
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  EXPECT_EQ(key.sign("", hex("72")).hex(),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f36"
            "13d0f11d8c387b2eaeb4"
            "302aeeb00d291612bb0c00");
}

TEST(Signing, HoldsUnderItsOwnTagAndMessageAlone) {
  const SigningKey key(value_of<SigningSeed>(Bytes(32, 1)));
  const SigningKey other(value_of<SigningSeed>(Bytes(32, 2)));
  const Bytes message = to_bytes("an entry");
  const Signature signature = key.sign(rules::kTagEntrySignature, message);
  EXPECT_TRUE(verify(key.public_key(), rules::kTagEntrySignature, message, signature));
  EXPECT_FALSE(verify(key.public_key(), rules::kTagOperationSignature, message, signature));
  EXPECT_FALSE(
      verify(key.public_key(), rules::kTagEntrySignature, as_bytes("an entrY"), signature));
  EXPECT_FALSE(verify(other.public_key(), rules::kTagEntrySignature, message, signature));
}

// A tag ends in 0x00 and has no other, so no tag and message read as another tag and message.
TEST(Signing, TagsEndInZeroAndHaveNoOther) {
  for (const std::string_view tag :
       {rules::kTagEntrySignature, rules::kTagOperationSignature, rules::kTagDirectorySignature,
        rules::kTagKeyCertificateSignature}) {
    EXPECT_EQ(tag.find('\0'), tag.size() - 1);
  }
}

}  // namespace
}  // namespace omzien::crypto
