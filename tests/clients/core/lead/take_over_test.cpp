// Who stands in takes over once a legal term was missed, knowing nothing of the case but its head.
#include "clients/core/lead/take_over.h"

#include "tests/clients/core/lead/fixture.h"

namespace omzien::core {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class TakingOver : public LeadTest {
 protected:
  Result<protocol::Accepted> take_over(const Member& self) {
    auto connection = connect();
    return core::take_over(connection, self, owner_.handle(), random_);
  }
  std::vector<protocol::InboxItem> overdue(const Member& self) {
    auto connection = connect();
    return fetch_inbox(connection, self).value().to_take_over;
  }
  void miss_a_term() { clock_.advance((rules::kAcknowledgeDays + 1) * gateway::kSecondsPerDay); }
};

TEST_F(TakingOver, OnceATermWasMissedTheyReadWhatTheReporterLeftForThem) {
  const auto ruud = member("ruud");
  miss_a_term();
  const auto items = overdue(ruud);
  ASSERT_EQ(items.size(), 1u);
  EXPECT_EQ(items[0].handle, owner_.handle());
  EXPECT_EQ(items[0].stands_in_for, id("mieke"));
  EXPECT_TRUE(is_out(ruud)) << "not before they take over";
  const auto taken = take_over(ruud);
  ASSERT_TRUE(taken) << taken.error().message;
  EXPECT_THAT(talk(ruud), ElementsAre("before"));
  EXPECT_THAT(overdue(ruud), IsEmpty());
  const auto seen_now = seen(owner_);
  EXPECT_EQ(seen_now.access.holder(gateway::kToday + 8), id("ruud"));
  EXPECT_THAT(talk(member("mieke")), ElementsAre("before")) << "who was late reads on";
  expect_no_alarms({"mieke", "youssef", "ruud"});
}

TEST_F(TakingOver, NobodyDoesBeforeATermWasMissedOrForWhomTheyDontStandIn) {
  const auto refused = [&](const char* name) {
    const auto taken = take_over(member(name));
    return !taken && taken.error().kind == ErrorKind::kRefused;
  };
  EXPECT_TRUE(refused("ruud")) << "no term was missed";
  miss_a_term();
  EXPECT_THAT(overdue(member("anouk")), IsEmpty());
  EXPECT_TRUE(refused("anouk"));
  EXPECT_TRUE(refused("youssef")) << "who is in, and waits for nobody";
  EXPECT_TRUE(is_out(member("anouk")));
}

TEST_F(TakingOver, AnswersWhoIsFirstAndStandsOnceWhenTheAnswerIsLost) {
  miss_a_term();
  wire_->cut(Wire::Fault::kLostAnswer, 4);
  std::ignore = take_over(member("ruud"));
  wire_->cut(Wire::Fault::kNone);
  std::ignore = take_over(member("ruud"));
  std::size_t releases = 0;
  for (const auto& entry : seen(owner_).entries)
    releases += entry.entry.header().kind == rules::EntryKind::kRelease ? 1u : 0u;
  EXPECT_EQ(releases, 1u);
  EXPECT_THAT(talk(member("ruud")), ElementsAre("before"));
}

}  // namespace
}  // namespace omzien::core
