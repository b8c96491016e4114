// Members keep a case alive: newer keys, epochs after somebody left, notes. None of it lets anybody
// in.
#include <algorithm>

#include "clients/core/lead/take_over.h"
#include "tests/clients/core/lead/fixture.h"

namespace omzien::core {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Renewal : public LeadTest {
 protected:
  Outcome note(const Identity& self, std::string text) {
    return act(self, [&](Addition& addition, const Certificates& certificates) -> Result<void> {
      if (auto ready = ready_notes(addition, certificates); !ready) return ready;
      return addition.tell(Compartment::kNotes, Note{text});
    });
  }
  std::vector<std::string> notes(const Identity& self) {
    return texts(seen(self), Compartment::kNotes);
  }
  void release(const char* name) {
    ASSERT_TRUE(act(member(name), [](Addition& addition, const Certificates&) {
      return release_self(addition);
    }));
  }
  // A colleague renews, and whoever reads by these keys reads nothing that is said from then on.
  void start_anew_without(const Identity& gone) {
    Renewed renewed;
    ASSERT_TRUE(renew(member("mieke"), &renewed));
    EXPECT_THAT(renewed.epochs, ElementsAre(Compartment::kStory, Compartment::kPeople,
                                            Compartment::kTalk, Compartment::kSummary));
    say(member("mieke"), "after");
    EXPECT_THAT(talk(owner_), ElementsAre("before", "after"));
    EXPECT_THAT(opened_by(gone, Compartment::kTalk), ElementsAre("before"));
  }
  // The administrator gave them another signing key, which the lost one could not vouch for, and
  // other keys with it: who they are from then on. `and_another`: that one has vouched for the next
  // since.
  Member lose_key_file(const char* name, bool and_another = false) {
    organisation_.next_version();
    auto& all = organisation_.members();
    auto& person =
        *std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == name; });
    const auto day = organisation_.day();
    std::vector<protocol::SigningKeyEntry> earlier{{person.key->public_key(), day, std::nullopt}};
    std::optional<crypto::Signature> vouched;
    const auto seed =
        crypto::hash_fields(crypto::FieldList().append(person.name).append("after the loss"));
    auto next = std::make_shared<crypto::SigningKey>(*crypto::SigningSeed::from(seed.view()));
    if (and_another) {
      const auto between = kit::make_key(random_);
      earlier.push_back({between->public_key(), day, std::nullopt});
      const auto said =
          protocol::succession_bytes(organisation_.service(), person.id, next->public_key(), day);
      vouched = between->sign(rules::kTagSigningKeySuccession, said);
    }
    person.key = std::move(next);
    const auto newer = *crypto::XWingSeed::from(seed.view());
    person.xwing_key = crypto::xwing_public_key(newer);
    organisation_.change = [=, id = person.id](protocol::DirectoryContent& content) {
      for (auto& one : content.people) {
        if (one.member_id != id) continue;
        one.signing_keys.back().signed_by_previous = vouched;
        one.signing_keys.insert(one.signing_keys.begin(), earlier.begin(), earlier.end());
      }
    };
    folder_.write("bundle", organisation_.bundle());
    gateway().tend();
    crypto::KeyFile file{
        crypto::KeyFileKind::kMember, person.id, *crypto::SigningSeed::from(seed.view()), {}};
    file.xwing_seeds.push_back(*crypto::XWingSeed::from(seed.view()));
    return {std::move(file), organisation_.service()};
  }
  // What these keys open of all that there is, whoever would be given it.
  std::vector<std::string> opened_by(const Identity& keys, Compartment compartment) {
    const auto log = fetch(owner_, owner_.handle());
    const auto all = open_log(log, owner_.handle(), keys, organisation_.directory());
    EXPECT_TRUE(all) << all.error().message;
    return texts(*all, compartment);
  }
  std::uint32_t newest(Compartment compartment) {
    return seen(owner_).access.newest_epoch(compartment)->number;
  }
  void let_wait(const char* name) {
    LetIn waits{{id(name)}, {Compartment::kTalk}};
    waits.stands_in_for = id("mieke");
    const auto granted = grant(owner_, waits);
    ASSERT_TRUE(granted) << granted.error().message;
  }
  // ruud does: mieke was late.
  void take_over() {
    clock_.advance((rules::kAcknowledgeDays + 1) * gateway::kSecondsPerDay);
    auto connection = connect();
    ASSERT_TRUE(core::take_over(connection, member("ruud"), owner_.handle(), random_));
  }
};

