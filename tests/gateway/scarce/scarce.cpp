#include "tests/gateway/scarce/scarce.h"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::int64_t> left{0};  // until the one that fails; 0 and below: none does
thread_local bool not_counted = false;

// This is what everything else is allocated by.
// NOLINTBEGIN(cppcoreguidelines-no-malloc)
void* allocate(std::size_t bytes) {
  if (!not_counted && left > 0 && --left == 0) throw std::bad_alloc();
  void* memory = std::malloc(bytes == 0 ? 1 : bytes);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

void* operator new(std::size_t bytes) { return allocate(bytes); }
void* operator new[](std::size_t bytes) { return allocate(bytes); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
// NOLINTEND(cppcoreguidelines-no-malloc)

namespace omzien::scarce {

void fail_allocation(std::int64_t number) { left = number; }

bool is_due() { return left > 0; }

bool has_failed() { return left.exchange(0) <= 0; }

void do_not_count_this_thread() { not_counted = true; }

}  // namespace omzien::scarce
