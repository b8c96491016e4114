// What was committed is there after kill -9.
#include <random>
#include <signal.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "tests/storage/sqlcipher/sqlcipher_folder.h"

namespace omzien::storage::sqlcipher {
namespace {

using Crash = SqlcipherFolder;

// Appends entries to case 1 for ever, and says each one's seq to `out` after its commit.
int append_for_ever(Store& store, int out) {
  auto head = store.reader().value()->case_info(contract::handle_of(1)).value().value();
  while (true) {
    const auto number = static_cast<std::uint32_t>(1001 + head.head_seq);
    const std::vector<Entry> next = {contract::entry_of(number, 100 + number * 37 % 20000)};
    const auto info = contract::info_for(next, head.head_seq + 1);
    const auto transaction = std::move(store.begin().value());
    if (!transaction->append(contract::handle_of(1), head.head_seq, head.head_hash, next, info))
      return 2;
    if (!transaction->commit()) return 3;
    head = info;
    if (::write(out, &head.head_seq, sizeof head.head_seq) != sizeof head.head_seq) return 4;
  }
}

TEST_F(Crash, WhatWasCommittedIsThereAfterKillInTwentyRounds) {
  make_store();
  std::mt19937 random(6);
  std::uint64_t acknowledged = 0;
  for (int round = 0; round < 20; ++round) {
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      auto store = open_store();
      ::_exit(store ? append_for_ever(**store, pipe[1]) : 1);
    }
    ::close(pipe[1]);
    std::uint64_t seq = 0;
    ASSERT_EQ(::read(pipe[0], &seq, sizeof seq), static_cast<ssize_t>(sizeof seq))
        << "round " << round;
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 60000));
    ASSERT_EQ(::kill(child, SIGKILL), 0);
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    do {
      acknowledged = seq;
    } while (::read(pipe[0], &seq, sizeof seq) == static_cast<ssize_t>(sizeof seq));
    ::close(pipe[0]);

    const auto store = open_store();
    ASSERT_TRUE(store);
    const auto reader = std::move((*store)->reader().value());
    const auto info = reader->case_info(contract::handle_of(1)).value().value();
    const auto headers = reader->headers(contract::handle_of(1), 0).value();
    ASSERT_GE(info.head_seq, acknowledged);
    ASSERT_LE(info.head_seq,
              acknowledged + 1);  // the last may have been cut off before it was said
    ASSERT_EQ(headers.size(), info.head_seq + 1);
    ASSERT_EQ(headers.back().hash, info.head_hash);
  }
  const auto store = open_store();
  const auto entries =
      (*store)->reader().value()->entries(contract::handle_of(1), 0, 1000000000).value();
  for (std::size_t seq = 1; seq < entries.size(); ++seq) {
    const auto number = static_cast<std::uint32_t>(1000 + seq);
    ASSERT_EQ(entries[seq], contract::entry_of(number, 100 + number * 37 % 20000)) << seq;
  }
}

}  // namespace
}  // namespace omzien::storage::sqlcipher
