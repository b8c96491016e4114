// A backup holds all that was committed before it, taken from a store that is at rest or at work;
// restored, it is the same store.
#include <fstream>
#include <set>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "storage/sqlcipher/rekey.h"
#include "tests/storage/sqlcipher/backups.h"
#include "tests/storage/sqlcipher/faulty_vfs.h"

namespace omzien::storage::sqlcipher {
namespace {

using contract::handle_of;

TEST_F(Backups, OfAStoreAtRestIsTheSameStoreOnAnEmptyFolder) {
  make_full_store(20);
  const auto before = files();
  const auto counted = back_up();
  ASSERT_TRUE(counted);
  EXPECT_EQ(counted->cases, 20U);
  EXPECT_EQ(counted->entries, 60U);
  EXPECT_TRUE(files() == before) << "a backup changes nothing";
  ASSERT_TRUE(bring_back());
  expect_same_there();
}

constexpr std::uint32_t kCasesBefore = 3;

// Opens a case after the other, each with a file and a reader, and says its number to `out` after
// its commit.
int open_for_ever(Store& store, int out) {
  for (std::uint32_t number = kCasesBefore + 1;; ++number) {
    const auto entries = contract::entries_of(100 * number, 3);
    const auto t = std::move(store.begin().value());
    if (!t->open_case(handle_of(number), contract::share_of(number), entries,
                      contract::info_for(entries)))
      return 2;
    if (!t->put_chunk(handle_of(number), contract::upload_of(1), 0, 1, 20'000,
                      contract::bytes_of(number, 500)) ||
        !t->link_member(contract::member_of(1), handle_of(number), false))
      return 3;
    if (!t->commit()) return 4;
    if (::write(out, &number, sizeof number) != sizeof number) return 5;
  }
}

TEST_F(Backups, OfAStoreAtWorkIsOneMomentAndHoldsAllThatWasAcknowledged) {
  make_full_store(kCasesBefore);
  const auto before = here();
  int pipe[2];
  ASSERT_EQ(::pipe(pipe), 0);
  const pid_t gateway = ::fork();
  if (gateway == 0) {
    auto store = open_here();
    ::_exit(store ? open_for_ever(**store, pipe[1]) : 1);
  }
  ::close(pipe[1]);
  std::uint32_t known = 0;
  while (known < 100)
    ASSERT_EQ(::read(pipe[0], &known, sizeof known), static_cast<ssize_t>(sizeof known));
  const auto counted = back_up();
  ASSERT_TRUE(counted);
  std::uint32_t since = 0;
  while (since <= counted->cases)  // writing went on beside it, and does
    ASSERT_EQ(::read(pipe[0], &since, sizeof since), static_cast<ssize_t>(sizeof since));
  ASSERT_EQ(::kill(gateway, SIGKILL), 0);
  ASSERT_EQ(::waitpid(gateway, nullptr, 0), gateway);
  while (::read(pipe[0], &since, sizeof since) == static_cast<ssize_t>(sizeof since)) continue;
  ::close(pipe[0]);

  EXPECT_GE(counted->cases, known);
  ASSERT_TRUE(bring_back());
  ASSERT_TRUE(open_there());
  // Whatever grew, grew by the same cases, and holds what the store holds of them; the rest is as
  // it was.
  const auto cases = counted->cases - kCasesBefore;
  const std::map<std::string, std::uint64_t> of_a_case{{"cases", 1},   {"case_shares", 1},
                                                       {"entries", 3}, {"uploads", 1},
                                                       {"chunks", 1},  {"links", 1}};
  const auto all = here();
  for (const auto& [table, rows] : there()) {
    const auto each = of_a_case.contains(table) ? of_a_case.at(table) : 0;
    EXPECT_EQ(rows.size(), before.at(table).size() + each * cases) << table << ": half of a step";
    const std::set<std::string> present(all.at(table).begin(), all.at(table).end());
    for (const auto& row : rows) ASSERT_TRUE(present.contains(row)) << table << ": " << row;
  }
}

TEST_F(Backups, OfAStoreThatWasKilledHoldsWhatIsInItsJournalAlone) {
  in_child([&] {
    auto store = std::move(open_here().value());
    fill(*store, 5);
    (void)store.release();
    return 0;
  });
  const auto before = files();
  ASSERT_FALSE(files()["store.db-wal"].empty());
  ASSERT_TRUE(back_up());
  EXPECT_TRUE(files() == before);
  ASSERT_TRUE(bring_back());
  ASSERT_TRUE(open_here());
  expect_same_there();
}

// What was acknowledged last stood in it alone. A backup without it would take the place of a whole
// one, and say nothing.
TEST_F(Backups, OfAStoreThatWasKilledAndLostItsJournalIsNone) {
  fill(*open_here().value(), 1);
  in_child([&] {
    auto store = std::move(open_here().value());
    put_case(*store, 2, contract::entries_of(200, 3));
    (void)store.release();
    return 0;
  });
  std::filesystem::remove(options_.path.string() + "-wal");
  EXPECT_EQ(back_up().error(), Error::kDamaged);
  EXPECT_FALSE(std::filesystem::exists(backup_));
}

TEST_F(Backups, IsOneFileThatOpensForNobodyWithoutTheKeyFile) {
  fill(*open_here().value(), 3);
  ASSERT_TRUE(back_up());
  std::ifstream file(backup_, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const protocol::Handle handle = handle_of(1);
  EXPECT_EQ(bytes.find("SQLite format 3"), std::string::npos);
  EXPECT_EQ(bytes.find(std::string(handle.view().begin(), handle.view().end())), std::string::npos);
  EXPECT_EQ(bring_back(2).error(), Error::kWrongKey);
  EXPECT_FALSE(std::filesystem::exists(restored_.path));
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(elsewhere_.path()))
    count += entry.path().filename().string().starts_with("backup") ? 1U : 0U;
  EXPECT_EQ(count, 2U) << "the backup and its key";
}

TEST_F(Backups, OneThatWasAlteredOrCutOffIsRefusedAndLeavesNoStore) {
  fill(*open_here().value(), 30);
  ASSERT_TRUE(back_up());
  const auto size = std::filesystem::file_size(backup_);
  ASSERT_GT(size, 40960U);
  {
    std::fstream file(backup_, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(size) - 2000);
    file << "altered";
  }
  EXPECT_EQ(bring_back().error(), Error::kDamaged);
  EXPECT_FALSE(std::filesystem::exists(restored_.path));
  std::filesystem::resize_file(backup_, 20000);
  EXPECT_FALSE(bring_back());
  EXPECT_FALSE(std::filesystem::exists(restored_.path));
}

TEST_F(Backups, ThePageThatWasAlteredIsFoundWhicheverItIs) {
  constexpr std::uintmax_t kPageBytes = 4096;
  fill(*open(options_, key_of(1)).value(), 5);
  ConnectionOptions look;
  look.path = options_.path;
  const auto check = [&] {
    const auto connection = Connection::open(look, key_of(1));
    return connection && (*connection)->check_every_page();
  };
  ASSERT_TRUE(check());
  const auto pages = std::filesystem::file_size(options_.path) / kPageBytes;
  ASSERT_GT(pages, 10U);
  std::fstream file(options_.path, std::ios::in | std::ios::out | std::ios::binary);
  for (std::uintmax_t page = 0; page < pages; ++page) {
    const auto place = static_cast<std::streamoff>(page * kPageBytes + 1000);
    file.seekg(place);
    const auto was = static_cast<char>(file.get());
    file.seekp(place);
    file.put(static_cast<char>(was ^ 1)).flush();
    EXPECT_FALSE(check()) << "page " << page + 1 << " of " << pages;
    file.seekp(place);
    file.put(was).flush();
  }
  EXPECT_TRUE(check());
}

TEST_F(Backups, WhatTheDiskAlteredOnTheWayIsNotCalledABackup) {
  fill(*open_here().value(), 5);
  options_.vfs = faulty::name();
  ConnectionOptions look;
  look.path = backup_;
  int refused = 0;
  for (int operations = 0;; ++operations) {
    faulty::alter_after(operations);
    const auto made = back_up();
    if (!faulty::altered()) break;
    if (made) {
      const auto key = read_data_key(backup_.string() + ".datakey", secret_of(1)).value();
      const auto whole = Connection::open(look, key);
      EXPECT_TRUE(whole && (*whole)->check_every_page()) << "altered in operation " << operations;
    } else {
      ++refused;
    }
    std::filesystem::remove(backup_);
  }
  EXPECT_GT(refused, 10);
}

// As when a timer is set twice. Both worked on one file once, and the second to be done named an
// empty one a backup.
TEST_F(Backups, TwoToOneNameAtOnceMakeOne) {
  fill(*open_here().value(), 3);
  int overlapped = 0;
  for (int round = 0; round < 60; ++round) {
    const auto begin = [&] {
      const pid_t child = ::fork();
      if (child != 0) return child;
      const auto counted = back_up();
      if (counted) ::_exit(counted->cases == 3 ? 0 : 9);
      ::_exit(counted.error() == Error::kConflict ? 1 : counted.error() == Error::kInUse ? 2 : 9);
    };
    const pid_t children[] = {begin(), begin()};
    int made = 0;
    for (const pid_t child : children) {
      int status = 0;
      ASSERT_EQ(::waitpid(child, &status, 0), child);
      ASSERT_TRUE(WIFEXITED(status));
      EXPECT_LE(WEXITSTATUS(status), 2) << "round " << round;
      made += WEXITSTATUS(status) == 0 ? 1 : 0;
      overlapped += WEXITSTATUS(status) == 2 ? 1 : 0;
    }
    EXPECT_EQ(made, 1) << "round " << round;
    ASSERT_TRUE(bring_back()) << "round " << round;
    EXPECT_EQ(entries_in(*open_there().value(), 3), 3U);
    for (const auto& file : std::filesystem::directory_iterator(elsewhere_.path())) {
      EXPECT_FALSE(file.path().string().ends_with(".part.lock"));
      std::filesystem::remove(file);
    }
  }
  EXPECT_GT(overlapped, 0) << "so this test can fail";
}

// The next start would put one that is named store.db.rekeyed in the store's place, without all
// that came since.
TEST_F(Backups, UnderTheNameOfAPartOfTheStoreIsNone) {
  fill(*open_here().value(), 1);
  const auto before = files();
  for (const char* ending : {"", "-wal", "-journal", ".datakey", ".lock", ".tombstones", ".purge",
                             ".new", ".restoring", ".restored", ".rekeyed"}) {
    backup_ = options_.path.string() + ending;
    EXPECT_EQ(back_up().error(), Error::kConflict) << ending;
    EXPECT_TRUE(files() == before) << ending;
  }
  backup_ = options_.path.parent_path() / "." / "store.db.rekeyed";
  EXPECT_EQ(back_up().error(), Error::kConflict);
  backup_ = options_.path.string() + ".bak";
  EXPECT_TRUE(back_up());
  backup_ = elsewhere_.path() / "store.db.new";
  EXPECT_TRUE(back_up());
}

// Moved without its key, and the data key changed since: only that file opens it.
TEST_F(Backups, AnotherOnesKeyIsNotWrittenOver) {
  fill(*open_here().value(), 2);
  ASSERT_TRUE(back_up());
  const auto moved = elsewhere_.path() / "moved";
  std::filesystem::rename(backup_, moved);
  EXPECT_TRUE(back_up()) << "under the same key: as one that was cut off";
  std::filesystem::remove(backup_);
  ASSERT_TRUE(change_data_key(options_, secret_of(1), random_));
  EXPECT_EQ(back_up().error(), Error::kConflict);
  EXPECT_FALSE(std::filesystem::exists(backup_));
  std::filesystem::rename(backup_.string() + ".datakey", moved.string() + ".datakey");
  EXPECT_TRUE(back_up());
  backup_ = moved;
  ASSERT_TRUE(bring_back());
  EXPECT_EQ(entries_in(*open_there().value(), 2), 3U);
}

TEST_F(Backups, OfNoStoreIsUnreachable) {
  EXPECT_EQ(back_up().error(), Error::kUnreachable);
  EXPECT_FALSE(std::filesystem::exists(backup_));
}

}  // namespace
}  // namespace omzien::storage::sqlcipher
