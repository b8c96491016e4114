// What a transaction shows and to whom, and how it ends.
#include <thread>

#include "tests/contract/store_contract.h"

namespace omzien::storage::contract {
namespace {

using Transactions = StoreContract;
OMZIEN_ON_EVERY_ENGINE(Transactions);

// One of everything that can be written.
void write_everything(Transaction& t) {
  const auto entries = entries_of(1, 2);
  ASSERT_TRUE(t.open_case(handle_of(1), share_of(1), entries, info_for(entries)));
  ASSERT_TRUE(t.put_chunk(handle_of(1), upload_of(1), 0, 2, 20000, bytes_of(1, 50)));
  ASSERT_TRUE(t.link_member(member_of(1), handle_of(1), true));
  ASSERT_TRUE(t.put_certificate(member_of(1), 3, bytes_of(2, 60)));
  ASSERT_TRUE(t.add_to_day_budget(20000, 1, 500));
}

void expect_everything(Reader& r) {
  EXPECT_EQ(r.case_info(handle_of(1)).value(), info_for(entries_of(1, 2)));
  EXPECT_TRUE(r.case_share(handle_of(1)).value());
  EXPECT_EQ(r.headers(handle_of(1), 0).value().size(), 2U);
  EXPECT_EQ(r.entries(handle_of(1), 0, 1000000).value(), entries_of(1, 2));
  EXPECT_EQ(r.payload(handle_of(1), 0).value(), entry_of(1).payload);
  EXPECT_EQ(r.upload_info(handle_of(1), upload_of(1)).value(), (UploadInfo{2, 1, 50}));
  EXPECT_EQ(r.chunk(handle_of(1), upload_of(1), 0).value(), bytes_of(1, 50));
  EXPECT_EQ(r.inbox(member_of(1), 0, 10).value().size(), 1U);
  EXPECT_EQ(r.certificate(member_of(1)).value(), bytes_of(2, 60));
  EXPECT_EQ(r.day_budget(20000).value(), (DayBudget{1, 500}));
}

void expect_nothing(Reader& r) {
  EXPECT_EQ(r.case_info(handle_of(1)).value(), std::nullopt);
  EXPECT_FALSE(r.case_share(handle_of(1)).value());
  EXPECT_TRUE(r.headers(handle_of(1), 0).value().empty());
  EXPECT_TRUE(r.entries(handle_of(1), 0, 1000000).value().empty());
  EXPECT_EQ(r.payload(handle_of(1), 0).value(), std::nullopt);
  EXPECT_EQ(r.upload_info(handle_of(1), upload_of(1)).value(), UploadInfo{});
  EXPECT_EQ(r.chunk(handle_of(1), upload_of(1), 0).value(), std::nullopt);
  EXPECT_TRUE(r.inbox(member_of(1), 0, 10).value().empty());
  EXPECT_EQ(r.certificate(member_of(1)).value(), std::nullopt);
  EXPECT_EQ(r.day_budget(20000).value(), DayBudget{});
}

TEST_P(Transactions, UncommittedIsInvisibleToReadersAndVisibleToItself) {
  const auto transaction = begin();
  write_everything(*transaction);
  expect_nothing(*reader());
  expect_everything(*transaction);
}

TEST_P(Transactions, CommittedIsVisibleToReadersThatWereThereBefore) {
  const auto before = reader();
  expect_nothing(*before);
  commit(write_everything);
  expect_everything(*before);
}

TEST_P(Transactions, DestroyedWithoutCommitNeverWas) {
  {
    const auto transaction = begin();
    write_everything(*transaction);
  }
  expect_nothing(*reader());
  expect_nothing(*begin());
  commit(write_everything);
  expect_everything(*reader());
}

TEST_P(Transactions, EmptyOneCommits) {
  commit([](Transaction&) {});
  expect_nothing(*reader());
}

TEST_P(Transactions, ConflictLeavesTheOthersOfTheSameCommitTheirs) {
  open_case(2, entries_of(11, 1));
  commit([&](Transaction& t) {
    const auto others = entries_of(21, 1);
    EXPECT_TRUE(is_conflict(t.open_case(handle_of(2), share_of(2), others, info_for(others))));
    write_everything(t);
    EXPECT_TRUE(
        is_conflict(t.append(handle_of(2), 5, others[0].hash, others, info_for(others, 6))));
    EXPECT_TRUE(is_conflict(t.put_chunk(handle_of(1), upload_of(1), 0, 2, 20000, bytes_of(9, 50))));
    EXPECT_TRUE(is_conflict(t.link_member(member_of(1), handle_of(9), true)));
    EXPECT_TRUE(is_conflict(t.put_certificate(member_of(1), 3, bytes_of(9, 60))));
    expect_everything(t);
  });
  expect_everything(*reader());
  EXPECT_EQ(reader()->entries(handle_of(2), 0, 1000000).value(), entries_of(11, 1));
}

TEST_P(Transactions, CommittedOneIsOver) {
  const auto transaction = begin();
  write_everything(*transaction);
  ASSERT_TRUE(transaction->commit());
  EXPECT_TRUE(is_failed(transaction->commit()));
  EXPECT_TRUE(is_failed(transaction->add_to_day_budget(20000, 1, 1)));
  EXPECT_TRUE(is_failed(transaction->case_info(handle_of(1))));
  EXPECT_EQ(reader()->day_budget(20000).value(), (DayBudget{1, 500}));
}

TEST_P(Transactions, SecondOneWaitsForTheFirst) {
  auto first = begin();
  ASSERT_TRUE(first->add_to_day_budget(1, 1, 0));
  std::uint32_t seen = 0;
  std::thread second([&] { seen = begin()->day_budget(1).value().cases_opened; });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  ASSERT_TRUE(first->commit());
  first.reset();
  second.join();
  EXPECT_EQ(seen, 1U);
}

TEST_P(Transactions, SecondOneIsRefusedAfterTheConfiguredWait) {
  const TemporaryFolder folder;
  const auto store = GetParam().make(folder.path(), std::chrono::milliseconds(20));
  auto first = std::move(store->begin().value());
  EXPECT_TRUE(is_failed(store->begin()));
  first.reset();
  EXPECT_TRUE(store->begin());
}

TEST_P(Transactions, MayEndInAnotherThreadThanItBegan) {
  auto transaction = begin();
  write_everything(*transaction);
  std::thread other([moved = std::move(transaction)]() mutable {
    ASSERT_TRUE(moved->commit());
    moved.reset();
  });
  other.join();
  expect_everything(*begin());
}

}  // namespace
}  // namespace omzien::storage::contract
