// Group commit: what waits together is committed together, and a failing disk changes nothing for
// anybody.
#include <algorithm>
#include <fstream>
#include <future>
#include <iterator>
#include <thread>

#include "tests/gateway/group_commit.h"

namespace omzien::gateway {
namespace {

TEST_F(GroupCommit, ManyFramesShareACommit) {
  const auto statuses = all_at_once(openings(20));
  EXPECT_EQ(statuses.size(), 20U);
  EXPECT_THAT(statuses, testing::Each(Status::kDone));
  EXPECT_LE(failing_->faults.commits, 5);
}

TEST_F(GroupCommit, AFailedCommitIsSaidToAllAndNothingIsKept) {
  failing_->faults.commit = true;
  const auto frames = openings(5);
  EXPECT_THAT(all_at_once(frames), testing::Each(Status::kStorage));
  const auto made = new_case("case 0");
  EXPECT_EQ(client().read(made.handle(), 0, made.owner()).status, Status::kNothing);
  failing_->faults.commit = false;
  EXPECT_THAT(all_at_once(frames), testing::Each(Status::kDone));
  EXPECT_EQ(client().read(made.handle(), 0, made.owner()).status, Status::kDone);
}

TEST_F(GroupCommit, AFailureInTheMiddleTakesTheGroupWithIt) {
  auto made = opened_case("existing");
  failing_->faults.append = true;
  auto frames = openings(3);
  const auto more = made.event(made.owner(), Compartment::kTalk);
  const auto append = protocol::encode(protocol::Append{{more}});
  frames.push_back(frame_of(client().sign(Kind::kAppend, append, made.owner())));
  const auto statuses = all_at_once(frames);
  EXPECT_THAT(statuses, testing::Contains(Status::kStorage));
  failing_->faults.append = false;
  EXPECT_EQ(client().append({more}, made.owner()).status, Status::kDone);
  EXPECT_EQ(client().read_all(made.handle(), made.owner()).entries.size(), 4U);
}

// It would refuse them as often as somebody asks for it: a page tries again every few seconds.
TEST_F(GroupCommit, ADamagedPageIsSaidToWhoeverAsksForItAndToNobodyElse) {
  auto made = opened_case("on a damaged page");
  auto other = opened_case("another");
  auto frames = openings(3);
  for (auto* one : {&made, &other}) {
    const auto append =
        protocol::encode(protocol::Append{{one->event(one->owner(), Compartment::kStory, 12'329)}});
    frames.push_back(frame_of(client().sign(Kind::kAppend, append, one->owner())));
  }
  failing_->faults.damaged = made.handle();
  EXPECT_THAT(all_at_once(frames),
              testing::UnorderedElementsAre(Status::kDone, Status::kDone, Status::kDone,
                                            Status::kDone, Status::kStorage));
  EXPECT_EQ(client().read_all(made.handle(), made.owner()).entries.size(), 3U);
  const auto log = client().read_all(other.handle(), other.owner());
  ASSERT_EQ(log.entries.size(), 4U);
  EXPECT_EQ(log.entries.back().payload.size(), 12'329U);
}

// What the gateway remembers of a case was folded before the commit failed.
TEST_F(GroupCommit, AFailedCommitLetsNobodyIn) {
  auto made = opened_case();
  const auto grant = made.grant({{"anouk", {Compartment::kTalk}}});
  const auto seen_by_anouk = [&] {
    return client().read(made.handle(), 0, key_of("anouk")).status;
  };
  failing_->faults.commit = true;
  EXPECT_EQ(client().append({grant}, made.owner()).status, Status::kStorage);
  failing_->faults.commit = false;
  EXPECT_EQ(seen_by_anouk(), Status::kNothing);
  EXPECT_EQ(client().append({grant}, made.owner()).status, Status::kDone);
  EXPECT_EQ(seen_by_anouk(), Status::kDone);
}

TEST_F(GroupCommit, ARefusedFrameDoesNotCostTheOthersTheirs) {
  auto frames = openings(3);
  auto made = new_case("refused");
  made.on(kToday + 5);
  frames.push_back(frame_of(
      client().sign(Kind::kOpen, protocol::encode(made.opening({"mieke"})), made.owner())));
  EXPECT_THAT(all_at_once(frames), testing::UnorderedElementsAre(Status::kDone, Status::kDone,
                                                                 Status::kDone, Status::kStaleDay));
}

TEST_F(GroupCommit, TwoThatWaitTogetherForTheSameHeadAreToldApart) {
  const auto made = opened_case();
  auto here = made;
  auto there = made;
  there.random_bytes(1);
  std::vector<crypto::Bytes> frames;
  for (auto* one : {&here, &there})
    frames.push_back(frame_of(client().sign(
        Kind::kAppend,
        protocol::encode(protocol::Append{{one->event(made.owner(), Compartment::kTalk)}}),
        made.owner())));
  EXPECT_THAT(all_at_once(frames),
              testing::UnorderedElementsAre(Status::kDone, Status::kStaleHead));
}

TEST_F(GroupCommit, TheSameTwiceInOneGroupIsAcceptedTwiceAndKeptOnce) {
  auto made = opened_case();
  const auto frame = frame_of(client().sign(
      Kind::kAppend,
      protocol::encode(protocol::Append{{made.event(made.owner(), Compartment::kTalk)}}),
      made.owner()));
  EXPECT_THAT(all_at_once({frame, frame}), testing::Each(Status::kDone));
  EXPECT_EQ(client().read_all(made.handle(), made.owner()).entries.size(), 4U);
}

TEST_F(GroupCommit, AStoreThatCannotBeginOrReadIsSaid) {
  auto made = opened_case();
  failing_->faults.begin = true;
  EXPECT_EQ(client().append({made.event(made.owner(), Compartment::kTalk)}, made.owner()).status,
            Status::kStorage);
  restart();
  failing_->faults.read = true;
  EXPECT_EQ(client().read(made.handle(), 0, made.owner()).status, Status::kStorage);
  failing_->faults.read = false;
  EXPECT_EQ(client().read(made.handle(), 0, made.owner()).status, Status::kDone);
}

std::size_t mappings() {
  std::ifstream maps("/proc/self/maps");
  return static_cast<std::size_t>(
      std::count(std::istreambuf_iterator<char>(maps), std::istreambuf_iterator<char>(), '\n'));
}

TEST_F(GroupCommit, WhatFindsNoMemoryIsRefusedAndTheGatewayGoesOn) {
  auto made = opened_case();
  const auto more = made.event(made.owner(), Compartment::kTalk);
  restart();  // so that a reader has to be opened
  const auto read = [&] { return client().read(made.handle(), 0, made.owner()).status; };
  client().send({});
  failing_->faults.out_of_memory = true;
  EXPECT_EQ(read(), Status::kLater);
  EXPECT_EQ(client().append({more}, made.owner()).status, Status::kStorage);
  gateway().tend();
  const auto says_last = [&] { return log_.text().find("between writes") != std::string::npos; };
  for (int tries = 0; tries < 500 && !says_last(); ++tries)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_THAT(log_.text(), testing::HasSubstr("old chunks could not be dropped"));
  EXPECT_THAT(log_.text(), testing::HasSubstr("no memory for what is done between writes"));
  failing_->faults.out_of_memory = false;
  EXPECT_EQ(client().append({more}, made.owner()).status, Status::kDone);
  EXPECT_EQ(read(), Status::kDone);
}

// At the next look, and not on the next day.
TEST_F(GroupCommit, OldChunksThatCouldNotBeDroppedAreTriedAgain) {
  const auto made = opened_case();
  const protocol::PutChunk chunk{made.handle(), {}, 0, 1, crypto::Bytes(9, 1)};
  ASSERT_EQ(client().ask(Kind::kPutChunk, protocol::encode(chunk), made.owner()).status,
            Status::kDone);
  const auto said = [&](const char* what) {
    for (int tries = 0; tries < 500 && log_.text().find(what) == std::string::npos; ++tries)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return log_.text().find(what) != std::string::npos;
  };
  clock_.advance((rules::kStagedChunkDays + 1) * kSecondsPerDay);
  failing_->faults.begin = true;
  gateway().tend();
  ASSERT_TRUE(said("old chunks could not be dropped"));
  failing_->faults.begin = false;
  gateway().tend();
  EXPECT_TRUE(said("chunks dropped that no entry named: 1"));
}

// A backup of a large store takes minutes, and each try has the writer wait for it.
TEST_F(GroupCommit, AScrubThatABackupKeepsWaitingIsTriedEverMoreSeldomAndSaidOnce) {
  const auto made = opened_case();
  // The writer scrubs behind a group of frames: by the second answer it has.
  const auto look = [&] {
    gateway().tend();
    const protocol::PutChunk chunk{made.handle(), {}, 0, 1, crypto::Bytes(9, 1)};
    for (int i = 0; i < 2; ++i)
      ASSERT_EQ(client().ask(Kind::kPutChunk, protocol::encode(chunk), made.owner()).status,
                Status::kDone);
  };
  const auto wait = [&](int seconds) {
    for (int i = 0; i < seconds; ++i) {
      clock_.advance(1);
      look();
    }
  };
  failing_->faults.scrub = true;
  look();
  EXPECT_EQ(failing_->faults.scrubs, 1);
  wait(60);
  EXPECT_EQ(failing_->faults.scrubs, 6) << "after 1, 2, 4, 8, and 16 seconds more";
  wait(600);
  EXPECT_LE(failing_->faults.scrubs, 17) << "once a minute";
  EXPECT_GE(failing_->faults.scrubs, 15);
  EXPECT_EQ(times_said("still lies in the journal"), 1);

  failing_->faults.scrub = false;
  wait(60);
  const int scrubs = failing_->faults.scrubs;
  wait(60);
  EXPECT_EQ(failing_->faults.scrubs, scrubs) << "it worked";
  failing_->faults.scrub = true;
  auto other = opened_case("withdrawn");
  ASSERT_EQ(
      client().append({other.move(other.owner(), protocol::Withdraw{})}, other.owner()).status,
      Status::kDone);
  look();
  EXPECT_EQ(failing_->faults.scrubs, scrubs + 1) << "the next one at once";
  EXPECT_EQ(times_said("still lies in the journal"), 2);
}

TEST_F(GroupCommit, ADirectoryThatCannotBeNotedIsSaidOnce) {
  failing_->faults.begin = true;
  for (int i = 0; i < 5; ++i) gateway().tend();
  restart();  // the writer does first what is waiting
  EXPECT_EQ(times_said("version could not be kept"), 1);
}

// Each opening that waits for the writer holds a case share, and memory for a secret is dear: four
// mappings of the some 65,000 that a process may have.
TEST_F(GroupCommit, AFloodOfOpeningsWhileTheDiskWaitsEndsNobodyElsesFrame) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer ends the program itself when it finds no mapping";
#endif
  auto made = opened_case("somebody else's");
  auto flood = new_case("flood");
  flood.on(kToday);
  auto opening = flood.opening({"mieke"});
  opening.entries.resize(1);
  const auto one = client().sign(Kind::kOpen, protocol::encode(opening), flood.owner());
  protocol::Request request{rules::kProtocolVersion, {one}};
  auto frame = protocol::encode_request(request, protocol::FrameSize::kSmall);
  for (auto fuller = frame; fuller;) {
    frame = fuller;
    request.operations.push_back(one);
    fuller = protocol::encode_request(request, protocol::FrameSize::kSmall);
  }
  std::atomic<std::uint64_t> answered = 0;
  failing_->faults.hold = true;
  for (std::uint64_t i = 0; i < limits_.queued_frames_max; ++i)
    gateway().answer(*frame, [&](const crypto::Bytes&) { ++answered; });
  for (std::size_t before = 0, now = 1; now != before; now = mappings()) {
    before = now;
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
  failing_->faults.hold = false;
  gateway().drain();
  EXPECT_EQ(answered, limits_.queued_frames_max);
  EXPECT_EQ(client().read_all(made.handle(), made.owner()).entries.size(), 3U);
}

// A stranger who names the first entry of a long log must not have the writer read all of it.
TEST_F(GroupCommit, WhoeverAsksReadsNoMoreOfALogThanTheySent) {
  auto made = opened_case();
  auto stranger = made;
  for (int i = 0; i < 40; ++i)
    ASSERT_EQ(client().append({made.event(made.owner(), Compartment::kTalk)}, made.owner()).status,
              Status::kDone);
  const auto early = stranger.event(key_of("bram"), Compartment::kTalk);
  failing_->faults.rows = 0;
  EXPECT_EQ(client().append({early}, key_of("bram")).status, Status::kNothing);
  EXPECT_LE(failing_->faults.rows, 1U);
}

// A stranger who stages one chunk has the writer itself answer whatever else stands in the frame.
TEST_F(GroupCommit, WhoeverAsksForMoreKeysThanFitHasNoMoreOfThemRead) {
  const auto& mieke = organisation_.member("mieke");
  const auto made = new_case("stranger");
  const protocol::PutChunk chunk{made.handle(), {}, 0, 1, crypto::Bytes(1, 1)};
  std::vector<protocol::Operation> operations{
      client().sign(Kind::kPutChunk, protocol::encode(chunk), made.owner())};
  const protocol::Keys eleven{std::vector<protocol::MemberId>(rules::kMembersPerKeysMax, mieke.id)};
  operations.insert(operations.end(), rules::kOperationsPerRequestMax - 1,
                    kit::public_operation(Kind::kKeys, protocol::encode(eleven)));
  const auto response = client().send(operations);
  EXPECT_EQ(response.results.at(1).status, Status::kDone);
  EXPECT_EQ(response.results.at(2).status, Status::kLater);
  EXPECT_LE(failing_->faults.kept, rules::kMembersPerKeysMax + operations.size());
}

}  // namespace
}  // namespace omzien::gateway
