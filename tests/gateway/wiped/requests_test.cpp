// The same behind the sockets: whatever becomes of a frame that opens or reads a case, its share
// stands in nothing that the gateway lets go of.
#include <thread>

#include "tests/gateway/failing_store.h"
#include "tests/gateway/fixture.h"
#include "tests/gateway/wiped/freed.h"

namespace omzien::gateway {
namespace {

class Requests : public GatewayTest {
 protected:
  Requests() {
    omzien::testing::ignore_this_thread();
    auto failing = std::make_unique<FailingStore>(*inner_);
    faults_ = &failing->faults;
    store_ = std::move(failing);
    made_.on(kToday);
  }
  ~Requests() override { restart(); }

  crypto::Bytes opening() {
    const auto open = made_.opening({"mieke"});
    mark_ = std::string(made_.share().begin(), made_.share().end());
    return protocol::encode_request(
               {rules::kProtocolVersion,
                {client().sign(Kind::kOpen, protocol::encode(open), made_.owner())}},
               protocol::FrameSize::kSmall)
        .value();
  }
  // From a thread that is not the client's, as sockets are served by their own.
  void hand_in(crypto::Bytes frame) {
    std::thread([&] {
      gateway().answer(std::move(frame), [](crypto::Bytes answer) { crypto::wipe(answer); });
    }).join();
  }

  std::unique_ptr<storage::Store> inner_ = storage::make_memory_store();
  FailingStore::Faults* faults_ = nullptr;
  kit::CaseBuilder made_ = new_case();
  std::string mark_;
};

TEST_F(Requests, ThatOpenACaseLeaveNothing) {
  auto frame = opening();
  omzien::testing::look_for(mark_);
  hand_in(std::move(frame));
  gateway().drain();
  EXPECT_EQ(omzien::testing::blocks_with_it(), 0U);
  EXPECT_EQ(client().read(made_.handle(), 0, made_.owner()).status, Status::kDone);
}

TEST_F(Requests, ThatReadACaseLeaveNothing) {
  hand_in(opening());
  gateway().drain();
  auto frame = protocol::encode_request(
                   {rules::kProtocolVersion,
                    {client().sign(Kind::kRead, protocol::encode(protocol::Read{made_.handle(), 0}),
                                   made_.owner())}},
                   protocol::FrameSize::kSmall)
                   .value();
  omzien::testing::look_for(mark_);
  hand_in(std::move(frame));
  gateway().drain();
  EXPECT_EQ(omzien::testing::blocks_with_it(), 0U);
}

TEST_F(Requests, ThatFindNoRoomLeaveNothing) {
  limits_.queued_frames_max = 1;
  const auto frame = opening();
  faults_->hold = true;
  omzien::testing::look_for(mark_);
  hand_in(frame);
  hand_in(frame);
  EXPECT_EQ(omzien::testing::blocks_with_it(), 0U);
  faults_->hold = false;
  gateway().drain();
}

TEST_F(Requests, ThatMissTheirTickLeaveNothing) {
  const auto frame = opening();
  omzien::testing::look_for(mark_);
  std::thread([&] { gateway().later(frame); }).join();
  EXPECT_EQ(omzien::testing::blocks_with_it(), 0U);
}

TEST_F(Requests, ThatAreNoneOfOursLeaveNothing) {
  auto frame = opening();
  frame.back() = 1;  // where there must be nothing
  omzien::testing::look_for(mark_);
  hand_in(std::move(frame));
  EXPECT_EQ(omzien::testing::blocks_with_it(), 0U);
}

TEST_F(Requests, ThatMeetAFailingStoreLeaveNothing) {
  faults_->begin = true;
  auto frame = opening();
  omzien::testing::look_for(mark_);
  hand_in(std::move(frame));
  gateway().drain();
  EXPECT_EQ(omzien::testing::blocks_with_it(), 0U);
}

// What was read for it before is told to nobody.
TEST_F(Requests, ThatReadACaseAndThenMeetAFailingStoreLeaveNothing) {
  hand_in(opening());
  gateway().drain();
  const auto more = made_.event(made_.owner(), Compartment::kTalk);
  auto frame = protocol::encode_request(
                   {rules::kProtocolVersion,
                    {client().sign(Kind::kRead, protocol::encode(protocol::Read{made_.handle(), 0}),
                                   made_.owner()),
                     client().sign(Kind::kAppend, protocol::encode(protocol::Append{{more}}),
                                   made_.owner())}},
                   protocol::FrameSize::kSmall)
                   .value();
  faults_->append = true;
  omzien::testing::look_for(mark_);
  hand_in(std::move(frame));
  gateway().drain();
  EXPECT_EQ(omzien::testing::blocks_with_it(), 0U);
}

}  // namespace
}  // namespace omzien::gateway
