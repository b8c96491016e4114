// Files: uploads that an event names, on both engines.
#include "tests/gateway/fixture.h"

namespace omzien::gateway {
namespace {

class Files : public GatewayTest, public testing::WithParamInterface<bool> {
 protected:
  void SetUp() override {
    if (GetParam()) store_in(folder_);
  }

  static protocol::UploadId upload(std::uint8_t number) {
    protocol::UploadId id;
    id.data()[0] = number;
    return id;
  }
  static crypto::Bytes chunk(std::uint8_t number, std::uint32_t index) {
    crypto::Bytes bytes(rules::kFileChunkSealedBytes, number);
    bytes[0] = static_cast<std::uint8_t>(index);
    return bytes;
  }

  protocol::OperationResult put(const protocol::Handle& handle, std::uint8_t number,
                                std::uint32_t index, std::uint32_t count,
                                const crypto::SigningKey& key) {
    return client().ask(Kind::kPutChunk,
                        protocol::encode(protocol::PutChunk{handle, upload(number), index, count,
                                                            chunk(number, index)}),
                        key);
  }
  void put_all(const protocol::Handle& handle, std::uint8_t number, std::uint32_t count,
               const crypto::SigningKey& key) {
    for (std::uint32_t index = 0; index < count; ++index)
      ASSERT_EQ(put(handle, number, index, count, key).status, Status::kDone);
  }

  // An event that names these uploads.
  static protocol::SubmittedEntry naming(kit::CaseBuilder& made, const crypto::SigningKey& author,
                                         Compartment compartment,
                                         std::vector<protocol::FileReference> files) {
    return made.event(author, compartment, 1'065, [&](protocol::Header& header) {
      std::get<protocol::Event>(header.fields).files = std::move(files);
    });
  }

