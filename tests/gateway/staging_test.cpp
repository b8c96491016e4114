// Payloads larger than a frame.
#include "tests/gateway/fixture.h"

namespace omzien::gateway {
namespace {

class Staging : public GatewayTest {
 protected:
  static constexpr std::size_t kLargeBytes = 62'000;

  protocol::UploadId upload(std::uint8_t number) {
    protocol::UploadId id;
    id.data()[0] = number;
    return id;
  }

  Status put(const protocol::Handle& handle, std::uint8_t number, std::uint32_t index,
             std::uint32_t count, crypto::Bytes bytes, const crypto::SigningKey& key) {
    const protocol::PutChunk chunk{handle, upload(number), index, count, std::move(bytes)};
    return client().ask(Kind::kPutChunk, protocol::encode(chunk), key).status;
  }

  // All chunks but the one left out.
  void put_all(const protocol::Handle& handle, std::uint8_t number, const crypto::Bytes& payload,
               const crypto::SigningKey& key, std::uint32_t left_out = UINT32_MAX) {
    const auto count = static_cast<std::uint32_t>((payload.size() + rules::kChunkBytesMax - 1) /
                                                  rules::kChunkBytesMax);
    for (std::uint32_t index = 0; index < count; ++index) {
      const auto start = index * rules::kChunkBytesMax;
      const auto slice = crypto::ByteView(payload).subspan(
          start, std::min<std::size_t>(rules::kChunkBytesMax, payload.size() - start));
      if (index == left_out) continue;
      ASSERT_EQ(put(handle, number, index, count, {slice.begin(), slice.end()}, key),
                Status::kDone);
    }
  }

