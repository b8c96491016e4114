// Frames and operations, whatever they ask for.
#include "tests/gateway/fixture.h"

namespace omzien::gateway {
namespace {

using Exchange = GatewayTest;

crypto::Bytes frame_of(const protocol::Request& request) {
  return protocol::encode_request(request, protocol::FrameSize::kSmall).value();
}

TEST_F(Exchange, AnEmptyFrameIsAnsweredWithBeaconPaceDayAndDirectory) {
  const auto response = client().send({});
  EXPECT_EQ(response.version, rules::kProtocolVersion);
  EXPECT_NE(response.beacon, protocol::Beacon{});
  EXPECT_EQ(response.pace_ms, 2'000U);
  EXPECT_EQ(response.day, kToday);
  EXPECT_EQ(response.directory_hash, organisation_.directory().hash());
  EXPECT_TRUE(response.results.empty());
}

TEST_F(Exchange, AnAnswerHasTheSizeOfItsRequest) {
  for (const auto size : {protocol::FrameSize::kSmall, protocol::FrameSize::kLarge}) {
    const auto frame = protocol::encode_request({}, size).value();
    EXPECT_EQ(kit::exchange(gateway(), frame).size(), frame.size());
  }
}

TEST_F(Exchange, GarbageIsAnsweredWithoutResults) {
  crypto::FixedRandom random("garbage");
  for (int round = 0; round < 200; ++round) {
    crypto::Bytes frame(rules::kFrameBytes);
    random.fill(frame);
    if (round % 2 == 1) std::fill(frame.begin() + 2, frame.begin() + 4, std::uint8_t{0});
    if (round % 2 == 1) frame[0] = frame[1] = 0, frame[3] = static_cast<std::uint8_t>(round);
    const auto response = protocol::parse_response(kit::exchange(gateway(), frame));
    ASSERT_TRUE(response.has_value());
    EXPECT_TRUE(response->results.empty());
  }
}

TEST_F(Exchange, AFrameWithOneBitFlippedIsAnsweredAndDoesNothing) {
  auto made = new_case();
  made.on(kToday);
  const auto body = protocol::encode(made.opening({"mieke"}));
  const auto good =
      frame_of({rules::kProtocolVersion, {client().sign(Kind::kOpen, body, made.owner())}});
  crypto::FixedRandom random("flips");
  for (int round = 0; round < 300; ++round) {
    auto frame = good;
    std::uint8_t at[3];
    random.fill(at);
    const auto index = (std::size_t{at[0]} << 8 | at[1]) % (body.size() + 200);
    frame[index] ^= static_cast<std::uint8_t>(1U << (at[2] % 8));
    const auto response = protocol::parse_response(kit::exchange(gateway(), frame)).value();
    for (const auto& result : response.results) EXPECT_NE(result.status, Status::kDone);
  }
  EXPECT_EQ(client().read(made.handle(), 0, made.owner()).status, Status::kNothing);
}

TEST_F(Exchange, ARequestOfAnotherVersionGetsAnAnswerInThisOne) {
  const auto frame =
      frame_of({rules::kProtocolVersion + 1, {client().sign(Kind::kInbox, {}, key_of("mieke"))}});
  const auto response = protocol::parse_response(kit::exchange(gateway(), frame)).value();
  EXPECT_EQ(response.version, rules::kProtocolVersion);
  EXPECT_TRUE(response.results.empty());
}

TEST_F(Exchange, TheOperationThatAsksNothingIsDone) {
  EXPECT_EQ(client().send({kit::public_operation(Kind::kNothing, {})}).results.at(0).status,
            Status::kDone);
}

TEST_F(Exchange, AnUnknownOperationIsToldToBeNewer) {
  EXPECT_EQ(client().ask(rules::OperationKind{77}, {}, key_of("mieke")).status,
            Status::kNewerVersion);
  EXPECT_EQ(client().ask(Kind::kLedger, {}, key_of("mieke")).status, Status::kNewerVersion);
}

TEST_F(Exchange, TheLastThreeBeaconsCountAndNoEarlierOne) {
  const auto recorded =
      client().sign(Kind::kInbox, protocol::encode(protocol::Inbox{}), key_of("mieke"));
  for (int minute = 0; minute < 3; ++minute) {
    EXPECT_EQ(client().send({recorded}).results.at(0).status, Status::kDone) << minute;
    clock_.advance(rules::kBeaconSeconds);
  }
  EXPECT_EQ(client().send({recorded}).results.at(0).status, Status::kStaleBeacon);
}

TEST_F(Exchange, ARecordedOperationStaysDeadWhenTheClockJumpsBack) {
  const auto recorded =
      client().sign(Kind::kInbox, protocol::encode(protocol::Inbox{}), key_of("mieke"));
  clock_.advance(std::uint64_t{4} * rules::kBeaconSeconds);
  client().send({});
  clock_.set(kNoon);
  EXPECT_EQ(client().send({recorded}).results.at(0).status, Status::kStaleBeacon);
  EXPECT_EQ(client().send({}).day, kToday);
}

// It would be good for a day, if beacons waited for the clock.
TEST_F(Exchange, ARecordedOperationAgesWhileTheClockIsPutBack) {
  clock_.set(kNoon + kSecondsPerDay);
  const auto recorded =
      client().sign(Kind::kInbox, protocol::encode(protocol::Inbox{}), key_of("mieke"));
  EXPECT_EQ(client().send({recorded}).results.at(0).status, Status::kDone);
  clock_.set(kNoon);
  clock_.advance(std::uint64_t{4} * rules::kBeaconSeconds);
  EXPECT_EQ(client().send({recorded}).results.at(0).status, Status::kStaleBeacon);
}

TEST_F(Exchange, AClockThatIsPutBackIsSaidOnce) {
  gateway().tend();
  EXPECT_THAT(log_.text(), testing::Not(testing::HasSubstr("put back")));
  clock_.advance(kSecondsPerDay);
  client().send({});
  clock_.set(kNoon);
  gateway().tend();
  const auto said = log_.text();
  EXPECT_THAT(said, testing::HasSubstr("Restart it when the clock is right"));
  gateway().tend();
  EXPECT_EQ(log_.text(), said);
}

TEST_F(Exchange, AForgedOperationIsRefused) {
  auto forged = client().sign(Kind::kInbox, protocol::encode(protocol::Inbox{}), key_of("mieke"));
  forged.key = key_of("youssef").public_key();
  EXPECT_EQ(client().send({forged}).results.at(0).status, Status::kMalformed);
}

TEST_F(Exchange, AnOperationSignedForAnotherOrganisationIsRefused) {
  const kit::Organisation other("other organisation", kToday);
  const auto foreign = kit::signed_operation(Kind::kInbox, protocol::encode(protocol::Inbox{}),
                                             key_of("mieke"), client().beacon(), other.service());
  EXPECT_EQ(client().send({foreign}).results.at(0).status, Status::kMalformed);
}

TEST_F(Exchange, EveryOperationOfAFrameIsJudgedForItself) {
  const auto made = opened_case();
  auto forged =
      client().sign(Kind::kRead, protocol::encode(protocol::Read{made.handle(), 0}), made.owner());
  forged.signature = {};
  const auto response = client().send(
      {forged,
       client().sign(Kind::kRead, protocol::encode(protocol::Read{made.handle(), 0}), made.owner()),
       kit::public_operation(Kind::kDirectory, protocol::encode(protocol::ReadDirectory{}))});
  ASSERT_EQ(response.results.size(), 3U);
  EXPECT_EQ(response.results[0].status, Status::kMalformed);
  EXPECT_EQ(response.results[1].status, Status::kDone);
  EXPECT_EQ(response.results[2].status, Status::kDone);
}

TEST_F(Exchange, WhatDoesNotFitTheFrameIsAnsweredLater) {
  auto made = opened_case();
  ASSERT_EQ(
      client().append({made.event(made.owner(), Compartment::kStory, 12'329)}, made.owner()).status,
      Status::kDone);
  const auto read =
      client().sign(Kind::kRead, protocol::encode(protocol::Read{made.handle(), 3}), made.owner());
  const auto response = client().send({read, read});
  EXPECT_EQ(response.results.at(0).status, Status::kDone);
  EXPECT_EQ(response.results.at(1).status, Status::kLater);
}

TEST_F(Exchange, AWriteIsToldEvenWhenReadsHaveFilledTheFrame) {
  auto made = opened_case();
  ASSERT_EQ(
      client().append({made.event(made.owner(), Compartment::kStory, 12'329)}, made.owner()).status,
      Status::kDone);
  std::vector<protocol::Operation> operations;
  operations.reserve(9);
  for (int i = 0; i < 8; ++i)
    operations.push_back(client().sign(
        Kind::kRead, protocol::encode(protocol::Read{made.handle(), 0}), made.owner()));
  const protocol::Append more{{made.event(made.owner(), Compartment::kTalk)}};
  operations.push_back(client().sign(Kind::kAppend, protocol::encode(more), made.owner()));
  const auto results = client().send(operations).results;
  EXPECT_EQ(results.back().status, Status::kDone);
  EXPECT_FALSE(results.back().body.empty());
}

TEST_F(Exchange, LaterAnswersEveryOperationLater) {
  const auto operation =
      client().sign(Kind::kInbox, protocol::encode(protocol::Inbox{}), key_of("mieke"));
  const auto frame = frame_of({rules::kProtocolVersion, {operation, operation}});
  const auto response = protocol::parse_response(gateway().later(frame)).value();
  ASSERT_EQ(response.results.size(), 2U);
  for (const auto& result : response.results) EXPECT_EQ(result.status, Status::kLater);
}

TEST_F(Exchange, ManyFramesAtOnceAreAllAnswered) {
  limits_.queued_frames_max = 4;
  std::atomic<int> answered{0};
  const auto frame =
      frame_of({rules::kProtocolVersion, {client().sign(Kind::kInbox, {}, key_of("mieke"))}});
  for (int i = 0; i < 500; ++i) gateway().answer(frame, [&](const crypto::Bytes&) { ++answered; });
  gateway().drain();
  EXPECT_EQ(answered, 500);
  clock_.advance(Pace::kWindowSeconds);
  EXPECT_GT(client().send({}).pace_ms, 2'000U);  // it was busy, and says so to everybody
}

// However few they are: a large frame has sixteen times the bytes of a small one.
TEST_F(Exchange, FramesThatWaitTakeSoMuchMemoryAndNoMore) {
  limits_.queued_bytes_max = rules::kLargeFrameBytes;
  const protocol::Request request{rules::kProtocolVersion,
                                  {client().sign(Kind::kInbox, {}, key_of("mieke"))}};
  const auto small = frame_of(request);
  const auto large = protocol::encode_request(request, protocol::FrameSize::kLarge).value();
  const auto later = [&](const crypto::Bytes& frame) {
    std::optional<bool> told;
    gateway().answer(frame, [&](const crypto::Bytes& answer) {
      told = protocol::parse_response(answer)->results.at(0).status == Status::kLater;
    });
    gateway().drain();
    return *told;
  };
  EXPECT_FALSE(later(large));
  EXPECT_FALSE(later(small));
  restart();
  limits_.queued_bytes_max = rules::kLargeFrameBytes - 1;
  EXPECT_TRUE(later(large));
  EXPECT_FALSE(later(small));
}

TEST_F(Exchange, NothingAboutPeopleIsLogged) {
  auto made = opened_case();
  client().append({made.event(key_of("bram"), Compartment::kTalk)}, key_of("bram"));
  publish_directory();
  const auto text = log_.text();
  EXPECT_EQ(text, "directory version 2 is in force\n");
}

// Takes its time to go, and says when it is gone.
struct Waiting {
  explicit Waiting(std::atomic<int>& gone) : gone_(gone) {}
  ~Waiting() {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    ++gone_;
  }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

 private:
  std::atomic<int>& gone_;
};

// It may hold something of a context that ends right after drain().
TEST_F(Exchange, WhoeverWaitsForAnAnswerIsGoneBeforeDrainReturns) {
  auto made = new_case();
  made.on(kToday);
  const auto read = frame_of({rules::kProtocolVersion, {}});
  const auto write = frame_of(
      {rules::kProtocolVersion,
       {client().sign(Kind::kOpen, protocol::encode(made.opening({"mieke"})), made.owner())}});
  std::atomic<int> gone{0};
  for (const auto& frame : {read, write}) {
    const int before = gone;
    gateway().answer(frame, [waiting = std::make_shared<Waiting>(gone)](const crypto::Bytes&) {});
    gateway().drain();
    EXPECT_EQ(gone, before + 1);
  }
}

}  // namespace
}  // namespace omzien::gateway
