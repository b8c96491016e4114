// Opening a case: all or nothing, once, and only as the rules say.
#include "tests/gateway/fixture.h"

namespace omzien::gateway {
namespace {

using OpenCase = GatewayTest;

TEST_F(OpenCase, IsAcceptedAndNamesTheHead) {
  auto made = new_case();
  made.on(kToday);
  const auto result = client().open(made.opening({"mieke"}), made.owner());
  ASSERT_EQ(result.status, Status::kDone);
  const auto accepted = protocol::parse<protocol::Accepted>(result.body).value();
  EXPECT_EQ(accepted.head_seq, 2U);
  EXPECT_EQ(accepted.head_hash, made.head_hash());
}

TEST_F(OpenCase, TheSameAgainIsAcceptedAsBefore) {
  auto made = new_case();
  made.on(kToday);
  const auto body = made.opening({"mieke"});
  const auto first = client().open(body, made.owner());
  // Neither another day nor another directory makes a difference to what stands.
  clock_.advance(3 * kSecondsPerDay);
  publish_directory();
  client().send({});
  const auto again = client().open(body, made.owner());
  EXPECT_EQ(again.status, Status::kDone);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(client().read_all(made.handle(), made.owner()).entries.size(), 3U);
}

TEST_F(OpenCase, AgainWithOtherEntriesIsAStaleHead) {
  auto made = new_case();
  made.on(kToday);
  auto other = made;
  ASSERT_EQ(client().open(made.opening({"mieke"}), made.owner()).status, Status::kDone);
  EXPECT_EQ(client().open(other.opening({"youssef"}), made.owner()).status, Status::kStaleHead);
}

TEST_F(OpenCase, AShareThatIsNotCommittedToIsRefused) {
  auto made = new_case();
  made.on(kToday);
  auto body = made.opening({"mieke"});
  body.case_share[0] ^= 1;
  EXPECT_EQ(client().open(body, made.owner()).status, Status::kMalformed);
}

TEST_F(OpenCase, AForgedEntryIsRefused) {
  auto made = new_case();
  made.on(kToday);
  auto body = made.opening({"mieke"});
  body.entries[1].signature[5] ^= 1;
  EXPECT_EQ(client().open(body, made.owner()).status, Status::kMalformed);
}

TEST_F(OpenCase, AChangedPayloadIsRefused) {
  auto made = new_case();
  made.on(kToday);
  auto body = made.opening({"mieke"});
  body.entries[2].payload[5] ^= 1;
  EXPECT_EQ(client().open(body, made.owner()).status, Status::kMalformed);
}

TEST_F(OpenCase, DroppedReorderedAndRepeatedEntriesAreRefusedAndNothingIsKept) {
  auto made = new_case();
  made.on(kToday);
  const auto good = made.opening({"mieke"});
  auto dropped = good;
  dropped.entries.erase(dropped.entries.begin() + 1);
  auto reordered = good;
  std::swap(reordered.entries[1], reordered.entries[2]);
  auto repeated = good;
  repeated.entries.push_back(repeated.entries.back());
  for (const auto& bad : {dropped, reordered, repeated})
    EXPECT_EQ(client().open(bad, made.owner()).status, Status::kStaleHead);
  auto headless = good;
  headless.entries.erase(headless.entries.begin());
  EXPECT_EQ(client().open(headless, made.owner()).status, Status::kMalformed);
  EXPECT_EQ(client().read(made.handle(), 0, made.owner()).status, Status::kNothing);
}

TEST_F(OpenCase, AnEntryOfAnotherCaseIsRefused) {
  auto made = new_case();
  auto other = new_case("other");
  made.on(kToday);
  other.on(kToday);
  auto body = made.opening({"mieke"});
  body.entries[2] = other.opening({"mieke"}).entries[2];
  EXPECT_EQ(client().open(body, made.owner()).status, Status::kForbidden);
}

TEST_F(OpenCase, BySomebodyElseThanTheOwnerIsRefused) {
  auto made = new_case();
  made.on(kToday);
  EXPECT_EQ(client().open(made.opening({"mieke"}), key_of("mieke")).status, Status::kForbidden);
}

TEST_F(OpenCase, UnderAStaleOrAForeignDirectoryIsRefused) {
  auto stale = new_case("stale");
  stale.on(kToday);
  const auto body = stale.opening({"mieke"});
  publish_directory();
  EXPECT_EQ(client().open(body, stale.owner()).status, Status::kStaleDirectory);

  const kit::Organisation other("other organisation", kToday - 1);
  kit::CaseBuilder foreign(other, "foreign");
  foreign.on(kToday);
  EXPECT_EQ(client().open(foreign.opening({"mieke"}), foreign.owner()).status, Status::kMalformed);
}

TEST_F(OpenCase, YesterdayIsAcceptedAroundMidnightOnly) {
  clock_.set(std::uint64_t{kToday} * kSecondsPerDay + 3'600);
  auto early = new_case("early");  // made on kToday - 1
  EXPECT_EQ(client().open(early.opening({"mieke"}), early.owner()).status, Status::kDone);
  clock_.set(kNoon);
  client().send({});
  auto late = new_case("late");
  EXPECT_EQ(client().open(late.opening({"mieke"}), late.owner()).status, Status::kStaleDay);
  auto ahead = new_case("ahead");
  ahead.on(kToday + 1);
  EXPECT_EQ(client().open(ahead.opening({"mieke"}), ahead.owner()).status, Status::kStaleDay);
}

TEST_F(OpenCase, AGrantToAStrangerIsForbidden) {
  auto made = new_case();
  made.on(kToday);
  protocol::OpenCase body{made.share(), {made.open()}};
  body.entries.push_back(
      made.grant({{"mieke", {Compartment::kTalk}, true, 0}}, [](protocol::Header& header) {
        std::get<protocol::Grant>(header.fields).members[0].member_id = protocol::MemberId{};
      }));
  EXPECT_EQ(client().open(body, made.owner()).status, Status::kForbidden);
}

TEST_F(OpenCase, AGrantWhoseWrapsHaveAnotherShapeIsMalformed) {
  auto made = new_case();
  made.on(kToday);
  protocol::OpenCase body{made.share(), {made.open()}};
  body.entries.push_back(made.grant({{"mieke", {Compartment::kTalk}, true, 0}}, [](protocol::Header&
                                                                                       header) {
    std::get<protocol::Grant>(header.fields).members[0].keys.push_back({Compartment::kSummary, 1});
  }));
  EXPECT_EQ(client().open(body, made.owner()).status, Status::kMalformed);
}

TEST_F(OpenCase, AnEventThatNamesFilesAwaitsTheirChunks) {
  auto made = new_case();
  made.on(kToday);
  protocol::OpenCase body{made.share(), {made.open()}};
  body.entries.push_back(
      made.event(made.owner(), Compartment::kStory, 1'065, [](protocol::Header& header) {
        std::get<protocol::Event>(header.fields).files = {{protocol::UploadId{}, 1}};
      }));
  EXPECT_EQ(client().open(body, made.owner()).status, Status::kIncomplete);
}

TEST_F(OpenCase, AnUnknownKindOfEntryIsToldToBeNewer) {
  auto made = new_case();
  made.on(kToday);
  protocol::OpenCase body{made.share(), {made.open()}};
  body.entries.push_back(
      made.entry(made.owner(), rules::EntryKind{99}, protocol::Unknown{{1, 2, 3}}, {}));
  EXPECT_EQ(client().open(body, made.owner()).status, Status::kNewerVersion);
}

}  // namespace
}  // namespace omzien::gateway
