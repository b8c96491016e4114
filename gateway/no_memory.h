// What finds no memory, not even to wait in turn, has its thread rest for a moment before it goes
// on.
#pragma once

#include <chrono>
#include <thread>

namespace omzien::gateway {

inline void rest_without_memory() { std::this_thread::sleep_for(std::chrono::milliseconds(10)); }

}  // namespace omzien::gateway
