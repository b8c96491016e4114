// Another key file while the store is at work; another data key while it is not, cut off anywhere.
#include "storage/sqlcipher/rekey.h"

#include <fstream>

#include "storage/sqlcipher/restore.h"
#include "tests/crypto/fixed_random.h"
#include "tests/storage/sqlcipher/dying_vfs.h"
#include "tests/storage/sqlcipher/faulty_vfs.h"
#include "tests/storage/sqlcipher/sqlcipher_folder.h"

namespace omzien::storage::sqlcipher {
namespace {

using contract::handle_of;

KeyFileSecret secret_of(std::uint32_t number) {
  return *KeyFileSecret::from(contract::bytes_of(number, KeyFileSecret::kSize));
}

class Rekeying : public SqlcipherFolder {
 protected:
  Result<std::unique_ptr<Store>> open_here(std::uint32_t secret = 1) {
    return open(options_, secret_of(secret), random_);
  }
  std::filesystem::path wrapped() const { return options_.path.string() + ".datakey"; }
  crypto::SecretBytes data_key() {
    return crypto::SecretBytes::from(read_data_key(wrapped(), secret_of(1))->reveal());
  }
  static void destroy(Store& store, std::uint32_t number) {
    const auto t = std::move(store.begin().value());
    ASSERT_TRUE(t->destroy_case(handle_of(number)));
    ASSERT_TRUE(t->commit());
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

  crypto::FixedRandom random_{"rekeying"};
};

TEST_F(Rekeying, ANewKeyFileIsTakenWhileTheStoreIsAtWork) {
  auto store = std::move(open_here().value());
  put_case(*store, 1, contract::entries_of(1, 3));
  ASSERT_TRUE(rewrap_data_key(wrapped(), secret_of(1), secret_of(2), random_));
  put_case(*store, 2, contract::entries_of(11, 3));
  EXPECT_EQ(entries_in(*store, 1), 3U);
  store.reset();
  EXPECT_EQ(open_here(1).error(), Error::kWrongKey);
  EXPECT_EQ(entries_in(*open_here(2).value(), 2), 3U);
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
  put_case(*open_here().value(), 1, contract::entries_of(1, 30));
  const auto before = data_key();
  ASSERT_TRUE(change_data_key(options_, secret_of(1), random_));
  EXPECT_FALSE(crypto::constant_time_equal(before.reveal(), data_key().reveal()));
  EXPECT_EQ(open(options_, *DataKey::from(before.reveal())).error(), Error::kWrongKey);
  const auto store = std::move(open_here().value());
  EXPECT_EQ(entries_in(*store, 1), 30U);
  put_case(*store, 2, contract::entries_of(1000, 1));
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
  options_.vfs = faulty::name();
  put_case(*open_here().value(), 1, contract::entries_of(1, 30));
  bool failed = true;
  int failures = 0;
  for (int operations = 0; failed; operations += 3) {
    ASSERT_LT(operations, 1000);
    faulty::fail_after(operations, SQLITE_FULL);
    const auto changed = change_data_key(options_, secret_of(1), random_);
    failed = faulty::heal();
    failures += changed ? 0 : 1;
    const auto store = open_here();
    ASSERT_TRUE(store) << operations << " error " << static_cast<int>(store.error());
    ASSERT_EQ(entries_in(**store, 1), 30U) << operations;
  }
  EXPECT_GT(failures, 5);
}

TEST_F(Rekeying, AChangeThatIsKilledAnywhereLeavesAStoreWithAllThatWasInIt) {
  options_.vfs = dying::name();
  put_case(*open_here().value(), 1, contract::entries_of(1, 30));
  int deaths = 0;
  for (int status = dying::kDied; status == dying::kDied; ++deaths) {
    ASSERT_LT(deaths, 1000);
    status = in_child([&] {
      dying::die_after(deaths + 1);
      return change_data_key(options_, secret_of(1), random_) ? 0 : 1;
    });
    ASSERT_TRUE(status == 0 || status == dying::kDied) << status;
    const auto store = open_here();
    ASSERT_TRUE(store) << deaths << " error " << static_cast<int>(store.error());
    ASSERT_EQ(entries_in(**store, 1), 30U) << deaths;
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
  const auto old = folder_.path() / "old";
  std::filesystem::copy_file(options_.path, old);
  ASSERT_TRUE(change_data_key(options_, secret_of(1), random_));
  std::filesystem::rename(options_.path, waiting);
  std::filesystem::rename(old, options_.path);
  EXPECT_EQ(entries_in(*open_here().value(), 1), 3U);
  EXPECT_FALSE(std::filesystem::exists(waiting));
}

}  // namespace
}  // namespace omzien::storage::sqlcipher
