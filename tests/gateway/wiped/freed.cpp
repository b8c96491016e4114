#include "tests/gateway/wiped/freed.h"

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <malloc.h>
#include <new>

namespace {

std::atomic<const std::string*> wanted{nullptr};
std::atomic<std::size_t> found{0};
thread_local bool ignored = false;

void* allocate(std::size_t bytes) {
  void* memory = std::malloc(bytes == 0 ? 1 : bytes);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

void look_at(void* memory) {
  const std::string* mark = wanted;
  if (mark != nullptr && memory != nullptr && !ignored &&
      memmem(memory, malloc_usable_size(memory), mark->data(), mark->size()) != nullptr)
    ++found;
}

}  // namespace

// The linker sends every std::free() of the gateway here: asio keeps coroutines, and what stands in
// them, in memory that no `operator delete` sees.
extern "C" void __real_free(void* memory);
extern "C" void __wrap_free(void* memory) {
  look_at(memory);
  __real_free(memory);
}

namespace {

void let_go(void* memory) { std::free(memory); }

}  // namespace

void* operator new(std::size_t bytes) { return allocate(bytes); }
void* operator new[](std::size_t bytes) { return allocate(bytes); }
void operator delete(void* memory) noexcept { let_go(memory); }
void operator delete[](void* memory) noexcept { let_go(memory); }
void operator delete(void* memory, std::size_t) noexcept { let_go(memory); }
void operator delete[](void* memory, std::size_t) noexcept { let_go(memory); }

namespace omzien::testing {

void look_for(const std::string& mark) {
  found = 0;
  wanted = &mark;
}

std::size_t blocks_with_it() {
  wanted = nullptr;
  return found;
}

void ignore_this_thread() { ignored = true; }

}  // namespace omzien::testing