TEST_F(Renewal, NothingIsDueInACaseThatIsWell) {
  const auto done = renew(member("mieke"));
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_FALSE(*done);
}

TEST_F(Renewal, ACaseIsReSealedToTheMembersNewerKeyOnce) {
  const auto mieke = rotated("mieke");
  Renewed renewed;
  ASSERT_TRUE(renew(mieke, &renewed));
  EXPECT_TRUE(renewed.own_key);
  const auto again = renew(mieke, &renewed);
  ASSERT_TRUE(again);
  EXPECT_FALSE(*again);
  EXPECT_THAT(talk(mieke), ElementsAre("before"));
  expect_no_alarms({"youssef"});
}

TEST_F(Renewal, WithTheNewerKeyAloneEverythingOpensAfterwards) {
  const auto mieke = rotated("mieke");
  ASSERT_TRUE(renew(mieke));
  const auto newer = crypto::hash_fields(crypto::FieldList().append("mieke").append("newer"));
  auto file = key_file("mieke");
  file.xwing_seeds.clear();
  file.xwing_seeds.push_back(*crypto::XWingSeed::from(newer.view()));
  const Member without_the_old(std::move(file), organisation_.service());
  EXPECT_THAT(talk(without_the_old), ElementsAre("before"));
}

TEST_F(Renewal, AKeyTheGatewayInventedForOneselfIsNotSealedTo) {
  rotated("mieke");
  const auto refused = renew(member("mieke"));  // a key file without the newer key
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kVerification);
}

TEST_F(Renewal, AfterAReleaseTheRestStartAnewAndTheReleasedReadNothingMore) {
  release("youssef");
  start_anew_without(member("youssef"));
  EXPECT_FALSE(*renew(member("mieke")));
  expect_no_alarms({"mieke"});
}

TEST_F(Renewal, WhatIsWrittenAfterAKeyFileWasLostIsForTheNewKeysAlone) {
  const auto with_the_lost_file = member("youssef");
  lose_key_file("youssef");
  start_anew_without(with_the_lost_file);
  EXPECT_FALSE(*renew(member("mieke"))) << "once";
}

TEST_F(Renewal, AKeyThatWasVouchedForSinceHidesNoLostOne) {
  const auto with_the_lost_file = member("youssef");
  lose_key_file("youssef", true);
  start_anew_without(with_the_lost_file);
}

// A revocation began one part anew, sealed to the new keys; the others still are for the lost ones.
TEST_F(Renewal, APartThatBeganAnewSinceHidesNoLostKey) {
  const auto with_the_lost_file = member("ruud");
  ASSERT_TRUE(grant(owner_, {{id("bram")}, {Compartment::kSummary}}));
  lose_key_file("ruud");
  ASSERT_TRUE(revoke({id("bram")}));
  Renewed renewed;
  ASSERT_TRUE(renew(member("mieke"), &renewed));
  EXPECT_THAT(renewed.epochs,
              ElementsAre(Compartment::kStory, Compartment::kPeople, Compartment::kTalk));
  say(member("mieke"), "after");
  EXPECT_THAT(opened_by(with_the_lost_file, Compartment::kTalk), ElementsAre("before"));
  EXPECT_FALSE(*renew(member("mieke"))) << "once";
  expect_no_alarms({"mieke", "youssef"});
}

