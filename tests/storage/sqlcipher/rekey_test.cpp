// Another key file while the store is at work; another data key while it is not, cut off anywhere.
#include "storage/sqlcipher/rekey.h"

#include <fstream>

#include "tests/storage/sqlcipher/backups.h"
#include "tests/storage/sqlcipher/dying_vfs.h"
#include "tests/storage/sqlcipher/faulty_vfs.h"

namespace omzien::storage::sqlcipher {
namespace {

using contract::handle_of;

class Rekeying : public Backups {
 protected:
  Result<std::unique_ptr<Store>> open_here(std::uint32_t secret = 1) {
    return open(options_, secret_of(secret), random_);
  }
  std::filesystem::path wrapped() const { return options_.path.string() + ".datakey"; }
  crypto::SecretBytes data_key() {
    return crypto::SecretBytes::from(read_data_key(wrapped(), secret_of(1))->reveal());
  }
  // The store, under whichever key, opens and holds what it held.
  void expect_still(const EveryRow& before, std::uint32_t secret = 1) {
    const auto store = open_here(secret);
    ASSERT_TRUE(store) << "error " << static_cast<int>(store.error());
    EXPECT_THAT(differing(before, every_row(options_, secret_of(secret))), testing::IsEmpty());
  }
  // Case 1 is in the database, case 2 in the journal alone.
  void be_killed_with_a_case_in_the_journal() {
    put_case(*open_here().value(), 1, contract::entries_of(1, 3));
    in_child([&] {
      auto store = std::move(open_here().value());
      put_case(*store, 2, contract::entries_of(11, 3));
      (void)store.release();
      return 0;
    });
  }
};

TEST_F(Rekeying, ANewKeyFileIsTakenWhileTheStoreIsAtWork) {
  make_full_store(3);
  const auto before = here();
  auto store = std::move(open_here().value());
  ASSERT_TRUE(change_key_file(options_, secret_of(1), secret_of(2), random_));
  EXPECT_THAT(differing(before, every_row(options_, secret_of(2))), testing::IsEmpty());
  put_case(*store, 4711, contract::entries_of(11, 3));
  const auto after = every_row(options_, secret_of(2));
  store.reset();
  EXPECT_EQ(open_here(1).error(), Error::kWrongKey);
  expect_still(after, 2);
}

TEST_F(Rekeying, ANewKeyFileIsTakenWhileTheStoreIsAtRest) {
  make_full_store(3);
  const auto before = here();
  ASSERT_TRUE(change_key_file(options_, secret_of(1), secret_of(2), random_));
  EXPECT_EQ(open_here(1).error(), Error::kWrongKey);
  expect_still(before, 2);
}

// Each reads the wrapped data key and writes it anew: the later one would write the key of before,
// under which nothing is any more.
TEST_F(Rekeying, TwoChangesOfKeysDoNotMeet) {
  put_case(*open_here().value(), 1, contract::entries_of(1, 3));
  {
    const auto one = lock_keys(options_.path);
    ASSERT_TRUE(one);
    EXPECT_EQ(change_key_file(options_, secret_of(1), secret_of(2), random_).error(),
              Error::kInUse);
    EXPECT_EQ(change_data_key(options_, secret_of(1), random_).error(), Error::kInUse);
  }
  ASSERT_TRUE(change_key_file(options_, secret_of(1), secret_of(2), random_));
  ASSERT_TRUE(change_key_file(options_, secret_of(1), secret_of(2), random_)) << "again";
  ASSERT_TRUE(change_data_key(options_, secret_of(2), random_));
  EXPECT_EQ(entries_in(*open_here(2).value(), 1), 3U);
  EXPECT_EQ(change_key_file(options_, secret_of(1), secret_of(3), random_).error(),
            Error::kWrongKey);
}

TEST_F(Rekeying, ANewDataKeyOpensAllAndTheOldOneNothing) {
  make_full_store(20);
  const auto rows = here();
  const auto before = data_key();
  ASSERT_TRUE(change_data_key(options_, secret_of(1), random_));
  EXPECT_FALSE(crypto::constant_time_equal(before.reveal(), data_key().reveal()));
  EXPECT_EQ(open(options_, *DataKey::from(before.reveal())).error(), Error::kWrongKey);
  expect_still(rows);
  put_case(*open_here().value(), 4711, contract::entries_of(1000, 1));
}

TEST_F(Rekeying, TheDataKeyStaysWhileAGatewayHasTheStore) {
  const auto store = std::move(open_here().value());
  const auto before = data_key();
  EXPECT_EQ(change_data_key(options_, secret_of(1), random_).error(), Error::kInUse);
  EXPECT_TRUE(crypto::constant_time_equal(before.reveal(), data_key().reveal()));
}

TEST_F(Rekeying, WhatWasDestroyedStaysSoUnderEveryLaterDataKeyAndFromEveryOlderBackup) {
  const auto backup_path = folder_.path() / "backup";
  {
    const auto store = std::move(open_here().value());
    for (const std::uint32_t number : {1U, 2U, 3U})
      put_case(*store, number, contract::entries_of(10 * number, 2));
    ASSERT_TRUE(backup(options_, secret_of(1), random_, backup_path));
    destroy(*store, 1);
  }
  ASSERT_TRUE(change_data_key(options_, secret_of(1), random_));
  destroy(*open_here().value(), 2);
  ASSERT_TRUE(change_data_key(options_, secret_of(1), random_));

  contract::TemporaryFolder elsewhere;
  OpenOptions restored;
  restored.path = elsewhere.path() / "store.db";
  ASSERT_TRUE(restore(restored, secret_of(1), random_,
                      {backup_path, secret_of(1), options_.path.string() + ".tombstones"}));
  for (auto* options : {&options_, &restored}) {
    const auto store = std::move(open(*options, secret_of(1), random_).value());
    const auto reader = std::move(store->reader().value());
    EXPECT_TRUE(reader->case_info(handle_of(1)).value()->destroyed);
    EXPECT_TRUE(reader->case_info(handle_of(2)).value()->destroyed);
    EXPECT_FALSE(reader->case_info(handle_of(3)).value()->destroyed);
  }
}

TEST_F(Rekeying, AChangeThatFailsAnywhereLeavesAStoreWithAllThatWasInIt) {
  make_full_store(5);
  const auto before = here();
  options_.vfs = faulty::name();
  bool failed = true;
  int failures = 0;
  for (int operations = 0; failed; operations += 3) {
    ASSERT_LT(operations, 1000);
    faulty::fail_after(operations, SQLITE_FULL);
    const auto changed = change_data_key(options_, secret_of(1), random_);
    failed = faulty::heal();
    failures += changed ? 0 : 1;
    SCOPED_TRACE(operations);
    expect_still(before);
    if (HasFailure()) return;
  }
  EXPECT_GT(failures, 5);
}

TEST_F(Rekeying, AChangeThatIsKilledAnywhereLeavesAStoreWithAllThatWasInIt) {
  make_full_store(5);
  const auto before = here();
  options_.vfs = dying::name();
  int deaths = 0;
  for (int status = dying::kDied; status == dying::kDied; ++deaths) {
    ASSERT_LT(deaths, 1000);
    status = in_child([&] {
      dying::die_after(deaths + 1);
      return change_data_key(options_, secret_of(1), random_) ? 0 : 1;
    });
    ASSERT_TRUE(status == 0 || status == dying::kDied) << status;
    SCOPED_TRACE(deaths);
    expect_still(before);
    if (HasFailure()) return;
  }
  EXPECT_GT(deaths, 10);
}

TEST_F(Rekeying, AStoreThatWasKilledKeepsWhatIsInItsJournalAlone) {
  be_killed_with_a_case_in_the_journal();
  ASSERT_TRUE(change_data_key(options_, secret_of(1), random_));
  const auto store = open_here();
  ASSERT_TRUE(store) << static_cast<int>(store.error());
  EXPECT_EQ(entries_in(**store, 2), 3U);
}

// Going on without it would be for good: what it holds opens under the old key alone.
TEST_F(Rekeying, AJournalThatWasLostIsNoticedBeforeAnythingChanges) {
  be_killed_with_a_case_in_the_journal();
  const auto wal = options_.path.string() + "-wal";
  std::filesystem::rename(wal, folder_.path() / "lost");
  EXPECT_EQ(change_data_key(options_, secret_of(1), random_).error(), Error::kDamaged);
  std::filesystem::rename(folder_.path() / "lost", wal);
  const auto store = open_here();
  ASSERT_TRUE(store);
  EXPECT_EQ(entries_in(**store, 2), 3U);
}

TEST_F(Rekeying, AChangeThatWasDecidedAndCutOffIsFinishedAndOneThatWasNotIsThrownAway) {
  put_case(*open_here().value(), 1, contract::entries_of(1, 3));
  const auto waiting = options_.path.string() + ".rekeyed";
  // Not decided: under some key that nothing wraps.
  std::ofstream(waiting) << std::string(8192, 'x');
  EXPECT_EQ(entries_in(*open_here().value(), 1), 3U);
  EXPECT_FALSE(std::filesystem::exists(waiting));
  std::ofstream(waiting) << "";  // opens under any key
  EXPECT_EQ(entries_in(*open_here().value(), 1), 3U);
  EXPECT_FALSE(std::filesystem::exists(waiting));
  // Decided: the database's next version waits under the key that is wrapped, the old one stands in
  // its place.
  put_around_cases(*open_here().value(), {handle_of(1)}, 20'000, {3, contract::entry_of(3).hash});
  ASSERT_TRUE(change_data_key(options_, secret_of(1), random_));
  const auto before = here();
  const auto old = folder_.path() / "old";
  std::filesystem::copy_file(options_.path, old);
  ASSERT_TRUE(change_data_key(options_, secret_of(1), random_));
  std::filesystem::rename(options_.path, waiting);
  std::filesystem::rename(old, options_.path);
  expect_still(before);
  EXPECT_FALSE(std::filesystem::exists(waiting));
}

}  // namespace
}  // namespace omzien::storage::sqlcipher
