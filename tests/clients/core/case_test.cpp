// The main path, from eight words to an answer, on the real use cases.
#include "clients/core/case_state.h"
#include "clients/core/readers.h"
#include "tests/clients/core/fixture.h"

namespace omzien::core {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Case : public ClientTest {};

TEST_F(Case, TheChosenAdviserReadsWhatTheReporterWrote) {
  const auto owner = reporter();
  report(owner, draft("One story."));
  const auto opened = open(member("mieke"), owner.handle());
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_THAT(texts(*opened, Compartment::kStory), ElementsAre("One story."));
  EXPECT_THAT(opened->alarms, IsEmpty());
}

TEST_F(Case, NobodyElseOpensIt) {
  const auto owner = reporter();
  report(owner);
  for (const auto* name : {"anouk", "ilse", "ruud"}) {
    const auto opened = open(member(name), owner.handle());
    ASSERT_FALSE(opened) << name;
    EXPECT_EQ(opened.error().kind, ErrorKind::kRefused) << name;
  }
}

TEST_F(Case, NobodyIsChosenWhoIsNoAdviserOrReadsItAlready) {
  const auto refused = [&](const std::string& to, const std::string& stand_in) {
    auto draft = ClientTest::draft();
    draft.to = {to};
    draft.stand_in = stand_in;
    const auto found = find_readers(draft, organisation_.directory(), gateway::kToday);
    return found ? ErrorKind::kDefect : found.error().kind;
  };
  EXPECT_EQ(refused("mieke", "ruud"), ErrorKind::kDefect) << "these are";
  for (const char* name : {"ilse", "tarik", "nobody"}) {
    EXPECT_EQ(refused(name, ""), ErrorKind::kBadInput) << name;
    EXPECT_EQ(refused("mieke", name), ErrorKind::kBadInput) << name;
  }
  EXPECT_EQ(refused("mieke", "mieke"), ErrorKind::kBadInput);
}

TEST_F(Case, WhoLeavesLaterIsHereUntilThen) {
  const auto leaving = [&](const char* name, protocol::Day day) {
    organisation_.change = [name, day](protocol::DirectoryContent& content) {
      for (auto& person : content.people)
        if (person.name == name) person.left_day = day;
    };
  };
  const auto found = [&](protocol::Day today) -> std::vector<protocol::MemberId> {
    auto draft = ClientTest::draft();
    draft.to = {"mieke"};
    const auto readers = find_readers(draft, organisation_.directory(), today);
    return readers ? readers->members : std::vector<protocol::MemberId>{};
  };
  leaving("mieke", gateway::kToday + 1);
  EXPECT_THAT(found(gateway::kToday), ElementsAre(organisation_.member("mieke").id));
  EXPECT_THAT(found(gateway::kToday + 1), IsEmpty());
  // Somebody new by the same name is who is meant, also before.
  organisation_.change = [](protocol::DirectoryContent& content) {
    for (auto& person : content.people) {
      if (person.name == "mieke") person.left_day = gateway::kToday + 1;
      if (person.name == "anouk") person.name = "mieke";
    }
  };
  EXPECT_THAT(found(gateway::kToday), ElementsAre(organisation_.member("anouk").id));
}

TEST_F(Case, TheReporterComesBackWithNothingButTheWords) {
  report(reporter("words"), draft("Mine."));
  const auto again = reporter("words");
  ASSERT_TRUE(say(member("mieke"), again.handle(), "Good that you tell this.",
                  rules::Milestone::kAcknowledged));
  const auto opened = open(again, again.handle());
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_THAT(texts(*opened, Compartment::kStory), ElementsAre("Mine."));
  EXPECT_THAT(texts(*opened, Compartment::kTalk), ElementsAre("Good that you tell this."));
  const auto state = fold(*opened, organisation_.directory());
  EXPECT_EQ(state.state, rules::CaseState::kAcknowledged);
  EXPECT_EQ(state.clocks.acknowledge.met_day, gateway::kToday);
  EXPECT_EQ(state.waiting_for, WaitingFor::kReporter);
  EXPECT_THAT(state.alarms, IsEmpty());
}

TEST_F(Case, IdentityIsForTheFirstAdviserAlone) {
  const auto owner = reporter();
  auto told = draft();
  told.story.identity = "I am the one from shift B.";
  told.story.people = "The team leader.";
  report(owner, told);
  EXPECT_THAT(texts(*open(member("mieke"), owner.handle()), Compartment::kIdentity),
              ElementsAre(told.story.identity));
  const auto second = open(member("youssef"), owner.handle());
  EXPECT_THAT(texts(*second, Compartment::kIdentity), IsEmpty());
  EXPECT_THAT(texts(*second, Compartment::kPeople), ElementsAre(told.story.people));
  EXPECT_THAT(second->alarms, IsEmpty());
}

TEST_F(Case, AccessSaysWhoCanReadAndWhoOnlyIfNeeded) {
  const auto owner = reporter();
  report(owner);
  const auto state = fold(*open(owner, owner.handle()), organisation_.directory());
  ASSERT_EQ(state.access.size(), 3u);
  EXPECT_EQ(state.access[0].name, "mieke");
  EXPECT_TRUE(state.access[0].holder);
  EXPECT_FALSE(state.access[0].dormant);
  EXPECT_EQ(state.access[2].name, "ruud");
  EXPECT_TRUE(state.access[2].dormant);
}

TEST_F(Case, EveryKindOpensAndASignalGoesToThoseWhoReadSignals) {
  for (const auto& kind : rules::kCaseKindNames) {
    const auto owner = reporter(kind.name);
    auto told = draft("A " + std::string(kind.name));
    told.story.opening.case_kind = kind.value;
    if (kind.value == rules::CaseKind::kSignal) told.stand_in.clear();
    report(owner, told);
    const auto state = fold(*open(owner, owner.handle()), organisation_.directory());
    EXPECT_EQ(state.kind, kind.value);
    EXPECT_EQ(state.clocked, kind.value != rules::CaseKind::kSignal);
    if (kind.value == rules::CaseKind::kSignal) {
      EXPECT_EQ(state.access[0].name, "coordinator");
    }
  }
}

TEST_F(Case, ALongStoryTravelsInPiecesAndComesBackWhole) {
  const auto owner = reporter();
  std::string story;
  while (story.size() < rules::kStoryBytesMax - 8) story += "é\u200b字\n";
  report(owner, draft(story));
  EXPECT_THAT(texts(*open(owner, owner.handle()), Compartment::kStory), ElementsAre(story));
  EXPECT_THAT(texts(*open(member("youssef"), owner.handle()), Compartment::kStory),
              ElementsAre(story));
}

TEST_F(Case, AnOutcomeClosesItAndAMessageOpensItAgain) {
  const auto owner = reporter();
  auto advice = draft();
  advice.story.opening.case_kind = rules::CaseKind::kAdvice;  // a report would wait for triage
  report(owner, advice);
  ASSERT_TRUE(say(member("mieke"), owner.handle(), "I read it.", rules::Milestone::kAcknowledged));
  const auto mieke = member("mieke");
  auto connection = connect();
  auto outbox = *Outbox::load(folder(), mieke);
  const auto kept = folder();
  const auto id =
      outbox
          .add(EventDraft{owner.handle(), Compartment::kTalk, Outcome{"Talked.", "Because."},
                          rules::Milestone::kOutcome, false},
               random_)
          .id;
  ASSERT_TRUE(Delivery(connection, mieke, outbox, kept, random_).deliver(id));
  EXPECT_EQ(fold(*open(owner, owner.handle()), organisation_.directory()).state,
            rules::CaseState::kClosed);
  ASSERT_TRUE(say(owner, owner.handle(), "It goes on."));
  EXPECT_EQ(fold(*open(owner, owner.handle()), organisation_.directory()).state,
            rules::CaseState::kActive);
}

TEST_F(Case, AWrongPhraseFindsNothing) {
  report(reporter("one"));
  const auto stranger = reporter("another");
  const auto opened = open(stranger, stranger.handle());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::kRefused);
}

}  // namespace
}  // namespace omzien::core
