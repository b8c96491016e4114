// A gateway on a store that fails when it is told to, and frames that wait for its writer together.
#pragma once

#include <mutex>
#include <thread>

#include "tests/gateway/failing_store.h"
#include "tests/gateway/fixture.h"

namespace omzien::gateway {

class GroupCommit : public GatewayTest {
 protected:
  GroupCommit() {
    auto failing = std::make_unique<FailingStore>(*inner_);
    failing_ = failing.get();
    store_ = std::move(failing);
  }
  ~GroupCommit() override { restart(); }  // before the store it works on

  crypto::Bytes frame_of(const protocol::Operation& operation) {
    return protocol::encode_request({rules::kProtocolVersion, {operation}},
                                    protocol::FrameSize::kSmall)
        .value();
  }

  // Hands in `frames` while the writer is held, and gives every status once it goes on.
  std::vector<Status> all_at_once(const std::vector<crypto::Bytes>& frames) {
    std::mutex mutex;
    std::vector<Status> statuses;
    failing_->faults.hold = true;
    for (const auto& frame : frames)
      gateway().answer(frame, [&](const crypto::Bytes& answer) {
        const auto status = protocol::parse_response(answer)->results.at(0).status;
        const std::scoped_lock lock(mutex);
        statuses.push_back(status);
      });
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    failing_->faults.hold = false;
    gateway().drain();
    return statuses;
  }

  std::vector<crypto::Bytes> openings(int count) {
    std::vector<crypto::Bytes> frames;
    for (int i = 0; i < count; ++i) {
      auto made = new_case("case " + std::to_string(i));
      made.on(kToday);
      frames.push_back(frame_of(
          client().sign(Kind::kOpen, protocol::encode(made.opening({"mieke"})), made.owner())));
    }
    return frames;
  }

  int times_said(const std::string& what) {
    const std::string text = log_.text();
    int times = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++times;
    return times;
  }

  std::unique_ptr<storage::Store> inner_ = storage::make_memory_store();
  FailingStore* failing_ = nullptr;
};

}  // namespace omzien::gateway
