// What the reporter said last: something urgent waits until it was answered, and a no counts until
// they say otherwise.
#include "clients/core/desk/last_word.h"

#include "tests/clients/core/lead/fixture.h"

namespace omzien::core {
namespace {

class UrgentWord : public LeadTest {
 protected:
  bool waits() { return urgent_waits(seen(member("mieke"))); }
  void urgent() {
    auto connection = connect();
    auto outbox = *Outbox::load(folder(), owner_);
    const EventDraft word{owner_.handle(), Compartment::kTalk, Message{"Tonight."},
                          rules::Milestone::kNone, true};
    const auto id = outbox.add(word, random_).id;
    const auto kept = folder();
    const auto sent = Delivery(connection, owner_, outbox, kept, random_).deliver(id);
    ASSERT_TRUE(sent) << sent.error().message;
  }
};

TEST_F(UrgentWord, WaitsUntilAMemberAnswersIt) {
  EXPECT_FALSE(waits());
  urgent();
  EXPECT_TRUE(waits());
  say(owner_, "And one thing more.");
  EXPECT_TRUE(waits());
  say(member("youssef"), "I am here.");
  EXPECT_FALSE(waits());
  say(owner_, "Thank you.");
  EXPECT_FALSE(waits());
  urgent();
  EXPECT_TRUE(waits());
}

TEST_F(UrgentWord, IsNotAnsweredByWhatAnswersNobody) {
  urgent();
  say(member("mieke"), "I am here.");
  auto opened = seen(member("mieke"));
  auto& last = opened.entries.back();
  ASSERT_FALSE(urgent_waits(opened));
  last.event.reset();
  EXPECT_FALSE(urgent_waits(opened)) << "words in the conversation that this person can't read";
  last.event = IdentityOpened{};
  EXPECT_TRUE(urgent_waits(opened));
  last.event = Message{"I am here."};
  last.counts = false;
  EXPECT_TRUE(urgent_waits(opened)) << "it broke a rule";
}

protocol::MemberId somebody(std::uint8_t number) {
  std::array<std::uint8_t, protocol::MemberId::kSize> bytes{};
  bytes.fill(number);
  return protocol::MemberId(bytes);
}

ProposalRecord answered(std::uint64_t seq, std::optional<rules::Choice> choice,
                        std::vector<std::uint8_t> about) {
  ProposalRecord record;
  for (const auto number : about)
    record.proposal.readers.push_back({somebody(number), {rules::Compartment::kTalk}, 0, false});
  if (choice) record.decision = DecisionRecord{seq, 20'000, *choice, {}, true};
  return record;
}

// The entry of the no about the first person; 0: none.
std::uint64_t about_first(std::vector<ProposalRecord> proposals, std::uint64_t since = 3) {
  CaseState state;
  state.proposals = std::move(proposals);
  const auto* no = no_since(state, somebody(1), since);
  return no == nullptr ? 0 : no->seq;
}

TEST(ANo, CountsUntilAYesOrADelegationThatCameLater) {
  using rules::Choice;
  const auto no = answered(9, Choice::kNo, {1});
  EXPECT_EQ(about_first({no}), 9u);
  EXPECT_EQ(about_first({answered(9, Choice::kNotNow, {1, 2})}), 9u);
  EXPECT_EQ(about_first({answered(9, Choice::kNo, {2})}), 0u) << "about somebody else";
  EXPECT_EQ(about_first({no}, 9), 0u) << "they allowed it since";
  EXPECT_EQ(about_first({no, answered(12, Choice::kYesIf, {1})}), 0u);
  EXPECT_EQ(about_first({answered(12, Choice::kYes, {1}), no}), 0u)
      << "by when it was answered, not asked";
  EXPECT_EQ(about_first({answered(7, Choice::kYes, {1}), no, answered(0, std::nullopt, {1})}), 9u);
}

}  // namespace
}  // namespace omzien::core
