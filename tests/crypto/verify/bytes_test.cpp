#include "crypto/verify/bytes.h"

#include <type_traits>
#include <unordered_set>

#include <gtest/gtest.h>

namespace omzien::crypto {
namespace {

using Apple = FixedBytes<struct AppleTag, 4>;
using Pear = FixedBytes<struct PearTag, 4>;

static_assert(!std::is_convertible_v<Apple, Pear> && !std::is_constructible_v<Pear, Apple>);

TEST(Hex, GoesThereAndBack) {
  const Bytes bytes = {0x00, 0x7f, 0x80, 0xff, 0x0a};
  EXPECT_EQ(to_hex(bytes), "007f80ff0a");
  EXPECT_EQ(from_hex("007f80ff0a"), bytes);
  EXPECT_EQ(from_hex("007F80FF0A"), bytes);
  EXPECT_EQ(from_hex(""), Bytes{});
}

TEST(Hex, RefusesOddLengthsAndOtherCharacters) {
  EXPECT_FALSE(from_hex("0"));
  EXPECT_FALSE(from_hex("0g"));
  EXPECT_FALSE(from_hex("0x00"));
  EXPECT_FALSE(from_hex(" 00"));
}

// Found by fuzzing: an empty vector has a null pointer, which libsodium does not take.
TEST(Base64Url, OfNothingIsNothing) {
  EXPECT_EQ(to_base64url({}), "");
  EXPECT_EQ(from_base64url(""), Bytes());
}

TEST(FixedBytes, TakesExactlyItsSize) {
  EXPECT_TRUE(Apple::from(Bytes{1, 2, 3, 4}));
  EXPECT_FALSE(Apple::from(Bytes{1, 2, 3}));
  EXPECT_FALSE(Apple::from(Bytes{1, 2, 3, 4, 5}));
  EXPECT_FALSE(Apple::from({}));
}

TEST(FixedBytes, StartsAsZeros) { EXPECT_EQ(Apple().hex(), "00000000"); }

TEST(FixedBytes, IsOrderedByBytesAndHashable) {
  const Apple low = *Apple::from(Bytes{0, 0, 0, 0xff});
  const Apple high = *Apple::from(Bytes{1, 0, 0, 0});
  EXPECT_LT(low, high);
  EXPECT_NE(low, high);
  const std::unordered_set<Apple> basket = {low, high, low};
  EXPECT_EQ(basket.size(), 2u);
}

TEST(Text, BecomesBytesWithoutAClosingZero) {
  EXPECT_EQ(to_bytes("ab"), (Bytes{'a', 'b'}));
  EXPECT_EQ(as_bytes("ab").size(), 2u);
}

}  // namespace
}  // namespace omzien::crypto
