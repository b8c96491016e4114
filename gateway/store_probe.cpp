#include "gateway/store_probe.h"

namespace omzien::gateway {

bool StoreProbe::answers() {
  const std::lock_guard lock(mutex_);
  if (!reader_) {
    auto fresh = store_.reader();
    if (!fresh) return false;
    reader_ = std::move(*fresh);
  }
  if (reader_->day_budget(0)) return true;
  reader_.reset();
  return false;
}

}  // namespace omzien::gateway
