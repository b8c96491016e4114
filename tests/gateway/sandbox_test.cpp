// The sandbox, closed in a process that may die of it.
#include "gateway/sandbox/sandbox.h"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <fstream>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>

#include "storage/tombstones.h"
#include "tests/gateway/fixture.h"

namespace omzien::gateway::sandbox {
namespace {

#ifndef OMZIEN_SANDBOX
TEST(Sandbox, IsOpenUnderASanitizer) {
  GTEST_SKIP() << "it asks the system for more than a gateway does";
}
#else

// Closes the sandbox, does it, and ends well if it may.
template <class Doing>
void closed(Doing doing) {
  close();
  doing();
  ::_exit(0);
}

TEST(Sandbox, LetsServingGoOn) {
  EXPECT_EXIT(closed([] {
                const int file = ::open("/proc/self/status", O_RDONLY | O_CLOEXEC);
                char byte = 0;
                if (file < 0 || ::read(file, &byte, 1) != 1) ::_exit(1);
                std::thread([] {}).join();
                if (std::malloc(std::size_t{8} << 20) == nullptr) ::_exit(1);
              }),
              testing::ExitedWithCode(0), "");
}

// A withdrawal ends no gateway.
TEST(Sandbox, LetsAnErasureBeWrittenDown) {
  const ScratchFolder folder;
  const auto key = *storage::DataKey::from(crypto::Bytes(storage::DataKey::kSize, 1));
  const auto erase = [&] {
    auto named =
        storage::Tombstones::open(folder / "tombstones", storage::tombstone_key(key)).value();
    for (std::uint8_t i = 0; i < 2; ++i) {
      const crypto::Bytes handle(protocol::Handle::kSize, i);
      named.add(named.room_for({*protocol::Handle::from(handle)}));
      if (!named.flush()) ::_exit(1);
    }
  };
  EXPECT_EXIT(closed(erase), testing::ExitedWithCode(0), "");
}

// Without a vDSO each look at a clock is a call: OpenSSL's, at the first handshake, ended the
// gateway.
TEST(Sandbox, LetsTheTimeBeAskedOfTheSystem) {
  const auto ask = [] {
    timespec now{};
    if (::syscall(SYS_clock_gettime, CLOCK_BOOTTIME, &now) != 0) ::_exit(1);
#ifdef SYS_time  // not on every machine
    if (::syscall(SYS_gettimeofday, &now, nullptr) != 0 || ::syscall(SYS_time, nullptr) < 0)
      ::_exit(1);
#endif
  };
  EXPECT_EXIT(closed(ask), testing::ExitedWithCode(0), "");
}

TEST(Sandbox, EndsWhoStartsAProgram) {
  EXPECT_EXIT(closed([] { ::execl("/bin/true", "true", nullptr); }),
              testing::KilledBySignal(SIGSYS), "");
}

TEST(Sandbox, EndsWhoMakesAnotherProcess) {
  EXPECT_EXIT(closed([] { (void)::fork(); }), testing::KilledBySignal(SIGSYS), "");
}

TEST(Sandbox, EndsWhoOpensASocket) {
  EXPECT_EXIT(closed([] { (void)::socket(AF_INET, SOCK_STREAM, 0); }),
              testing::KilledBySignal(SIGSYS), "");
}

TEST(Sandbox, EndsWhoAsksWhoIsConnected) {
  EXPECT_EXIT(closed([] { (void)::getpeername(0, nullptr, nullptr); }),
              testing::KilledBySignal(SIGSYS), "");
}

TEST(Sandbox, EndsWhoLooksIntoAnotherProcess) {
  EXPECT_EXIT(closed([] { ::ptrace(PTRACE_ATTACH, ::getppid(), nullptr, nullptr); }),
              testing::KilledBySignal(SIGSYS), "");
}

TEST(Sandbox, HoldsForThreadsThatWereThereBefore) {
  EXPECT_EXIT(
      {
        std::atomic<bool> is_closed = false;
        std::thread before([&] {
          while (!is_closed) std::this_thread::yield();
          (void)::socket(AF_INET, SOCK_STREAM, 0);
          ::_exit(0);
        });
        close();
        is_closed = true;
        before.join();
      },
      testing::KilledBySignal(SIGSYS), "");
}

#endif

}  // namespace
}  // namespace omzien::gateway::sandbox
