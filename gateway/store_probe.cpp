#include "gateway/store_probe.h"

namespace omzien::gateway {

bool answers(storage::Store& store) {
  const auto reader = store.reader();
  return reader && (*reader)->day_budget(0);
}

}  // namespace omzien::gateway
