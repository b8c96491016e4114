// What a case may cost, and that one who writes too much does not silence another.
#include <thread>

#include "tests/gateway/fixture.h"

namespace omzien::gateway {
namespace {

class Quota : public GatewayTest {
 protected:
  // An upload of one chunk.
  Status put(const kit::CaseBuilder& made, std::uint8_t number, crypto::Bytes bytes,
             const crypto::SigningKey& key) {
    protocol::UploadId id;
    id.data()[0] = number;
    const protocol::PutChunk chunk{made.handle(), id, 0, 1, std::move(bytes)};
    return client().ask(Kind::kPutChunk, protocol::encode(chunk), key).status;
  }
  Status stage_until_refused(const kit::CaseBuilder& made, const crypto::SigningKey& key) {
    auto status = Status::kDone;
    for (std::uint8_t i = 0; i < 100 && status == Status::kDone; ++i)
      status = put(made, i, crypto::Bytes(4'000, 1), key);
    return status;
  }
  std::uint64_t bytes_of(const kit::CaseBuilder& made) {
    return store_->reader().value()->case_info(made.handle()).value()->bytes;
  }
  // The writer drops old ones behind what it is doing.
  void let_chunks_die(const kit::CaseBuilder& made) {
    clock_.advance((rules::kStagedChunkDays + 1) * kSecondsPerDay);
    gateway().tend();
    client().send({});
    for (int tries = 0; tries < 400; ++tries) {
      if (store_->reader().value()->staged(made.handle()).value().chunks == 0) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ADD_FAILURE() << "they stay";
  }
};

TEST_F(Quota, MembersMayAppendSoMuchADayAndTheOwnerIsNotCounted) {
  limits_.member_appends_per_case_day_max = 3;
  limits_.own_appends_per_case_day_max = 0;
  auto made = opened_case();
  for (int i = 0; i < 3; ++i)
    ASSERT_EQ(
        client().append({made.event(key_of("mieke"), Compartment::kTalk)}, key_of("mieke")).status,
        Status::kDone);
  auto over = made;
  EXPECT_EQ(client()
                .append({over.event(key_of("youssef"), Compartment::kTalk)}, key_of("youssef"))
                .status,
            Status::kQuota);
  for (int i = 0; i < 5; ++i)
    ASSERT_EQ(client().append({made.event(made.owner(), Compartment::kTalk)}, made.owner()).status,
              Status::kDone);
  clock_.advance(kSecondsPerDay);
  client().send({});
  made.on(kToday + 1);
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(
        client().append({made.event(key_of("mieke"), Compartment::kTalk)}, key_of("mieke")).status,
        Status::kDone)
        << "a day of its own";
}

TEST_F(Quota, AMemberWhoUsesUpTheDayLeavesTheOthersTheirOwn) {
  limits_.member_appends_per_case_day_max = 4;
  limits_.own_appends_per_case_day_max = 2;
  auto made = opened_case();
  const auto writes = [&](const char* name, std::size_t entries = 1) {
    auto next = made;
    std::vector<protocol::SubmittedEntry> list;
    for (std::size_t i = 0; i < entries; ++i)
      list.push_back(next.event(key_of(name), Compartment::kTalk));
    const auto status = client().append(list, key_of(name)).status;
    if (status == Status::kDone) made = next;
    return status;
  };
  for (int i = 0; i < 6; ++i) ASSERT_EQ(writes("mieke"), Status::kDone);
  EXPECT_EQ(writes("mieke"), Status::kQuota);
  EXPECT_EQ(writes("youssef", 3), Status::kQuota);
  EXPECT_EQ(writes("youssef", 2), Status::kDone) << "what was refused was not counted";
  EXPECT_EQ(writes("youssef"), Status::kQuota);
  clock_.advance(kSecondsPerDay);
  client().send({});
  made.on(kToday + 1);
  for (int i = 0; i < 6; ++i) EXPECT_EQ(writes("youssef"), Status::kDone) << "a day of its own";
  EXPECT_EQ(writes("youssef"), Status::kQuota);
}

TEST_F(Quota, ACaseGrowsOnceAMemberHasAnswered) {
  limits_.case_unanswered_bytes_max = 30'000;
  limits_.case_bytes_max = 200'000;
  auto made = opened_case();
  ASSERT_EQ(
      client().append({made.event(made.owner(), Compartment::kStory, 12'329)}, made.owner()).status,
      Status::kDone);
  auto over = made;
  EXPECT_EQ(
      client().append({over.event(made.owner(), Compartment::kStory, 12'329)}, made.owner()).status,
      Status::kQuota);
  ASSERT_EQ(
      client().append({made.event(key_of("mieke"), Compartment::kTalk)}, key_of("mieke")).status,
      Status::kDone);
  EXPECT_EQ(
      client().append({made.event(made.owner(), Compartment::kStory, 12'329)}, made.owner()).status,
      Status::kDone);
}

TEST_F(Quota, MembersLeaveRoomForTheOwner) {
  limits_.case_unanswered_bytes_max = 30'000;
  limits_.case_bytes_max = 80'000;
  auto made = opened_case();
  auto status = Status::kDone;
  for (int i = 0; i < 20 && status == Status::kDone; ++i) {
    auto next = made;
    status = client()
                 .append({next.event(key_of("mieke"), Compartment::kTalk, 4'137)}, key_of("mieke"))
                 .status;
    if (status == Status::kDone) made = next;
  }
  EXPECT_EQ(status, Status::kQuota);
  EXPECT_EQ(
      client().append({made.event(made.owner(), Compartment::kTalk, 4'137)}, made.owner()).status,
      Status::kDone);
}

// What a member stages is no answer.
TEST_F(Quota, WhatMembersStageLeavesRoomForTheOwnerOfACaseWithoutAnAnswer) {
  limits_.case_unanswered_bytes_max = 60'000;
  auto made = opened_case();
  ASSERT_EQ(stage_until_refused(made, key_of("mieke")), Status::kQuota);
  EXPECT_EQ(
      client().append({made.event(made.owner(), Compartment::kTalk, 1'065)}, made.owner()).status,
      Status::kDone);
}

TEST_F(Quota, AMemberAnswersHoweverFullTheOwnerMadeTheCase) {
  limits_.case_unanswered_bytes_max = 60'000;
  auto made = opened_case();
  ASSERT_EQ(stage_until_refused(made, made.owner()), Status::kQuota);
  EXPECT_EQ(put(made, 200, crypto::Bytes(4'000, 1), key_of("mieke")), Status::kQuota);
  ASSERT_EQ(
      client().append({made.event(key_of("mieke"), Compartment::kTalk)}, key_of("mieke")).status,
      Status::kDone);
  EXPECT_EQ(put(made, 200, crypto::Bytes(4'000, 1), key_of("mieke")), Status::kDone);
}

TEST_F(Quota, CrumbsThatNobodyNamedAreGivenBackAsTheyWereCharged) {
  auto made = opened_case();
  const auto bytes = bytes_of(made);
  for (std::uint8_t i = 0; i < 9; ++i)
    ASSERT_EQ(put(made, i, crypto::Bytes(1, 1), key_of("mieke")), Status::kDone);
  ASSERT_EQ(bytes_of(made), bytes + 9 * storage::kChunkCostBytesMin);
  let_chunks_die(made);
  EXPECT_EQ(bytes_of(made), bytes);
}

TEST_F(Quota, CrumbsOfBeforeTheCaseGiveBackNoMoreThanWasCharged) {
  const auto plain = bytes_of(opened_case("plain"));
  auto made = new_case();
  made.on(kToday);
  for (std::uint8_t i = 0; i < 9; ++i)
    ASSERT_EQ(put(made, i, crypto::Bytes(1, 1), made.owner()), Status::kDone);
  ASSERT_EQ(client().open(made.opening({"mieke", "youssef"}), made.owner()).status, Status::kDone);
  EXPECT_GE(bytes_of(made), plain + 9 * storage::kChunkCostBytesMin);
  let_chunks_die(made);
  EXPECT_GE(bytes_of(made), plain);
  EXPECT_LT(bytes_of(made), plain + storage::kChunkCostBytesMin);
}

TEST_F(Quota, ACrumbCountsAsThePayloadItBecame) {
  auto made = opened_case();
  const auto before = bytes_of(made);
  const auto entry = made.event(made.owner(), Compartment::kStory, 297);
  ASSERT_LT(entry.payload.size(), storage::kChunkCostBytesMin);
  protocol::UploadId id;
  id.data()[0] = 1;
  const protocol::PutChunk chunk{made.handle(), id, 0, 1, entry.payload};
  ASSERT_EQ(client().ask(Kind::kPutChunk, protocol::encode(chunk), made.owner()).status,
            Status::kDone);
  ASSERT_EQ(client().append({kit::staged(entry, id)}, made.owner()).status, Status::kDone);
  EXPECT_EQ(bytes_of(made),
            before + entry.header.size() + crypto::Signature::kSize + entry.payload.size());
}

TEST_F(Quota, CasesWithoutAnAnswerShareADay) {
  limits_.unanswered_bytes_per_day_max = 40'000;
  auto answered = opened_case("answered");
  ASSERT_EQ(client()
                .append({answered.event(key_of("mieke"), Compartment::kTalk)}, key_of("mieke"))
                .status,
            Status::kDone);
  auto status = Status::kDone;
  for (int i = 0; i < 20 && status == Status::kDone; ++i) {
    auto made = new_case("flood " + std::to_string(i));
    made.on(kToday);
    status = client().open(made.opening({"mieke"}), made.owner()).status;
  }
  EXPECT_EQ(status, Status::kQuota);
  EXPECT_EQ(client()
                .append({answered.event(answered.owner(), Compartment::kTalk)}, answered.owner())
                .status,
            Status::kDone);
}

TEST_F(Quota, ChunksOfOneByteCostWhatTheyTakeOnTheDisk) {
  limits_.unanswered_bytes_per_day_max = 20'000;
  const auto made = opened_case();
  auto status = Status::kDone;
  std::uint8_t chunks = 0;
  for (; chunks < 100 && status == Status::kDone; ++chunks) {
    protocol::UploadId id;
    id.data()[0] = chunks;
    const protocol::PutChunk chunk{made.handle(), id, 0, 1, crypto::Bytes(1, 1)};
    status = client().ask(Kind::kPutChunk, protocol::encode(chunk), made.owner()).status;
  }
  EXPECT_EQ(status, Status::kQuota);
  EXPECT_LT(chunks, 40);
}

TEST_F(Quota, ACaseWithoutAnAnswerUsesTheDayUpAndOneWithAnAnswerDoesNot) {
  limits_.unanswered_bytes_per_day_max = 40'000;
  auto made = opened_case();
  const auto owner_writes = [&] {
    auto next = made;
    const auto status =
        client().append({next.event(made.owner(), Compartment::kTalk, 4'137)}, made.owner()).status;
    if (status == Status::kDone) made = next;
    return status;
  };
  auto status = Status::kDone;
  for (int i = 0; i < 20 && status == Status::kDone; ++i) status = owner_writes();
  EXPECT_EQ(status, Status::kQuota);
  ASSERT_EQ(
      client().append({made.event(key_of("mieke"), Compartment::kTalk)}, key_of("mieke")).status,
      Status::kDone);
  EXPECT_EQ(owner_writes(), Status::kDone);
}

TEST_F(Quota, CasesAreOpenedAtARate) {
  limits_.cases_opened_per_minute_max = 2;
  limits_.cases_opened_per_day_max = 3;
  const auto open = [&](const std::string& seed) {
    auto made = new_case(seed);
    made.on(kToday);
    return client().open(made.opening({"mieke"}), made.owner()).status;
  };
  EXPECT_EQ(open("1"), Status::kDone);
  EXPECT_EQ(open("2"), Status::kDone);
  EXPECT_EQ(open("3"), Status::kQuota);
  clock_.advance(60);
  client().send({});
  EXPECT_EQ(open("4"), Status::kDone);
  EXPECT_EQ(open("5"), Status::kQuota);
  EXPECT_EQ(open("1"), Status::kDone);  // the same again costs nothing
}

// A clock that was ahead for a moment would let no report in until its day came.
TEST_F(Quota, TheMinutePassesWhileTheClockIsPutBack) {
  limits_.cases_opened_per_minute_max = 2;
  const auto open = [&](const std::string& seed) {
    auto made = new_case(seed);
    made.on(kToday + 1);
    return client().open(made.opening({"mieke"}), made.owner()).status;
  };
  clock_.set(kNoon + kSecondsPerDay);
  EXPECT_EQ(open("1"), Status::kDone);
  clock_.set(kNoon);
  EXPECT_EQ(open("2"), Status::kDone);
  EXPECT_EQ(open("3"), Status::kQuota);
  clock_.advance(60);
  client().send({});
  EXPECT_EQ(open("4"), Status::kDone);
}

}  // namespace
}  // namespace omzien::gateway