TEST_F(Renewal, WhoLeftAndIsInAgainWithNewKeysLeavesNothingToTheLostOnes) {
  const auto with_the_lost_file = member("youssef");
  release("youssef");
  lose_key_file("youssef");
  ASSERT_TRUE(grant(owner_, {{id("youssef")},
                             {Compartment::kStory, Compartment::kPeople, Compartment::kTalk,
                              Compartment::kSummary}}));
  start_anew_without(with_the_lost_file);
  EXPECT_FALSE(*renew(member("mieke"))) << "once";
}

// Who seals all that they hold to their new keys does not forget that the lost ones opened it.
TEST_F(Renewal, WhoIsLetInAgainWithNewKeysAndRenewsFirstLeavesNothingToTheLostOnes) {
  const auto with_the_lost_file = member("youssef");
  const auto youssef = lose_key_file("youssef");
  ASSERT_TRUE(grant(owner_, {{id("youssef")},
                             {Compartment::kStory, Compartment::kPeople, Compartment::kTalk,
                              Compartment::kSummary}}));
  Renewed renewed;
  ASSERT_TRUE(renew(youssef, &renewed));
  EXPECT_THAT(renewed.epochs, ElementsAre(Compartment::kStory, Compartment::kPeople,
                                          Compartment::kTalk, Compartment::kSummary));
  EXPECT_FALSE(*renew(youssef)) << "once";
  say(member("mieke"), "after");
  EXPECT_THAT(talk(youssef), ElementsAre("before", "after"));
  EXPECT_THAT(opened_by(with_the_lost_file, Compartment::kTalk), ElementsAre("before"));
}

// The same of one's own newer key: what a colleague began anew for it is not all.
TEST_F(Renewal, OnesOwnNewerKeyGetsWhatItHasNotYetHoweverMuchBeganAnew) {
  ASSERT_TRUE(grant(owner_, {{id("bram")}, {Compartment::kSummary}}));
  const auto mieke = rotated("mieke");
  ASSERT_TRUE(revoke({id("bram")}));
  Renewed renewed;
  ASSERT_TRUE(renew(mieke, &renewed));
  EXPECT_TRUE(renewed.own_key);
  EXPECT_FALSE(*renew(mieke)) << "once";
  const auto newer = crypto::hash_fields(crypto::FieldList().append("mieke").append("newer"));
  auto file = key_file("mieke");
  file.xwing_seeds.clear();
  file.xwing_seeds.push_back(*crypto::XWingSeed::from(newer.view()));
  const Member without_the_old(std::move(file), organisation_.service());
  EXPECT_THAT(talk(without_the_old), ElementsAre("before"));
  expect_no_alarms({"youssef"});
}

TEST_F(Renewal, TheOwnerStartsAnewToo) {
  release("youssef");
  ASSERT_TRUE(renew(owner_));
  say(owner_, "after");
  EXPECT_THAT(talk(member("mieke")), ElementsAre("before", "after"));
  EXPECT_THAT(talk(reporter("owner")), ElementsAre("before", "after"));
}

TEST_F(Renewal, TheOwnerGoesOnFromWhatAMemberStarted) {
  release("youssef");
  ASSERT_TRUE(renew(member("mieke")));
  ASSERT_TRUE(revoke({id("mieke")}));
  ASSERT_TRUE(grant(owner_, {{id("anouk")}, {Compartment::kTalk}}));
  say(owner_, "third epoch");
  EXPECT_THAT(talk(member("anouk")), ElementsAre("before", "third epoch"));
}

TEST_F(Renewal, NotesAreTheHoldersAndTheOwnerNeverReadsThem) {
  ASSERT_TRUE(note(member("mieke"), "a note"));
  ASSERT_TRUE(note(member("mieke"), "another"));
  EXPECT_THAT(notes(member("mieke")), ElementsAre("a note", "another"));
  EXPECT_THAT(notes(owner_), IsEmpty());
  EXPECT_THAT(notes(member("youssef")), IsEmpty());
  const auto refused = note(member("youssef"), "mine");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kRefused);
  expect_no_alarms({"mieke", "youssef"});
}

