// The engine that forgets: everything in this process's memory, for tests and fuzzing.
//
// It keeps the contracts of storage/store.h but for the disk: commit() makes visible, nothing
// survives the process. Case shares lie in ordinary memory. A commit costs as much as what it
// changed.
#pragma once

#include <chrono>
#include <memory>

#include "storage/store.h"

namespace omzien::storage {

// `wait_max`: how long begin() waits for another transaction to end.
std::unique_ptr<Store> make_memory_store(
    std::chrono::milliseconds wait_max = std::chrono::seconds(10));

}  // namespace omzien::storage
