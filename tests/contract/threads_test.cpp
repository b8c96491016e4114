// Readers beside a writer, each in a thread of its own.
#include <atomic>
#include <thread>

#include "tests/contract/store_contract.h"

namespace omzien::storage::contract {
namespace {

using Threads = StoreContract;
OMZIEN_ON_EVERY_ENGINE(Threads);

constexpr std::uint64_t kAppends = 150;

TEST_P(Threads, EveryReadBesideAWriterSeesOneCommittedState) {
  // Each commit appends one entry to the case, counts one on the budget and keeps both in the info.
  open_case(1, entries_of(0, 1));
  commit([](Transaction& t) { ASSERT_TRUE(t.link_member(member_of(1), handle_of(1), false)); });
  std::atomic<bool> done = false;
  std::atomic<std::uint64_t> reads = 0;
  const auto read = [&] {
    const auto r = reader();
    std::uint64_t seen = 0;
    while (!done) {
      const auto info = r->case_info(handle_of(1)).value().value();
      ASSERT_EQ(info.head_hash, entry_of(static_cast<std::uint32_t>(info.head_seq)).hash);
      ASSERT_EQ(info.bytes, info.head_seq);
      ASSERT_GE(info.head_seq, seen);
      seen = info.head_seq;
      const auto entries = r->entries(handle_of(1), 0, 100000000).value();
      ASSERT_GT(entries.size(), seen);
      ASSERT_EQ(entries.back(), entry_of(static_cast<std::uint32_t>(entries.size() - 1)));
      seen = entries.size() - 1;
      const auto inbox = r->inbox(member_of(1), 0, 1).value();
      ASSERT_EQ(inbox.at(0).info.bytes, inbox.at(0).info.head_seq);
      ASSERT_GE(inbox.at(0).info.head_seq, seen);
      seen = inbox.at(0).info.head_seq;
      ++reads;
    }
  };
  std::vector<std::thread> readers;
  readers.reserve(3);
  for (int i = 0; i < 3; ++i) readers.emplace_back(read);
  for (std::uint64_t seq = 0; seq < kAppends; ++seq) {
    const std::vector<Entry> next = {entry_of(static_cast<std::uint32_t>(seq + 1))};
    CaseInfo info = info_for(next, seq + 1);
    info.bytes = seq + 1;
    const auto transaction = begin();
    ASSERT_TRUE(transaction->append(handle_of(1), seq,
                                    entry_of(static_cast<std::uint32_t>(seq)).hash, next, info));
    if (seq % 3 == 0) std::this_thread::yield();
    ASSERT_TRUE(transaction->commit());
  }
  while (reads < 20) std::this_thread::yield();
  done = true;
  for (auto& thread : readers) thread.join();
}

TEST_P(Threads, CompareAndSwapLetsOneOfSeveralWritersThrough) {
  open_case(1, entries_of(0, 1));
  std::atomic<std::uint64_t> accepted = 0;
  const auto write = [&](std::uint32_t writer) {
    for (std::uint32_t i = 0; i < 25; ++i) {
      // The head is read before the transaction, as a client would, so that others get in between.
      const auto head = reader()->case_info(handle_of(1)).value().value();
      const std::vector<Entry> next = {entry_of(writer * 1000 + i)};
      const auto transaction = begin();
      const auto appended = transaction->append(handle_of(1), head.head_seq, head.head_hash, next,
                                                info_for(next, head.head_seq + 1));
      if (!appended) {
        ASSERT_TRUE(is_conflict(appended));
        continue;
      }
      ASSERT_TRUE(transaction->commit());
      ++accepted;
    }
  };
  std::vector<std::thread> writers;
  for (std::uint32_t i = 1; i <= 4; ++i) writers.emplace_back(write, i);
  for (auto& thread : writers) thread.join();
  EXPECT_EQ(reader()->headers(handle_of(1), 0).value().size(), accepted + 1);
  EXPECT_EQ(reader()->case_info(handle_of(1)).value()->head_seq, accepted);
}

TEST_P(Threads, ReadersComeAndGoInAnyNumber) {
  open_case(1, entries_of(0, 3));
  std::vector<std::unique_ptr<Reader>> held;
  held.reserve(40);
  for (int i = 0; i < 40; ++i) held.push_back(reader());
  for (const auto& r : held) EXPECT_EQ(r->headers(handle_of(1), 0).value().size(), 3U);
  held.clear();
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(reader()->headers(handle_of(1), 2).value().size(), 1U);
}

}  // namespace
}  // namespace omzien::storage::contract
