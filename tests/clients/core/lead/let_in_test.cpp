// Letting people in: each newcomer reads exactly what was granted, and nobody else lets anybody in.
#include "clients/core/case_state.h"
#include "tests/clients/core/lead/fixture.h"

namespace omzien::core {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class LettingIn : public LeadTest {
 protected:
  // Anouk is delegated nothing; mieke may let ilse and tarik read talk and summary.
  void delegate_to_mieke(bool may_move_holder = false) {
    protocol::Delegate delegated{id("mieke"),
                                 {id("ilse"), id("tarik")},
                                 {Compartment::kTalk, Compartment::kSummary},
                                 gateway::kToday + 7,
                                 false,
                                 may_move_holder};
    std::sort(delegated.people.begin(), delegated.people.end());
    const auto done = act(owner_, [&](Addition& addition, const Certificates&) {
      return delegate(addition, delegated);
    });
    ASSERT_TRUE(done) << done.error().message;
  }
};

TEST_F(LettingIn, ANewcomerReadsWhatWasGrantedAndNothingElse) {
  ASSERT_TRUE(grant(owner_, {{id("anouk")}, {Compartment::kStory}}));
  say(owner_, "after");
  const auto opened = seen(member("anouk"));
  EXPECT_THAT(texts(opened, Compartment::kStory), ElementsAre("The story."));
  EXPECT_THAT(texts(opened, Compartment::kTalk), IsEmpty());
  expect_no_alarms({"mieke", "youssef", "anouk"});
}

TEST_F(LettingIn, ANewcomerFromNowOnReadsNothingFromBefore) {
  const auto let = grant(owner_, {{id("anouk")}, {Compartment::kTalk}, 0, false, true});
  ASSERT_TRUE(let) << let.error().message;
  say(owner_, "after");
  EXPECT_THAT(talk(member("anouk")), ElementsAre("after"));
  EXPECT_THAT(talk(member("mieke")), ElementsAre("before", "after"));
  EXPECT_THAT(talk(owner_), ElementsAre("before", "after"));
  say(member("youssef"), "and on");
  EXPECT_THAT(talk(member("anouk")), ElementsAre("after", "and on"));
  expect_no_alarms({"mieke", "youssef", "anouk"});
}

TEST_F(LettingIn, ACommitteeReadsTogetherButForTheOneLeftOut) {
  ASSERT_TRUE(grant(owner_, {{id("ilse"), id("tarik")}, {Compartment::kTalk}}));
  EXPECT_THAT(talk(member("ilse")), ElementsAre("before"));
  EXPECT_THAT(talk(member("tarik")), ElementsAre("before"));
  EXPECT_TRUE(is_out(member("bram")));
}

TEST_F(LettingIn, AGrantEndsWithItsLastDay) {
  ASSERT_TRUE(grant(owner_, {{id("anouk")}, {Compartment::kTalk}, gateway::kToday + 1}));
  EXPECT_THAT(talk(member("anouk")), ElementsAre("before"));
  clock_.advance(2 * gateway::kSecondsPerDay);
  EXPECT_TRUE(is_out(member("anouk")));
  // What is written next is under a key that went out with them, until somebody starts another.
  Renewed renewed;
  ASSERT_TRUE(renew(member("youssef"), &renewed));
  EXPECT_THAT(renewed.epochs, ElementsAre(Compartment::kTalk));
  say(owner_, "after");
  EXPECT_THAT(talk(member("mieke")), ElementsAre("before", "after"));
}

TEST_F(LettingIn, WhoReadsItAllAlreadyIsNotLetInTwice) {
  const auto again = grant(owner_, {{id("youssef")}, {Compartment::kTalk}});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::kRefused);
}

TEST_F(LettingIn, TheLeadMovesToOnePerson) {
  ASSERT_TRUE(grant(owner_, {{id("youssef")}, {Compartment::kTalk}, 0, true}));
  EXPECT_EQ(seen(owner_).access.holder(gateway::kToday), id("youssef"));
  EXPECT_FALSE(grant(owner_, {{id("ilse"), id("tarik")}, {Compartment::kTalk}, 0, true}));
}

TEST_F(LettingIn, AMemberWithoutADelegationLetsNobodyIn) {
  const auto let = grant(member("mieke"), {{id("ilse")}, {Compartment::kTalk}});
  ASSERT_FALSE(let);
  EXPECT_EQ(let.error().kind, ErrorKind::kRefused);
}

// It is held against the rules where it is made: a gateway that lets everything pass gets none.
TEST_F(LettingIn, WhatTheRulesForbidIsNotEvenHandedIn) {
  int handed_in = 0;
  wire_->lie = [&](protocol::Request& request, protocol::Response&) {
    for (const auto& operation : request.operations)
      handed_in += operation.kind == rules::OperationKind::kAppend ? 1 : 0;
  };
  EXPECT_FALSE(grant(member("mieke"), {{id("ilse")}, {Compartment::kTalk}}));
  EXPECT_EQ(handed_in, 0);
  EXPECT_TRUE(grant(owner_, {{id("ilse")}, {Compartment::kTalk}}));
  EXPECT_EQ(handed_in, 1);
}

TEST_F(LettingIn, ADelegateLetsInWhomTheOwnerNamedToWhatTheOwnerNamed) {
  delegate_to_mieke();
  ASSERT_TRUE(grant(member("mieke"), {{id("ilse")}, {Compartment::kTalk}}));
  EXPECT_THAT(talk(member("ilse")), ElementsAre("before"));
  EXPECT_FALSE(grant(member("mieke"), {{id("bram")}, {Compartment::kTalk}}));
  EXPECT_FALSE(grant(member("mieke"), {{id("tarik")}, {Compartment::kStory}}));
  EXPECT_FALSE(grant(member("youssef"), {{id("tarik")}, {Compartment::kTalk}}));
  EXPECT_FALSE(grant(member("mieke"), {{id("tarik")}, {Compartment::kTalk}, 0, true}));
  expect_no_alarms({"mieke", "youssef", "ilse"});
}