TEST_F(Renewal, AStandInTakesTheNotesOver) {
  ASSERT_TRUE(note(member("mieke"), "a note"));
  release("mieke");
  EXPECT_THAT(notes(member("ruud")), ElementsAre("a note"));
  Renewed renewed;
  ASSERT_TRUE(renew(member("ruud"), &renewed));
  EXPECT_TRUE(renewed.notes);
  ASSERT_TRUE(note(member("ruud"), "mine now"));
  EXPECT_THAT(notes(member("ruud")), ElementsAre("a note", "mine now"));
}

TEST_F(Renewal, AStandInWhoCameLaterIsGivenTheNotesOfBefore) {
  ASSERT_TRUE(note(member("mieke"), "a note"));
  LetIn waits{{id("bram")}, {Compartment::kTalk}};
  waits.stands_in_for = id("mieke");
  ASSERT_TRUE(grant(owner_, waits));
  Renewed renewed;
  ASSERT_TRUE(renew(member("mieke"), &renewed));
  EXPECT_TRUE(renewed.stand_ins);
  release("mieke");
  EXPECT_THAT(notes(member("bram")), ElementsAre("a note"));
}

// As of every other part: whoever's days are over holds no key to what is written next.
TEST_F(Renewal, NotesBeginAnewOnceSomebodysDaysWithThemAreOver) {
  LetIn waits{{id("bram")}, {Compartment::kTalk}, seen(owner_).chain.head_day() + 1};
  waits.stands_in_for = id("mieke");
  ASSERT_TRUE(grant(owner_, waits));
  ASSERT_TRUE(note(member("mieke"), "with bram"));
  ASSERT_TRUE(note(member("mieke"), "still with bram"));
  EXPECT_EQ(seen(owner_).access.newest_epoch(Compartment::kNotes)->number, 1u);
  clock_.advance(2 * gateway::kSecondsPerDay);
  ASSERT_TRUE(note(member("mieke"), "without bram"));
  EXPECT_EQ(seen(owner_).access.newest_epoch(Compartment::kNotes)->number, 2u);
}

TEST_F(Renewal, ANewHolderStartsNotesOfTheirOwn) {
  ASSERT_TRUE(note(member("mieke"), "a note"));
  ASSERT_TRUE(grant(owner_, {{id("youssef")}, {Compartment::kTalk}, 0, true}));
  ASSERT_TRUE(note(member("youssef"), "mine"));
  EXPECT_THAT(notes(member("youssef")), ElementsAre("mine"));
  EXPECT_THAT(notes(member("mieke")), ElementsAre("a note"));
  EXPECT_FALSE(note(member("mieke"), "still mine?"));
}

// Who was late reads on what is the case's; what another lead notes is not theirs any more.
TEST_F(Renewal, AfterATakeOverWhoWasLateReadsNoneOfTheNewLeadsNotes) {
  ASSERT_TRUE(note(member("mieke"), "a note"));
  take_over();
  ASSERT_TRUE(note(member("ruud"), "mine now"));
  EXPECT_THAT(notes(member("ruud")), ElementsAre("a note", "mine now"));
  EXPECT_THAT(notes(member("mieke")), ElementsAre("a note"));
  EXPECT_THAT(opened_by(member("mieke"), Compartment::kNotes), ElementsAre("a note"));
  ASSERT_TRUE(note(member("ruud"), "more"));
  EXPECT_EQ(newest(Compartment::kNotes), 2u) << "once";
  expect_no_alarms({"mieke", "ruud"});
}

TEST_F(Renewal, ARenewalAfterATakeOverBeginsTheNotesAnew) {
  ASSERT_TRUE(note(member("mieke"), "a note"));
  take_over();
  Renewed renewed;
  ASSERT_TRUE(renew(member("ruud"), &renewed));
  EXPECT_TRUE(renewed.notes);
  EXPECT_FALSE(*renew(member("ruud"))) << "once";
}

