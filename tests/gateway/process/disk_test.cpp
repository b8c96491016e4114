// A disk of the store's own, which turns read-only or runs full: a clear word, nothing changed, and
// reading goes on. Needs to be root, in a machine that lets it mount.
#include <cstdlib>

#include "tests/gateway/process/stored_cases.h"

namespace omzien::gateway::process {
namespace {

using testing::HasSubstr;

constexpr int kUnreachable = 4;

// An image of 64 MiB in a folder, mounted beside it.
class Image {
 public:
  explicit Image(const std::string& folder) : at(folder + "/disk") {
    const auto image = folder + "/image";
    std::filesystem::create_directory(at);
    mounted = done("truncate -s 64M " + image) && done("mkfs.ext4 -q -F -m 0 " + image) &&
              done("mount -o loop " + image + " " + at);
  }
  ~Image() {
    if (mounted) done("umount -l " + at);
  }
  Image(const Image&) = delete;
  Image& operator=(const Image&) = delete;

  // As after an error of the disk. A plain remount is kept away by files that are open.
  bool turn_read_only() const { return done("mount -o remount,abort " + at); }
  // Somebody else's files take what there is, to the last block.
  void run_full() const {
    for (const char* bytes : {"64K", "512"})
      done("dd if=/dev/zero of=" + at + "/others-" + bytes + " bs=" + bytes);
    ASSERT_EQ(std::filesystem::space(at).available, 0U);
  }
  void make_room() const { done("rm " + at + "/others-*"); }

  const std::string at;
  bool mounted = false;

 private:
  static bool done(const std::string& command) {
    return std::system((command + " >/dev/null 2>&1").c_str()) == 0;
  }
};

class Disk : public StoredCases {
 protected:
  void SetUp() override {
    if (!image_.mounted) GTEST_SKIP() << "nothing may be mounted here";
    fill(0, 1);
    for (const auto& file : std::filesystem::directory_iterator(folder_ / ""))
      if (file.is_regular_file() && file.path().filename() != "image")
        std::filesystem::copy(file.path(), image_.at);
  }
  std::string config() const { return image_.at + "/gateway.toml"; }

  const Image image_{(folder_ / "").string()};
};

TEST_F(Disk, ThatTurnsReadOnlyIsSaidAndReadingGoesOn) {
  {
    Program gateway(config());
    Wire wire(gateway.reporter());
    kit::Asking client(wire, organisation_.service());
    ASSERT_EQ(client.read_all(cases_[0].handle(), cases_[0].owner()).entries.size(), 4U);
    ASSERT_TRUE(image_.turn_read_only());
    EXPECT_EQ(open_one(client, "later"), rules::Status::kStorage);
    EXPECT_EQ(client.read_all(cases_[0].handle(), cases_[0].owner()).entries.size(), 4U);
  }
  const auto ran = run({"serve", "--config", config()});
  EXPECT_EQ(ran.code, kUnreachable) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("read-only"));
}

// Database, journal and all that lies beside them share what is left, which is nothing.
TEST_F(Disk, ThatIsFullIsSaidAndReadingGoesOnAndItIsUsedAgainOnceThereIsRoom) {
  {
    Program gateway(config());
    Wire wire(gateway.reporter());
    kit::Asking client(wire, organisation_.service());
    ASSERT_EQ(open_one(client, "while there was room"), rules::Status::kDone);
    image_.run_full();
    open_until_refused(client, "filling ");
    expect_acknowledged(client);
    image_.make_room();
    EXPECT_EQ(open_one(client, "room again"), rules::Status::kDone);
    image_.run_full();
    open_until_refused(client, "filling again ");
  }
  Program gateway(config());  // the one before was killed; the disk is still full
  Wire wire(gateway.reporter());
  kit::Asking client(wire, organisation_.service());
  EXPECT_GE(acknowledged_.size(), 2U);
  expect_acknowledged(client);
  EXPECT_EQ(client.read_all(cases_[0].handle(), cases_[0].owner()).entries.size(), 4U);
  EXPECT_EQ(open_one(client, "too early"), rules::Status::kStorage);
  image_.make_room();
  EXPECT_EQ(open_one(client, "and again"), rules::Status::kDone);
}

}  // namespace
}  // namespace omzien::gateway::process
