// The power goes while a whole database is copied: for another data key, for a backup, out of one.
// What was in the store is there afterwards, under whichever key the disk says.
#include "tests/storage/sqlcipher/backups.h"
#include "tests/storage/sqlcipher/power_vfs.h"

namespace omzien::storage::sqlcipher {
namespace {

constexpr std::uint32_t kCases = 5;

class PowerOfCopies : public Backups {
 protected:
  PowerOfCopies() {
    options_.vfs = restored_.vfs = power::name();
    power::begin(-1, power::Syncing::kAsTheEngineAsks);
    { EXPECT_TRUE(open_here()); }
    // Once already, so that a copy holds the tombstones' key: putting it there is a commit, and
    // would sync what the copying had not.
    EXPECT_TRUE(change_data_key(options_, secret_of(1), random_));
    store_ = std::move(open_here().value());
    fill(*store_, kCases);
    rows_ = here();
    key_ = key_in(options_.path);
  }

  static crypto::SecretBytes key_in(const std::filesystem::path& store) {
    const auto key = read_data_key(store.string() + ".datakey", secret_of(1));
    EXPECT_TRUE(key);
    return crypto::SecretBytes::from(key->reveal());
  }
  bool is_key_of(const std::filesystem::path& store) {
    return crypto::constant_time_equal(key_in(store).reveal(), key_.reveal());
  }

  // The store as a kill leaves it, its cases in the journal, elsewhere.
  OpenOptions killed_in(const contract::TemporaryFolder& folder) {
    std::filesystem::copy(folder_.path(), folder.path());
    OpenOptions options = options_;
    options.path = folder.path() / "store.db";
    return options;
  }
  // What the disk holds after the cut is this store, whole.
  void expect_whole(const std::filesystem::path& path) {
    OpenOptions after;
    after.path = path;
    const auto store = open(after, secret_of(1), random_);
    ASSERT_TRUE(store) << "error " << static_cast<int>(store.error());
    EXPECT_THAT(differing(rows_, every_row(after, secret_of(1))), testing::IsEmpty());
    ASSERT_TRUE((*store)->scrub());
    ConnectionOptions look;
    look.path = path;
    const auto whole = Connection::open(look, *DataKey::from(key_in(path).reveal()));
    ASSERT_TRUE(whole);
    EXPECT_TRUE((*whole)->check_every_page());
  }

  std::unique_ptr<Store> store_;
  EveryRow rows_;
  crypto::SecretBytes key_{0};
  std::mt19937 chance_{20261130};
};

TEST_F(PowerOfCopies, AChangeOfTheDataKeyThatIsCutOffLeavesTheStoreUnderTheOneKeyOrTheOther) {
  int with_the_old = 0;
  int with_the_new = 0;
  bool cut = true;
  for (int at = 0; cut; ++at) {
    SCOPED_TRACE("cut at " + std::to_string(at));
    const contract::TemporaryFolder here;
    const contract::TemporaryFolder left;
    const auto options = killed_in(here);
    power::begin(at, power::Syncing::kAsTheEngineAsks);
    const bool changed = change_data_key(options, secret_of(1), random_).has_value();
    cut = power::is_off();
    ASSERT_EQ(changed, !cut);
    power::leave_behind(here.path(), left.path(), chance_);
    const bool old = is_key_of(left.path() / "store.db");
    (old ? with_the_old : with_the_new) += 1;
    EXPECT_FALSE(old && changed);
    expect_whole(left.path() / "store.db");
    if (HasFailure()) return;
  }
  EXPECT_GT(with_the_old, 10);
  EXPECT_GT(with_the_new, 2);
}

// One that is there under its name is whole, and one that was said to be made is there.
TEST_F(PowerOfCopies, ABackupThatIsCutOffIsWholeOrNotThere) {
  int at = 0;
  int there = 0;
  for (bool cut = true; cut; ++at) {
    SCOPED_TRACE("cut at " + std::to_string(at));
    const contract::TemporaryFolder here;
    const contract::TemporaryFolder left;
    power::begin(at, power::Syncing::kAsTheEngineAsks);
    const bool made = backup(options_, secret_of(1), random_, here.path() / "backup").has_value();
    cut = power::is_off();
    ASSERT_EQ(made, !cut);
    power::leave_behind(here.path(), left.path(), chance_);
    const auto kept = left.path() / "backup";
    ASSERT_TRUE(!made || std::filesystem::exists(kept));
    if (!std::filesystem::exists(kept)) continue;
    ++there;
    OpenOptions restored;
    restored.path = left.path() / "store.db";
    const auto back = restore(restored, secret_of(1), random_, {kept, secret_of(1), {}, false});
    ASSERT_TRUE(back) << "error " << static_cast<int>(back.error());
    expect_whole(restored.path);
    if (HasFailure()) return;
  }
  EXPECT_GT(at, 20);
  EXPECT_GT(there, 0);
}

// Stopped anywhere, the next start or another restore goes on.
TEST_F(PowerOfCopies, ARestoreThatIsCutOffGoesOn) {
  power::begin(-1, power::Syncing::kAsTheEngineAsks);
  ASSERT_TRUE(back_up());
  int at = 0;
  for (bool cut = true; cut; ++at) {
    SCOPED_TRACE("cut at " + std::to_string(at));
    const contract::TemporaryFolder here;
    const contract::TemporaryFolder left;
    restored_.path = here.path() / "store.db";
    power::begin(at, power::Syncing::kAsTheEngineAsks);
    const bool restored = bring_back().has_value();
    cut = power::is_off();
    ASSERT_TRUE(restored || cut);  // it may go when all is done and the store is closed
    power::leave_behind(here.path(), left.path(), chance_);
    OpenOptions after;
    after.path = left.path() / "store.db";
    if (!std::filesystem::exists(after.path.string() + ".datakey")) {
      ASSERT_TRUE(restore(after, secret_of(1), random_, {backup_, secret_of(1), {}, false}));
    }
    expect_whole(after.path);
    if (HasFailure()) return;
  }
  EXPECT_GT(at, 20);
}

}  // namespace
}  // namespace omzien::storage::sqlcipher
