// What the gateway may destroy by itself: by the directory's rule, no sooner, and nobody else may.
#include "tests/protocol/access_fixture.h"

namespace omzien::protocol {
namespace {

using rules::Milestone;
using rules::RetentionRule;

class PurgeRules : public AccessTest {
 protected:
  static constexpr Day kOutcomeDay = kFirstDay + 10;
  static constexpr std::uint32_t kDays = rules::kRetentionDays;

  void conclude() {
    on(kOutcomeDay);
    ASSERT_EQ(by("mieke", milestone(Milestone::kOutcome)), std::nullopt);
  }
  std::optional<Breach> purge_on(Day day, std::uint32_t days = kDays) {
    on(day);
    return tried(*gateway_, Purge{RetentionRule::kAfterOutcome, days});
  }

  crypto::FixedRandom random_{"gateway"};
  kit::SharedKey gateway_ = kit::make_key(random_);
};

TEST_F(PurgeRules, ACaseThatWasConcludedIsKeptToTheLastDay) {
  conclude();
  EXPECT_EQ(purge_on(kOutcomeDay + kDays - 1), Breach::kPurge);
  EXPECT_FALSE(access_.purged());
  EXPECT_EQ(purge_on(kOutcomeDay + kDays), std::nullopt);
  ASSERT_TRUE(access_.purged());
  EXPECT_EQ(access_.purged()->day, kOutcomeDay + kDays);
  EXPECT_EQ(access_.purged()->days, kDays);
}

TEST_F(PurgeRules, ACaseWithoutAnOutcomeIsKept) {
  EXPECT_EQ(purge_on(kFirstDay + 10 * kDays), Breach::kPurge);
}

TEST_F(PurgeRules, WhoeverWritesOnKeepsTheCase) {
  conclude();
  on(kOutcomeDay + kDays - 1);
  ASSERT_EQ(by_owner(talk()), std::nullopt);
  EXPECT_EQ(purge_on(kOutcomeDay + kDays), Breach::kPurge);
  EXPECT_EQ(purge_on(kOutcomeDay + 2 * kDays - 1), std::nullopt);
}

TEST_F(PurgeRules, AnOutcomeThatIsDisputedIsNone) {
  conclude();
  auto dispute = talk();
  dispute.dispute = case_.next_seq() - 1;
  ASSERT_EQ(by_owner(dispute), std::nullopt);
  EXPECT_EQ(purge_on(kOutcomeDay + 5 * kDays), Breach::kPurge);
}

TEST_F(PurgeRules, OtherDaysThanTheDirectorysAreABreach) {
  conclude();
  EXPECT_EQ(purge_on(kOutcomeDay + kDays, 1), Breach::kPurge);
  EXPECT_EQ(purge_on(kOutcomeDay + kDays, kDays - 1), Breach::kPurge);
}

// What an earlier directory said nobody can look up any more (decisions/0019): whoever runs the
// gateway may name one and state any days, and they are shown.
TEST_F(PurgeRules, UnderAnEarlierDirectoryTheDaysAreTheOnesItStates) {
  conclude();
  on(kOutcomeDay + 1);
  const auto early = case_.move(*gateway_, Purge{RetentionRule::kAfterOutcome, 1});
  organisation_.next_version();
  EXPECT_TRUE(admit(early));
  ASSERT_TRUE(access_.purged());
  EXPECT_EQ(access_.purged()->days, 1U);
}

TEST_F(PurgeRules, NeitherTheOwnerNorAMemberPurges) {
  conclude();
  on(kOutcomeDay + kDays);
  const Purge purge{RetentionRule::kAfterOutcome, kDays};
  EXPECT_EQ(by_owner(purge), Breach::kAuthor);
  EXPECT_EQ(by("mieke", purge), Breach::kAuthor);
}

TEST_F(PurgeRules, ARuleThatIsNotKnownYetIsNewer) {
  conclude();
  on(kOutcomeDay + kDays);
  EXPECT_EQ(tried(*gateway_, Purge{RetentionRule{9}, kDays}), Breach::kNewerVersion);
}

TEST_F(PurgeRules, NothingComesAfterIt) {
  conclude();
  ASSERT_EQ(purge_on(kOutcomeDay + kDays), std::nullopt);
  EXPECT_EQ(by_owner(talk()), Breach::kWithdrawn);
  EXPECT_EQ(by_owner(Withdraw{}), Breach::kWithdrawn);
  EXPECT_EQ(purge_on(kOutcomeDay + 2 * kDays), Breach::kWithdrawn);
}

}  // namespace
}  // namespace omzien::protocol
