// The deadline that acts: who is told of a missed term, from when on, and until when.
#include "protocol/desk_operations.h"
#include "tests/gateway/regie_fixture.h"

namespace omzien::gateway {
namespace {

using rules::LegalClock;
using rules::Milestone;
using testing::IsEmpty;
using testing::SizeIs;

class Alerts : public RegieTest {
 protected:
  // The CDO of these tests is anouk's colleague of another office.
  Alerts() {
    organisation_.change = [](protocol::DirectoryContent& content) {
      content.further_alert_roles = {rules::Role::kStandIn};
    };
    folder_.write("bundle", organisation_.bundle());
    case_ = new_case();
    case_.on(kToday);
  }
  std::vector<protocol::RaisedAlert> told(const char* name, std::size_t pages_max = 1) {
    std::vector<protocol::RaisedAlert> all;
    crypto::Bytes cursor;
    for (std::size_t page = 0; page < pages_max; ++page) {
      const auto result =
          client().ask(Kind::kAlerts, protocol::encode(protocol::ReadAlerts{cursor}), key_of(name));
      EXPECT_EQ(result.status, Status::kDone);
      const auto found = protocol::parse<protocol::AlertsPage>(result.body).value();
      all.insert(all.end(), found.alerts.begin(), found.alerts.end());
      cursor = found.next_cursor;
      if (cursor.empty()) break;
    }
    return all;
  }
  protocol::Event milestone(Milestone which) {
    auto event = talk();
    event.milestone = which;
    return event;
  }
  static constexpr protocol::Day kDue = kToday + rules::kAcknowledgeDays;
  static constexpr protocol::Day kFurther = kDue + rules::kFurtherDays + 1;
};
OMZIEN_ON_BOTH_STORES(Alerts);

TEST_P(Alerts, ALateAcknowledgementIsToldTheDayAfterAndGoesFurtherAfterTheFurtherTerm) {
  open();
  on(kDue);
  EXPECT_THAT(told("coordinator"), IsEmpty());
  on(kDue + 1);
  const auto alerts = told("coordinator");
  ASSERT_THAT(alerts, SizeIs(1));
  EXPECT_EQ(alerts[0].handle, case_.handle());
  EXPECT_EQ(alerts[0].clock, LegalClock::kAcknowledge);
  EXPECT_EQ(alerts[0].due_day, kDue);
  EXPECT_EQ(alerts[0].further_day, kFurther);
  EXPECT_EQ(alerts[0].unit_id, organisation_.directory().person_named("mieke")->unit_id);
  on(kFurther - 1);
  EXPECT_THAT(told("ruud"), IsEmpty());
  on(kFurther);
  EXPECT_THAT(told("ruud"), SizeIs(1));
  EXPECT_THAT(told("coordinator"), SizeIs(1));
}

TEST_P(Alerts, NobodyElseIsToldAnything) {
  open();
  on(kFurther);
  for (const char* name : {"mieke", "youssef", "ilse", "tarik"})
    EXPECT_EQ(
        client().ask(Kind::kAlerts, protocol::encode(protocol::ReadAlerts{}), key_of(name)).status,
        Status::kNothing);
  EXPECT_EQ(
      client().ask(Kind::kAlerts, protocol::encode(protocol::ReadAlerts{}), case_.owner()).status,
      Status::kNothing);
}

TEST_P(Alerts, AnAcknowledgementEndsItAndADisputeStartsItAnew) {
  open();
  on(kDue + 1);
  ASSERT_EQ(by("mieke", milestone(Milestone::kAcknowledged)), Status::kDone);
  EXPECT_THAT(told("coordinator"), IsEmpty());
  auto dispute = talk();
  dispute.dispute = case_.next_seq() - 1;
  on(kDue + 3);
  ASSERT_EQ(by_owner(dispute), Status::kDone);
  EXPECT_THAT(told("coordinator"), IsEmpty()) << "the whole term runs again";
  on(kDue + 3 + rules::kAcknowledgeDays + 1);
  ASSERT_THAT(told("coordinator"), SizeIs(1));
  EXPECT_EQ(told("coordinator")[0].due_day, kDue + 3 + rules::kAcknowledgeDays);
}

TEST_P(Alerts, ATermThatWasMetLateIsNotToldBesideTheNextOne) {
  open();
  on(kDue + 1);
  ASSERT_EQ(by("mieke", milestone(Milestone::kAcknowledged)), Status::kDone);
  on(kDue + 200);
  const auto alerts = told("coordinator");
  ASSERT_THAT(alerts, SizeIs(1));
  EXPECT_EQ(alerts[0].clock, rules::LegalClock::kFeedback);
}

// What a unit can do: talk, pass the case on, leave it, be let out. None of it stops the alert.
TEST_P(Alerts, NothingButTheTermBeingMetStopsIt) {
  open();
  on(kDue + 1);
  ASSERT_EQ(by("youssef", talk()), Status::kDone);
  ASSERT_EQ(by("mieke", release("mieke", rules::ReleaseCause::kOwn)), Status::kDone);
  ASSERT_THAT(told("coordinator"), SizeIs(1));
  ASSERT_EQ(by_owner(revoke({"youssef"})), Status::kDone);
  ASSERT_THAT(told("coordinator"), SizeIs(1)) << "nobody is in any more";
  EXPECT_EQ(told("coordinator")[0].unit_id,
            organisation_.directory().person_named("mieke")->unit_id);
}

TEST_P(Alerts, FeedbackIsDueThreeMonthsAfterTheAcknowledgementLeapDayIncluded) {
  // 30 November 2027, acknowledged: three months later February 2028 ends on its 29th.
  const protocol::Day acknowledged = 21'152;
  ASSERT_EQ(protocol::iso_date(acknowledged), "2027-11-30");
  on(acknowledged - 1);
  case_ = new_case("leap");
  case_.on(acknowledged - 1);
  access_ = {};
  open();
  on(acknowledged);
  ASSERT_EQ(by("mieke", milestone(Milestone::kAcknowledged)), Status::kDone);
  const auto due = protocol::add_months(acknowledged, rules::kFeedbackMonths);
  ASSERT_EQ(protocol::iso_date(due), "2028-02-29");
  on(due);
  EXPECT_THAT(told("coordinator"), IsEmpty());
  on(due + 1);
  const auto alerts = told("coordinator");
  ASSERT_THAT(alerts, SizeIs(1));
  EXPECT_EQ(alerts[0].clock, LegalClock::kFeedback);
  ASSERT_EQ(by("mieke", milestone(Milestone::kOutcome)), Status::kDone);
  EXPECT_THAT(told("coordinator"), IsEmpty());
}

TEST_P(Alerts, AWithdrawnCaseIsNobodysAnyMore) {
  open();
  on(kDue + 1);
  ASSERT_THAT(told("coordinator"), SizeIs(1));
  ASSERT_EQ(by_owner(protocol::Withdraw{}), Status::kDone);
  EXPECT_THAT(told("coordinator"), IsEmpty());
}

TEST_P(Alerts, ComeInPagesAndMissNothing) {
  limits_.inbox_rows_max = 3;
  for (const char* seed : {"a", "b", "c", "d", "e", "f", "g"}) {
    auto other = new_case(seed);
    other.on(kToday);
    ASSERT_EQ(client().open(other.opening({"mieke"}), other.owner()).status, Status::kDone);
  }
  on(kDue + 1);
  EXPECT_THAT(told("coordinator"), SizeIs(3));
  EXPECT_THAT(told("coordinator", 9), SizeIs(7));
}

TEST_P(Alerts, ACursorThatIsNoneIsMalformed) {
  const protocol::ReadAlerts ask{{1, 2, 3}};
  EXPECT_EQ(client().ask(Kind::kAlerts, protocol::encode(ask), key_of("coordinator")).status,
            Status::kMalformed);
}

TEST_P(Alerts, AnInboxSaysWhatIsDueWithDisputesCountedInAndWhoLeads) {
  open();
  auto item = inbox("mieke").at(0);
  EXPECT_EQ(item.acknowledge_due_day, kDue);
  EXPECT_EQ(item.feedback_due_day, protocol::add_months(kDue, rules::kFeedbackMonths));
  EXPECT_TRUE(item.holder);
  EXPECT_FALSE(inbox("youssef").at(0).holder);
  ASSERT_EQ(by("mieke", milestone(Milestone::kFeedback)), Status::kDone);
  item = inbox("mieke").at(0);
  EXPECT_EQ(item.acknowledge_due_day, 0U);
  EXPECT_EQ(item.feedback_due_day, 0U);
  auto dispute = talk();
  dispute.dispute = case_.next_seq() - 1;
  on(kToday + 2);
  ASSERT_EQ(by_owner(dispute), Status::kDone);
  EXPECT_EQ(inbox("mieke").at(0).acknowledge_due_day, kToday + 2 + rules::kAcknowledgeDays);
}

}  // namespace
}  // namespace omzien::gateway
