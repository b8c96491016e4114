// Whether the store still answers: what the health address asks.
#pragma once

#include <memory>
#include <mutex>

#include "storage/store.h"

namespace omzien::gateway {

class StoreProbe {
 public:
  explicit StoreProbe(storage::Store& store) : store_(store) {}

  // One small read; from any thread. After a failure the next call begins with a new reader.
  bool answers();

 private:
  storage::Store& store_;
  std::mutex mutex_;
  std::unique_ptr<storage::Reader> reader_;
};

}  // namespace omzien::gateway
