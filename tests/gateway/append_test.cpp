// Adding to a case.
#include <thread>

#include "tests/gateway/fixture.h"

namespace omzien::gateway {
namespace {

using Append = GatewayTest;

TEST_F(Append, OwnerAndMembersTalk) {
  auto made = opened_case();
  EXPECT_EQ(client().append({made.event(made.owner(), Compartment::kTalk)}, made.owner()).status,
            Status::kDone);
  EXPECT_EQ(
      client().append({made.event(key_of("mieke"), Compartment::kTalk)}, key_of("mieke")).status,
      Status::kDone);
  EXPECT_EQ(client().read_all(made.handle(), made.owner()).entries.size(), 5U);
}

TEST_F(Append, TheSameAgainIsAcceptedAsBeforeWhateverHappenedSince) {
  auto made = opened_case();
  const std::vector<protocol::SubmittedEntry> list{made.event(key_of("mieke"), Compartment::kTalk),
                                                   made.event(key_of("mieke"), Compartment::kTalk)};
  const auto first = client().append(list, key_of("mieke"));
  ASSERT_EQ(first.status, Status::kDone);
  ASSERT_EQ(client().append({made.event(made.owner(), Compartment::kTalk)}, made.owner()).status,
            Status::kDone);
  clock_.advance(2 * kSecondsPerDay);
  publish_directory();
  client().send({});
  const auto again = client().append(list, key_of("mieke"));
  EXPECT_EQ(again.status, Status::kDone);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(client().read_all(made.handle(), made.owner()).entries.size(), 6U);
}

TEST_F(Append, AListWhoseBeginningStandsAlreadyIsCompleted) {
  auto made = opened_case();
  const auto first = made.event(made.owner(), Compartment::kTalk);
  ASSERT_EQ(client().append({first}, made.owner()).status, Status::kDone);
  const auto second = made.event(made.owner(), Compartment::kTalk);
  EXPECT_EQ(client().append({first, second}, made.owner()).status, Status::kDone);
  EXPECT_EQ(client().read_all(made.handle(), made.owner()).entries.size(), 5U);
}

TEST_F(Append, OfTwoClientsThatRaceOneIsToldToRebase) {
  auto made = opened_case();
  for (int round = 0; round < 20; ++round) {
    auto here = made;
    auto there = made;
    const auto ours = here.event(here.owner(), Compartment::kTalk);
    there.random_bytes(static_cast<std::size_t>(round) + 1);  // so that it writes something else
    const auto theirs = there.event(there.owner(), Compartment::kTalk);
    Status other{};
    std::thread racing([&] {
      kit::Asking second(gateway(), organisation_.service());
      other = second.append({theirs}, there.owner()).status;
    });
    const auto own = client().append({ours}, here.owner()).status;
    racing.join();
    EXPECT_THAT((std::array{own, other}),
                testing::UnorderedElementsAre(Status::kDone, Status::kStaleHead));
    made = own == Status::kDone ? here : there;
  }
  EXPECT_EQ(client().read_all(made.handle(), made.owner()).entries.size(), 23U);
}

TEST_F(Append, ToAnUnknownCaseOrByAStrangerIsAnsweredAlike) {
  auto made = opened_case();
  auto unknown = new_case("unknown");
  unknown.on(kToday);
  unknown.opening({"mieke"});
  const auto to_unknown =
      client().append({unknown.event(key_of("bram"), Compartment::kTalk)}, key_of("bram"));
  const auto by_stranger =
      client().append({made.event(key_of("bram"), Compartment::kTalk)}, key_of("bram"));
  EXPECT_EQ(to_unknown.status, Status::kNothing);
  EXPECT_EQ(by_stranger.status, Status::kNothing);
  EXPECT_EQ(to_unknown.body, by_stranger.body);
}

TEST_F(Append, AMemberMayNotLetPeopleInOrTellTheStory) {
  auto made = opened_case();
  auto story = made;
  EXPECT_EQ(
      client().append({story.event(key_of("mieke"), Compartment::kStory)}, key_of("mieke")).status,
      Status::kForbidden);
  auto urgent = made;
  EXPECT_EQ(client()
                .append({urgent.event(key_of("mieke"), Compartment::kTalk, 1'065,
                                      [](protocol::Header& header) {
                                        std::get<protocol::Event>(header.fields).urgent = true;
                                      })},
                        key_of("mieke"))
                .status,
            Status::kForbidden);
}

TEST_F(Append, AnEntryWithoutTheOneBeforeItIsAStaleHead) {
  auto made = opened_case();
  made.event(made.owner(), Compartment::kTalk);  // never sent
  EXPECT_EQ(client().append({made.event(made.owner(), Compartment::kTalk)}, made.owner()).status,
            Status::kStaleHead);
}

TEST_F(Append, AnEntryThatLinksToAnotherPastIsAStaleHead) {
  auto made = opened_case();
  const auto wrong =
      made.event(made.owner(), Compartment::kTalk, 1'065,
                 [](protocol::Header& header) { header.prev_hash = crypto::sha256({}); });
  EXPECT_EQ(client().append({wrong}, made.owner()).status, Status::kStaleHead);
}

TEST_F(Append, SomebodyElsesEntryIsNotTakenFromMe) {
  auto made = opened_case();
  const auto theirs = made.event(key_of("mieke"), Compartment::kTalk);
  EXPECT_EQ(client().append({theirs}, key_of("youssef")).status, Status::kForbidden);
}

TEST_F(Append, ADayThatGoesBackIsRefused) {
  auto made = opened_case();
  clock_.set((std::uint64_t{kToday} + 1) * kSecondsPerDay + 60);
  client().send({});
  made.on(kToday + 1);
  ASSERT_EQ(client().append({made.event(made.owner(), Compartment::kTalk)}, made.owner()).status,
            Status::kDone);
  made.on(kToday);
  EXPECT_EQ(client().append({made.event(made.owner(), Compartment::kTalk)}, made.owner()).status,
            Status::kStaleDay);
}

TEST_F(Append, ACaseWhoseHeadLiesAheadOfTheClockIsNotStuck) {
  clock_.set(kNoon + 30 * kSecondsPerDay);  // wrong by a month, then put right, and a restart
  auto made = new_case();
  made.on(kToday + 30);
  ASSERT_EQ(client().open(made.opening({"mieke"}), made.owner()).status, Status::kDone);
  restart();
  clock_.set(kNoon);
  EXPECT_EQ(client().append({made.event(made.owner(), Compartment::kTalk)}, made.owner()).status,
            Status::kDone);
}

TEST_F(Append, MilestonesAndTurnsShowInTheInbox) {
  auto made = opened_case();
  ASSERT_EQ(client()
                .append({made.milestone(key_of("mieke"), rules::Milestone::kAcknowledged)},
                        key_of("mieke"))
                .status,
            Status::kDone);
  const auto page = protocol::parse<protocol::InboxPage>(
      client().ask(Kind::kInbox, protocol::encode(protocol::Inbox{}), key_of("youssef")).body);
  ASSERT_TRUE(page && page->items.size() == 1);
  EXPECT_EQ(page->items[0].handle, made.handle());
  EXPECT_EQ(page->items[0].head_hash, made.head_hash());
  EXPECT_EQ(page->items[0].opened_day, kToday);
  EXPECT_EQ(page->items[0].acknowledged_day, kToday);
  EXPECT_EQ(page->items[0].feedback_day, 0U);
  EXPECT_FALSE(page->items[0].last_by_owner);
  EXPECT_FALSE(page->items[0].unclocked);
}

}  // namespace
}  // namespace omzien::gateway
