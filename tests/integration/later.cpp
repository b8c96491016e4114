// The wall clock, some days away: preloaded into a gateway, so that a test need not wait for a
// term. The gateway takes its day from this clock alone (gateway/clock.cpp); what it waits for, it
// counts on another.
//
// LATER_DAYS: that many days ahead. LATER_FILE: of a file that holds one 32-bit integer, so that
// the clock can jump, ahead or back, while the gateway runs; mapped at the start, since its sandbox
// opens no file later.
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace {

std::atomic<const std::int32_t*> jump{nullptr};

__attribute__((constructor)) void map_jump() {
  const char* path = std::getenv("LATER_FILE");
  if (path == nullptr) return;
  const int file = ::open(path, O_RDONLY | O_CLOEXEC);
  void* mapped = ::mmap(nullptr, sizeof(std::int32_t), PROT_READ, MAP_SHARED, file, 0);
  ::close(file);
  if (mapped == MAP_FAILED) std::abort();
  jump = static_cast<const std::int32_t*>(mapped);
}

std::time_t days_ahead() {
  if (const auto* mapped = jump.load()) return __atomic_load_n(mapped, __ATOMIC_RELAXED);
  const char* days = std::getenv("LATER_DAYS");
  return days == nullptr ? 0 : std::strtol(days, nullptr, 10);
}

}  // namespace

extern "C" int clock_gettime(clockid_t clock, timespec* now) noexcept {
  using ClockGetTime = int (*)(clockid_t, timespec*);
  static const auto real = reinterpret_cast<ClockGetTime>(dlsym(RTLD_NEXT, "clock_gettime"));
  const int failed = real(clock, now);
  if (failed == 0 && clock == CLOCK_REALTIME) now->tv_sec += days_ahead() * 86'400;
  return failed;
}