TEST_F(LettingIn, ADelegationEndsWithItsLastDayAndWhenItIsTakenBack) {
  delegate_to_mieke(true);
  clock_.advance(8 * gateway::kSecondsPerDay);
  EXPECT_FALSE(grant(member("mieke"), {{id("ilse")}, {Compartment::kTalk}}));
  clock_.set(gateway::kNoon);
  ASSERT_TRUE(act(owner_, [&](Addition& addition, const Certificates&) {
    return take_back(addition, id("mieke"));
  }));
  EXPECT_FALSE(grant(member("mieke"), {{id("ilse")}, {Compartment::kTalk}}));
}

TEST_F(LettingIn, ADelegateMovesTheLeadWhereTheOwnerAllowedIt) {
  delegate_to_mieke(true);
  ASSERT_TRUE(grant(member("mieke"), {{id("ilse")}, {Compartment::kTalk}, 0, true}));
  EXPECT_EQ(seen(owner_).access.holder(gateway::kToday), id("ilse"));
}

TEST_F(LettingIn, AStandInReadsOnceTheAdviserIsReleased) {
  EXPECT_TRUE(is_out(member("ruud")));
  const auto released = act(member("mieke"), [](Addition& addition, const Certificates&) {
    return release_self(addition);
  });
  ASSERT_TRUE(released) << released.error().message;
  EXPECT_TRUE(is_out(member("mieke")));
  EXPECT_THAT(talk(member("ruud")), ElementsAre("before"));
  EXPECT_EQ(seen(owner_).access.holder(gateway::kToday), id("ruud"));
  expect_no_alarms({"youssef", "ruud"});
}

TEST_F(LettingIn, NothingComesAfterAWithdrawal) {
  const auto withdrawn =
      act(owner_, [](Addition& addition, const Certificates&) { return withdraw(addition); });
  ASSERT_TRUE(withdrawn) << withdrawn.error().message;
  EXPECT_FALSE(grant(owner_, {{id("anouk")}, {Compartment::kTalk}}));
}

TEST_F(LettingIn, ADisputeReopensTheTermItsMilestoneMet) {
  const auto mieke = member("mieke");
  ASSERT_TRUE(ClientTest::say(mieke, owner_.handle(), "Read.", rules::Milestone::kAcknowledged));
  const auto seq = seen(owner_).chain.next_seq() - 1;
  clock_.advance(2 * gateway::kSecondsPerDay);
  const auto disputed = act(owner_, [&](Addition& addition, const Certificates&) {
    return dispute(addition, seq, "Nobody spoke to me.");
  });
  ASSERT_TRUE(disputed) << disputed.error().message;
  for (const Identity* self :
       {static_cast<const Identity*>(&owner_), static_cast<const Identity*>(&mieke)}) {
    const auto clocks = fold(seen(*self), organisation_.directory()).clocks;
    EXPECT_EQ(clocks.acknowledge.met_day, 0u) << "what people see is what the gateway counts";
    EXPECT_EQ(clocks.acknowledge.due_day, gateway::kToday + 2 + rules::kAcknowledgeDays);
  }
  EXPECT_THAT(talk(member("mieke")), ElementsAre("before", "Read.", "Nobody spoke to me."));
  EXPECT_FALSE(act(owner_, [&](Addition& addition, const Certificates&) {
    return dispute(addition, seq, "Once more.");
  }));
}

TEST_F(LettingIn, WhoTheReporterIsTheySayLaterToOneNamedPerson) {
  const auto tell = [&](std::string_view name, const char* text) {
    return act(owner_, [&](Addition& addition, const Certificates& certificates) {
      return say_who_i_am(addition, id(name), text, certificates);
    });
  };
  const auto identity = [&](std::string_view name) {
    return texts(seen(member(name)), Compartment::kIdentity);
  };
  ASSERT_TRUE(tell("youssef", "I am Sam."));
  EXPECT_THAT(identity("youssef"), ElementsAre("I am Sam."));
  EXPECT_THAT(identity("mieke"), IsEmpty());
  ASSERT_TRUE(tell("mieke", ""));
  EXPECT_THAT(identity("mieke"), ElementsAre("I am Sam."));
  ASSERT_TRUE(tell("mieke", "Sam Vos."));
  EXPECT_THAT(identity("mieke"), ElementsAre("I am Sam.", "Sam Vos."));
  EXPECT_EQ(seen(owner_).access.holder(gateway::kToday), id("mieke"));
  expect_no_alarms({"mieke", "youssef"});
}

TEST_F(LettingIn, AnActWhoseAnswerWasLostStandsOnce) {
  for (int after = 0; after < 5; ++after) {
    wire_->cut(Wire::Fault::kLostAnswer, after + 3);
    std::ignore = grant(owner_, {{id("anouk")}, {Compartment::kTalk}});
    wire_->cut(Wire::Fault::kNone);
  }
  std::size_t let_in_times = 0;
  const auto opened = seen(owner_);
  for (const auto& stands : opened.access.grants())
    let_in_times += stands.member_id == id("anouk") ? 1U : 0U;
  EXPECT_EQ(let_in_times, 1u);
}

}  // namespace
}  // namespace omzien::core
