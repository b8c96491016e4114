// How many folded logs the gateway remembers, and which of them it lets go.
#include "gateway/cases.h"

#include "gateway/handled.h"
#include "tests/gateway/fixture.h"

namespace omzien::gateway {
namespace {

class RememberedFolds : public GatewayTest {
 protected:
  // The fold of a case that is not there: what a store would give for it is nothing.
  std::weak_ptr<const protocol::Access> remember(std::uint8_t which) {
    auto fold = std::make_shared<const protocol::Access>();
    cases_.remember(handle(which), {}, organisation_.directory(), fold);
    return fold;
  }
  void look_up(std::uint8_t which) {
    const auto reader = store_->reader().value();
    auto enough = kHandledBytesMax;
    ASSERT_TRUE(cases_.access(*reader, handle(which), {}, organisation_.directory(), enough));
  }
  static protocol::Handle handle(std::uint8_t which) {
    protocol::Handle handle;
    handle.data()[0] = which;
    return handle;
  }

  Cases cases_{2};
};

TEST_F(RememberedFolds, AreAsManyAsWasSaidHoweverManyCasesThereAre) {
  std::vector<std::weak_ptr<const protocol::Access>> folds;
  for (std::uint8_t which = 0; which < 50; ++which) folds.push_back(remember(which));
  EXPECT_EQ(std::ranges::count_if(folds, [](const auto& fold) { return !fold.expired(); }), 2);
}

TEST_F(RememberedFolds, TheOneThatWasAskedForLongestAgoGoes) {
  const auto first = remember(1);
  const auto second = remember(2);
  look_up(1);
  const auto third = remember(3);
  EXPECT_FALSE(first.expired());
  EXPECT_TRUE(second.expired());
  EXPECT_FALSE(third.expired());
}

TEST_F(RememberedFolds, ANewerFoldOfTheSameCaseTakesTheOldersPlace) {
  const auto other = remember(1);
  const auto older = remember(2);
  const auto newer = remember(2);
  EXPECT_FALSE(other.expired());
  EXPECT_TRUE(older.expired());
  EXPECT_FALSE(newer.expired());
}

}  // namespace
}  // namespace omzien::gateway
