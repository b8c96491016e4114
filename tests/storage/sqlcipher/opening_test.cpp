// Opening what is there, and refusing what should not be opened, with nothing changed.
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/storage/sqlcipher/sqlcipher_folder.h"

namespace omzien::storage::sqlcipher {
namespace {

class Opening : public SqlcipherFolder {
 protected:
  // Opening is refused with this, and every file is as it was.
  void expect_refused(Error error, std::uint32_t key = 1) {
    const auto before = files();
    const auto store = open(options_, key_of(key));
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error(), error);
    EXPECT_TRUE(files() == before);
  }
};

TEST_F(Opening, StoreThatWasClosedOpensAgainWithAllOfIt) {
  make_store(7);
  const auto store = open_store();
  ASSERT_TRUE(store);
  EXPECT_EQ(entries_in(**store, 1), 7U);
}

TEST_F(Opening, FilesBelongToTheirOwnerAlone) {
  const auto store = open_store();
  ASSERT_TRUE(store);
  put_case(**store, 1, contract::entries_of(1, 1));
  for (const char* ending : {"", "-wal", "-shm", ".lock"}) {
    struct stat status {};
    ASSERT_EQ(::stat((options_.path.string() + ending).c_str(), &status), 0) << ending;
    EXPECT_EQ(status.st_mode & 0777, 0600U) << ending;
  }
}

TEST_F(Opening, WrongKeyIsRefused) {
  make_store();
  expect_refused(Error::kWrongKey, 2);
  EXPECT_TRUE(open_store());
}

TEST_F(Opening, WrongKeyLeavesAWalBehindACrashAsItIs) {
  in_child([&] {
    auto store = std::move(open_store().value());
    put_case(*store, 1, contract::entries_of(1, 3));
    (void)store.release();  // the child ends without closing it
    return 0;
  });
  ASSERT_FALSE(files()["store.db-wal"].empty());
  const auto wal = files()["store.db-wal"];
  EXPECT_EQ(open(options_, key_of(2)).error(), Error::kWrongKey);
  EXPECT_TRUE(files()["store.db-wal"] == wal);
  const auto store = open_store();
  ASSERT_TRUE(store);
  EXPECT_EQ(entries_in(**store, 1), 3U);
}

TEST_F(Opening, FileThatIsNoDatabaseIsRefused) {
  std::ofstream(options_.path) << std::string(20000, 'x');
  expect_refused(Error::kWrongKey);
  std::ofstream(options_.path) << "short";
  expect_refused(Error::kWrongKey);
}

TEST_F(Opening, EmptyFileIsALostStoreAndNotANewOne) {
  std::ofstream(options_.path) << "";
  expect_refused(Error::kWrongKey);
}

TEST_F(Opening, FolderInPlaceOfTheFileIsRefused) {
  std::filesystem::create_directory(options_.path);
  expect_refused(Error::kWrongKey);
}

TEST_F(Opening, DatabaseOfAnotherProgramIsRefused) {
  std::ofstream(options_.path) << "";
  alter("CREATE TABLE theirs (a)");
  expect_refused(Error::kWrongKey);
  alter("PRAGMA user_version = 1");
  expect_refused(Error::kWrongKey);
}

TEST_F(Opening, TruncatedFileIsDamaged) {
  make_store(100);
  std::filesystem::resize_file(options_.path, std::uintmax_t{8} * 4096);
  expect_refused(Error::kDamaged);
}

// Whichever page it is: what is read is what was written, or an error, and never something else.
TEST_F(Opening, AlteredPageIsDamagedWhenItIsReadAndOthersStillCome) {
  std::vector<Entry> entries;
  for (std::uint32_t i = 0; i < 8; ++i) entries.push_back(contract::entry_of(i, 20000));
  {
    const auto store = std::move(open_store().value());
    put_case(*store, 1, entries);
    put_case(*store, 2, contract::entries_of(100, 1));
  }
  const auto pages = static_cast<int>(std::filesystem::file_size(options_.path) / 4096);
  int damaged = 0;
  int others = 0;
  for (int page = 1; page < pages; ++page) {
    std::fstream file(options_.path, std::ios::in | std::ios::out | std::ios::binary);
    const auto flip = [&] {
      file.seekg(page * 4096 + 100);
      const int byte = file.get();
      file.seekp(page * 4096 + 100);
      file.put(static_cast<char>(byte ^ 1)).flush();
    };
    flip();
    if (const auto store = open_store()) {
      for (std::uint64_t seq = 0; seq < entries.size(); ++seq) {
        const auto payload = (*store)->reader().value()->payload(contract::handle_of(1), seq);
        if (payload) {
          EXPECT_TRUE(*payload == entries[seq].payload) << "page " << page << ", seq " << seq;
        } else {
          EXPECT_EQ(payload.error(), Error::kDamaged) << "page " << page << ", seq " << seq;
          ++damaged;
        }
      }
      const auto other = (*store)->reader().value()->headers(contract::handle_of(2), 0);
      others += other && other->size() == 1 ? 1 : 0;
    }
    flip();
  }
  EXPECT_GT(damaged, 20);
  EXPECT_GT(others, 20);
}

// SQLite itself would open what is left, and the last commits would be gone without a word.
TEST_F(Opening, AJournalThatWasLostAfterACrashIsNoticed) {
  make_store();
  in_child([&] {
    auto store = std::move(open_store().value());
    put_case(*store, 2, contract::entries_of(1, 3));
    (void)store.release();
    return 0;
  });
  const auto wal = options_.path.string() + "-wal";
  std::filesystem::rename(wal, folder_.path() / "lost");
  expect_refused(Error::kDamaged);
  std::filesystem::rename(folder_.path() / "lost", wal);
  const auto store = open_store();
  ASSERT_TRUE(store);
  EXPECT_EQ(entries_in(**store, 2), 3U);
}

TEST_F(Opening, AStoreThatWasClosedNeedsNoJournal) {
  make_store();
  EXPECT_FALSE(std::filesystem::exists(options_.path.string() + "-wal"));
  EXPECT_TRUE(open_store());
}

TEST_F(Opening, NewerSchemaIsRefused) {
  make_store();
  alter("PRAGMA user_version = 1000");
  expect_refused(Error::kNewer);
}

TEST_F(Opening, MissingFolderIsUnreachable) {
  options_.path = folder_.path() / "no" / "store.db";
  expect_refused(Error::kUnreachable);
}

TEST_F(Opening, MissingStoreIsUnreachableWhenItShouldBeThere) {
  options_.if_missing = IfMissing::kRefuse;
  expect_refused(Error::kUnreachable);
}

TEST_F(Opening, SecondProcessIsRefusedWhileTheFirstLives) {
  auto store = std::move(open_store().value());
  const auto elsewhere = [&] {
    const auto second = open_store();
    return second ? 100 : static_cast<int>(second.error());
  };
  EXPECT_EQ(in_child(elsewhere), static_cast<int>(Error::kInUse));
  EXPECT_EQ(open_store().error(), Error::kInUse);
  put_case(*store, 1, contract::entries_of(1, 1));
  store.reset();
  EXPECT_EQ(in_child(elsewhere), 100);
}

TEST_F(Opening, FolderThatCannotBeWrittenIsReadOnly) {
  make_store();
  const auto before = files();
  for (const auto& file : std::filesystem::directory_iterator(folder_.path())) {
    ASSERT_EQ(::chmod(file.path().c_str(), 0444), 0);
  }
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0555), 0);
  const auto error = in_child([&] {
    // Nothing is forbidden to root, so be somebody else.
    if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) return 101;
    const auto store = open_store();
    return store ? 100 : static_cast<int>(store.error());
  });
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0700), 0);
  EXPECT_EQ(error, static_cast<int>(Error::kReadOnly));
  EXPECT_TRUE(files() == before);
}

TEST_F(Opening, RelativePathAndPathThatLooksLikeAUriMeanWhatTheySay) {
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder_.path());
  options_.path = "file:store.db?mode=memory";
  make_store(2);
  std::filesystem::current_path(before);
  EXPECT_TRUE(std::filesystem::exists(folder_.path() / "file:store.db?mode=memory"));
}

}  // namespace
}  // namespace omzien::storage::sqlcipher
