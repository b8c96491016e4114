// A file that may not grow, a store that is broken or somebody else's, seen from outside: a clear
// word, the right exit code, nothing changed, and reading goes on where it can.
#include <algorithm>
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
    // SQLCipher has lines of its own, with the time to the millisecond.
    EXPECT_EQ(std::count(ran.output.begin(), ran.output.end(), '\n'), 1) << ran.output;
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

TEST_F(Trouble, AFileThatMayNotGrowIsSaidAndReadingGoesOnAndNothingAcknowledgedIsLost) {
  fill(0, 1);
  {
    Program gateway(config(), 600'000);
    Wire wire(gateway.reporter());
    kit::Asking client(wire, organisation_.service());
    open_until_refused(client, "filling ");
    EXPECT_GT(acknowledged_.size(), 5U);
    expect_acknowledged(client);
  }
  Program gateway(config());
  Wire wire(gateway.reporter());
  kit::Asking client(wire, organisation_.service());
  expect_acknowledged(client);
  EXPECT_EQ(open_one(client, "room again"), rules::Status::kDone);
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

// Its journal lies where the link leads: looked for beside the link, it was lost after every crash.
TEST_F(Trouble, AStoreBehindALinkIsRefusedUntilItsPlaceIsNamed) {
  fill(0, 2);
  std::filesystem::create_directory(at("larger"));
  std::filesystem::rename(at("store.db"), at("larger/store.db"));
  std::filesystem::create_symlink(at("larger/store.db"), at("store.db"));
  expect_refused(kBadInput, "is a link");
  for (const char* part : {"store.db.datakey", "store.db.lock"})
    std::filesystem::rename(at(part), at("larger/") + part);
  auto text = config_text();
  text.replace(text.find("store.db"), 8, "larger/store.db");
  folder_.write("gateway.toml", crypto::as_bytes(text));
  {
    Program gateway(config());
    gateway.kill();
  }
  Program gateway(config());
  EXPECT_EQ(logs(gateway).size(), 2U);
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

}  // namespace
}  // namespace omzien::gateway::process
