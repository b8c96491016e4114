// The reporter's lead at the gateway: who is let out is served nothing, who stands in is served
// when it is time, and what the rules forbid is refused.
#include "tests/gateway/regie_fixture.h"

namespace omzien::gateway {
namespace {

using Cause = rules::ReleaseCause;
using rules::PayloadState;
using enum rules::Compartment;

using Regie = RegieTest;
OMZIEN_ON_BOTH_STORES(Regie);

TEST_P(Regie, WhoIsRevokedIsAnsweredNothingAndTheCaseLeavesTheirInbox) {
  open();
  ASSERT_EQ(inbox("youssef").size(), 1U);
  ASSERT_EQ(by_owner(revoke({"youssef"})), Status::kDone);
  EXPECT_EQ(reads(key_of("youssef")), Status::kNothing);
  EXPECT_EQ(by("youssef", talk()), Status::kNothing);
  EXPECT_TRUE(inbox("youssef").empty());
  EXPECT_TRUE(
      store_->reader().value()->inbox(kit::id_of(organisation_, "youssef"), 0, 10).value().empty());
  EXPECT_EQ(inbox("mieke").size(), 1U);
}

TEST_P(Regie, WhoRemainsGetsTheirKeysWithTheRevocation) {
  open();
  ASSERT_EQ(by_owner(revoke({"youssef"})), Status::kDone);
  const auto log = log_of("mieke");
  EXPECT_EQ(log.entries.back().payload_state, PayloadState::kInline);
  EXPECT_EQ(log.entries.back().payload, last_.payload);
  ASSERT_EQ(by_owner(grant("anouk", {kTalk})), Status::kDone);
  const auto newcomers = log_of("anouk");
  EXPECT_EQ(newcomers.entries[3].payload_state, PayloadState::kWithheld)
      << "a revocation before their time";
}

TEST_P(Regie, AnEventUnderAnOldEpochIsRefused) {
  open();
  const auto old = talk();
  ASSERT_EQ(by_owner(revoke({"youssef"})), Status::kDone);
  EXPECT_EQ(by("mieke", old), Status::kForbidden);
  EXPECT_EQ(by("mieke", talk()), Status::kDone);
}

TEST_P(Regie, ARevocationOfACrowdComesInChunksAndIsReadInChunks) {
  organisation_.add_extras(19);
  folder_.write("bundle", organisation_.bundle());
  case_ = new_case("crowd");
  case_.on(kToday);
  open();
  for (int first = 1; first <= 19; first += 10) {
    auto some = grant(("extra " + std::to_string(first)).c_str(), {kStory, kTalk});
    for (int i = first + 1; i < first + 10 && i <= 19; ++i)
      some.members.push_back(
          grant(("extra " + std::to_string(i)).c_str(), {kStory, kTalk}).members[0]);
    auto next = case_;
    const auto entry = next.move(case_.owner(), some);
    ASSERT_EQ(client()
                  .ask(Kind::kAppend, protocol::encode(protocol::Append{{entry}}), case_.owner(),
                       protocol::FrameSize::kLarge)
                  .status,
              Status::kDone);
    case_ = next;
    take(entry);
  }
  const auto out = revoke({"youssef"});
  ASSERT_EQ(out.remaining.size(), 20U);
  auto next = case_;
  const auto entry = next.move(case_.owner(), out);
  const protocol::UploadId upload;
  const auto size = entry.payload.size();
  const auto count =
      static_cast<std::uint32_t>((size + rules::kChunkBytesMax - 1) / rules::kChunkBytesMax);
  ASSERT_GT(count, 1U);
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto start = i * rules::kChunkBytesMax;
    const auto slice =
        crypto::ByteView(entry.payload)
            .subspan(start, std::min<std::size_t>(rules::kChunkBytesMax, size - start));
    const protocol::PutChunk chunk{case_.handle(), upload, i, count, {slice.begin(), slice.end()}};
    ASSERT_EQ(client().ask(Kind::kPutChunk, protocol::encode(chunk), case_.owner()).status,
              Status::kDone);
  }
  ASSERT_EQ(client().append({kit::staged(entry, upload)}, case_.owner()).status, Status::kDone);
  const auto got = client().ask(
      Kind::kGetChunk, protocol::encode(protocol::GetChunk{case_.handle(), case_.next_seq(), 0}),
      *organisation_.member("extra 19").key);
  ASSERT_EQ(got.status, Status::kDone);
  EXPECT_EQ(reads(key_of("youssef")), Status::kNothing);
}

TEST_P(Regie, AStandInIsServedAfterTheRelease) {
  open();
  ASSERT_EQ(by_owner(stand_in("ruud", "mieke")), Status::kDone);
  EXPECT_EQ(reads(key_of("ruud")), Status::kNothing);
  EXPECT_TRUE(inbox("ruud").empty());
  ASSERT_EQ(by("mieke", release("mieke", Cause::kOwn)), Status::kDone);
  EXPECT_EQ(reads(key_of("mieke")), Status::kNothing);
  EXPECT_TRUE(inbox("mieke").empty());
  ASSERT_EQ(inbox("ruud").size(), 1U);
  EXPECT_FALSE(inbox("ruud")[0].dormant);
  const auto log = log_of("ruud");
  EXPECT_EQ(log.entries[2].payload_state, PayloadState::kInline) << "the story";
  EXPECT_EQ(log.entries[3].payload_state, PayloadState::kInline) << "their keys";
  EXPECT_EQ(by("ruud", talk()), Status::kDone);
}

TEST_P(Regie, AMissedTermShowsTheStandInThatTheyMayTakeOver) {
  open();
  ASSERT_EQ(by_owner(stand_in("ruud", "mieke")), Status::kDone);
  on(kToday + 7);
  EXPECT_TRUE(inbox("ruud").empty());
  EXPECT_EQ(by("ruud", release("mieke", Cause::kDeadline)), Status::kNothing);
  on(kToday + 8);
  const auto items = inbox("ruud");
  ASSERT_EQ(items.size(), 1U);
  EXPECT_TRUE(items[0].dormant);
  EXPECT_EQ(items[0].head_hash, case_.head_hash());
  EXPECT_EQ(reads(key_of("ruud")), Status::kNothing) << "not theirs to read yet";
  EXPECT_EQ(by("ruud", talk()), Status::kNothing);
  EXPECT_EQ(by("ruud", release("youssef", Cause::kDeadline)), Status::kForbidden);
  ASSERT_EQ(by("ruud", release("mieke", Cause::kDeadline)), Status::kDone);
  EXPECT_EQ(reads(key_of("ruud")), Status::kDone);
  EXPECT_EQ(reads(key_of("mieke")), Status::kDone) << "the adviser stays in";
  EXPECT_FALSE(inbox("ruud")[0].dormant);
}

// What they were also given for a while has ended: that they stand in has not.
TEST_P(Regie, AMissedTermShowsTheStandInWhoWasLetInForAWhileToo) {
  open();
  ASSERT_EQ(by_owner(stand_in("ruud", "mieke")), Status::kDone);
  auto for_a_while = grant("ruud", {kStory});
  for_a_while.members[0].last_day = kToday + 1;
  ASSERT_EQ(by_owner(for_a_while), Status::kDone);
  ASSERT_EQ(inbox("ruud").size(), 1U);
  EXPECT_FALSE(inbox("ruud")[0].dormant);
  on(kToday + 2);
  EXPECT_TRUE(inbox("ruud").empty());
  on(kToday + 8);
  const auto items = inbox("ruud");
  ASSERT_EQ(items.size(), 1U);
  EXPECT_TRUE(items[0].dormant);
  EXPECT_EQ(items[0].stands_in_for, std::optional(kit::id_of(organisation_, "mieke")));
  ASSERT_EQ(by("ruud", release("mieke", Cause::kDeadline)), Status::kDone);
  EXPECT_FALSE(inbox("ruud")[0].dormant);
}

TEST_P(Regie, ADisputeMakesTheTermOpenAgain) {
  open();
  auto acknowledged = talk();
  acknowledged.milestone = rules::Milestone::kAcknowledged;
  ASSERT_EQ(by("mieke", acknowledged), Status::kDone);
  EXPECT_EQ(inbox("mieke")[0].acknowledged_day, kToday);
  auto no = talk();
  no.dispute = case_.next_seq() - 1;
  EXPECT_EQ(by("mieke", no), Status::kForbidden);
  ASSERT_EQ(by_owner(no), Status::kDone);
  EXPECT_EQ(inbox("mieke")[0].acknowledged_day, 0U);
  EXPECT_EQ(by_owner(no), Status::kForbidden) << "once";
}

TEST_P(Regie, ADelegateLetsInWhomTheOwnerNamedAndNobodyElse) {
  open();
  EXPECT_EQ(by("mieke", grant("ilse", {kStory})), Status::kForbidden);
  ASSERT_EQ(by_owner(kit::delegate(organisation_, "mieke", {"ilse"}, {kStory}, kToday + 2)),
            Status::kDone);
  EXPECT_EQ(by("mieke", grant("tarik", {kStory})), Status::kForbidden);
  EXPECT_EQ(by("mieke", grant("ilse", {kTalk})), Status::kForbidden);
  ASSERT_EQ(by("mieke", grant("ilse", {kStory})), Status::kDone);
  EXPECT_EQ(reads(key_of("ilse")), Status::kDone);
  EXPECT_EQ(inbox("ilse").size(), 1U);
  on(kToday + 3);
  EXPECT_EQ(by("mieke", grant("ilse", {kStory})), Status::kForbidden);
}

TEST_P(Regie, AMemberKeepsTheCaseAliveAndTheOwnerGetsTheirKey) {
  open();
  ASSERT_EQ(by("mieke", kit::keep_alive(access_, organisation_, {kTalk}, kToday)), Status::kDone);
  const auto owners = client().read_all(case_.handle(), case_.owner());
  EXPECT_EQ(owners.entries.back().payload, last_.payload);
  EXPECT_EQ(log_of("youssef").entries.back().payload_state, PayloadState::kInline);
  EXPECT_EQ(by_owner(talk()), Status::kDone);
  auto hidden = kit::keep_alive(access_, organisation_, {kTalk}, kToday);
  hidden.members.pop_back();
  EXPECT_EQ(by("mieke", hidden), Status::kForbidden);
}

TEST_P(Regie, NotesStayWithTheirHolder) {
  open();
  ASSERT_EQ(by("mieke", kit::notes(access_, organisation_, {"mieke"})), Status::kDone);
  const protocol::Event note{kNotes, 1, {}, false, {}};
  ASSERT_EQ(by("mieke", note), Status::kDone);
  EXPECT_EQ(log_of("youssef").entries.back().payload_state, PayloadState::kWithheld);
  EXPECT_EQ(by("youssef", kit::notes(access_, organisation_, {"youssef"})), Status::kForbidden);
}

TEST_P(Regie, ARevocationThatHidesSomethingIsRefused) {
  open();
  auto less = revoke({"youssef"});
  less.starts.pop_back();
  for (auto& member : less.remaining) member.keys.pop_back();
  EXPECT_EQ(by_owner(less), Status::kForbidden);
  auto stranger = revoke({"youssef"});
  stranger.remaining.push_back(kit::sealed_to(organisation_, "bram", {{kTalk, 2}}));
  EXPECT_EQ(by_owner(stranger), Status::kForbidden);
  EXPECT_EQ(by("mieke", revoke({"youssef"})), Status::kForbidden);
  EXPECT_EQ(reads(key_of("youssef")), Status::kDone);
}

TEST_P(Regie, AfterARestartTheSameIsSoAgain) {
  open();
  ASSERT_EQ(by_owner(stand_in("ruud", "mieke")), Status::kDone);
  ASSERT_EQ(by_owner(revoke({"youssef"})), Status::kDone);
  ASSERT_EQ(by("mieke", release("mieke", Cause::kOwn)), Status::kDone);
  restart();
  EXPECT_EQ(reads(key_of("youssef")), Status::kNothing);
  EXPECT_EQ(reads(key_of("mieke")), Status::kNothing);
  EXPECT_EQ(reads(key_of("ruud")), Status::kDone);
}

}  // namespace
}  // namespace omzien::gateway
