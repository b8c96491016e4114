// Another adviser gets what the one before could read, epoch by epoch and each part for as long,
// and no more.
#include "tests/clients/core/lead/fixture.h"

namespace omzien::core {
namespace {

using gateway::kToday;
using protocol::CompartmentEpoch;
using testing::ElementsAre;
using testing::SizeIs;

constexpr auto kStory = rules::Compartment::kStory;
constexpr auto kTalk = rules::Compartment::kTalk;
constexpr auto kSummary = rules::Compartment::kSummary;

class Replacing : public LeadTest {
 protected:
  Outcome instead(std::string_view from, std::string_view to) {
    return act(owner_, [&](Addition& addition, const Certificates& certificates) {
      return replace(addition, id(from), id(to), certificates);
    });
  }
  // By the grants that stand: last day, keys, mark.
  using Held = std::tuple<protocol::Day, std::vector<CompartmentEpoch>, bool>;
  std::vector<Held> held(std::string_view name) {
    std::vector<Held> found;
    const auto opened = seen(owner_);
    for (const auto& grant : opened.access.grants())
      if (grant.member_id == id(name)) found.emplace_back(grant.last_day, grant.keys, grant.holder);
    return found;
  }
  // What they could open with all that a gateway has.
  std::vector<std::string> talk_given_everything(const Identity& self) {
    const auto opened =
        open_log(fetch(owner_, owner_.handle()), owner_.handle(), self, organisation_.directory());
    EXPECT_TRUE(opened) << opened.error().message;
    return texts(*opened, kTalk);
  }
  // Mieke leaves the organisation, youssef renews, and anouk comes in her place.
  void expect_that_what_was_written_since_stays_shut();
  std::uint64_t entries() { return seen(owner_).chain.next_seq(); }
};

TEST_F(Replacing, WhatWasLimitedStaysSoAndTheMarkGoesWithItsOwnLastDay) {
  ASSERT_TRUE(grant(owner_, {{id("anouk")}, {kStory}}));
  ASSERT_TRUE(grant(owner_, {{id("anouk")}, {kTalk}, kToday + 3}));
  ASSERT_TRUE(grant(owner_, {{id("anouk")}, {kSummary}, kToday + 7, true}));
  const auto done = instead("anouk", "bram");
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_THAT(held("bram"), ElementsAre(Held{0, {{kStory, 1}, {kStory, 2}}, false},
                                        Held{kToday + 7, {{kSummary, 1}, {kSummary, 2}}, true},
                                        Held{kToday + 3, {{kTalk, 1}, {kTalk, 2}}, false}));
  say(owner_, "after");
  EXPECT_THAT(talk(member("bram")), ElementsAre("before", "after"));
  expect_no_alarms({"bram", "mieke", "youssef"});
  EXPECT_EQ(seen(owner_).access.holder(kToday), id("bram"));
  EXPECT_EQ(seen(owner_).access.holder(kToday + 8), std::nullopt);
  clock_.advance(4 * gateway::kSecondsPerDay);
  EXPECT_THAT(talk(member("bram")), SizeIs(0));
  EXPECT_THAT(texts(seen(member("bram")), kStory), ElementsAre("The story."));
}

TEST_F(Replacing, WhatTheyNeverCouldReadStaysShut) {
  ASSERT_TRUE(grant(owner_, {{id("anouk")}, {kTalk}, 0, false, true}));
  say(owner_, "with anouk");
  ASSERT_TRUE(instead("anouk", "bram"));
  say(owner_, "with bram");
  EXPECT_THAT(talk_given_everything(member("bram")), ElementsAre("with anouk", "with bram"));
  expect_no_alarms({"bram", "mieke"});
}

void Replacing::expect_that_what_was_written_since_stays_shut() {
  organisation_.next_version();
  organisation_.change = [&](protocol::DirectoryContent& content) {
    for (auto& person : content.people)
      if (person.name == "mieke") person.left_day = kToday;
  };
  folder_.write("bundle", organisation_.bundle());
  gateway().tend();
  ASSERT_TRUE(renew(member("youssef")));
  say(owner_, "without mieke");
  const auto done = instead("mieke", "anouk");
  ASSERT_TRUE(done) << done.error().message;
  say(owner_, "with anouk");
  say(member("anouk"), "Here I am.");
  EXPECT_THAT(talk_given_everything(member("anouk")),
              ElementsAre("before", "with anouk", "Here I am."));
  EXPECT_THAT(talk(member("youssef")),
              ElementsAre("before", "without mieke", "with anouk", "Here I am."));
  EXPECT_EQ(seen(owner_).access.holder(kToday), id("anouk"));
  expect_no_alarms({"anouk", "youssef"});
}

TEST_F(Replacing, InPlaceOfOneWhoLeftNotWhatWasWrittenSince) {
  expect_that_what_was_written_since_stays_shut();
}

TEST_F(Replacing, NorWhereNobodyStandsInWhoseEndBeginsAnEpoch) {
  ASSERT_TRUE(revoke({id("ruud")}));
  expect_that_what_was_written_since_stays_shut();
}

TEST_F(Replacing, AColleagueWhoReadsItAllGetsTheMarkAtMost) {
  ASSERT_TRUE(grant(owner_, {{id("anouk")}, {kTalk}, kToday + 3}));
  const auto before = entries();
  const auto done = instead("anouk", "youssef");
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(entries(), before + 1) << "a revocation";
  EXPECT_EQ(seen(owner_).access.holder(kToday), id("mieke"));
  ASSERT_TRUE(instead("mieke", "youssef"));
  EXPECT_EQ(entries(), before + 3) << "and another, with the mark";
  EXPECT_EQ(seen(owner_).access.holder(kToday), id("youssef"));
  expect_no_alarms({"youssef"});
}

TEST_F(Replacing, MoreLastDaysThanGoIntoOneAppendEndSoonerNeverLater) {
  for (int day = 1; day <= 9; ++day) {
    LetIn who{{id("anouk")}, {kTalk}, kToday + static_cast<protocol::Day>(day)};
    if (day == 9) who.compartments.insert(kStory);
    ASSERT_TRUE(grant(owner_, who));
  }
  std::vector<protocol::Day> days;
  for (const auto& share : shares_of(seen(owner_).access, id("anouk"), kToday))
    days.push_back(share.last_day - kToday);
  EXPECT_THAT(days, ElementsAre(9, 8, 7, 6, 5, 1));
  ASSERT_TRUE(instead("anouk", "bram"));
  EXPECT_THAT(
      held("bram"),
      ElementsAre(Held{kToday + 9, {{kStory, 1}, {kStory, 2}, {kTalk, 1}, {kTalk, 2}}, false}))
      << "the longest has it all";
}

TEST_F(Replacing, WhoReadsNothingHasNothingToHandOn) {
  const auto done = instead("anouk", "bram");
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::kRefused);
}

}  // namespace
}  // namespace omzien::core
