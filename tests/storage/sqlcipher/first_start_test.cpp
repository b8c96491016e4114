// Opening by the key file: the first start, one that was interrupted, and stores of which a part is
// lost.
#include <fcntl.h>
#include <fstream>
#include <sys/resource.h>
#include <unistd.h>

#include "tests/storage/sqlcipher/sqlcipher_folder.h"

namespace omzien::storage::sqlcipher {
namespace {

class FirstStart : public SqlcipherFolder {
 protected:
  static KeyFileSecret secret(std::uint32_t number) {
    return *KeyFileSecret::from(contract::bytes_of(number, KeyFileSecret::kSize));
  }
  Result<std::unique_ptr<Store>> start(std::uint32_t number = 1) {
    return open(options_, secret(number), random_);
  }
  // A first start with one case, then closed.
  void make() {
    const auto store = start();
    ASSERT_TRUE(store);
    put_case(**store, 1, contract::entries_of(1, 3));
  }
  void expect_refused(Error error, std::uint32_t number = 1) {
    const auto before = files();
    const auto store = start(number);
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error(), error);
    EXPECT_TRUE(files() == before);
  }
  std::filesystem::path file(const char* ending) const { return options_.path.string() + ending; }
  // In another process, which may open so many files and no more; whether it came through.
  bool start_with(int descriptors) {
    return in_child([&] {
             rlimit limit{};
             const int next = ::open("/", O_RDONLY | O_CLOEXEC);
             ::close(next);
             limit.rlim_cur = limit.rlim_max = static_cast<rlim_t>(next + descriptors);
             if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) return 2;
             return start() ? 0 : 1;
           }) == 0;
  }

  crypto::SystemRandom random_;
};

TEST_F(FirstStart, MakesTheStoreAndTheSecondStartFindsIt) {
  make();
  EXPECT_FALSE(std::filesystem::exists(file(".new")));
  const auto store = start();
  ASSERT_TRUE(store);
  EXPECT_EQ(entries_in(**store, 1), 3U);
}

TEST_F(FirstStart, AnotherKeyFileIsRefusedAndChangesNothing) {
  make();
  expect_refused(Error::kWrongKey, 2);
  EXPECT_TRUE(start());
}

TEST_F(FirstStart, InterruptedBeforeTheDataKeyWasKeptItBeginsAgain) {
  std::ofstream(file(".lock")).flush();
  std::ofstream(file(".new")) << "half a database";
  std::ofstream(file(".new-wal")) << "half a log";
  std::filesystem::create_hard_link(file(".new"), folder_.path() / "the same");
  make();
  // Were it removed and made anew, a cut between the two would leave the lock alone.
  EXPECT_EQ(std::filesystem::hard_link_count(options_.path), 2U);
  EXPECT_FALSE(std::filesystem::exists(file(".new")));
  EXPECT_FALSE(std::filesystem::exists(file(".new-wal")));
  EXPECT_EQ(entries_in(*start().value(), 1), 3U);
}

// It finds no more descriptors, at each place where it needs one: as a kill, or a full disk, would
// end it there. What it leaves is nobody's store, and no start takes it for a lost one.
TEST_F(FirstStart, InterruptedWhereverItMakesAFileItBeginsAgain) {
  bool through = false;
  for (int descriptors = 0; descriptors < 30 && !through; ++descriptors) {
    for (const bool again : {false, true}) {
      contract::TemporaryFolder folder;
      options_.path = folder.path() / "store.db";
      if (again) {
        std::ofstream(file(".lock")).flush();
        std::ofstream(file(".new")) << "half a database";
      }
      through = start_with(descriptors);
      EXPECT_FALSE(is_lost(options_).value()) << descriptors << again;
      EXPECT_TRUE(start()) << descriptors << again;
    }
  }
  EXPECT_TRUE(through);
}

TEST_F(FirstStart, InterruptedBeforeItsLockItBeginsAgain) {
  std::ofstream(file(".new")).flush();
  make();
  EXPECT_EQ(entries_in(*start().value(), 1), 3U);
}

TEST_F(FirstStart, InterruptedBeforeTheLastRenameItGoesOn) {
  ASSERT_TRUE(start());
  std::filesystem::rename(options_.path, file(".new"));
  make();
  EXPECT_EQ(entries_in(*start().value(), 1), 3U);
}

TEST_F(FirstStart, StoreWhoseDatabaseIsLostIsNotBegunAnew) {
  make();
  std::filesystem::remove(options_.path);
  expect_refused(Error::kUnreachable);
}

TEST_F(FirstStart, StoreWhoseDatabaseIsEmptiedIsNotBegunAnew) {
  make();
  std::filesystem::resize_file(options_.path, 0);
  expect_refused(Error::kWrongKey);
}

TEST_F(FirstStart, StoreWhoseDataKeyIsLostIsNotBegunAnew) {
  make();
  std::filesystem::remove(file(".datakey"));
  expect_refused(Error::kUnreachable);
}

TEST_F(FirstStart, DataKeyOfAnotherStoreIsTheWrongKey) {
  make();
  ASSERT_TRUE(write_data_key(file(".datakey"), key_of(7), secret(1), random_));
  expect_refused(Error::kWrongKey);
}

TEST_F(FirstStart, RefusedWhenTheStoreShouldBeThereAndNothingIsMade) {
  options_.if_missing = IfMissing::kRefuse;
  expect_refused(Error::kUnreachable);
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path())) << "no lock either";
}

// As after a disk that was not mounted whole, or a folder that was copied in part.
TEST_F(FirstStart, StoreOfWhichOnlyTracesAreLeftIsNotBegunAnew) {
  for (const char* trace : {".lock", ".tombstones", "-wal"}) {
    std::ofstream(file(trace)).flush();
    expect_refused(Error::kUnreachable);
    EXPECT_TRUE(is_lost(options_).value()) << trace;
    EXPECT_FALSE(std::filesystem::exists(options_.path)) << trace;
    std::filesystem::remove(file(trace));
  }
  EXPECT_FALSE(is_lost(options_).value());
  make();
  EXPECT_FALSE(is_lost(options_).value());
}

TEST_F(FirstStart, NewKeyFileWhileRunningOpensTheNextStart) {
  make();
  {
    const auto store = start();
    ASSERT_TRUE(store);
    ASSERT_TRUE(rewrap_data_key(file(".datakey"), secret(1), secret(2), random_));
    put_case(**store, 2, contract::entries_of(9, 1));
    EXPECT_EQ(entries_in(**store, 1), 3U);
  }
  expect_refused(Error::kWrongKey, 1);
  EXPECT_EQ(entries_in(*start(2).value(), 2), 1U);
}

}  // namespace
}  // namespace omzien::storage::sqlcipher
