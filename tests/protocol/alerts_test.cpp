// What follows from a missed term, as a function of what the headers say.
#include "protocol/alerts.h"

#include "tests/protocol/access_fixture.h"

namespace omzien::protocol {
namespace {

using rules::LegalClock;
using rules::Milestone;

constexpr Day kOpened = 20'000;
constexpr Day kDue = kOpened + rules::kAcknowledgeDays;

class AlertRules : public AccessTest {
 protected:
  std::vector<Alert> alerts(Day today) { return alerts_of(access_, terms_, today); }
  Terms terms_;
};

TEST_F(AlertRules, AreRaisedTheDayAfterTheTermAndGoFurtherAfterTheOrganisationsOwn) {
  terms_.further_days = 3;
  EXPECT_TRUE(alerts(kDue).empty());
  const auto found = alerts(kDue + 1);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].clock, LegalClock::kAcknowledge);
  EXPECT_EQ(found[0].due_day, kDue);
  EXPECT_EQ(found[0].further_day, kDue + 4);
  EXPECT_FALSE(found[0].further(kDue + 3));
  EXPECT_TRUE(found[0].further(kDue + 4));
}

TEST_F(AlertRules, ATermOfADirectoryFromBeforeGoesFurtherByTheRulesOwn) {
  terms_.further_days = 0;
  EXPECT_EQ(alerts(kDue + 1)[0].further_day, kDue + rules::kFurtherDays + 1);
}

TEST_F(AlertRules, ATermThatWasMetLateStaysTold) {
  on(kDue + 5);
  ASSERT_EQ(by("mieke", milestone(Milestone::kAcknowledged)), std::nullopt);
  const auto found = alerts(kDue + 90);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].met_day, kDue + 5);
  EXPECT_FALSE(found[0].further(kDue + 90)) << "it was met before it went further";
}

TEST_F(AlertRules, ATermThatWasMetInTimeIsNone) {
  on(kDue);
  ASSERT_EQ(by("mieke", milestone(Milestone::kFeedback)), std::nullopt);
  EXPECT_TRUE(alerts(kDue + 400).empty());
}

TEST_F(AlertRules, BothTermsMayBeMissed) {
  const auto found = alerts(kOpened + 400);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[1].clock, LegalClock::kFeedback);
  EXPECT_EQ(found[1].due_day, add_months(kDue, terms_.feedback_months));
}

TEST_F(AlertRules, ADisputeStartsTheTermAndItsAlertAnew) {
  on(kDue);
  ASSERT_EQ(by("mieke", milestone(Milestone::kAcknowledged)), std::nullopt);
  on(kDue + 2);
  auto dispute = talk();
  dispute.dispute = case_.next_seq() - 1;
  ASSERT_EQ(by_owner(dispute), std::nullopt);
  EXPECT_TRUE(alerts(kDue + 2 + rules::kAcknowledgeDays).empty());
  EXPECT_EQ(alerts(kDue + 3 + rules::kAcknowledgeDays).size(), 1u);
}

TEST_F(AlertRules, AWithdrawnCaseHasNone) {
  on(kDue + 1);
  ASSERT_EQ(by_owner(Withdraw{}), std::nullopt);
  EXPECT_TRUE(alerts(kDue + 400).empty());
}

TEST_F(AlertRules, AreOfTheUnitOfWhoLeadsOrWasLetInFirst) {
  organisation_.change = [](DirectoryContent& content) {
    content.units.push_back({2, "elsewhere"});
    for (auto& person : content.people)
      if (person.name == "mieke") person.unit_id = 2;
  };
  const auto directory = organisation_.directory();
  EXPECT_EQ(unit_of(access_, directory, kOpened), 2u);
  ASSERT_EQ(by("mieke", release("mieke", Cause::kOwn)), std::nullopt);
  EXPECT_EQ(unit_of(access_, directory, kOpened), 2u) << "nobody leads; mieke was the first";
  EXPECT_EQ(unit_of(Access{}, directory, kOpened), 0u);
}

// Somebody who led for a while, and was not revoked, led last none the less.
TEST_F(AlertRules, AreOfTheUnitOfWhoseLeadRanOut) {
  organisation_.change = [](DirectoryContent& content) {
    content.units.push_back({2, "elsewhere"});
    for (auto& person : content.people)
      if (person.name == "anouk") person.unit_id = 2;
  };
  const auto directory = organisation_.directory();
  auto lead = grant("anouk", {Compartment::kTalk});
  lead.members[0].holder = true;
  lead.members[0].last_day = kOpened + 5;
  ASSERT_EQ(by_owner(lead), std::nullopt);
  EXPECT_EQ(unit_of(access_, directory, kOpened + 5), 2u);
  EXPECT_EQ(unit_of(access_, directory, kOpened + 6), 2u) << "nobody leads; anouk was the last";
}

// Who recuses themself is out as by any release, and nobody else can be recused.
TEST_F(AlertRules, ARecusalIsARelease) {
  EXPECT_EQ(by("youssef", release("mieke", Cause::kRecused)), Breach::kRelease);
  ASSERT_EQ(by("youssef", release("youssef", Cause::kRecused)), std::nullopt);
  EXPECT_FALSE(is_in("youssef"));
  EXPECT_EQ(access_.releases().back().cause, Cause::kRecused);
}

// Beside the summary writes whoever is let in to judge it, and no adviser.
TEST_F(AlertRules, TheCommitteeWritesBesideTheSummaryAndAdvisersDoNot) {
  for (const char* name : {"tarik", "ilse", "coordinator"})
    ASSERT_EQ(by_owner(grant(name, {Compartment::kSummary})), std::nullopt);
  const Event beside{Compartment::kSummary, 1, {}, false, {}};
  for (const char* name : {"tarik", "ilse", "coordinator"})
    EXPECT_EQ(by(name, beside), std::nullopt);
  EXPECT_EQ(by("mieke", beside), Breach::kCompartment);
}

}  // namespace
}  // namespace omzien::protocol
