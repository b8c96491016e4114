// What the store writes without SQLite is on disk before it goes on: the bytes before the name, the
// name before the word that it is done.
#include "storage/files.h"

#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

#include "tests/contract/store_contract.h"

namespace omzien::storage {
namespace {

struct Synced {
  std::filesystem::path path;
  bool named;  // whether the file had its name by then
};

std::filesystem::path name;  // of the file that is looked at
std::vector<Synced> synced;

class StoreFiles : public testing::Test {
 protected:
  StoreFiles() {
    name = folder_.path() / "file";
    synced.clear();
  }
  ~StoreFiles() override { name.clear(); }

  contract::TemporaryFolder folder_;
};

TEST_F(StoreFiles, HaveTheirBytesOnDiskThenTheirNameThenTheirPlaceInTheFolder) {
  ASSERT_TRUE(write_file(name, crypto::to_bytes("bytes")));
  ASSERT_EQ(synced.size(), 2U);
  EXPECT_EQ(synced[0].path, name.string() + ".part");
  EXPECT_FALSE(synced[0].named);
  EXPECT_EQ(synced[1].path, folder_.path());
  EXPECT_TRUE(synced[1].named);
}

TEST_F(StoreFiles, ThatAreMadeRenamedOrAddedToAreSyncedEach) {
  ASSERT_TRUE(make_file(name));
  ASSERT_EQ(synced.size(), 1U);
  EXPECT_EQ(synced[0].path, folder_.path());
  ASSERT_TRUE(write_at(name, 0, crypto::to_bytes("bytes")));
  ASSERT_EQ(synced.size(), 2U);
  EXPECT_EQ(synced[1].path, name);
  ASSERT_TRUE(rename_file(name, folder_.path() / "renamed"));
  ASSERT_EQ(synced.size(), 3U);
  EXPECT_EQ(synced[2].path, folder_.path());
  EXPECT_FALSE(synced[2].named);
}

}  // namespace
}  // namespace omzien::storage

// In the place of the system's.
extern "C" int fsync(int descriptor) {
  namespace files = omzien::storage;
  if (!files::name.empty())
    files::synced.push_back(
        {std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(descriptor)),
         std::filesystem::exists(files::name)});
  return static_cast<int>(::syscall(SYS_fsync, descriptor));
}
