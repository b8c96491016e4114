// A backup brought back takes the place of nothing, and brings nothing back that was destroyed
// since.
#include <fstream>

#include "storage/files.h"
#include "tests/storage/sqlcipher/backups.h"

namespace omzien::storage::sqlcipher {
namespace {

using contract::handle_of;

TEST_F(Backups, ReplacesNothingAndRestoresOverNothing) {
  fill(*open_here().value(), 1);
  ASSERT_TRUE(back_up());
  EXPECT_EQ(back_up().error(), Error::kConflict);
  ASSERT_TRUE(bring_back());
  EXPECT_EQ(bring_back().error(), Error::kConflict);
  EXPECT_EQ(entries_in(*open_there().value(), 1), 3U);
}

// Beside another database its journal would be taken for that one's.
TEST_F(Backups, InThePlaceOfAStoreThatWasKilledWaitUntilItsJournalIsOutOfTheWay) {
  fill(*open_here().value(), 1);
  ASSERT_TRUE(back_up());
  in_child([&] {
    auto store = std::move(open_there().value());
    fill(*store, 3);
    (void)store.release();
    return 0;
  });
  for (const char* lost : {"", ".datakey"}) std::filesystem::remove(restored_.path.string() + lost);
  EXPECT_EQ(bring_back().error(), Error::kConflict);
  std::filesystem::remove(restored_.path.string() + "-wal");
  ASSERT_TRUE(bring_back());
  EXPECT_EQ(entries_in(*open_there().value(), 1), 3U);
}

// The same of the journal that a store has while it is brought to its first WAL, or to a newer
// schema: SQLite would write what stands in it over the backup.
TEST_F(Backups, InThePlaceOfAStoreThatWasKilledBeforeItsFirstWalWait) {
  fill(*open_here().value(), 1);
  ASSERT_TRUE(back_up());
  const auto journal = restored_.path.string() + "-journal";
  ASSERT_TRUE(write_file(journal, contract::bytes_of(1, 5'000)));
  EXPECT_EQ(bring_back().error(), Error::kConflict);
  std::filesystem::remove(journal);
  ASSERT_TRUE(bring_back());
  EXPECT_EQ(entries_in(*open_there().value(), 1), 3U);
}

TEST_F(Backups, BringBackNothingThatWasDestroyedSince) {
  make_full_store(4);
  const auto store = std::move(open_here().value());
  ASSERT_TRUE(back_up());
  destroy(*store, 2);
  ASSERT_TRUE(bring_back());
  expect_same_there();
  const auto there = std::move(open_there().value());
  const auto reader = std::move(there->reader().value());
  EXPECT_TRUE(reader->case_info(handle_of(2)).value()->destroyed);
  EXPECT_FALSE(reader->case_share(handle_of(2)).value());
  EXPECT_EQ(reader->payload(handle_of(2), 1).value(), std::nullopt);
}

TEST_F(Backups, OtherTombstonesThanTheStoresAreNotWrittenOver) {
  fill(*open_here().value(), 1);
  ASSERT_TRUE(back_up());
  tombstones_ = elsewhere_.path() / "given";
  std::ofstream(*tombstones_) << "omzien deleted1\n";
  std::ofstream(restored_.path.string() + ".tombstones") << "omzien deleted1\nother";
  EXPECT_EQ(bring_back().error(), Error::kConflict);
}

// Withdrawn: 1, before the tombstones were copied; 2, before the backup; 3, after it. The copy
// names nobody who was withdrawn since, and nothing in it says so.
TEST_F(Backups, OlderTombstonesThanTheBackupAreRefusedAndNoStoreIsMade) {
  const auto older = elsewhere_.path() / "older";
  const std::filesystem::path newest = options_.path.string() + ".tombstones";
  const auto store = std::move(open_here().value());
  fill(*store, 4);
  destroy(*store, 1);
  std::filesystem::copy_file(newest, older);
  destroy(*store, 2);
  ASSERT_TRUE(back_up());
  destroy(*store, 3);

  tombstones_ = older;
  EXPECT_EQ(bring_back().error(), Error::kConflict);
  EXPECT_EQ(unnamed(restored_, {backup_, secret_of(1), older, false}).value(), 1U);
  EXPECT_EQ(unnamed(restored_, {backup_, secret_of(1), newest, false}).value(), 0U);
  for (const char* ending : {"", ".restoring", ".restored", ".datakey", ".tombstones", ".lock"})
    EXPECT_FALSE(std::filesystem::exists(restored_.path.string() + ending)) << ending;
  tombstones_ = newest;
  ASSERT_TRUE(bring_back());
  expect_same_there();
}

// A store was lost, and so was the way back: nothing is begun in its place, whatever is tried.
TEST_F(Backups, ThatAreNotWholeLeaveNothingThatAStartTakesForABeginning) {
  fill(*open_here().value(), 9);
  ASSERT_TRUE(back_up());
  { ASSERT_TRUE(open_there()); }
  for (const char* lost : {"", ".datakey"}) std::filesystem::remove(restored_.path.string() + lost);
  const auto at = std::filesystem::file_size(backup_) - 3'000;
  ASSERT_TRUE(write_at(backup_, at, contract::bytes_of(7, 100)));
  EXPECT_EQ(bring_back().error(), Error::kDamaged);
  EXPECT_TRUE(is_lost(restored_).value());
  for (const char* ending : {".restoring", ".restored", ".new"})
    EXPECT_FALSE(std::filesystem::exists(restored_.path.string() + ending)) << ending;
}

// Power goes while the copy is made, or before the key is there.
TEST_F(Backups, ThatWereBroughtBackHalfWayAreBroughtBackAgain) {
  fill(*open_here().value(), 1);
  ASSERT_TRUE(back_up());
  const std::string there = restored_.path.string();
  for (const char* half : {".restoring", ".restored"}) {
    ASSERT_TRUE(write_file(there + ".lock", {}));
    ASSERT_TRUE(write_file(there + half, contract::bytes_of(1, 5'000)));
    EXPECT_TRUE(is_lost(restored_).value()) << half;
  }
  ASSERT_TRUE(bring_back());
  EXPECT_EQ(entries_in(*open_there().value(), 1), 3U);
}

TEST_F(Backups, WhereAFirstStartWasCutOffAreBroughtBackAllTheSame) {
  fill(*open_here().value(), 1);
  ASSERT_TRUE(back_up());
  const std::string there = restored_.path.string();
  ASSERT_TRUE(write_file(there + ".lock", {}));
  ASSERT_TRUE(write_file(there + ".new", contract::bytes_of(1, 5'000)));
  ASSERT_TRUE(bring_back());
  EXPECT_EQ(entries_in(*open_there().value(), 1), 3U);
  EXPECT_FALSE(std::filesystem::exists(there + ".new"));
}

TEST_F(Backups, AnotherStoresTombstonesAreRefused) {
  const auto store = std::move(open_here().value());
  fill(*store, 2);
  destroy(*store, 1);
  ASSERT_TRUE(back_up());
  tombstones_ = elsewhere_.path() / "others";
  ASSERT_TRUE(
      write_file(*tombstones_, crypto::as_bytes("omzien deleted1\n" + std::string(320, 'x'))));
  EXPECT_EQ(bring_back().error(), Error::kConflict);
  EXPECT_FALSE(std::filesystem::exists(restored_.path));
}

TEST_F(Backups, InWhichSomethingIsDestroyedNeedTombstonesUnlessTheyAreLost) {
  const auto store = std::move(open_here().value());
  fill(*store, 2);
  destroy(*store, 1);
  ASSERT_TRUE(back_up());
  EXPECT_EQ(bring_back().error(), Error::kConflict);
  EXPECT_EQ(unnamed(restored_, {backup_, secret_of(1), std::nullopt, false}).value(), 1U);
  EXPECT_FALSE(std::filesystem::exists(restored_.path));
  tombstones_lost_ = true;
  ASSERT_TRUE(bring_back());
  expect_same_there();
}

// Their key is in a table that an older schema has not.
TEST_F(Backups, OfAnOlderSchemaKnowTheirTombstones) {
  const auto store = std::move(open_here().value());
  fill(*store, 2);
  destroy(*store, 1);
  ASSERT_TRUE(back_up());
  {
    ConnectionOptions backup;
    backup.path = backup_;
    backup.role = Role::kWriter;
    const auto key = read_data_key(backup_.string() + ".datakey", secret_of(1)).value();
    const auto connection = std::move(Connection::open(backup, key).value());
    ASSERT_TRUE(
        connection->execute("DROP TABLE tombstone_keys; DROP TABLE directory_seen; DROP "
                            "TABLE member_records; DROP INDEX cases_unmet; PRAGMA "
                            "user_version = 2"));
  }
  tombstones_ = options_.path.string() + ".tombstones";
  ASSERT_TRUE(bring_back());
  ASSERT_TRUE(open_there());
  EXPECT_THAT(differing(here(), there()), testing::ElementsAre("directory_seen", "member_records"))
      << "of which the older schema has none";
}

}  // namespace
}  // namespace omzien::storage::sqlcipher