TEST_F(Renewal, WhoLeadsAgainWritesForNobodyWhoLedMeanwhile) {
  ASSERT_TRUE(note(member("mieke"), "a note"));
  take_over();  // and writes none
  ASSERT_TRUE(grant(owner_, {{id("mieke")}, {Compartment::kTalk}, 0, true}));
  ASSERT_TRUE(note(member("mieke"), "mine again"));
  EXPECT_THAT(notes(member("mieke")), ElementsAre("a note", "mine again"));
  EXPECT_THAT(opened_by(member("ruud"), Compartment::kNotes), ElementsAre("a note"));
}

TEST_F(Renewal, WhoWasLateAndStandsInNowReadsNoNotesBeforeTheyAreNeeded) {
  take_over();
  LetIn waits{{id("mieke")}, {Compartment::kTalk}};
  waits.stands_in_for = id("ruud");
  ASSERT_TRUE(grant(owner_, waits));
  ASSERT_TRUE(note(member("ruud"), "a note"));
  ASSERT_TRUE(note(member("ruud"), "another"));
  EXPECT_EQ(newest(Compartment::kNotes), 1u);
  EXPECT_THAT(notes(member("mieke")), IsEmpty());
  release("ruud");
  EXPECT_THAT(notes(member("mieke")), ElementsAre("a note", "another"));
  expect_no_alarms({"mieke"});
}

TEST_F(Renewal, NotesAfterAKeyFileWasLostAreForTheNewKeysAlone) {
  const auto with_the_lost_file = member("ruud");
  ASSERT_TRUE(note(member("mieke"), "a note"));
  const auto ruud = lose_key_file("ruud");
  ASSERT_TRUE(note(member("mieke"), "after"));
  EXPECT_THAT(opened_by(with_the_lost_file, Compartment::kNotes), ElementsAre("a note"));
  Renewed renewed;
  ASSERT_TRUE(renew(member("mieke"), &renewed));
  EXPECT_FALSE(renewed.notes || renewed.stand_ins)
      << "what was before is not for a key that is new";
  release("mieke");
  EXPECT_THAT(notes(ruud), ElementsAre("after"));
}

TEST_F(Renewal, ARenewalAfterALossBeginsTheNotesAnew) {
  ASSERT_TRUE(note(member("mieke"), "a note"));
  lose_key_file("ruud");
  Renewed renewed;
  ASSERT_TRUE(renew(member("mieke"), &renewed));
  EXPECT_TRUE(renewed.notes);
  EXPECT_FALSE(*renew(member("mieke"))) << "once";
}

TEST_F(Renewal, NotesOfBeforeAreForANewKeyOnceTheReporterChoseItKnowing) {
  ASSERT_TRUE(note(member("mieke"), "a note"));
  let_wait("bram");
  const auto bram = lose_key_file("bram");
  Renewed renewed;
  ASSERT_TRUE(renew(member("mieke"), &renewed));
  EXPECT_FALSE(renewed.stand_ins);
  let_wait("bram");
  ASSERT_TRUE(renew(member("mieke"), &renewed));
  EXPECT_TRUE(renewed.stand_ins);
  EXPECT_FALSE(*renew(member("mieke"))) << "once";
  release("mieke");
  EXPECT_THAT(notes(bram), ElementsAre("a note"));
}

TEST_F(Renewal, NotesOfARevokedHolderBeginAnewBeforeAnybodyWritesAny) {
  ASSERT_TRUE(note(member("mieke"), "a note"));
  ASSERT_TRUE(act(owner_, [&](Addition& addition, const Certificates& certificates) {
    return replace(addition, id("mieke"), id("anouk"), certificates);
  }));
  ASSERT_TRUE(note(member("anouk"), "mine"));
  EXPECT_THAT(notes(member("anouk")), ElementsAre("mine"));
  expect_no_alarms({"anouk", "youssef"});
}

}  // namespace
}  // namespace omzien::core
