#include "crypto/open/event_seal.h"

#include <functional>

#include <gtest/gtest.h>

#include "crypto/open/padding.h"
#include "tests/crypto/fixed_random.h"
#include "tests/crypto/support.h"

namespace omzien::crypto {
namespace {

class EventSeal : public testing::Test {
 protected:
  FixedRandom random{"event"};
  CompartmentKey key = random_key<CompartmentKey>(random);
  CaseShare share = random_key<CaseShare>(random);
  EventContext context{random_value<protocol::ServiceId>(random),
                       random_value<protocol::Handle>(random),
                       random_value<SigningPublicKey>(random),
                       1,
                       2,
                       3};
  Bytes text = to_bytes("Ze zei het weer, waar iedereen bij was.");
  Bytes sealed = seal_event(key, share, context, text, random);

  static OpenError error_of(const tl::expected<SecretBytes, OpenError>& opened) {
    EXPECT_FALSE(opened);
    return opened ? OpenError{99} : opened.error();
  }
};

TEST_F(EventSeal, ComesBackByteForByte) {
  for (const std::size_t size : {0u, 1u, 1020u, 1021u, 61440u}) {
    const Bytes data(size, 0xc3);
    const auto opened =
        open_event(key, share, context, seal_event(key, share, context, data, random));
    ASSERT_TRUE(opened);
    EXPECT_TRUE(constant_time_equal(opened->reveal(), data));
  }
}

TEST_F(EventSeal, ShowsOnlyTheSizeClass) {
  EXPECT_EQ(sealed.size(), kEventOverheadBytes + 1024);
  EXPECT_EQ(seal_event(key, share, context, {}, random).size(), sealed.size());
}

TEST_F(EventSeal, OpensOnlyWhereItStands) {
  const std::function<void(EventContext&)> moves[] = {
      [](EventContext& c) { c.service_id.data()[0] ^= 1; },
      [](EventContext& c) { c.handle.data()[31] ^= 1; },
      [](EventContext& c) { c.author.data()[5] ^= 1; },
      [](EventContext& c) { c.compartment = 4; },
      [](EventContext& c) { c.epoch = 1; },
      [](EventContext& c) { c.seq = 4; },
  };
  for (const auto& move : moves) {
    EventContext elsewhere = context;
    move(elsewhere);
    EXPECT_EQ(error_of(open_event(key, share, elsewhere, sealed)), OpenError::kWrongKeyOrAltered);
  }
}

TEST_F(EventSeal, NeedsBothTheKeyAndTheCaseShare) {
  EXPECT_EQ(error_of(open_event(random_key<CompartmentKey>(random), share, context, sealed)),
            OpenError::kWrongKeyOrAltered);
  EXPECT_EQ(error_of(open_event(key, random_key<CaseShare>(random), context, sealed)),
            OpenError::kWrongKeyOrAltered);
}

TEST_F(EventSeal, IsRefusedWhenAnyBitAfterTheSuiteIsTurned) {
  for (std::size_t bit = 8; bit < 8 * sealed.size(); bit += bit < 400 ? 1 : 37)
    EXPECT_EQ(error_of(open_event(key, share, context, flipped(sealed, bit))),
              OpenError::kWrongKeyOrAltered)
        << bit;
}

TEST_F(EventSeal, SaysWhenItWasMadeByANewerVersion) {
  sealed[0] = 2;
  EXPECT_EQ(error_of(open_event(key, share, context, sealed)), OpenError::kNewerSuite);
  sealed[0] = 0;
  EXPECT_EQ(error_of(open_event(key, share, context, sealed)), OpenError::kMalformed);
}

TEST_F(EventSeal, IsMalformedInAnySizeThatIsNeverSealed) {
  const ByteView all = sealed;
  for (const std::size_t size : {0u, 1u, 40u, 41u, 42u, 1064u})
    EXPECT_EQ(error_of(open_event(key, share, context, all.first(size))), OpenError::kMalformed)
        << size;
  Bytes longer = sealed;
  longer.push_back(0);
  EXPECT_EQ(error_of(open_event(key, share, context, longer)), OpenError::kMalformed);
}

TEST_F(EventSeal, OpensToWhoeverWasGivenItsOwnKeyAndOnlyWhereItStands) {
  const auto shown = disclose_event(key, share, sealed);
  ASSERT_TRUE(shown);
  const auto opened = open_disclosed(*shown, context, sealed);
  ASSERT_TRUE(opened);
  EXPECT_TRUE(constant_time_equal(opened->reveal(), text));
  auto elsewhere = context;
  elsewhere.seq = 4;
  EXPECT_EQ(error_of(open_disclosed(*shown, elsewhere, sealed)), OpenError::kWrongKeyOrAltered);
  EXPECT_EQ(error_of(open_disclosed(*shown, context, flipped(sealed, 8 * 100))),
            OpenError::kWrongKeyOrAltered);
}

TEST_F(EventSeal, ItsOwnKeyOpensNothingElse) {
  const auto shown = disclose_event(key, share, sealed);
  ASSERT_TRUE(shown);
  const auto other = seal_event(key, share, context, text, random);
  EXPECT_EQ(error_of(open_disclosed(*shown, context, other)), OpenError::kWrongKeyOrAltered);
  EXPECT_FALSE(disclose_event(key, share, Bytes{1, 2, 3}));
}

TEST_F(EventSeal, LooksDifferentEveryTime) {
  EXPECT_NE(seal_event(key, share, context, text, random), sealed);
}

}  // namespace
}  // namespace omzien::crypto
