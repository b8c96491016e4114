// The wall clock, some days away: preloaded into a gateway, so that a test need not wait for a
// term. The gateway takes its day from this clock alone (gateway/clock.cpp); what it waits for, it
// counts on another.
//
// LATER_DAYS: that many days ahead. LATER_FILE: of a file that holds two 32-bit integers, so that
// the clock can jump, ahead or back, while the gateway runs: days, and seconds that pass at once on
// the clock that nobody sets (CLOCK_BOOTTIME); mapped at the start, since its sandbox opens no file
// later.
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace {

struct Jump {
  std::int32_t days;
  std::int32_t passed;
};
std::atomic<const Jump*> jump{nullptr};

__attribute__((constructor)) void map_jump() {
  const char* path = std::getenv("LATER_FILE");
  if (path == nullptr) return;
  const int file = ::open(path, O_RDONLY | O_CLOEXEC);
  void* mapped = ::mmap(nullptr, sizeof(Jump), PROT_READ, MAP_SHARED, file, 0);
  ::close(file);
  if (mapped == MAP_FAILED) std::abort();
  jump = static_cast<const Jump*>(mapped);
}

std::time_t days_ahead() {
  if (const auto* mapped = jump.load()) return __atomic_load_n(&mapped->days, __ATOMIC_RELAXED);
  const char* days = std::getenv("LATER_DAYS");
  return days == nullptr ? 0 : std::strtol(days, nullptr, 10);
}

std::time_t passed_at_once() {
  const auto* mapped = jump.load();
  return mapped == nullptr ? 0 : __atomic_load_n(&mapped->passed, __ATOMIC_RELAXED);
}

}  // namespace

extern "C" int clock_gettime(clockid_t clock, timespec* now) noexcept {
  using ClockGetTime = int (*)(clockid_t, timespec*);
  static const auto real = reinterpret_cast<ClockGetTime>(dlsym(RTLD_NEXT, "clock_gettime"));
  const int failed = real(clock, now);
  if (failed == 0 && clock == CLOCK_REALTIME) now->tv_sec += days_ahead() * 86'400;
  if (failed == 0 && clock == CLOCK_BOOTTIME) now->tv_sec += passed_at_once();
  return failed;
}
