// What was destroyed is nowhere any more, not even for who has the key, and no older copy of the
// store brings it back.
#include "storage/tombstones.h"

#include <ctime>
#include <fstream>
#include <sys/stat.h>

#include "tests/storage/sqlcipher/sqlcipher_folder.h"

namespace omzien::storage::sqlcipher {
namespace {

using contract::handle_of;

class Destroyed : public SqlcipherFolder {
 protected:
  static constexpr std::string_view kText = "what somebody told one adviser and nobody else, ";

  // A case whose payloads and chunks say kText over and over, larger than a page and smaller.
  void put_told(Store& store, std::uint32_t number) {
    auto entries = contract::entries_of(100 * number, 3);
    for (int i = 0; i < 500; ++i)
      entries[1].payload->insert(entries[1].payload->end(), kText.begin(), kText.end());
    entries[2].payload = crypto::to_bytes(kText);
    const auto t = std::move(store.begin().value());
    ASSERT_TRUE(t->open_case(handle_of(number), contract::share_of(number), entries,
                             contract::info_for(entries)));
    ASSERT_TRUE(t->put_chunk(handle_of(number), contract::upload_of(1), 0, 2, 20000,
                             crypto::as_bytes(kText)));
    ASSERT_TRUE(t->commit());
  }
  static void destroy(Store& store, std::uint32_t number) {
    const auto t = std::move(store.begin().value());
    ASSERT_TRUE(t->destroy_case(handle_of(number)));
    ASSERT_TRUE(t->commit());
  }
  static bool is_destroyed(Store& store, std::uint32_t number) {
    return store.reader().value()->case_info(handle_of(number)).value()->destroyed;
  }
  // Whether anybody with the data key finds text or share in the files.
  bool can_be_found(std::uint32_t number) {
    const auto share = contract::share_of(number);
    const auto bytes = share.reveal();
    const auto all = every_page();
    return all.find(kText) != std::string::npos ||
           all.find(std::string(bytes.begin(), bytes.end())) != std::string::npos;
  }
  std::filesystem::path tombstones() const { return folder_.path() / "store.db.tombstones"; }
  void copy(const std::string& from, const std::string& to) const {
    std::filesystem::copy_file(folder_.path() / from, folder_.path() / to,
                               std::filesystem::copy_options::overwrite_existing);
  }
};

TEST_F(Destroyed, IsInNoPageNoFreedPageAndNoWal) {
  const auto store = std::move(open_store().value());
  put_told(*store, 1);
  put_case(*store, 2, contract::entries_of(1000, 20));
  ASSERT_TRUE(store->scrub());
  ASSERT_TRUE(can_be_found(1)) << "in the database";
  destroy(*store, 1);
  ASSERT_TRUE(can_be_found(1)) << "in pages that the WAL will replace: so this test can fail";
  ASSERT_TRUE(store->scrub());
  EXPECT_FALSE(can_be_found(1));
  EXPECT_EQ(entries_in(*store, 2), 20U);
}

TEST_F(Destroyed, InTheWalBeforeItReachedTheDatabase) {
  const auto store = std::move(open_store().value());
  put_told(*store, 1);
  destroy(*store, 1);
  ASSERT_TRUE(can_be_found(1));
  ASSERT_TRUE(store->scrub());
  EXPECT_FALSE(can_be_found(1));
}

TEST_F(Destroyed, ACrashBeforeTheScrubbingIsMadeGoodAtTheNextOpening) {
  ASSERT_EQ(in_child([&] {
              auto store = std::move(open_store().value());
              put_told(*store, 1);
              destroy(*store, 1);
              ::_exit(0);  // as a crash: nothing is closed
              return 1;
            }),
            0);
  ASSERT_TRUE(can_be_found(1));
  const auto store = open_store();
  ASSERT_TRUE(store);
  EXPECT_FALSE(can_be_found(1));
}

TEST_F(Destroyed, AnOlderCopyPutBackOpensNothing) {
  {
    const auto store = std::move(open_store().value());
    put_told(*store, 1);
    put_told(*store, 2);
  }
  copy("store.db", "backup");
  {
    const auto store = std::move(open_store().value());
    destroy(*store, 1);
  }
  copy("backup", "store.db");
  ASSERT_TRUE(can_be_found(1));
  const auto store = std::move(open_store().value());
  EXPECT_TRUE(is_destroyed(*store, 1));
  EXPECT_FALSE(store->reader().value()->case_share(handle_of(1)).value());
  EXPECT_EQ(store->reader().value()->payload(handle_of(1), 1).value(), std::nullopt);
  EXPECT_FALSE(is_destroyed(*store, 2)) << "other cases come back whole";
  EXPECT_TRUE(store->reader().value()->case_share(handle_of(2)).value());
  destroy(*store, 2);
  ASSERT_TRUE(store->scrub());
  EXPECT_FALSE(can_be_found(1));
}

TEST_F(Destroyed, ACopyFromBeforeTheCaseDoesNotLetItBeOpenedAnew) {
  { ASSERT_TRUE(open_store()); }
  copy("store.db", "backup");
  {
    const auto store = std::move(open_store().value());
    put_told(*store, 1);
    destroy(*store, 1);
  }
  copy("backup", "store.db");
  const auto store = std::move(open_store().value());
  const auto entries = contract::entries_of(100, 1);
  const auto t = std::move(store->begin().value());
  EXPECT_TRUE(contract::is_conflict(
      t->open_case(handle_of(1), contract::share_of(1), entries, contract::info_for(entries))));
}

TEST_F(Destroyed, TombstonesThatWereLostAreWrittenAgainFromTheStore) {
  {
    const auto store = std::move(open_store().value());
    put_told(*store, 1);
  }
  copy("store.db", "backup");
  {
    const auto store = std::move(open_store().value());
    destroy(*store, 1);
  }
  std::filesystem::remove(tombstones());
  { ASSERT_TRUE(open_store()); }
  copy("backup", "store.db");
  EXPECT_TRUE(is_destroyed(*open_store().value(), 1));
}

TEST_F(Destroyed, ATombstoneCutOffByACrashIsPassedOverAndWrittenOver) {
  {
    const auto store = std::move(open_store().value());
    put_told(*store, 1);
    put_told(*store, 2);
    destroy(*store, 1);
  }
  std::ofstream(tombstones(), std::ios::binary | std::ios::app) << "half a record";
  {
    const auto store = std::move(open_store().value());
    destroy(*store, 2);
  }
  EXPECT_EQ(std::filesystem::file_size(tombstones()), 16U + 2 * 32U);
  const auto read = Tombstones::open(tombstones(), tombstone_key(key_of(1)));
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->contains(handle_of(1)));
  EXPECT_TRUE(read->contains(handle_of(2)));
  EXPECT_FALSE(read->contains(handle_of(3)));
}

TEST_F(Destroyed, TombstonesTellNobodyWithoutTheKeyWhichCasesTheyName) {
  {
    const auto store = std::move(open_store().value());
    put_told(*store, 1);
    destroy(*store, 1);
  }
  const auto handle = handle_of(1);
  const auto content = files()["store.db.tombstones"];
  ASSERT_EQ(content.size(), 16U + 32U);
  EXPECT_EQ(content.find(std::string(handle.view().begin(), handle.view().end())),
            std::string::npos);
  EXPECT_FALSE(Tombstones::open(tombstones(), tombstone_key(key_of(2)))->contains(handle_of(1)));
}

// Files are copied with their times, and a time finer than a day would tell who was here then.
TEST_F(Destroyed, TheTombstonesTellTheDayOfTheLastOneAlone) {
  const auto store = std::move(open_store().value());
  for (const std::uint32_t number : {1U, 2U}) {
    put_told(*store, number);
    destroy(*store, number);
    struct stat status {};
    ASSERT_EQ(::stat(tombstones().c_str(), &status), 0);
    for (const auto& time : {status.st_mtim, status.st_atim})
      EXPECT_EQ(time.tv_sec % 86'400 + time.tv_nsec, 0) << number;
    EXPECT_GT(status.st_mtim.tv_sec + 2 * 86'400, std::time(nullptr));
  }
}

TEST_F(Destroyed, SomethingElseInTheTombstonesPlaceIsRefused) {
  { ASSERT_TRUE(open_store()); }
  std::ofstream(tombstones(), std::ios::binary) << "a shopping list";
  const auto store = open_store();
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error(), Error::kDamaged);
}

TEST_F(Destroyed, WhileTombstonesCantBeWrittenNothingIsTakenAndAfterwardsAllGoesOn) {
  const auto store = std::move(open_store().value());
  put_told(*store, 1);
  std::filesystem::create_directory(tombstones());  // nothing can be written in its place
  {
    const auto t = std::move(store->begin().value());
    ASSERT_TRUE(t->destroy_case(handle_of(1)));
    EXPECT_FALSE(t->commit()) << "nobody is told that it is done";
  }
  EXPECT_TRUE(is_destroyed(*store, 1));
  EXPECT_FALSE(store->begin());
  std::filesystem::remove(tombstones());
  EXPECT_TRUE(store->begin());
  EXPECT_EQ(std::filesystem::file_size(tombstones()), 16U + 32U);
}

}  // namespace
}  // namespace omzien::storage::sqlcipher
