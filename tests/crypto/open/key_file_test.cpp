#include "crypto/open/key_file.h"

#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/crypto/fixed_random.h"
#include "tests/crypto/support.h"

namespace omzien::crypto {
namespace {

constexpr KeyFileCost kCheap{1, 8};

class KeyFiles : public testing::Test {
 protected:
  FixedRandom random{"key file"};

  KeyFile member(std::size_t seeds) {
    KeyFile file{KeyFileKind::kMember,
                 random_value<protocol::MemberId>(random),
                 random_key<SigningSeed>(random),
                 {}};
    for (std::size_t i = 0; i < seeds; ++i)
      file.xwing_seeds.push_back(random_key<XWingSeed>(random));
    return file;
  }
  static KeyFileError error_of(ByteView sealed, std::string_view passphrase) {
    const auto opened = open_key_file(sealed, as_bytes(passphrase));
    EXPECT_FALSE(opened);
    return opened ? KeyFileError{99} : opened.error();
  }
};

TEST_F(KeyFiles, ComeBackUnderTheirPassphrase) {
  for (const std::size_t seeds : {0u, 1u, 32u}) {
    const KeyFile file = member(seeds);
    const Bytes sealed = seal_key_file(file, as_bytes("langs de haven"), random, kCheap);
    EXPECT_EQ(sealed.size(), kKeyFileHeaderBytes + 50 + 32 * seeds + 16);
    const auto opened = open_key_file(sealed, as_bytes("langs de haven"));
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->kind, KeyFileKind::kMember);
    EXPECT_EQ(opened->member_id, file.member_id);
    EXPECT_TRUE(constant_time_equal(opened->signing_seed.reveal(), file.signing_seed.reveal()));
    ASSERT_EQ(opened->xwing_seeds.size(), seeds);
    for (std::size_t i = 0; i < seeds; ++i)
      EXPECT_TRUE(
          constant_time_equal(opened->xwing_seeds[i].reveal(), file.xwing_seeds[i].reveal()));
  }
}

TEST_F(KeyFiles, CostThreePassesOf64MiBUnlessToldOtherwise) {
  const Bytes sealed = seal_key_file(member(1), as_bytes("p"), random);
  EXPECT_EQ(to_hex(ByteView(sealed).subspan(25, 8)), "0000000300010000");
  EXPECT_TRUE(open_key_file(sealed, as_bytes("p")));
}

TEST_F(KeyFiles, TellAWrongPassphraseFromAFileThatIsNone) {
  const Bytes sealed = seal_key_file(member(1), as_bytes("right"), random, kCheap);
  EXPECT_EQ(error_of(sealed, "wrong"), KeyFileError::kWrongPassphraseOrAltered);
  EXPECT_EQ(error_of(sealed, ""), KeyFileError::kWrongPassphraseOrAltered);
  EXPECT_EQ(error_of(as_bytes("# a text"), "right"), KeyFileError::kNotAKeyFile);
  EXPECT_EQ(error_of({}, "right"), KeyFileError::kNotAKeyFile);
  EXPECT_EQ(error_of(ByteView(sealed).first(100), "right"), KeyFileError::kNotAKeyFile);
  EXPECT_EQ(error_of(Bytes(kKeyFileBytesMax + 1, 'O'), "right"), KeyFileError::kNotAKeyFile);
}

TEST_F(KeyFiles, RefuseEveryTurnedBit) {
  const Bytes sealed = seal_key_file(member(1), as_bytes("right"), random, kCheap);
  for (std::size_t bit = 0; bit < 8 * sealed.size(); ++bit) {
    const std::size_t byte = bit / 8;
    const bool cost = byte >= 25 && byte < 33;
    if (cost) continue;  // the next test
    const auto opened = open_key_file(flipped(sealed, bit), as_bytes("right"));
    ASSERT_FALSE(opened) << bit;
    if (byte > 8) {
      EXPECT_EQ(opened.error(), KeyFileError::kWrongPassphraseOrAltered) << bit;
    }
  }
}

TEST_F(KeyFiles, CannotAskForMoreWorkThanTheBounds) {
  const Bytes sealed = seal_key_file(member(1), as_bytes("right"), random, kCheap);
  for (const std::string_view cost : {"0000000000000008", "0000001100000008", "0000000100000007",
                                      "0000000100100001", "ffffffffffffffff"}) {
    Bytes greedy = sealed;
    const Bytes bytes = hex(cost);
    std::copy(bytes.begin(), bytes.end(), greedy.begin() + 25);
    EXPECT_EQ(error_of(greedy, "right"), KeyFileError::kNotAKeyFile) << cost;
  }
  Bytes other = sealed;
  other[28] = 2;  // another cost within the bounds is another key
  EXPECT_EQ(error_of(other, "right"), KeyFileError::kWrongPassphraseOrAltered);
}

TEST_F(KeyFiles, SayWhenTheyWereMadeByANewerVersion) {
  Bytes sealed = seal_key_file(member(1), as_bytes("right"), random, kCheap);
  sealed[8] = 2;
  EXPECT_EQ(error_of(sealed, "right"), KeyFileError::kNewerVersion);
}

TEST_F(KeyFiles, RefuseToHoldMoreThanTheyCan) {
  EXPECT_THROW(seal_key_file(member(33), as_bytes("p"), random, kCheap), std::length_error);
  EXPECT_THROW(seal_key_file(member(1), as_bytes("p"), random, {0, 8}), std::length_error);
  EXPECT_THROW(seal_key_file(member(1), as_bytes("p"), random, {1, 7}), std::length_error);
}

}  // namespace
}  // namespace omzien::crypto
