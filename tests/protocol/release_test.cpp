// Stand-ins, terms, disputes, and the end of a case.
#include "tests/protocol/access_fixture.h"

namespace omzien::protocol {
namespace {

using enum rules::Compartment;
using rules::Milestone;

class ReleaseRules : public AccessTest {
 protected:
  // Ruud stands in for mieke, and brings the mark along.
  void add_stand_in(bool marked = true) {
    auto dormant = stand_in("ruud", "mieke");
    dormant.members[0].holder = marked;
    ASSERT_EQ(by_owner(dormant), std::nullopt);
  }
};

TEST_F(ReleaseRules, WhoReleasesIsOutAndTheStandInTakesOver) {
  add_stand_in();
  EXPECT_FALSE(is_in("ruud"));
  ASSERT_EQ(by("mieke", release("mieke", Cause::kOwn)), std::nullopt);
  EXPECT_FALSE(is_in("mieke"));
  EXPECT_TRUE(reads("ruud", kStory));
  EXPECT_TRUE(holds_the_mark("ruud"));
  EXPECT_EQ(access_.ended_grants().at(0).why, GrantEnd::kReleased);
  EXPECT_EQ(by("ruud", talk()), std::nullopt);
}

TEST_F(ReleaseRules, NobodyReleasesSomebodyElse) {
  add_stand_in();
  EXPECT_EQ(by("youssef", release("mieke", Cause::kOwn)), Breach::kRelease);
  EXPECT_EQ(by("ruud", release("mieke", Cause::kOwn)), Breach::kAuthor);
  EXPECT_EQ(by_owner(release("mieke", Cause::kOwn)), Breach::kAuthor);
}

TEST_F(ReleaseRules, BeforeATermIsMissedTheStandInWaits) {
  add_stand_in();
  on(kFirstDay + 7);
  EXPECT_EQ(by("ruud", release("mieke", Cause::kDeadline)), Breach::kRelease);
  EXPECT_EQ(access_.overdue_for(id("ruud"), Terms{}, day_), std::nullopt);
}

TEST_F(ReleaseRules, AMissedAcknowledgementWakesTheStandInAndTheAdviserStaysIn) {
  add_stand_in();
  on(kFirstDay + 8);
  EXPECT_EQ(access_.overdue_for(id("ruud"), Terms{}, day_), id("mieke"));
  ASSERT_EQ(by("ruud", release("mieke", Cause::kDeadline)), std::nullopt);
  EXPECT_TRUE(is_in("mieke"));
  EXPECT_TRUE(is_in("ruud"));
  EXPECT_TRUE(holds_the_mark("ruud"));
  EXPECT_EQ(access_.grants().back().woken_day, day_);
}

TEST_F(ReleaseRules, AColleagueMayWakeTheStandInToo) {
  add_stand_in(false);
  on(kFirstDay + 8);
  ASSERT_EQ(by("youssef", release("mieke", Cause::kDeadline)), std::nullopt);
  EXPECT_TRUE(is_in("ruud"));
  EXPECT_TRUE(holds_the_mark("mieke")) << "a stand-in without the mark takes none";
}

TEST_F(ReleaseRules, AStrangerOrTheLateOneThemselfDoesNot) {
  add_stand_in();
  on(kFirstDay + 8);
  EXPECT_EQ(by("anouk", release("mieke", Cause::kDeadline)), Breach::kAuthor);
  EXPECT_EQ(by("mieke", release("mieke", Cause::kDeadline)), Breach::kRelease);
  EXPECT_EQ(by("ruud", release("youssef", Cause::kDeadline)), Breach::kAuthor);
  EXPECT_EQ(by("mieke", release("youssef", Cause::kDeadline)), Breach::kRelease);
}

TEST_F(ReleaseRules, AStandInWhoseLastDayPassedTakesNothingOver) {
  auto until = stand_in("ruud", "mieke");
  until.members[0].holder = true;
  until.members[0].last_day = kFirstDay + 7;
  ASSERT_EQ(by_owner(until), std::nullopt);
  on(kFirstDay + 8);
  EXPECT_EQ(access_.overdue_for(id("ruud"), Terms{}, day_), std::nullopt);
  EXPECT_EQ(by("ruud", release("mieke", Cause::kDeadline)), Breach::kAuthor);
  EXPECT_EQ(by("youssef", release("mieke", Cause::kDeadline)), Breach::kRelease);
  // Nor do they take the lead along when somebody else wakes.
  ASSERT_EQ(by_owner(stand_in("anouk", "mieke")), std::nullopt);
  ASSERT_EQ(by("anouk", release("mieke", Cause::kDeadline)), std::nullopt);
  EXPECT_TRUE(is_in("anouk"));
  EXPECT_FALSE(is_in("ruud"));
  EXPECT_TRUE(holds_the_mark("mieke"));
}

TEST_F(ReleaseRules, OnceAnsweredTheFeedbackTermCounts) {
  add_stand_in();
  ASSERT_EQ(by("mieke", milestone(Milestone::kAcknowledged)), std::nullopt);
  on(add_months(kFirstDay, 3));
  EXPECT_EQ(by("ruud", release("mieke", Cause::kDeadline)), Breach::kRelease);
  on(day_ + 1);
  EXPECT_EQ(by("ruud", release("mieke", Cause::kDeadline)), std::nullopt);
}

TEST_F(ReleaseRules, ACauseFromTheFutureIsNewerNotWrong) {
  EXPECT_EQ(by("mieke", release("mieke", Cause{9})), Breach::kNewerVersion);
}

TEST_F(ReleaseRules, TheMarkOfSomebodyElseStaysTheirs) {
  auto dormant = stand_in("ruud", "youssef");
  dormant.members[0].holder = true;
  ASSERT_EQ(by_owner(dormant), std::nullopt);
  ASSERT_EQ(by("youssef", release("youssef", Cause::kOwn)), std::nullopt);
  EXPECT_TRUE(is_in("ruud"));
  EXPECT_TRUE(holds_the_mark("mieke"));
  EXPECT_FALSE(access_.grants().back().holder);
}

TEST_F(ReleaseRules, LongerTermsOfALaterDirectoryUndoNoRelease) {
  add_stand_in();
  on(kFirstDay + 8);
  const auto entry = case_.move(key("ruud"), release("mieke", Cause::kDeadline));
  organisation_.next_version();
  auto content = organisation_.content();
  content.terms.acknowledge_days = 30;
  const auto later = Directory::parse(organisation_.sign(content), organisation_.service()).value();
  EXPECT_TRUE(access_.admit(*parse_header(entry.header), later));
}

using DisputeRules = AccessTest;

TEST_F(DisputeRules, ADisputedMilestoneStartsItsTermAnewFromThatDay) {
  ASSERT_EQ(by("mieke", milestone(Milestone::kAcknowledged)), std::nullopt);
  const auto seq = access_.milestones().all().at(0).seq;
  on(kFirstDay + 20);
  auto no = talk();
  no.dispute = seq;
  ASSERT_EQ(by_owner(no), std::nullopt);
  EXPECT_EQ(access_.milestones().acknowledged_day(), 0U);
  EXPECT_EQ(access_.milestones().clocks({}).acknowledge.due_day, kFirstDay + 27);
  EXPECT_EQ(access_.milestones().clocks({}).feedback.due_day, add_months(kFirstDay + 7, 3))
      << "feedback is not put off by it";
  EXPECT_EQ(access_.milestones().all()[0].disputed_day, kFirstDay + 20);
  EXPECT_TRUE(access_.milestones().missed({}, kFirstDay + 28));
  ASSERT_EQ(by("mieke", milestone(Milestone::kAcknowledged)), std::nullopt);
  EXPECT_FALSE(access_.milestones().missed({}, kFirstDay + 28));
  EXPECT_EQ(by_owner(no), Breach::kDispute) << "once";
}

TEST_F(DisputeRules, ADisputedOutcomeReopensWhatItMet) {
  ASSERT_EQ(by("mieke", milestone(Milestone::kAcknowledged)), std::nullopt);
  ASSERT_EQ(by("mieke", milestone(Milestone::kOutcome)), std::nullopt);
  on(kFirstDay + 40);
  auto no = talk();
  no.dispute = access_.milestones().all().at(1).seq;
  ASSERT_EQ(by_owner(no), std::nullopt);
  EXPECT_EQ(access_.milestones().outcome_day(), 0U);
  EXPECT_EQ(access_.milestones().feedback_day(), 0U);
  EXPECT_EQ(access_.milestones().acknowledged_day(), kFirstDay);
  EXPECT_EQ(access_.milestones().clocks({}).feedback.due_day, add_months(kFirstDay + 40, 3));
}

TEST_F(DisputeRules, OnlyTheOwnerDisputesInTalkAndOnlyAMilestone) {
  ASSERT_EQ(by("mieke", milestone(Milestone::kAcknowledged)), std::nullopt);
  auto no = talk();
  no.dispute = access_.milestones().all().at(0).seq;
  EXPECT_EQ(by("mieke", no), Breach::kDispute);
  auto elsewhere = no;
  elsewhere.compartment = kStory;
  EXPECT_EQ(by_owner(elsewhere), Breach::kDispute);
  auto nothing = no;
  nothing.dispute = 1;
  EXPECT_EQ(by_owner(nothing), Breach::kDispute);
}

using WithdrawRules = AccessTest;

TEST_F(WithdrawRules, NothingComesAfterIt) {
  ASSERT_EQ(by_owner(stand_in("ruud", "mieke")), std::nullopt);
  const Fields all[] = {talk(),
                        grant("anouk", {kTalk}),
                        revoke({"mieke"}),
                        delegate("mieke", {"ilse"}, {kStory}, kFirstDay + 10),
                        release("mieke", Cause::kOwn),
                        release("mieke", Cause::kDeadline),
                        keep_alive({kTalk}),
                        notes({"mieke"}),
                        Withdraw{},
                        Unknown{}};
  ASSERT_EQ(by_owner(Withdraw{}), std::nullopt);
  EXPECT_EQ(access_.withdrawn()->day, kFirstDay);
  on(kFirstDay + 8);
  for (const auto& fields : all) {
    EXPECT_EQ(by_owner(fields), Breach::kWithdrawn);
    EXPECT_EQ(by("mieke", fields), Breach::kWithdrawn);
    EXPECT_EQ(by("ruud", fields), Breach::kWithdrawn);
  }
  kit::CaseBuilder again(organisation_, "case");
  EXPECT_EQ(admit(again.open()).error(), Breach::kWithdrawn);
  EXPECT_EQ(access_.overdue_for(id("ruud"), Terms{}, day_), std::nullopt);
}

TEST_F(WithdrawRules, OnlyTheOwnerWithdraws) {
  EXPECT_EQ(by("mieke", Withdraw{}), Breach::kAuthor);
  EXPECT_EQ(by("anouk", Withdraw{}), Breach::kAuthor);
}

TEST_F(WithdrawRules, AWordInThePayloadIsNotPartOfIt) {
  for (const Fields& fields :
       {Fields(Withdraw{}), Fields(delegate("mieke", {"ilse"}, {kStory}, kFirstDay + 10))}) {
    auto other = case_;
    EXPECT_EQ(admit(other.entry(case_.owner(), kit::kind_of(fields), fields, {1})).error(),
              Breach::kPayload);
  }
  auto other = case_;
  EXPECT_EQ(admit(other.entry(key("mieke"), rules::EntryKind::kRelease,
                              release("mieke", Cause::kOwn), {1}))
                .error(),
            Breach::kPayload);
}

}  // namespace
}  // namespace omzien::protocol