  protocol::OperationResult get(const protocol::Handle& handle, std::uint64_t seq,
                                std::uint32_t file, std::uint32_t index,
                                const crypto::SigningKey& key) {
    return client().ask(Kind::kGetChunk,
                        protocol::encode(protocol::GetChunk{handle, seq, index, file}), key);
  }
  void expect_chunk(const protocol::OperationResult& got, std::uint8_t number,
                    std::uint32_t index) {
    ASSERT_EQ(got.status, Status::kDone);
    EXPECT_EQ(protocol::parse<protocol::Chunk>(got.body)->bytes, chunk(number, index));
  }
  std::uint64_t bytes_of(const protocol::Handle& handle) {
    return store_->reader().value()->case_info(handle).value()->bytes;
  }
  // Until the writer, which tidies up behind what it is doing, has dropped what was old.
  void wait_for_log(const char* text) {
    for (int tries = 0; tries < 400 && log_.text().find(text) == std::string::npos; ++tries)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_THAT(log_.text(), testing::HasSubstr(text));
  }
};
INSTANTIATE_TEST_SUITE_P(On, Files, testing::Bool(),
                         [](const auto& on) { return on.param ? "sqlcipher" : "memory"; });

TEST_P(Files, AreServedToWhoeverMayReadTheEventAndToNobodyElse) {
  auto made = new_case();
  made.on(kToday);
  // bram may talk, and not read the story.
  protocol::OpenCase body{made.share(), {made.open()}};
  body.entries.push_back(made.grant({{"mieke", {Compartment::kStory, Compartment::kTalk}, true},
                                     {"bram", {Compartment::kTalk}, false}}));
  ASSERT_EQ(client().open(body, made.owner()).status, Status::kDone);
  put_all(made.handle(), 1, 3, made.owner());
  put_all(made.handle(), 2, 1, made.owner());
  const auto entry =
      naming(made, made.owner(), Compartment::kStory, {{upload(1), 3}, {upload(2), 1}});
  ASSERT_EQ(client().append({entry}, made.owner()).status, Status::kDone);
  EXPECT_EQ(client().append({entry}, made.owner()).status, Status::kDone) << "the same again";

  for (const auto* key : {&made.owner(), &key_of("mieke")}) {
    for (std::uint32_t i = 0; i < 3; ++i) expect_chunk(get(made.handle(), 2, 1, i, *key), 1, i);
    expect_chunk(get(made.handle(), 2, 2, 0, *key), 2, 0);
    EXPECT_EQ(get(made.handle(), 2, 2, 1, *key).status, Status::kMalformed);
    EXPECT_EQ(get(made.handle(), 2, 3, 0, *key).status, Status::kNothing);
    EXPECT_EQ(get(made.handle(), 1, 1, 0, *key).status, Status::kNothing);
  }
  EXPECT_EQ(get(made.handle(), 2, 1, 0, key_of("bram")).status, Status::kForbidden);
  EXPECT_EQ(get(made.handle(), 2, 1, 0, key_of("anouk")).status, Status::kNothing);
  EXPECT_EQ(get(made.handle(), 2, 1, 0, new_case("stranger").owner()).status, Status::kNothing);
}

TEST_P(Files, AnEventIsRefusedUntilEveryChunkIsHere) {
  auto made = opened_case();
  auto early = made;
  const auto entry = naming(early, made.owner(), Compartment::kStory, {{upload(1), 3}});
  EXPECT_EQ(client().append({entry}, made.owner()).status, Status::kIncomplete);
  for (const std::uint32_t index : {0u, 2u})
    ASSERT_EQ(put(made.handle(), 1, index, 3, made.owner()).status, Status::kDone);
  EXPECT_EQ(client().append({entry}, made.owner()).status, Status::kIncomplete);
  ASSERT_EQ(put(made.handle(), 1, 1, 3, made.owner()).status, Status::kDone);
  EXPECT_EQ(client().append({entry}, made.owner()).status, Status::kDone);
}

TEST_P(Files, AnUploadIsWhatTheEventSaysAndNamedOnce) {
  auto made = opened_case();
  put_all(made.handle(), 1, 3, made.owner());
  const auto refused = [&](std::vector<protocol::FileReference> files) {
    auto tried = made;
    return client().append({naming(tried, made.owner(), Compartment::kStory, std::move(files))},
                           made.owner());
  };
  EXPECT_EQ(refused({{upload(1), 2}}).status, Status::kMalformed);
  EXPECT_EQ(refused({{upload(1), 4}}).status, Status::kMalformed);
  EXPECT_EQ(refused({{upload(1), 3}, {upload(1), 3}}).status, Status::kMalformed);
  // A staged payload is no file, whatever names it.
  const crypto::Bytes payload(100, 1);
  ASSERT_EQ(client()
                .ask(Kind::kPutChunk,
                     protocol::encode(protocol::PutChunk{made.handle(), upload(9), 0, 1, payload}),
                     made.owner())
                .status,
            Status::kDone);
  EXPECT_EQ(refused({{upload(9), 1}}).status, Status::kMalformed);

  ASSERT_EQ(
      client()
          .append({naming(made, made.owner(), Compartment::kStory, {{upload(1), 3}})}, made.owner())
          .status,
      Status::kDone);
  EXPECT_EQ(refused({{upload(1), 3}}).status, Status::kMalformed) << "another event's file";
}

TEST_P(Files, AFileIsNoPayloadToBeTakenApart) {
  auto made = opened_case();
  put_all(made.handle(), 1, 1, made.owner());
  ASSERT_EQ(
      client()
          .append({naming(made, made.owner(), Compartment::kTalk, {{upload(1), 1}})}, made.owner())
          .status,
      Status::kDone);
  const auto seq = made.next_seq() - 1;
  // An adviser passes its chunks off as the payload of an entry of their own: those are dropped.
  auto entry = made.entry(
      key_of("mieke"), rules::EntryKind::kEvent,
      protocol::Event{Compartment::kTalk, 1, rules::Milestone::kNone, false, {}}, chunk(1, 0));
  EXPECT_EQ(client().append({kit::staged(entry, upload(1))}, key_of("mieke")).status,
            Status::kMalformed);
  expect_chunk(get(made.handle(), seq, 1, 0, made.owner()), 1, 0);
}

TEST_P(Files, PuttingAnswersHowManyChunksThereAre) {
  auto made = opened_case();
  const auto stored = [&](std::uint32_t index) {
    return protocol::parse<protocol::Upload>(put(made.handle(), 1, index, 5, made.owner()).body)
        ->chunks_stored;
  };
  EXPECT_EQ(stored(0), 1u);
  EXPECT_EQ(stored(1), 2u);
  EXPECT_EQ(stored(0), 2u) << "the same again, as somebody does who comes back";
  EXPECT_EQ(stored(4), 3u);
}

TEST_P(Files, LiveOnWhenOthersStagedThatDayAreDroppedAndTheseNoLongerCount) {
  auto made = opened_case();
  put_all(made.handle(), 1, 2, made.owner());
  ASSERT_EQ(
      client()
          .append({naming(made, made.owner(), Compartment::kStory, {{upload(1), 2}})}, made.owner())
          .status,
      Status::kDone);
  const auto seq = made.next_seq() - 1;
  const auto before = bytes_of(made.handle());
  ASSERT_EQ(put(made.handle(), 2, 0, 9, made.owner()).status, Status::kDone);
  EXPECT_EQ(bytes_of(made.handle()), before + rules::kFileChunkSealedBytes);
  clock_.advance((rules::kStagedChunkDays + 1) * kSecondsPerDay);
  gateway().tend();
  client().send({});
  wait_for_log("chunks dropped that no entry named: 1");
  EXPECT_EQ(bytes_of(made.handle()), before);
  for (std::uint32_t i = 0; i < 2; ++i)
    expect_chunk(get(made.handle(), seq, 1, i, key_of("mieke")), 1, i);
}

TEST_P(Files, CountOnceInTheirCase) {
  auto made = opened_case();
  const auto before = bytes_of(made.handle());
  put_all(made.handle(), 1, 3, made.owner());
  const auto staged = bytes_of(made.handle());
  EXPECT_EQ(staged, before + 3 * rules::kFileChunkSealedBytes);
  auto entry = naming(made, made.owner(), Compartment::kStory, {{upload(1), 3}});
  ASSERT_EQ(client().append({entry}, made.owner()).status, Status::kDone);
  EXPECT_EQ(bytes_of(made.handle()),
            staged + entry.header.size() + entry.signature.size() + entry.payload.size());
}

TEST_P(Files, CountInACaseThatTheyCameBefore) {
  auto made = new_case();
  made.on(kToday);
  put_all(made.handle(), 1, 3, made.owner());
  auto body = made.opening({"mieke"});
  body.entries.push_back(naming(made, made.owner(), Compartment::kStory, {{upload(1), 3}}));
  ASSERT_EQ(client().open(body, made.owner()).status, Status::kDone);
  EXPECT_GT(bytes_of(made.handle()), 3 * rules::kFileChunkSealedBytes);
  expect_chunk(get(made.handle(), 3, 1, 2, key_of("mieke")), 1, 2);
}

TEST_P(Files, StopAtTheCasesQuota) {
  limits_.case_unanswered_bytes_max = 100'000;
  limits_.case_bytes_max = 400'000;
  auto made = opened_case();
  auto status = Status::kDone;
  std::uint32_t index = 0;
  while (index < 20 &&
         (status = put(made.handle(), 1, index, 20, made.owner()).status) == Status::kDone)
    ++index;
  EXPECT_EQ(status, Status::kQuota);
  EXPECT_GT(index, 4u);
  ASSERT_EQ(
      client().append({made.event(key_of("mieke"), Compartment::kTalk)}, key_of("mieke")).status,
      Status::kDone);
  for (; index < 20; ++index)
    ASSERT_EQ(put(made.handle(), 1, index, 20, made.owner()).status, Status::kDone);
  EXPECT_EQ(client()
                .append({naming(made, made.owner(), Compartment::kStory, {{upload(1), 20}})},
                        made.owner())
                .status,
            Status::kDone);
}

TEST_P(Files, SurviveARestart) {
  if (!GetParam()) GTEST_SKIP() << "an engine that forgets";
  auto made = opened_case();
  put_all(made.handle(), 1, 2, made.owner());
  const auto entry = naming(made, made.owner(), Compartment::kStory, {{upload(1), 2}});
  ASSERT_EQ(client().append({entry}, made.owner()).status, Status::kDone);
  restart();
  store_.reset();
  store_in(folder_);
  expect_chunk(get(made.handle(), 3, 1, 1, key_of("mieke")), 1, 1);
}

TEST_P(Files, SixteenTravelInALargeFrame) {
  auto made = opened_case();
  std::vector<protocol::Operation> puts;
  for (std::uint32_t i = 0; i < 16; ++i)
    puts.push_back(client().sign(
        Kind::kPutChunk,
        protocol::encode(protocol::PutChunk{made.handle(), upload(1), i, 16, chunk(1, i)}),
        made.owner()));
  for (const auto& result : client().send(std::move(puts), protocol::FrameSize::kLarge).results)
    ASSERT_EQ(result.status, Status::kDone);
  ASSERT_EQ(client()
                .append({naming(made, made.owner(), Compartment::kStory, {{upload(1), 16}})},
                        made.owner())
                .status,
            Status::kDone);
  std::vector<protocol::Operation> gets;
  for (std::uint32_t i = 0; i < 16; ++i)
    gets.push_back(client().sign(Kind::kGetChunk,
                                 protocol::encode(protocol::GetChunk{made.handle(), 3, i, 1}),
                                 key_of("mieke")));
  const auto got = client().send(std::move(gets), protocol::FrameSize::kLarge);
  for (std::uint32_t i = 0; i < 16; ++i) expect_chunk(got.results.at(i), 1, i);
}

}  // namespace
}  // namespace omzien::gateway
