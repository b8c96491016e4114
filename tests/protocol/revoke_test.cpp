// Letting people out.
#include "tests/protocol/access_fixture.h"

namespace omzien::protocol {
namespace {

using RevokeRules = AccessTest;
using enum rules::Compartment;

TEST_F(RevokeRules, WhoIsRevokedReadsNothingAndTheRestReadOn) {
  ASSERT_EQ(by_owner(revoke({"youssef"})), std::nullopt);
  EXPECT_FALSE(is_in("youssef"));
  EXPECT_FALSE(reads("youssef", kStory, 1));
  EXPECT_EQ(epoch(kStory), 2U);
  EXPECT_EQ(epoch(kIdentity), 1U) << "nobody revoked held it";
  EXPECT_TRUE(reads("mieke", kStory, 1));
  EXPECT_TRUE(reads("mieke", kStory, 2));
  ASSERT_EQ(access_.ended_grants().size(), 1U);
  EXPECT_EQ(access_.ended_grants()[0].why, GrantEnd::kRevoked);
  EXPECT_EQ(access_.ended_grants()[0].ended_day, day_);
}

TEST_F(RevokeRules, WithNobodyLeftTheOwnerGoesOnAlone) {
  const auto both = revoke({"mieke", "youssef"});
  EXPECT_TRUE(both.remaining.empty());
  ASSERT_EQ(by_owner(both), std::nullopt);
  EXPECT_EQ(access_.holder(day_), std::nullopt);
  EXPECT_EQ(by_owner(talk()), std::nullopt);
}

TEST_F(RevokeRules, AnEventUnderTheOldEpochIsRefused) {
  const auto old = talk();
  ASSERT_EQ(by_owner(revoke({"youssef"})), std::nullopt);
  EXPECT_EQ(by("mieke", old), Breach::kEpoch);
  EXPECT_EQ(by_owner(old), Breach::kEpoch);
  EXPECT_EQ(by("youssef", talk()), Breach::kAuthor);
  EXPECT_EQ(by("mieke", talk()), std::nullopt);
}

TEST_F(RevokeRules, OnlyTheOwnerRevokes) {
  EXPECT_EQ(by("mieke", revoke({"youssef"})), Breach::kGrantor);
  EXPECT_EQ(by("anouk", revoke({"youssef"})), Breach::kGrantor);
}

TEST_F(RevokeRules, NobodyIsRevokedWhoIsNotIn) {
  EXPECT_EQ(by_owner(revoke({"anouk"})), Breach::kRevoke);
}

TEST_F(RevokeRules, ACompartmentThatDoesNotBeginAnewIsAHiddenWayBack) {
  auto less = revoke({"youssef"});
  less.starts.erase(less.starts.begin());
  EXPECT_EQ(by_owner(less), Breach::kRevoke);
  auto none = revoke({"youssef"});
  none.starts.clear();
  none.remaining.clear();
  EXPECT_EQ(by_owner(none), Breach::kRevoke);
  auto more = revoke({"youssef"});
  more.starts = kit::next(access_, {kStory, kPeople, kIdentity, kTalk, kSummary});
  EXPECT_EQ(by_owner(more), Breach::kRevoke);
  auto skips = revoke({"youssef"});
  skips.starts[0].epoch = 3;
  EXPECT_EQ(by_owner(skips), Breach::kEpoch);
}

TEST_F(RevokeRules, WhoRemainsIsExactlyWhoHeldItAndWasNotRevoked) {
  auto leaves_out = revoke({"youssef"});
  leaves_out.remaining.clear();
  EXPECT_EQ(by_owner(leaves_out), Breach::kRemaining);
  auto stranger = revoke({"youssef"});
  stranger.remaining.push_back(kit::sealed_to(organisation_, "bram", {{kStory, 2}}));
  EXPECT_EQ(by_owner(stranger), Breach::kRemaining);
  auto revoked_again = revoke({"youssef"});
  revoked_again.remaining.push_back(kit::sealed_to(organisation_, "youssef", {{kStory, 2}}));
  EXPECT_EQ(by_owner(revoked_again), Breach::kRemaining);
  auto less = revoke({"youssef"});
  less.remaining[0].keys.pop_back();
  EXPECT_EQ(by_owner(less), Breach::kRemaining);
  auto more = revoke({"youssef"});
  more.remaining[0].keys.insert(more.remaining[0].keys.begin() + 2, {kIdentity, 1});
  EXPECT_EQ(by_owner(more), Breach::kRemaining);
  auto marks = revoke({"youssef"});
  marks.remaining[0].holder = true;
  EXPECT_EQ(by_owner(marks), Breach::kRemaining);
}

TEST_F(RevokeRules, ADormantGrantCarriesOnAndStaysDormant) {
  ASSERT_EQ(by_owner(stand_in("ruud", "mieke")), std::nullopt);
  const auto out = revoke({"youssef"});
  EXPECT_EQ(out.remaining.size(), 2U);
  ASSERT_EQ(by_owner(out), std::nullopt);
  EXPECT_FALSE(reads("ruud", kStory));
  ASSERT_EQ(by("mieke", release("mieke", Cause::kOwn)), std::nullopt);
  EXPECT_TRUE(reads("ruud", kStory, 2));
}

TEST_F(RevokeRules, TheStandInOfWhoIsRevokedGoesToo) {
  ASSERT_EQ(by_owner(stand_in("ruud", "youssef")), std::nullopt);
  const auto out = revoke({"youssef"});
  EXPECT_EQ(out.remaining.size(), 1U);
  ASSERT_EQ(by_owner(out), std::nullopt);
  ASSERT_EQ(access_.ended_grants().size(), 2U);
  EXPECT_EQ(access_.ended_grants()[1].why, GrantEnd::kNothingToWait);
}

TEST_F(RevokeRules, WhoseGrantRanOutIsRevokedAllTheSameAndRemainsNowhere) {
  auto until = grant("anouk", {kStory});
  until.members[0].last_day = kFirstDay + 1;
  ASSERT_EQ(by_owner(until), std::nullopt);
  on(kFirstDay + 2);
  auto with_anouk = revoke({"youssef"});
  with_anouk.remaining.push_back(kit::sealed_to(organisation_, "anouk", {{kStory, 2}}));
  EXPECT_EQ(by_owner(with_anouk), Breach::kRemaining);
  ASSERT_EQ(by_owner(revoke({"anouk"})), std::nullopt) << "they know the key of the newest epoch";
  EXPECT_EQ(epoch(kStory), 2U);
  EXPECT_EQ(epoch(kTalk), 1U);
}

TEST_F(RevokeRules, ANewcomerHasNothingFromBeforeUnlessItIsGranted) {
  ASSERT_EQ(by_owner(revoke({"youssef"})), std::nullopt);
  ASSERT_EQ(by_owner(grant("anouk", {kTalk})), std::nullopt);
  EXPECT_TRUE(reads("anouk", kTalk, 2));
  EXPECT_FALSE(reads("anouk", kTalk, 1));
}

TEST_F(RevokeRules, WhoIsRevokedCanBeLetInAgain) {
  ASSERT_EQ(by_owner(revoke({"youssef"})), std::nullopt);
  ASSERT_EQ(by_owner(grant("youssef", {kTalk})), std::nullopt);
  EXPECT_TRUE(reads("youssef", kTalk));
  EXPECT_FALSE(reads("youssef", kStory));
}

TEST_F(RevokeRules, SomebodyWhoLeftTheOrganisationMayBeMissingAndAPlaceholderChangesNothing) {
  auto content = organisation_.content();
  for (auto& person : content.people)
    if (person.name == "youssef") person.left_day = kFirstDay + 5;
  const auto later = Directory::parse(organisation_.sign(content), organisation_.service()).value();
  ASSERT_EQ(by_owner(grant("anouk", {kStory})), std::nullopt);
  on(kFirstDay + 6);
  auto without = revoke({"anouk"});
  std::erase_if(without.remaining, [&](const auto& m) { return m.member_id == id("youssef"); });
  const auto entry = case_.move(case_.owner(), without);
  auto here = access_;
  EXPECT_EQ(here.admit(*parse_header(entry.header), organisation_.directory()).error(),
            Breach::kRemaining);
  EXPECT_TRUE(access_.admit(*parse_header(entry.header), later));
}

TEST_F(RevokeRules, ACaseHoldsNoMoreThanCanBeRekeyedInOneEntry) {
  const auto full = [] {
    Revoke all;
    for (std::size_t i = 0; i < rules::kMembersPerCaseMax; ++i) {
      crypto::Bytes bytes(rules::kMemberIdBytes, static_cast<std::uint8_t>(i));
      all.member_ids.push_back(*MemberId::from(bytes));
      GrantMember member{all.member_ids.back(), {}, {}, false, 0};
      for (const auto compartment : kOwnersCompartments)
        member.keys.push_back({compartment, 0xffff'ffff});
      all.remaining.push_back(member);
    }
    for (const auto compartment : kOwnersCompartments)
      all.starts.push_back({compartment, 0xffff'ffff, {}});
    return all;
  }();
  const auto entry = case_.move(case_.owner(), full);
  EXPECT_LE(entry.header.size(), rules::kHeaderBytesMax);
  EXPECT_LE(entry.payload.size(), rules::kPayloadBytesMax);
  EXPECT_TRUE(parse_header(entry.header));
}

}  // namespace
}  // namespace omzien::protocol