  crypto::Bytes get_all(const protocol::Handle& handle, std::uint64_t seq,
                        const crypto::SigningKey& key) {
    crypto::Bytes all;
    for (std::uint32_t index = 0;; ++index) {
      const auto result = client().ask(
          Kind::kGetChunk, protocol::encode(protocol::GetChunk{handle, seq, index}), key);
      if (result.status != Status::kDone) return all;
      const auto chunk = protocol::parse<protocol::Chunk>(result.body).value();
      all.insert(all.end(), chunk.bytes.begin(), chunk.bytes.end());
    }
  }
};

TEST_F(Staging, ALargePayloadIsStagedNamedAndFetched) {
  auto made = opened_case();
  const auto entry = made.event(made.owner(), Compartment::kStory, kLargeBytes);
  put_all(made.handle(), 1, entry.payload, made.owner());
  const std::vector list{kit::staged(entry, upload(1))};
  ASSERT_EQ(client().append(list, made.owner()).status, Status::kDone);
  EXPECT_EQ(client().append(list, made.owner()).status,
            Status::kDone);  // its chunks are gone, and need not be there
  EXPECT_EQ(store_->reader().value()->upload_info(made.handle(), upload(1))->chunks_expected, 0U);
  for (const auto* key : {&made.owner(), &key_of("mieke")}) {
    const auto log = client().read_all(made.handle(), *key);
    EXPECT_EQ(log.entries.at(3).payload_state, rules::PayloadState::kFetch);
    EXPECT_EQ(get_all(made.handle(), 3, *key), entry.payload);
  }
  const auto large = client().ask(Kind::kRead, protocol::encode(protocol::Read{made.handle(), 3}),
                                  made.owner(), protocol::FrameSize::kLarge);
  EXPECT_EQ(protocol::parse<protocol::Log>(large.body)->entries.at(0).payload, entry.payload);
}

TEST_F(Staging, AReportIsStagedBeforeItsCaseExists) {
  auto made = new_case();
  made.on(kToday);
  auto body = made.opening({"mieke"});
  const auto story = made.event(made.owner(), Compartment::kStory, kLargeBytes);
  body.entries.push_back(kit::staged(story, upload(1)));
  EXPECT_EQ(client().open(body, made.owner()).status, Status::kIncomplete);
  put_all(made.handle(), 1, story.payload, made.owner());
  EXPECT_EQ(client().open(body, made.owner()).status, Status::kDone);
  EXPECT_EQ(get_all(made.handle(), 3, key_of("mieke")), story.payload);
}

TEST_F(Staging, AMissingChunkIsSaidAndNothingIsKept) {
  auto made = opened_case();
  const auto entry = made.event(made.owner(), Compartment::kStory, kLargeBytes);
  put_all(made.handle(), 1, entry.payload, made.owner(), 2);
  EXPECT_EQ(client().append({kit::staged(entry, upload(1))}, made.owner()).status,
            Status::kIncomplete);
  EXPECT_EQ(client().append({kit::staged(entry, upload(9))}, made.owner()).status,
            Status::kIncomplete);
  put_all(made.handle(), 1, entry.payload, made.owner());
  EXPECT_EQ(client().append({kit::staged(entry, upload(1))}, made.owner()).status, Status::kDone);
}

TEST_F(Staging, AnotherPayloadThanTheHeaderNamesIsRefused) {
  auto made = opened_case();
  auto entry = made.event(made.owner(), Compartment::kStory, kLargeBytes);
  entry.payload[17] ^= 1;
  put_all(made.handle(), 1, entry.payload, made.owner());
  EXPECT_EQ(client().append({kit::staged(entry, upload(1))}, made.owner()).status,
            Status::kMalformed);
}

TEST_F(Staging, TheSameChunkAgainIsDoneAndAnotherInItsPlaceRefused) {
  auto made = opened_case();
  const crypto::Bytes bytes(100, 1);
  EXPECT_EQ(put(made.handle(), 1, 0, 1, bytes, made.owner()), Status::kDone);
  EXPECT_EQ(put(made.handle(), 1, 0, 1, bytes, made.owner()), Status::kDone);
  EXPECT_EQ(put(made.handle(), 1, 0, 1, crypto::Bytes(100, 2), made.owner()), Status::kMalformed);
  EXPECT_EQ(put(made.handle(), 1, 1, 2, bytes, made.owner()), Status::kMalformed);
}

TEST_F(Staging, IsForTheOwnerAndForMembersWithAGrant) {
  auto made = opened_case();
  const crypto::Bytes bytes(100, 1);
  EXPECT_EQ(put(made.handle(), 1, 0, 1, bytes, key_of("mieke")), Status::kDone);
  EXPECT_EQ(put(made.handle(), 2, 0, 1, bytes, key_of("bram")), Status::kNothing);
  EXPECT_EQ(put(new_case("unknown").handle(), 2, 0, 1, bytes, key_of("mieke")), Status::kNothing);
}

TEST_F(Staging, ChunksThatNoEntryNamedDieAfterAWeek) {
  auto made = opened_case();
  const auto entry = made.event(
      made.owner(), Compartment::kStory, kLargeBytes,
      [](protocol::Header& header) { header.day = kToday + rules::kStagedChunkDays + 1; });
  put_all(made.handle(), 1, entry.payload, made.owner());
  clock_.advance((rules::kStagedChunkDays + 1) * kSecondsPerDay);
  gateway().tend();
  client().send({});
  // The writer tidies up behind what it is doing: ask until it has.
  auto status = Status::kDone;
  for (int tries = 0; tries < 200 && status == Status::kDone; ++tries) {
    status = put(made.handle(), 1, 0, 1, crypto::Bytes(5, 1), made.owner()) == Status::kMalformed
                 ? Status::kDone
                 : Status::kNothing;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_EQ(client().append({kit::staged(entry, upload(1))}, made.owner()).status,
            Status::kMalformed);
  EXPECT_THAT(log_.text(), testing::HasSubstr("chunks dropped that no entry named: 4"));
}

// However many are staged, what is put together in memory is bounded.
TEST_F(Staging, MoreThanAPayloadMayHoldIsNotPutTogether) {
  auto made = opened_case();
  const auto entry = made.event(made.owner(), Compartment::kStory, kLargeBytes);
  put_all(made.handle(), 1, crypto::Bytes(rules::kPayloadBytesMax + 1), made.owner());
  EXPECT_EQ(client().append({kit::staged(entry, upload(1))}, made.owner()).status,
            Status::kTooLarge);
}

TEST_F(Staging, ForCasesThatNeverComeSharesADay) {
  limits_.unanswered_bytes_per_day_max = 20'000;
  const crypto::Bytes bytes(9'000, 1);
  const auto put_for = [&](const char* seed) {
    const auto made = new_case(seed);
    return put(made.handle(), 1, 0, 1, bytes, made.owner());
  };
  EXPECT_EQ(put_for("one"), Status::kDone);
  EXPECT_EQ(put_for("two"), Status::kDone);
  EXPECT_EQ(put_for("three"), Status::kQuota);
}

TEST_F(Staging, BeforeTheCaseExistsHasItsOwnQuota) {
  limits_.staged_before_open_bytes_max = 250;
  const auto made = new_case();
  const crypto::Bytes bytes(100, 1);
  EXPECT_EQ(put(made.handle(), 1, 0, 1, bytes, made.owner()), Status::kDone);
  EXPECT_EQ(put(made.handle(), 2, 0, 1, bytes, made.owner()), Status::kDone);
  EXPECT_EQ(put(made.handle(), 2, 0, 1, bytes, made.owner()),
            Status::kDone);  // the same again costs nothing
  EXPECT_EQ(put(made.handle(), 3, 0, 1, bytes, made.owner()), Status::kQuota);
  clock_.advance(kSecondsPerDay);
  client().send({});
  EXPECT_EQ(put(made.handle(), 3, 0, 1, bytes, made.owner()), Status::kDone);
}

// However many days it was staged on.
TEST_F(Staging, WhatWasStagedBeforeTheCaseIsCountedInIt) {
  limits_.staged_before_open_bytes_max = 20'000;
  limits_.case_unanswered_bytes_max = 55'000;
  auto made = new_case();
  for (protocol::Day day = kToday; day < kToday + 3; ++day) {
    const auto number = static_cast<std::uint8_t>(day - kToday);
    ASSERT_EQ(put(made.handle(), number, 0, 1, crypto::Bytes(15'000, 1), made.owner()),
              Status::kDone);
    clock_.advance(kSecondsPerDay);
    client().send({});
  }
  made.on(kToday + 3);
  auto more = made;
  EXPECT_EQ(client().open(more.opening({"mieke"}), made.owner()).status, Status::kDone);
  EXPECT_EQ(
      client().append({more.event(made.owner(), Compartment::kStory, 12'329)}, made.owner()).status,
      Status::kQuota);
}

TEST_F(Staging, NoCaseIsOpenedWithMoreThanItMayHold) {
  limits_.case_unanswered_bytes_max = 50'000;
  auto made = new_case();
  made.on(kToday);
  for (std::uint8_t number = 0; number < 4; ++number)
    ASSERT_EQ(put(made.handle(), number, 0, 1, crypto::Bytes(12'000, 1), made.owner()),
              Status::kDone);
  EXPECT_EQ(client().open(made.opening({"mieke"}), made.owner()).status, Status::kQuota);
}

TEST_F(Staging, WhatBecomesAPayloadIsCountedOnce) {
  auto made = new_case();
  made.on(kToday);
  auto body = made.opening({"mieke"});
  const auto story = made.event(made.owner(), Compartment::kStory, kLargeBytes);
  body.entries.push_back(kit::staged(story, upload(1)));
  put_all(made.handle(), 1, story.payload, made.owner());
  ASSERT_EQ(put(made.handle(), 2, 0, 1, crypto::Bytes(700, 1), made.owner()), Status::kDone);
  ASSERT_EQ(client().open(body, made.owner()).status, Status::kDone);
  std::uint64_t bytes = 700;
  const auto stored = store_->reader().value()->entries(made.handle(), 0, 1 << 30).value();
  for (const auto& entry : stored)
    bytes += entry.header.size() + crypto::Signature::kSize + entry.payload->size();
  // What is left over is charged as if it were smaller: no more than one such chunk's least.
  const auto counted = store_->reader().value()->case_info(made.handle()).value()->bytes;
  EXPECT_GE(counted, bytes);
  EXPECT_LT(counted, bytes + storage::kChunkCostBytesMin);
}

// The writer reads and hashes what is put together: thirty refusals in a frame cost as much as one.
TEST_F(Staging, AFrameHasNoMorePutTogetherThanOneOperationMayName) {
  auto made = opened_case();
  auto entry = made.event(made.owner(), Compartment::kStory, rules::kPayloadBytesMax);
  put_all(made.handle(), 1, entry.payload, made.owner());
  entry.payload[17] ^= 1;
  std::vector<protocol::SubmittedEntry> entries{kit::staged(entry, upload(1))};
  while (entries.size() < rules::kEntriesPerAppendMax)
    entries.push_back(kit::staged(made.event(made.owner(), Compartment::kStory), upload(1)));
  const auto one =
      client().sign(Kind::kAppend, protocol::encode(protocol::Append{entries}), made.owner());
  const auto results = client().send({one, one}).results;
  EXPECT_EQ(results.at(0).status, Status::kMalformed);
  EXPECT_EQ(results.at(1).status, Status::kLater);
}

}  // namespace
}  // namespace omzien::gateway
