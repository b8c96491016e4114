#include "crypto/verify/secret.h"

#include <concepts>
#include <ostream>

#include <gtest/gtest.h>

#include "tests/crypto/support.h"

namespace omzien::crypto {
namespace {

using Key = SecretKey<struct KeyTag, 32>;
using OtherKey = SecretKey<struct OtherKeyTag, 32>;

template <class T>
concept Comparable = requires(const T& a, const T& b) {
  a == b;
};
template <class T>
concept Printable = requires(std::ostream& out, const T& a) {
  out << a;
};

static_assert(!std::copyable<SecretBytes> && !std::copyable<Key>);
static_assert(!std::is_copy_constructible_v<SecretBytes> && !std::is_copy_assignable_v<Key>);
static_assert(std::is_nothrow_move_constructible_v<SecretBytes> &&
              std::is_nothrow_move_constructible_v<Key>);
static_assert(std::is_nothrow_move_assignable_v<SecretBytes> &&
              std::is_nothrow_move_assignable_v<Key>);
static_assert(!Comparable<SecretBytes> && !Comparable<Key>);
static_assert(!Printable<SecretBytes> && !Printable<Key>);
static_assert(!std::is_default_constructible_v<Key>, "no key of zeros by accident");
static_assert(!std::is_convertible_v<Key, OtherKey> && !std::is_constructible_v<OtherKey, Key>);

// Reads through volatile, so that the compiler believes nothing about the memory.
int read(const std::uint8_t* where) { return *const_cast<const volatile std::uint8_t*>(where); }

class SecretDeathTest : public testing::Test {
 protected:
  SecretDeathTest() { GTEST_FLAG_SET(death_test_style, "fast"); }
};

TEST(Secret, StartsAsZerosOfItsSize) {
  const SecretBytes secret(40);
  EXPECT_EQ(secret.size(), 40u);
  EXPECT_TRUE(constant_time_equal(secret.reveal(), Bytes(40)));
}

TEST(Secret, MovesAndLeavesNothingBehind) {
  SecretBytes from = SecretBytes::from(as_bytes("secret"));
  const std::uint8_t* const memory = from.reveal().data();
  const SecretBytes to = std::move(from);
  EXPECT_EQ(to.reveal().data(), memory);
  EXPECT_TRUE(from.empty());  // NOLINT(bugprone-use-after-move): what a move leaves is the point
  EXPECT_EQ(from.reveal().data(), nullptr);
}

TEST(Secret, CopiesOnlyWhenAskedByName) {
  const Key key = value_of<Key>(Bytes(32, 7));
  const Key copy = key.copy();
  EXPECT_NE(copy.reveal().data(), key.reveal().data());
  EXPECT_TRUE(constant_time_equal(copy.reveal(), key.reveal()));
}

TEST(Secret, KeyTakesExactlyItsSize) {
  EXPECT_TRUE(Key::from(Bytes(32)));
  EXPECT_FALSE(Key::from(Bytes(31)));
  EXPECT_FALSE(Key::from(Bytes(33)));
}

TEST(Secret, WipeOverwritesMemory) {
  Bytes bytes(100, 0xaa);
  wipe(bytes);
  EXPECT_EQ(bytes, Bytes(100));
}

TEST(Secret, ConstantTimeEqualNeedsTheSameLength) {
  EXPECT_TRUE(constant_time_equal({}, {}));
  EXPECT_TRUE(constant_time_equal(Bytes{1, 2}, Bytes{1, 2}));
  EXPECT_FALSE(constant_time_equal(Bytes{1, 2}, Bytes{1, 3}));
  EXPECT_FALSE(constant_time_equal(Bytes{1, 2}, Bytes{1, 2, 0}));
}

// The pages of a secret that went are gone, so whatever stood there cannot be read again.
TEST_F(SecretDeathTest, MemoryOfADestroyedSecretCannotBeRead) {
  EXPECT_DEATH(
      {
        const std::uint8_t* memory = nullptr;
        {
          const SecretBytes secret = SecretBytes::from(Bytes(64, 0x5a));
          memory = secret.reveal().data();
        }
        read(memory);
      },
      "");
}

TEST_F(SecretDeathTest, MemoryThatAMoveReplacedCannotBeRead) {
  EXPECT_DEATH(
      {
        SecretBytes secret = SecretBytes::from(Bytes(64, 0x5a));
        const std::uint8_t* const memory = secret.reveal().data();
        secret = SecretBytes();
        read(memory);
      },
      "");
}

TEST_F(SecretDeathTest, ReadingPastTheEndHitsTheGuardPage) {
  const SecretBytes secret(64);
  EXPECT_DEATH(read(secret.reveal().data() + 64), "");
}

}  // namespace
}  // namespace omzien::crypto
