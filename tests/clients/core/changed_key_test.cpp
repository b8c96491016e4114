#include "clients/core/changed_key.h"

#include <gtest/gtest.h>

namespace omzien::core {
namespace {

using protocol::Day;

const std::optional<crypto::Signature> kVouched = crypto::Signature{};

// Whose keys began on these days, each signed by the one before it or not.
Day changed(std::vector<protocol::SigningKeyEntry> keys) {
  protocol::Person person;
  person.signing_keys = std::move(keys);
  return key_changed_day(person);
}

TEST(ChangedKey, IsOneThatTheKeyBeforeItDidNotSign) {
  EXPECT_EQ(changed({{{}, 10, {}}}), 0u);
  EXPECT_EQ(changed({{{}, 10, {}}, {{}, 20, kVouched}}), 0u);
  EXPECT_EQ(changed({{{}, 10, {}}, {{}, 20, {}}}), 20u);
}

TEST(ChangedKey, IsNotHiddenByOneThatItSignedItself) {
  EXPECT_EQ(changed({{{}, 10, {}}, {{}, 20, {}}, {{}, 30, kVouched}}), 20u);
}

TEST(ChangedKey, IsTheLastOfSeveral) {
  EXPECT_EQ(changed({{{}, 10, {}}, {{}, 20, {}}, {{}, 30, kVouched}, {{}, 40, {}}}), 40u);
}

bool replaced(std::vector<protocol::SigningKeyEntry> keys) {
  protocol::Person person;
  person.signing_keys = std::move(keys);
  return key_was_replaced({}, person);
}

TEST(ChangedKey, WasReplacedWhereSomethingAfterItWasNotVouchedForOrItIsGone) {
  const auto other = *crypto::SigningPublicKey::from(crypto::Bytes(32, 1));
  EXPECT_FALSE(replaced({{{}, 10, {}}}));
  EXPECT_FALSE(replaced({{other, 5, {}}, {{}, 10, {}}, {other, 20, kVouched}}));
  EXPECT_TRUE(replaced({{{}, 10, {}}, {other, 20, {}}, {other, 30, kVouched}}));
  EXPECT_TRUE(replaced({{other, 10, {}}}));
}

}  // namespace
}  // namespace omzien::core
