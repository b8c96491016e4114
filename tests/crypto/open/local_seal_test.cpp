#include "crypto/open/local_seal.h"

#include <gtest/gtest.h>

#include "tests/crypto/fixed_random.h"
#include "tests/crypto/support.h"

namespace omzien::crypto {
namespace {

TEST(LocalSeal, ComesBackForItsKeyAndPurposeAlone) {
  FixedRandom random("local");
  const auto key = random_key<LocalKey>(random);
  const Bytes sealed = seal_local(key, "outbox", as_bytes("not sent yet"), random);
  const auto opened = open_local(key, "outbox", sealed);
  ASSERT_TRUE(opened);
  EXPECT_TRUE(constant_time_equal(opened->reveal(), as_bytes("not sent yet")));
  EXPECT_FALSE(open_local(key, "heads", sealed));
  EXPECT_FALSE(open_local(random_key<LocalKey>(random), "outbox", sealed));
  EXPECT_FALSE(open_local(key, "outbox", flipped(sealed, 8 * 100)));
}

TEST(LocalSeal, AMembersKeyAndNameAreTheirOwnInEachOrganisation) {
  FixedRandom random("member");
  const auto seed = random_key<SigningSeed>(random);
  const auto here = random_value<protocol::ServiceId>(random);
  const auto there = random_value<protocol::ServiceId>(random);
  EXPECT_EQ(member_local_name(seed, here), member_local_name(seed, here));
  EXPECT_NE(member_local_name(seed, here), member_local_name(seed, there));
  EXPECT_FALSE(constant_time_equal(member_local_key(seed, here).reveal(),
                                   member_local_key(seed, there).reveal()));
}

}  // namespace
}  // namespace omzien::crypto
