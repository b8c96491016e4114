#include "crypto/open/padding.h"

#include <gtest/gtest.h>

#include "tests/crypto/support.h"

namespace omzien::crypto {
namespace {

TEST(Padme, KnowsTheExamplesOfThePaper) {
  EXPECT_EQ(padme(0), 0u);
  EXPECT_EQ(padme(1), 1u);
  EXPECT_EQ(padme(8), 8u);
  EXPECT_EQ(padme(9), 10u);
  EXPECT_EQ(padme(100), 104u);
  EXPECT_EQ(padme(1000), 1024u);
  EXPECT_EQ(padme(1025), 1088u);
}

TEST(Padme, NeverShrinksNeverAddsMoreThanAnEighthAndStaysPut) {
  for (std::uint64_t n = 1; n < 300'000; n += 1 + n / 50) {
    EXPECT_GE(padme(n), n);
    EXPECT_LE(padme(n), n + n / 8 + 1) << n;
    EXPECT_EQ(padme(padme(n)), padme(n)) << n;
  }
}

TEST(Padding, UsesThreeSmallClassesThenPadme) {
  EXPECT_EQ(padded_size(0), 1024u);
  EXPECT_EQ(padded_size(1020), 1024u);
  EXPECT_EQ(padded_size(1021), 4096u);
  EXPECT_EQ(padded_size(4092), 4096u);
  EXPECT_EQ(padded_size(4093), 12288u);
  EXPECT_EQ(padded_size(12284), 12288u);
  EXPECT_EQ(padded_size(12285), padme(12289));
}

TEST(Padding, GivesBackWhatWasPadded) {
  for (const std::size_t size :
       {0u, 1u, 1019u, 1020u, 1021u, 4092u, 4093u, 12284u, 12285u, 61440u, 200'000u}) {
    const Bytes data(size, 0x5a);
    const SecretBytes padded = pad(data);
    EXPECT_TRUE(is_padded_size(padded.size()));
    const auto back = unpad(padded.reveal());
    ASSERT_TRUE(back) << size;
    EXPECT_EQ(Bytes(back->begin(), back->end()), data);
  }
}

TEST(Padding, RefusesFillerThatIsNotZero) {
  SecretBytes padded = pad(as_bytes("text"));
  for (const std::size_t at : {8u, 500u, 1023u}) {
    padded.reveal_mutable()[at] = 1;
    EXPECT_FALSE(unpad(padded.reveal())) << at;
    padded.reveal_mutable()[at] = 0;
  }
  EXPECT_TRUE(unpad(padded.reveal()));
}

TEST(Padding, RefusesLengthsThatDoNotBelongToTheSize) {
  Bytes padded(4096);
  padded[3] = 4;  // would have been padded to 1,024
  EXPECT_FALSE(unpad(padded));
  padded[0] = 0xff;
  EXPECT_FALSE(unpad(padded));
  EXPECT_FALSE(unpad({}));
  EXPECT_FALSE(unpad(Bytes(3)));
  EXPECT_FALSE(unpad(Bytes(4)));
  EXPECT_FALSE(unpad(Bytes(1023)));
}

TEST(Padding, KnowsWhichSizesItMakes) {
  for (const std::uint64_t size : {0u, 4u, 1023u, 1025u, 4095u, 12289u})
    EXPECT_FALSE(is_padded_size(size)) << size;
  for (const std::uint64_t size : {1024u, 4096u, 12288u, 12800u})
    EXPECT_TRUE(is_padded_size(size)) << size;
}

}  // namespace
}  // namespace omzien::crypto
