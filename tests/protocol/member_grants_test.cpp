// What members may do with the keys they hold, and the owner with epochs.
#include "tests/protocol/access_fixture.h"

namespace omzien::protocol {
namespace {

using enum rules::Compartment;

using KeepAlive = AccessTest;

TEST_F(KeepAlive, AMemberStartsAnEpochForAllWhoHoldItAndTheOwner) {
  ASSERT_EQ(by("youssef", keep_alive({kStory, kTalk})), std::nullopt);
  EXPECT_TRUE(reads("mieke", kTalk, 2));
  EXPECT_TRUE(reads("youssef", kTalk, 2));
  EXPECT_FALSE(access_.newest_epoch(kTalk)->by_owner);
  EXPECT_TRUE(access_.newest_epoch(kSummary)->by_owner);
  EXPECT_EQ(access_.grants().size(), 2U) << "nobody was added";
  EXPECT_EQ(by_owner(talk()), std::nullopt);
}

TEST_F(KeepAlive, TheOwnerIsNotLeftOut) {
  auto without = keep_alive({kTalk});
  without.owner_keys.clear();
  EXPECT_EQ(by("mieke", without), Breach::kOwnerKeys);
  auto other = keep_alive({kTalk});
  other.owner_keys = {{kTalk, 1}};
  EXPECT_EQ(by("mieke", other), Breach::kOwnerKeys);
  auto no_start = keep_alive({kTalk});
  no_start.starts.clear();
  EXPECT_EQ(by("mieke", no_start), Breach::kOwnerKeys);
}

TEST_F(KeepAlive, NobodyIsAddedAndNobodyIsLeftOut) {
  auto stranger = keep_alive({kTalk});
  stranger.members.push_back(kit::sealed_to(organisation_, "bram", {{kTalk, 2}}));
  EXPECT_EQ(by("mieke", stranger), Breach::kRemaining);
  auto alone = keep_alive({kTalk});
  std::erase_if(alone.members, [&](const auto& m) { return m.member_id != id("mieke"); });
  EXPECT_EQ(by("mieke", alone), Breach::kRemaining);
  auto old_keys = keep_alive({kTalk});
  old_keys.members[0].keys = {{kTalk, 1}, {kTalk, 2}};
  EXPECT_EQ(by("mieke", old_keys), Breach::kRemaining);
  auto marked = keep_alive({kTalk});
  marked.members[0].holder = true;
  EXPECT_EQ(by("youssef", marked), Breach::kRemaining);
}

TEST_F(KeepAlive, OnlyOfWhatTheAuthorHolds) {
  auto identity = keep_alive({kIdentity});
  identity.members = {kit::sealed_to(organisation_, "mieke", {{kIdentity, 2}})};
  EXPECT_EQ(by("mieke", identity), Breach::kCompartment);
  EXPECT_EQ(by("anouk", keep_alive({kTalk})), Breach::kAuthor);
  auto skips = keep_alive({kTalk});
  skips.starts[0].epoch = 3;
  EXPECT_EQ(by("mieke", skips), Breach::kEpoch);
  auto sheet = keep_alive({kTalk});
  sheet.starts.push_back({kSheet, 1, {}});
  EXPECT_EQ(by("mieke", sheet), Breach::kEpoch);
}

TEST_F(KeepAlive, ADormantStandInIsCarriedAlong) {
  ASSERT_EQ(by_owner(stand_in("ruud", "mieke")), std::nullopt);
  const auto epoch = keep_alive({kTalk});
  EXPECT_EQ(epoch.members.size(), 3U);
  ASSERT_EQ(by("mieke", epoch), std::nullopt);
  EXPECT_FALSE(reads("ruud", kTalk));
}

using Reseal = AccessTest;

TEST_F(Reseal, AMemberSealsWhatTheyHoldToAnotherKeyOfTheirs) {
  auto mine = grant("youssef", {kStory, kTalk});
  mine.members[0].xwing_key_hash = crypto::sha256(crypto::as_bytes("a newer key"));
  ASSERT_EQ(by("youssef", mine), std::nullopt);
  EXPECT_EQ(access_.grants().size(), 2U);
  EXPECT_TRUE(access_.may_unwrap(id("youssef"), case_.next_seq() - 1, day_));
  EXPECT_FALSE(access_.may_unwrap(id("mieke"), case_.next_seq() - 1, day_));
}

// Which key a grant is sealed to says what is still due to be sealed anew.
TEST_F(Reseal, OnlyAllThatAGrantHoldsMakesItSealedToTheNewerKey) {
  const auto newer = crypto::sha256(crypto::as_bytes("a newer key"));
  const auto sealed_to = [&] { return access_.live(id("youssef"), day_).at(0)->xwing_key_hash; };
  auto part = grant("youssef", {kStory});
  part.members[0].xwing_key_hash = newer;
  ASSERT_EQ(by("youssef", part), std::nullopt);
  EXPECT_NE(sealed_to(), newer);
  auto all = grant("youssef", {kStory, kPeople, kTalk, kSummary});
  all.members[0].xwing_key_hash = newer;
  ASSERT_EQ(by("youssef", all), std::nullopt);
  EXPECT_EQ(sealed_to(), newer);
}

// What began anew is sealed to the newer key from the start; all else is once it is sealed again.
TEST_F(Reseal, WhatIsStillSealedToAnOlderKeyIsSealedAgainAndNothingTwice) {
  const auto newer = crypto::sha256(crypto::as_bytes("a newer key"));
  auto next = keep_alive({kTalk});
  for (auto& member : next.members)
    if (member.member_id == id("youssef")) member.xwing_key_hash = newer;
  ASSERT_EQ(by("mieke", next), std::nullopt);
  const auto sealed_to_newer = [&](Compartment compartment, std::uint32_t number) {
    return *access_.live(id("youssef"), day_).at(0)->sealed_to({compartment, number}) == newer;
  };
  EXPECT_TRUE(sealed_to_newer(kTalk, 2));
  EXPECT_FALSE(sealed_to_newer(kTalk, 1));
  EXPECT_FALSE(sealed_to_newer(kStory, 1));
  auto part = grant("youssef", {kStory});
  part.members[0].xwing_key_hash = newer;
  ASSERT_EQ(by("youssef", part), std::nullopt);
  EXPECT_TRUE(sealed_to_newer(kStory, 1));
  EXPECT_FALSE(sealed_to_newer(kPeople, 1)) << "which it did not name";
  EXPECT_EQ(by("youssef", part), Breach::kReseal) << "once";
}

TEST_F(Reseal, ToAStrangerOrMoreThanIsHeldIsABreach) {
  auto stranger = grant("bram", {kStory});
  EXPECT_EQ(by("youssef", stranger), Breach::kGrantor);
  auto both = grant("youssef", {kStory});
  both.members[0].xwing_key_hash = crypto::sha256(crypto::as_bytes("a newer key"));
  both.members.push_back(stranger.members[0]);
  EXPECT_EQ(by("youssef", both), Breach::kGrantor);
  auto more = grant("youssef", {kIdentity});
  more.members[0].xwing_key_hash = crypto::sha256(crypto::as_bytes("a newer key"));
  EXPECT_EQ(by("youssef", more), Breach::kReseal);
  auto marked = grant("youssef", {kStory});
  marked.members[0].xwing_key_hash = crypto::sha256(crypto::as_bytes("a newer key"));
  marked.members[0].holder = true;
  EXPECT_EQ(by("youssef", marked), Breach::kReseal);
  EXPECT_EQ(by("youssef", grant("youssef", {kStory})), Breach::kReseal) << "to the same key";
}

TEST_F(Reseal, ItOutlivesNoGrant) {
  auto until = grant("anouk", {kStory});
  until.members[0].last_day = kFirstDay + 1;
  ASSERT_EQ(by_owner(until), std::nullopt);
  auto mine = grant("anouk", {kStory});
  mine.members[0].xwing_key_hash = crypto::sha256(crypto::as_bytes("a newer key"));
  ASSERT_EQ(by("anouk", mine), std::nullopt);
  on(kFirstDay + 2);
  EXPECT_FALSE(reads("anouk", kStory));
}

using Notes = AccessTest;

Event note(std::uint32_t epoch) { return {kNotes, epoch, {}, false, {}}; }

TEST_F(Notes, TheHolderKeepsThemAndTheOwnerNeverReadsThem) {
  ASSERT_EQ(by("mieke", notes({"mieke"})), std::nullopt);
  EXPECT_EQ(by("mieke", note(1)), std::nullopt);
  EXPECT_EQ(by("youssef", note(1)), Breach::kCompartment);
  EXPECT_EQ(by_owner(note(1)), Breach::kCompartment);
  auto marked = note(1);
  marked.milestone = rules::Milestone::kFeedback;
  EXPECT_EQ(by("mieke", marked), Breach::kMilestone) << "the reporter could not see it";
  auto with_owner = notes({"mieke"});
  with_owner.owner_keys = {{kNotes, 2}};
  EXPECT_EQ(by("mieke", with_owner), Breach::kOwnerKeys);
}

TEST_F(Notes, EachIsSealedToTheKeyOfItsDay) {
  const auto newer = crypto::sha256(crypto::as_bytes("a newer key"));
  ASSERT_EQ(by_owner(stand_in("ruud", "mieke")), std::nullopt);
  ASSERT_EQ(by("mieke", notes({"mieke", "ruud"})), std::nullopt);
  auto next = notes({"mieke", "ruud"});
  for (auto& member : next.members)
    if (member.member_id == id("ruud")) member.xwing_key_hash = newer;
  ASSERT_EQ(by("mieke", next), std::nullopt);
  const auto sealed_to_newer = [&](std::uint32_t number) {
    return *access_.grants().back().sealed_to({kNotes, number}) == newer;
  };
  EXPECT_FALSE(sealed_to_newer(1));
  EXPECT_TRUE(sealed_to_newer(2));
  auto before = stand_in("ruud", "mieke", {kNotes});
  before.members[0].keys = {{kNotes, 1}};
  before.members[0].xwing_key_hash = newer;
  ASSERT_EQ(by("mieke", before), std::nullopt);
  EXPECT_TRUE(sealed_to_newer(1)) << "given again";
}

TEST_F(Notes, TheyAreSharedWithWhoIsInAndNobodyElse) {
  ASSERT_EQ(by("mieke", notes({"mieke", "youssef"})), std::nullopt);
  EXPECT_EQ(by("youssef", note(1)), std::nullopt);
  EXPECT_EQ(by("mieke", notes({"mieke", "bram"})), Breach::kNotes);
  EXPECT_EQ(by("mieke", notes({"youssef"})), Breach::kNotes) << "the author keeps the key";
}

TEST_F(Notes, NobodyTakesThemOver) {
  ASSERT_EQ(by("mieke", notes({"mieke"})), std::nullopt);
  EXPECT_EQ(by("youssef", notes({"youssef"})), Breach::kHolder);
  EXPECT_EQ(by_owner(notes({"mieke"})), Breach::kEpoch);
  EXPECT_EQ(by_owner(grant("anouk", {kNotes})), Breach::kGrantKeys);
  auto mixed = notes({"mieke"});
  mixed.starts.insert(mixed.starts.begin(), {kTalk, 2, {}});
  EXPECT_EQ(by("mieke", mixed), Breach::kNotes);
}

TEST_F(Notes, TheirEpochsFollowEachOther) {
  auto second = notes({"mieke"});
  second.starts[0].epoch = 2;
  for (auto& member : second.members) member.keys = {{kNotes, 2}};
  EXPECT_EQ(by("mieke", second), Breach::kEpoch) << "there is no first one";
  ASSERT_EQ(by("mieke", notes({"mieke"})), std::nullopt);
  auto again = notes({"mieke"});
  again.starts[0].epoch = 1;
  for (auto& member : again.members) member.keys = {{kNotes, 1}};
  EXPECT_EQ(by("mieke", again), Breach::kEpoch) << "it began already";
  EXPECT_EQ(by("mieke", notes({"mieke"})), std::nullopt);
}

TEST_F(Notes, ANewHolderBeginsAnEpochOfTheirOwn) {
  ASSERT_EQ(by("mieke", notes({"mieke"})), std::nullopt);
  auto moved = grant("youssef", {kTalk});
  moved.members[0].holder = true;
  ASSERT_EQ(by_owner(moved), std::nullopt);
  EXPECT_TRUE(holds_the_mark("youssef"));
  EXPECT_EQ(by("mieke", notes({"mieke"})), Breach::kHolder);
  ASSERT_EQ(by("youssef", notes({"youssef"})), std::nullopt);
  EXPECT_FALSE(reads("mieke", kNotes, 2));
  EXPECT_FALSE(reads("youssef", kNotes, 1));
}

TEST_F(Notes, AStandInGetsThemWithTheirDormantGrant) {
  ASSERT_EQ(by("mieke", notes({"mieke"})), std::nullopt);
  EXPECT_EQ(by("mieke", stand_in("ruud", "mieke", {kNotes})), Breach::kDormant);
  ASSERT_EQ(by_owner(stand_in("ruud", "mieke")), std::nullopt);
  EXPECT_EQ(by("youssef", stand_in("ruud", "mieke", {kNotes})), Breach::kHolder);
  EXPECT_EQ(by("mieke", stand_in("ruud", "youssef", {kNotes})), Breach::kDormant);
  EXPECT_EQ(by("mieke", stand_in("ruud", "mieke", {kTalk})), Breach::kNotes);
  ASSERT_EQ(by("mieke", stand_in("ruud", "mieke", {kNotes})), std::nullopt);
  EXPECT_FALSE(reads("ruud", kNotes));
  ASSERT_EQ(by("mieke", release("mieke", Cause::kOwn)), std::nullopt);
  EXPECT_TRUE(reads("ruud", kNotes));
}

TEST_F(Notes, WhoseKeyWentOutWithSomebodyRevokedAreWrittenNoMore) {
  ASSERT_EQ(by("mieke", notes({"mieke", "youssef"})), std::nullopt);
  ASSERT_EQ(by_owner(revoke({"youssef"})), std::nullopt);
  EXPECT_EQ(by("mieke", note(1)), Breach::kEpoch);
  ASSERT_EQ(by("mieke", notes({"mieke"})), std::nullopt);
  EXPECT_EQ(by("mieke", note(2)), std::nullopt);
}

using OwnersGrants = AccessTest;

TEST_F(OwnersGrants, TheMarkMovesAndThereIsOneHolder) {
  auto marked = grant("anouk", {kStory});
  marked.members[0].holder = true;
  ASSERT_EQ(by_owner(marked), std::nullopt);
  EXPECT_TRUE(holds_the_mark("anouk"));
  auto two = grant("ilse", {kStory});
  two.members.push_back(grant("tarik", {kStory}).members[0]);
  for (auto& member : two.members) member.holder = true;
  EXPECT_EQ(by_owner(two), Breach::kHolder);
}

TEST_F(OwnersGrants, AnEpochMayStartWithANewcomerWhoReadsNothingFromBefore) {
  auto fresh = keep_alive({kTalk});
  fresh.owner_keys.clear();
  fresh.members.push_back(kit::sealed_to(organisation_, "anouk", {{kTalk, 2}}));
  ASSERT_EQ(by_owner(fresh), std::nullopt);
  EXPECT_TRUE(access_.newest_epoch(kTalk)->by_owner);
  EXPECT_TRUE(reads("mieke", kTalk, 2));
  EXPECT_TRUE(reads("anouk", kTalk, 2));
  EXPECT_FALSE(reads("anouk", kTalk, 1));
}

TEST_F(OwnersGrants, AnEpochLeavesNobodyOutUnseen) {
  auto fresh = keep_alive({kTalk});
  fresh.owner_keys.clear();
  fresh.members.pop_back();
  EXPECT_EQ(by_owner(fresh), Breach::kRemaining);
  auto with_own_wrap = keep_alive({kTalk});
  EXPECT_EQ(by_owner(with_own_wrap), Breach::kOwnerKeys);
}

TEST_F(OwnersGrants, AGrantGivenAgainMustAddSomething) {
  auto until = grant("anouk", {kStory});
  until.members[0].last_day = kFirstDay + 5;
  ASSERT_EQ(by_owner(until), std::nullopt);
  EXPECT_EQ(by_owner(until), Breach::kGrantee);
  until.members[0].last_day = kFirstDay + 4;
  EXPECT_EQ(by_owner(until), Breach::kGrantee);
  until.members[0].last_day = 0;
  EXPECT_EQ(by_owner(until), std::nullopt) << "longer";
  until.members[0].xwing_key_hash = crypto::sha256(crypto::as_bytes("a newer key"));
  EXPECT_EQ(by_owner(until), std::nullopt) << "to another key";
}

// After a lost key file: a colleague carries them along with their new key, which opens nothing of
// what was before. That is the owner's to give again.
TEST_F(OwnersGrants, WhatOnlyLostKeysOpenedIsGivenAgain) {
  const auto key = crypto::sha256(crypto::as_bytes("a newer key"));
  auto next = keep_alive({kTalk});
  for (auto& member : next.members)
    if (member.member_id == id("youssef")) member.xwing_key_hash = key;
  ASSERT_EQ(by("mieke", next), std::nullopt);
  auto again = grant("youssef", {kTalk});
  again.members[0].keys = {{kTalk, 1}, {kTalk, 2}};
  again.members[0].xwing_key_hash = key;
  EXPECT_EQ(by_owner(again), std::nullopt);
  EXPECT_EQ(by_owner(again), Breach::kGrantee) << "once";
}

}  // namespace
}  // namespace omzien::protocol
