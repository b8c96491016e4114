// Letting somebody else let people in.
#include "tests/protocol/access_fixture.h"

namespace omzien::protocol {
namespace {

using enum rules::Compartment;

class DelegateRules : public AccessTest {
 protected:
  // Mieke may let ilse and tarik into story and summary, for ten days.
  void delegate_to_mieke() {
    ASSERT_EQ(by_owner(delegate("mieke", {"ilse", "tarik"}, {kStory, kSummary}, kFirstDay + 10)),
              std::nullopt);
  }
};

TEST_F(DelegateRules, TheDelegateLetsInWhomTheOwnerNamed) {
  delegate_to_mieke();
  ASSERT_EQ(by("mieke", grant("ilse", {kStory})), std::nullopt);
  EXPECT_TRUE(reads("ilse", kStory));
  EXPECT_EQ(access_.grants().back().by_delegate, id("mieke"));
}

TEST_F(DelegateRules, WithoutTheOwnersConsentNobodyLetsAnybodyIn) {
  EXPECT_EQ(by("mieke", grant("ilse", {kStory})), Breach::kGrantor);
  delegate_to_mieke();
  EXPECT_EQ(by("youssef", grant("ilse", {kStory})), Breach::kGrantor);
  EXPECT_EQ(by("ilse", grant("ilse", {kStory})), Breach::kAuthor);
}

TEST_F(DelegateRules, BeyondItsPeopleCompartmentsOrDaysIsABreach) {
  delegate_to_mieke();
  EXPECT_EQ(by("mieke", grant("bram", {kStory})), Breach::kDelegation);
  EXPECT_EQ(by("mieke", grant("ilse", {kTalk})), Breach::kDelegation);
  EXPECT_EQ(by("mieke", grant("ilse", {kStory, kTalk})), Breach::kDelegation);
  on(kFirstDay + 11);
  EXPECT_EQ(by("mieke", grant("ilse", {kStory})), Breach::kDelegation);
}

TEST_F(DelegateRules, TwoDelegationsDoNotAddUpToAThird) {
  delegate_to_mieke();
  ASSERT_EQ(by_owner(delegate("mieke", {"bram"}, {kTalk}, kFirstDay + 10)), std::nullopt);
  EXPECT_EQ(by("mieke", grant("bram", {kStory})), Breach::kDelegation);
  EXPECT_EQ(by("mieke", grant("bram", {kTalk})), std::nullopt);
}

TEST_F(DelegateRules, OneWhoIsNotNamedSpoilsTheWholeGrant) {
  delegate_to_mieke();
  auto both = grant("ilse", {kStory});
  both.members.push_back(grant("bram", {kStory}).members[0]);
  EXPECT_EQ(by("mieke", both), Breach::kDelegation);
}

TEST_F(DelegateRules, OnlyEpochsThatTheDelegateHolds) {
  ASSERT_EQ(by_owner(revoke({"mieke"})), std::nullopt);
  ASSERT_EQ(by_owner(grant("mieke", {kStory})), std::nullopt);
  ASSERT_EQ(by_owner(delegate("mieke", {"ilse"}, {kStory, kTalk}, kFirstDay + 10)), std::nullopt);
  auto old = grant("ilse", {kStory});
  old.members[0].keys = {{kStory, 1}};
  EXPECT_EQ(by("mieke", old), Breach::kGrantKeys);
  EXPECT_EQ(by("mieke", grant("ilse", {kTalk})), Breach::kGrantKeys);
}

TEST_F(DelegateRules, IdentityNotesAndSheetsAreNeverDelegated) {
  for (const auto compartment : {kIdentity, kNotes, kSheet, rules::Compartment{8}})
    EXPECT_EQ(by_owner(delegate("mieke", {"ilse"}, {compartment}, kFirstDay + 10)),
              Breach::kDelegation);
}

TEST_F(DelegateRules, TheMarkMovesOnlyIfTheOwnerSaidSo) {
  delegate_to_mieke();
  auto marked = grant("ilse", {kStory});
  marked.members[0].holder = true;
  EXPECT_EQ(by("mieke", marked), Breach::kDelegation);
  auto may = delegate("mieke", {"ilse"}, {kStory}, kFirstDay + 10);
  may.may_move_holder = true;
  ASSERT_EQ(by_owner(may), std::nullopt);
  ASSERT_EQ(by("mieke", marked), std::nullopt);
  EXPECT_TRUE(holds_the_mark("ilse"));
}

TEST_F(DelegateRules, TheMarkMovesToOneAlone) {
  auto may = delegate("mieke", {"ilse", "tarik"}, {kStory}, kFirstDay + 10);
  may.may_move_holder = true;
  ASSERT_EQ(by_owner(may), std::nullopt);
  auto two = grant("ilse", {kStory});
  two.members.push_back(grant("tarik", {kStory}).members[0]);
  std::sort(two.members.begin(), two.members.end(),
            [](const auto& a, const auto& b) { return a.member_id < b.member_id; });
  for (auto& member : two.members) member.holder = true;
  EXPECT_EQ(by("mieke", two), Breach::kHolder);
  two.members[1].holder = false;
  EXPECT_EQ(by("mieke", two), std::nullopt);
}

TEST_F(DelegateRules, ADelegateMakesNoStandInsAndNoDelegates) {
  delegate_to_mieke();
  EXPECT_EQ(by("mieke", stand_in("ilse", "mieke", {kStory})), Breach::kNotes);
  EXPECT_EQ(by("mieke", delegate("youssef", {"ilse"}, {kStory}, kFirstDay + 10)), Breach::kGrantor);
  ASSERT_EQ(by("mieke", grant("ilse", {kStory})), std::nullopt);
  EXPECT_EQ(by("ilse", grant("tarik", {kStory})), Breach::kGrantor) << "it is not passed on";
}

TEST_F(DelegateRules, TakenBackItIsGoneWhole) {
  delegate_to_mieke();
  ASSERT_EQ(by_owner(delegate("mieke", {"bram"}, {kTalk}, kFirstDay + 10)), std::nullopt);
  ASSERT_EQ(by_owner(kit::take_back(organisation_, "mieke")), std::nullopt);
  EXPECT_TRUE(access_.delegations().empty());
  EXPECT_EQ(by("mieke", grant("ilse", {kStory})), Breach::kGrantor);
  EXPECT_EQ(by_owner(kit::take_back(organisation_, "mieke")), Breach::kDelegation);
}

TEST_F(DelegateRules, ItEndsWhenTheDelegateIsRevokedOrReleased) {
  delegate_to_mieke();
  ASSERT_EQ(by_owner(delegate("youssef", {"ilse"}, {kStory}, kFirstDay + 10)), std::nullopt);
  ASSERT_EQ(by_owner(revoke({"youssef"})), std::nullopt);
  EXPECT_EQ(access_.delegations().size(), 1U)
      << "nobody is shown as who may let people in any more";
  ASSERT_EQ(by_owner(grant("youssef", {kStory})), std::nullopt);
  EXPECT_EQ(by("youssef", grant("ilse", {kStory})), Breach::kGrantor);
  ASSERT_EQ(by("mieke", release("mieke", Cause::kOwn)), std::nullopt);
  ASSERT_EQ(by_owner(grant("mieke", {kStory})), std::nullopt);
  EXPECT_EQ(by("mieke", grant("ilse", {kStory})), Breach::kGrantor);
}

TEST_F(DelegateRules, ItEndsWhenTheDelegatesGrantRunsOutAndDoesNotComeBack) {
  auto until = grant("anouk", {kStory});
  until.members[0].last_day = kFirstDay + 1;
  ASSERT_EQ(by_owner(until), std::nullopt);
  ASSERT_EQ(by_owner(delegate("anouk", {"ilse"}, {kStory}, kFirstDay + 10)), std::nullopt);
  on(kFirstDay + 2);
  EXPECT_EQ(by("anouk", grant("ilse", {kStory})), Breach::kAuthor);
  ASSERT_EQ(by_owner(grant("anouk", {kStory})), std::nullopt);
  EXPECT_EQ(by("anouk", grant("ilse", {kStory})), Breach::kGrantor);
}

TEST_F(DelegateRules, WhoWasRevokedIsNoDelegatesToLetInAgain) {
  delegate_to_mieke();
  ASSERT_EQ(by("mieke", grant("ilse", {kStory})), std::nullopt);
  ASSERT_EQ(by_owner(revoke({"ilse"})), std::nullopt);
  EXPECT_EQ(by("mieke", grant("ilse", {kStory})), Breach::kDelegation);
  EXPECT_EQ(by("mieke", grant("tarik", {kStory})), std::nullopt);
}

TEST_F(DelegateRules, OnlySomebodyWhoIsInForPeopleThereAreUntilADayThatIsNotOver) {
  EXPECT_EQ(by_owner(delegate("anouk", {"ilse"}, {kStory}, kFirstDay + 10)), Breach::kDelegation);
  EXPECT_EQ(by_owner(delegate("mieke", {"mieke"}, {kStory}, kFirstDay + 10)), Breach::kDelegation);
  EXPECT_EQ(by_owner(delegate("mieke", {"ilse"}, {kStory}, kFirstDay - 1)), Breach::kDelegation);
  auto nobody = delegate("mieke", {"ilse"}, {kStory}, kFirstDay + 10);
  nobody.people = {MemberId{}};
  EXPECT_EQ(by_owner(nobody), Breach::kDelegation);
}

}  // namespace
}  // namespace omzien::protocol
