// A disk that is full, a store that is broken or somebody else's, seen from outside: a clear word,
// the right exit code, nothing changed, and reading goes on where it can.
#include <fstream>
#include <unistd.h>

#include "tests/gateway/process/stored_cases.h"

namespace omzien::gateway::process {
namespace {

using testing::HasSubstr;

constexpr int kBadInput = 2;
constexpr int kUnreachable = 4;
constexpr int kUnverified = 5;

class Trouble : public StoredCases {
 protected:
  std::string at(const char* name) const { return (folder_ / name).string(); }
  void expect_refused(int code, const char* word) {
    const auto before = files();
    const auto ran = run({"serve", "--config", config()});
    EXPECT_EQ(ran.code, code) << ran.output;
    EXPECT_THAT(ran.output, HasSubstr(word));
    EXPECT_TRUE(files() == before) << "nothing is changed";
  }
  std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> found;
    for (const char* ending : {"", "-wal", ".datakey", ".tombstones"}) {
      std::ifstream stream(at("store.db") + ending, std::ios::binary);
      found[ending] = {std::istreambuf_iterator<char>(stream), {}};
    }
    return found;
  }
};

TEST_F(Trouble, AFullDiskIsSaidAndReadingGoesOnAndNothingAcknowledgedIsLost) {
  fill(0, 1);
  std::vector<kit::CaseBuilder> accepted;
  int refused = 0;
  {
    Program gateway(config(), 600'000);
    Wire wire(gateway.reporter());
    kit::Asking client(wire, organisation_.service());
    for (int i = 0; i < 200 && refused < 3; ++i) {
      kit::CaseBuilder made(organisation_, "filling " + std::to_string(i));
      made.on(today());
      const auto status = client.open(made.opening({"mieke"}), made.owner()).status;
      ASSERT_TRUE(status == rules::Status::kDone || status == rules::Status::kStorage);
      if (status == rules::Status::kDone)
        accepted.push_back(made);
      else
        ++refused;
    }
    EXPECT_EQ(refused, 3);
    EXPECT_GT(accepted.size(), 5U);
    for (const auto& made : accepted)
      EXPECT_EQ(client.read_all(made.handle(), made.owner()).entries.size(), 3U);
  }
  Program gateway(config());
  Wire wire(gateway.reporter());
  kit::Asking client(wire, organisation_.service());
  for (const auto& made : accepted)
    EXPECT_EQ(client.read_all(made.handle(), made.owner()).entries.size(), 3U);
  kit::CaseBuilder made(organisation_, "room again");
  made.on(today());
  EXPECT_EQ(client.open(made.opening({"mieke"}), made.owner()).status, rules::Status::kDone);
}

TEST_F(Trouble, ATruncatedDatabaseIsDamaged) {
  fill(0, 40);
  std::filesystem::resize_file(at("store.db"), 40'960);
  expect_refused(kUnverified, "damaged");
}

TEST_F(Trouble, AForeignDatabaseIsNoStore) {
  fill(0, 1);
  std::ofstream(at("store.db"), std::ios::binary) << std::string(20'000, 'x');
  expect_refused(kBadInput, "not a store");
}

TEST_F(Trouble, AnotherKeyFileOpensNothing) {
  fill(0, 1);
  std::filesystem::remove(at("gateway.key"));
  ASSERT_EQ(run({"new-key", at("gateway.key")}).code, 0);
  expect_refused(kBadInput, "does not open this store");
}

TEST_F(Trouble, AJournalThatWasLostAfterACrashIsNoticed) {
  fill(0, 1);
  { Program gateway(config()); }  // killed
  std::filesystem::remove(at("store.db-wal"));
  expect_refused(kUnverified, "damaged");
}

TEST_F(Trouble, AMissingDatabaseOrKeyIsNotBegunAnew) {
  fill(0, 1);
  std::filesystem::rename(at("store.db.datakey"), at("kept"));
  expect_refused(kUnreachable, "missing");
  std::filesystem::rename(at("kept"), at("store.db.datakey"));
  std::filesystem::rename(at("store.db"), at("kept"));
  EXPECT_EQ(run({"serve", "--config", config()}).code, kUnreachable);
  EXPECT_FALSE(std::filesystem::exists(at("store.db")));
}

// A timer purges, and nobody watches it.
TEST_F(Trouble, APurgeOfNoStoreIsSaidAndMakesNone) {
  const auto refused = run({"purge", "--config", config()});
  EXPECT_EQ(refused.code, kUnreachable);
  EXPECT_THAT(refused.output, HasSubstr("missing"));
  for (const char* ending : {"", ".lock", ".new", ".datakey"})
    EXPECT_FALSE(std::filesystem::exists(at("store.db") + ending)) << ending;
}

// A path that was mistyped looks like one that is new.
TEST_F(Trouble, AFirstStartSaysWhereItMadeAnEmptyStore) {
  auto text = config_text();
  const auto level = text.find("\"error\"");
  text.replace(level, 7, "\"warning\"");
  // It ends once the store is made: it can't listen there.
  text.replace(text.find("127.0.0.1:0"), 11, "unix:" + at("no/folder"));
  folder_.write("gateway.toml", crypto::as_bytes(text));
  const auto first = run({"serve", "--config", config()});
  EXPECT_THAT(first.output, HasSubstr("made a new, empty store at " + at("store.db")));
  EXPECT_THAT(run({"serve", "--config", config()}).output, testing::Not(HasSubstr("made a new")));
}

TEST_F(Trouble, AStoreThatIsLostWholeIsNotBegunAnew) {
  fill(0, 1);
  for (const char* part : {"store.db", "store.db.datakey"}) std::filesystem::remove(at(part));
  ASSERT_TRUE(std::filesystem::exists(at("store.db.lock")));
  expect_refused(kUnreachable, "There was a store here");
  EXPECT_FALSE(std::filesystem::exists(at("store.db")));
}

// A disk that is an image in this folder.
class Disk {
 public:
  explicit Disk(const std::string& folder) : at(folder + "/disk") {
    const auto image = folder + "/image";
    std::filesystem::create_directory(at);
    mounted = done("truncate -s 64M " + image) && done("mkfs.ext4 -q -F " + image) &&
              done("mount -o loop " + image + " " + at);
  }
  ~Disk() {
    if (mounted) done("umount -l " + at);
  }
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  // As after an error of the disk. A plain remount is kept away by files that are open.
  bool turn_read_only() const { return done("mount -o remount,abort " + at); }

  const std::string at;
  bool mounted = false;

 private:
  static bool done(const std::string& command) {
    return std::system((command + " >/dev/null 2>&1").c_str()) == 0;
  }
};

// Needs to be root, in a machine that lets it mount.
TEST_F(Trouble, AReadOnlyRemountIsSaidAndReadingGoesOn) {
  const auto folder = std::filesystem::path(config()).parent_path();
  const Disk disk(folder.string());
  if (!disk.mounted) GTEST_SKIP() << "nothing may be mounted here";
  fill(0, 1);
  for (const auto& file : std::filesystem::directory_iterator(folder))
    if (file.is_regular_file() && file.path().filename() != "image")
      std::filesystem::copy(file.path(), disk.at);
  {
    Program gateway(disk.at + "/gateway.toml");
    Wire wire(gateway.reporter());
    kit::Asking client(wire, organisation_.service());
    ASSERT_EQ(client.read_all(cases_[0].handle(), cases_[0].owner()).entries.size(), 4U);
    ASSERT_TRUE(disk.turn_read_only());
    kit::CaseBuilder made(organisation_, "later");
    made.on(today());
    EXPECT_EQ(client.open(made.opening({"mieke"}), made.owner()).status, rules::Status::kStorage);
    EXPECT_EQ(client.read_all(cases_[0].handle(), cases_[0].owner()).entries.size(), 4U);
  }
  const auto ran = run({"serve", "--config", disk.at + "/gateway.toml"});
  EXPECT_EQ(ran.code, kUnreachable) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("read-only"));
}

}  // namespace
}  // namespace omzien::gateway::process
