// Whether the store still answers: what the health address asks.
#pragma once

#include "storage/store.h"

namespace omzien::gateway {

// One small read; from any thread. No reader is kept for the next time: it would remember the pages
// it read, also of a case that is destroyed meanwhile.
bool answers(storage::Store&);

}  // namespace omzien::gateway
