// The wall clock, LATER_DAYS ahead: preloaded into a gateway, so that a test need not wait for a
// term. The gateway takes its day from this clock alone (gateway/clock.cpp); what it waits for, it
// counts on another.
#include <cstdlib>
#include <ctime>
#include <dlfcn.h>

extern "C" int clock_gettime(clockid_t clock, timespec* now) noexcept {
  using ClockGetTime = int (*)(clockid_t, timespec*);
  static const auto real = reinterpret_cast<ClockGetTime>(dlsym(RTLD_NEXT, "clock_gettime"));
  const int failed = real(clock, now);
  const char* days = std::getenv("LATER_DAYS");
  if (failed == 0 && clock == CLOCK_REALTIME && days != nullptr)
    now->tv_sec += std::time_t{std::strtol(days, nullptr, 10)} * 86'400;
  return failed;
}
