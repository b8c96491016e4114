// Letting people out: they read nothing new, everybody else reads on, nothing of it is seen twice.
#include <algorithm>

#include "tests/clients/core/lead/fixture.h"

namespace omzien::core {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class LettingOut : public LeadTest {
 protected:
  // What somebody who kept every byte could open with every key they ever held: a gateway that
  // gives them all of the log, as the owner gets it.
  std::vector<std::string> talk_given_everything(const Identity& self) {
    const auto opened =
        open_log(fetch(owner_, owner_.handle()), owner_.handle(), self, organisation_.directory());
    EXPECT_TRUE(opened) << opened.error().message;
    return texts(*opened, Compartment::kTalk);
  }
};

TEST_F(LettingOut, TheRevokedReadNothingNewEvenFromAGatewayThatGivesThemAll) {
  ASSERT_TRUE(revoke({id("youssef")}));
  say(owner_, "after");
  EXPECT_TRUE(is_out(member("youssef")));
  EXPECT_THAT(talk_given_everything(member("youssef")), ElementsAre("before"));
  EXPECT_THAT(talk(member("mieke")), ElementsAre("before", "after"));
  EXPECT_THAT(talk(owner_), ElementsAre("before", "after"));
  expect_no_alarms({"mieke"});
}

TEST_F(LettingOut, AllThatTheyHeldBeginsAnewAndNothingElse) {
  ASSERT_TRUE(grant(owner_, {{id("anouk")}, {Compartment::kSummary}}));
  ASSERT_TRUE(revoke({id("anouk")}));
  const auto opened = seen(owner_);
  EXPECT_EQ(opened.access.newest_epoch(Compartment::kSummary)->number, 2u);
  EXPECT_EQ(opened.access.newest_epoch(Compartment::kTalk)->number, 1u);
}

TEST_F(LettingOut, TheOwnersNewKeysComeBackFromTheWordsAlone) {
  ASSERT_TRUE(revoke({id("youssef")}));
  ASSERT_TRUE(revoke({id("mieke")}));
  say(owner_, "to nobody yet");
  const auto again = reporter("owner");
  EXPECT_THAT(talk(again), ElementsAre("before", "to nobody yet"));
  EXPECT_THAT(seen(again).alarms, IsEmpty());
}

TEST_F(LettingOut, WhoStandsInForTheRevokedStandsInForNobody) {
  ASSERT_TRUE(revoke({id("mieke")}));
  const auto opened = seen(owner_);
  for (const auto& stands : opened.access.grants()) EXPECT_NE(stands.member_id, id("ruud"));
  EXPECT_EQ(opened.access.holder(gateway::kToday), std::nullopt);
}

TEST_F(LettingOut, AWaitingStandInCarriesOnUnseenAndReadsItAllOnceAwake) {
  ASSERT_TRUE(revoke({id("youssef")}));
  say(owner_, "after");
  ASSERT_TRUE(act(member("mieke"),
                  [](Addition& addition, const Certificates&) { return release_self(addition); }));
  EXPECT_THAT(talk(member("ruud")), ElementsAre("before", "after"));
  expect_no_alarms({"ruud"});
}

TEST_F(LettingOut, AnotherAdviserIsOneStepAndReadsWhatTheFirstCould) {
  const auto before = seen(owner_).chain.next_seq();
  const auto done = act(owner_, [&](Addition& addition, const Certificates& certificates) {
    auto replaced = replace(addition, id("mieke"), id("anouk"), certificates);
    return replaced ? addition.tell(Compartment::kTalk, Message{"Welcome."}) : replaced;
  });
  ASSERT_TRUE(done) << done.error().message;
  const auto opened = seen(owner_);
  EXPECT_EQ(opened.chain.next_seq(), before + 3);
  EXPECT_EQ(opened.access.holder(gateway::kToday), id("anouk"));
  EXPECT_THAT(talk(member("anouk")), ElementsAre("before", "Welcome."));
  EXPECT_THAT(talk(member("youssef")), ElementsAre("before", "Welcome."));
  EXPECT_THAT(talk_given_everything(member("mieke")), ElementsAre("before"));
  expect_no_alarms({"anouk", "youssef"});
}

TEST_F(LettingOut, AnotherAdviserIsNotTheIdentitysReader) {
  const auto told = reporter("told");
  auto story = draft("Mine.");
  story.story.identity = "It is me.";
  report(told, story);
  auto connection = connect();
  ASSERT_TRUE(core::act(
      connection, told, told.handle(),
      [&](Addition& addition, const Certificates& certificates) {
        return replace(addition, id("mieke"), id("anouk"), certificates);
      },
      random_));
  const auto opened = open(member("anouk"), told.handle());
  ASSERT_TRUE(opened);
  EXPECT_THAT(texts(*opened, Compartment::kStory), ElementsAre("Mine."));
  EXPECT_THAT(texts(*opened, Compartment::kIdentity), IsEmpty());
}

TEST_F(LettingOut, OnlyTheOwnerRevokesAndOnlyWhoIsIn) {
  EXPECT_FALSE(act(member("mieke"), [&](Addition& addition, const Certificates& certificates) {
    return core::revoke(addition, {id("youssef")}, certificates);
  }));
  const auto stranger = revoke({id("bram")});
  ASSERT_FALSE(stranger);
  EXPECT_EQ(stranger.error().kind, ErrorKind::kRefused);
}

// Twenty people more, so that the wraps of those who remain fill several frames.
class CrowdedCase : public LettingOut {
 protected:
  CrowdedCase() {
    crypto::FixedRandom random("crowd");
    for (int i = 0; i < kMore; ++i)
      organisation_.members().push_back({name(i),
                                         rules::Role::kTriage,
                                         crypto::random_value<protocol::MemberId>(random),
                                         kit::make_key(random),
                                         {}});
    std::sort(organisation_.members().begin(), organisation_.members().end(),
              [](const auto& a, const auto& b) { return a.id < b.id; });
  }
  static std::string name(int i) { return "person" + std::to_string(i); }
  static constexpr int kMore = 20;
};

TEST_F(CrowdedCase, ARevocationLargerThanAFrameIsStagedAndReadByAll) {
  for (int first = 0; first < kMore; first += 10) {
    LetIn who{{}, {Compartment::kTalk, Compartment::kSummary}};
    for (int i = first; i < first + 10; ++i) who.people.push_back(id(name(i)));
    ASSERT_TRUE(grant(owner_, who));
  }
  const auto done = revoke({id("mieke")});
  ASSERT_TRUE(done) << done.error().message;
  const auto header = seen(owner_).entries.back().entry.header();
  EXPECT_GT(header.payload_size, rules::kFrameBytes);
  say(owner_, "after");
  EXPECT_THAT(talk(member(name(0))), ElementsAre("before", "after"));
  EXPECT_THAT(talk(member(name(19))), ElementsAre("before", "after"));
  EXPECT_THAT(talk_given_everything(member("mieke")), ElementsAre("before"));
}

}  // namespace
}  // namespace omzien::core
