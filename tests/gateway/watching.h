// A case under the rules, on a store that can be told to fail.
#pragma once

#include "tests/gateway/failing_store.h"
#include "tests/gateway/regie_fixture.h"

namespace omzien::gateway {

class WatchingTest : public RegieTest {
 protected:
  ~WatchingTest() override {
    if (!inner_) return;
    restart();
    store_.reset();  // before the one it works on
  }
  // Before the gateway starts.
  FailingStore& watch_store() {
    inner_ = std::move(store_);
    auto watching = std::make_unique<FailingStore>(*inner_);
    auto& watched = *watching;
    store_ = std::move(watching);
    return watched;
  }

 private:
  std::unique_ptr<storage::Store> inner_;
};

}  // namespace omzien::gateway
