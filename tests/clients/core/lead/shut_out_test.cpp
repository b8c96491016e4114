// Somebody who is in seals the next epoch's key wrongly, by mistake or to shut another out. No
// gateway can tell; everybody who got no key sees it; and nobody stays shut out, the reporter least
// of all.
#include "clients/core/case_state.h"
#include "clients/core/seal_answer.h"
#include "clients/core/seal_parts.h"
#include "tests/clients/core/lead/fixture.h"

namespace omzien::core {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ShutOut : public LeadTest {
 protected:
  // By mieke: the next epochs by the rules, but this reader (nobody: the owner) gets other keys.
  void start_wrongly(const Compartments& compartments, const char* shut_out = nullptr) {
    const auto mieke = member("mieke");
    const auto done = act(mieke, [&](Addition& addition, const Certificates& certificates) {
      const auto next =
          next_epochs(addition.access(), addition.directory(), compartments, addition.day());
      const auto theirs = *certificates(ids_of(next), Lapsed::kTaken);
      auto shown = random_keys(next.starts, random_);
      const auto hidden = random_keys(next.starts, random_);
      protocol::Grant grant;
      std::vector<protocol::Wrap> wraps;
      for (const auto& reader : grantees_of(next, theirs)) {
        const auto& whose = reader.certificate.content();
        grant.members.push_back(
            {whose.member_id, reader.certificate.key_hash(), reader.keys, false, 0});
        const bool out = shut_out != nullptr && whose.member_id == id(shut_out);
        wraps.push_back(seal_wrap(mieke, addition.place(), whose.xwing_key, grant.members.back(),
                                  out ? hidden : shown, random_));
      }
      const auto& opening = addition.access().opening();
      wraps.push_back(seal_wrap(mieke, addition.place(), opening.owner_xwing_key,
                                protocol::owner_as_member(opening, next.starts),
                                shut_out == nullptr ? hidden : shown, random_));
      for (const auto& [which, key] : shown)
        grant.starts.push_back({which.compartment, which.epoch, crypto::commit(key)});
      grant.owner_keys = next.starts;
      auto header =
          next_header(mieke, addition.place(), rules::EntryKind::kGrant, std::move(grant), random_);
      return addition.take(
          finish(mieke, addition.place(), std::move(header), protocol::encode_wraps(wraps)),
          std::move(shown));
    });
    ASSERT_TRUE(done) << done.error().message;
  }
  void expect_only_the_key_alarmed(const Identity& self) {
    const auto opened = seen(self);
    ASSERT_EQ(opened.alarms.size(), 1u);
    EXPECT_EQ(opened.alarms[0].kind, AlarmKind::kOtherKey);
  }
};

TEST_F(ShutOut, TheReportersNextWordBeginsTheEpochAnewAndIsRead) {
  start_wrongly({Compartment::kStory, Compartment::kTalk});
  const auto before = seen(owner_).entries.size();
  say(owner_, "still mine");
  const auto opened = seen(owner_);
  EXPECT_EQ(opened.entries.size(), before + 2);  // the epoch, the word
  for (const auto compartment : {Compartment::kStory, Compartment::kTalk})
    EXPECT_EQ(opened.access.newest_epoch(compartment)->number, 3u);
  for (const auto* name : {"mieke", "youssef"}) {
    EXPECT_THAT(talk(member(name)), ElementsAre("before", "still mine")) << name;
    EXPECT_THAT(seen(member(name)).alarms, IsEmpty()) << name;
  }
  expect_only_the_key_alarmed(owner_);
  say(owner_, "and again");  // which needs no other epoch
  EXPECT_EQ(seen(owner_).entries.size(), before + 3);
}

TEST_F(ShutOut, TheReportersNextWordIsSaidThoughSomebodysKeyRanOut) {
  start_wrongly({Compartment::kTalk});
  run_out({"mieke", "youssef"});
  say(owner_, "still mine");
  EXPECT_THAT(talk(member("youssef")), ElementsAre("before", "still mine"));
}

TEST_F(ShutOut, HoweverOftenAWordCostsOneEpochMoreAndOnlyWhereItIsNeeded) {
  for (int i = 0; i < 3; ++i) start_wrongly({Compartment::kTalk});
  const auto before = seen(owner_).entries.size();
  ASSERT_TRUE(act(owner_, [](Addition& addition, const Certificates&) {
    return addition.tell(Compartment::kStory, Report{"more of it", {}});
  }));
  EXPECT_EQ(seen(owner_).entries.size(), before + 1);
  say(owner_, "here");
  EXPECT_EQ(seen(owner_).entries.size(), before + 3);
}

TEST_F(ShutOut, AnAnswerLetsInWhomItNamesInPartsThatWereShut) {
  const Proposal proposal{
      "share_triage", "", {{id("anouk"), {Compartment::kSummary}, 0}}, "A draft."};
  ASSERT_TRUE(act(member("mieke"), [&](Addition& addition, const Certificates&) {
    return addition.tell(Compartment::kTalk, proposal);
  }));
  const auto record = fold(seen(owner_), organisation_.directory()).proposals.back();
  start_wrongly({Compartment::kTalk, Compartment::kSummary});
  const AnswerDraft answer{owner_.handle(),
                           {record.seq, record.hash, rules::Choice::kYes, "Good."},
                           "As I would have it."};
  const auto answered = act(owner_, [&](Addition& addition, const Certificates&) {
    return seal_answer(addition, answer);
  });
  ASSERT_TRUE(answered) << answered.error().message;
  const auto state = fold(seen(member("youssef")), organisation_.directory());
  EXPECT_EQ(state.proposals.back().standing, ProposalStanding::kAnswered);
  EXPECT_TRUE(seen(member("anouk")).keys.contains({Compartment::kSummary, 3}));
}

TEST_F(ShutOut, AMilestoneIsDisputedAllTheSame) {
  ASSERT_TRUE(ClientTest::say(member("mieke"), owner_.handle(), "Yes, yes.",
                              rules::Milestone::kAcknowledged));
  const auto seq = seen(owner_).entries.size() - 1;
  start_wrongly({Compartment::kTalk});
  const auto done = act(owner_, [&](Addition& addition, const Certificates&) {
    return dispute(addition, seq, "That was none.");
  });
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_THAT(talk(member("youssef")), ElementsAre("before", "Yes, yes.", "That was none."));
}

TEST_F(ShutOut, AnotherAdviserIsLetInToWhatWasBeforeToo) {
  start_wrongly({Compartment::kStory, Compartment::kTalk});
  const auto done = grant(owner_, {{id("anouk")}, {Compartment::kStory, Compartment::kTalk}});
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_THAT(texts(seen(member("anouk")), Compartment::kStory), ElementsAre("The story."));
}

TEST_F(ShutOut, AndWhenAllWhoCarriedItOnHaveLeft) {
  ASSERT_TRUE(revoke({id("ruud")}));
  start_wrongly({Compartment::kStory, Compartment::kTalk});
  for (const auto* name : {"mieke", "youssef"})
    ASSERT_TRUE(act(member(name), [](Addition& addition, const Certificates&) {
      return release_self(addition);
    }));
  const auto done =
      grant(owner_, {{id("anouk")}, {Compartment::kStory, Compartment::kTalk}, 0, true});
  ASSERT_TRUE(done) << done.error().message;
  say(owner_, "welcome");
  EXPECT_THAT(texts(seen(member("anouk")), Compartment::kStory), ElementsAre("The story."));
  EXPECT_THAT(talk(member("anouk")), ElementsAre("before", "welcome"));
}

TEST_F(ShutOut, AColleagueWhoWasShutOutBeginsTheNextOne) {
  start_wrongly({Compartment::kTalk}, "youssef");
  const auto youssef = member("youssef");
  expect_only_the_key_alarmed(youssef);
  EXPECT_FALSE(ClientTest::say(youssef, owner_.handle(), "hear me"));
  Renewed renewed;
  ASSERT_TRUE(renew(youssef, &renewed));
  EXPECT_THAT(renewed.epochs, ElementsAre(Compartment::kTalk));
  say(youssef, "hear me");
  EXPECT_THAT(talk(owner_), ElementsAre("before", "hear me"));
  ASSERT_TRUE(renew(youssef, &renewed));
  EXPECT_FALSE(renewed.any());
}

}  // namespace
}  // namespace omzien::core
