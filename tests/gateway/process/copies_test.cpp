// backup and restore, as a person runs them: while the gateway runs and while it does not. What is
// brought back is compared row by row, in every table.
#include "storage/sqlcipher/process_lock.h"
#include "tests/gateway/process/commands.h"

namespace omzien::gateway::process {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST_F(Commands, ABackupOfARunningGatewayIsTheSameOnAnEmptyFolder) {
  fill_every_table(2, 3);
  const auto rows = rows_in(folder_);
  std::vector<protocol::Log> before;
  {
    Program gateway(config());
    before = logs(gateway);
    const auto backed_up = command({"backup", "--to", at("backup")});
    ASSERT_EQ(backed_up.code, kDone) << backed_up.output;
    EXPECT_THAT(backed_up.output, HasSubstr("5 cases, 20 entries"));
  }
  const auto restored = restore_elsewhere({"--no-tombstones"});
  ASSERT_EQ(restored.code, kDone) << restored.output;
  EXPECT_THAT(differing(rows, rows_in(elsewhere_)), IsEmpty());
  Program gateway(elsewhere("gateway.toml"));
  expect_same(before, logs(gateway));
}

TEST_F(Commands, ABackupOfAStoppedGatewayIsTheSame) {
  fill_every_table(1, 1);
  ASSERT_EQ(command({"backup", "--to", at("backup")}).code, kDone);
  ASSERT_EQ(restore_elsewhere({"--no-tombstones"}).code, kDone);
  EXPECT_THAT(differing(rows_in(folder_), rows_in(elsewhere_)), IsEmpty());
  Program here(config());
  Program there(elsewhere("gateway.toml"));
  expect_same(logs(here), logs(there));
}

TEST_F(Commands, ABackupAfterAPurgeIsTheSameWithItsTombstones) {
  fill_every_table(2, 1);
  ASSERT_EQ(command({"purge"}).code, kDone);
  const auto purged = rows_in(folder_);
  ASSERT_THAT(empty_in(purged), IsEmpty());
  ASSERT_EQ(command({"backup", "--to", at("backup")}).code, kDone);
  const auto restored = restore_elsewhere({"--tombstones", at("store.db.tombstones")});
  ASSERT_EQ(restored.code, kDone) << restored.output;
  EXPECT_THAT(differing(purged, rows_in(elsewhere_)), IsEmpty());
}

// The entry that says so is lost with all that came after the backup; the case is not there again.
TEST_F(Commands, ABackupBeforeAPurgeLacksTheEntriesThatSayItAlone) {
  fill_every_table(2, 1);
  ASSERT_EQ(command({"backup", "--to", at("backup")}).code, kDone);
  ASSERT_EQ(command({"purge"}).code, kDone);
  const auto restored = restore_elsewhere({"--tombstones", at("store.db.tombstones")});
  ASSERT_EQ(restored.code, kDone) << restored.output;
  auto here = rows_in(folder_);
  const auto there = rows_in(elsewhere_);
  EXPECT_THAT(differing(here, there), ElementsAre("cases", "entries"));
  ASSERT_EQ(here.at("entries").size(), there.at("entries").size() + 2);
  here.at("entries").resize(there.at("entries").size());
  EXPECT_EQ(here.at("entries"), there.at("entries")) << "destroyed here and there";
}

TEST_F(Commands, RestoringWantsToKnowWhatWasWithdrawnSince) {
  fill(1, 1);
  ASSERT_EQ(command({"backup", "--to", at("backup")}).code, kDone);
  ASSERT_EQ(command({"purge"}).code, kDone);
  const auto unsaid = restore_elsewhere({});
  EXPECT_EQ(unsaid.code, kBadInput);
  EXPECT_THAT(unsaid.output, HasSubstr("--tombstones"));
  EXPECT_FALSE(std::filesystem::exists(elsewhere("store.db")));
  const auto restored = run({"restore", "--from", at("backup"), "--tombstones",
                             at("store.db.tombstones"), "--config", elsewhere("gateway.toml")});
  ASSERT_EQ(restored.code, kDone) << restored.output;
  Program gateway(elsewhere("gateway.toml"));
  Wire wire(gateway.reporter());
  kit::Asking client(wire, organisation_.service());
  EXPECT_EQ(client.read(cases_[0].handle(), 0, cases_[0].owner()).status, rules::Status::kNothing);
  EXPECT_EQ(client.read(cases_[1].handle(), 0, cases_[1].owner()).status, rules::Status::kDone);
}

// What lies beside the store may be an earlier restore's: it is taken when somebody says so.
TEST_F(Commands, RestoringTakesNoTombstonesUnasked) {
  fill(1, 1);
  ASSERT_EQ(command({"purge"}).code, kDone);
  ASSERT_EQ(command({"backup", "--to", at("backup")}).code, kDone);
  std::filesystem::copy_file(at("store.db.tombstones"), elsewhere("store.db.tombstones"));
  const auto unsaid = restore_elsewhere({});
  EXPECT_EQ(unsaid.code, kBadInput);
  EXPECT_THAT(unsaid.output, HasSubstr("tombstones with 1 record lie there already"));
  const std::vector<std::string> base{"restore", "--from", at("backup"), "--config",
                                      elsewhere("gateway.toml")};
  const auto again = [&](std::vector<std::string> more) {
    more.insert(more.begin(), base.begin(), base.end());
    return run(more);
  };
  EXPECT_EQ(again({"--no-tombstones"}).code, kBadInput);
  EXPECT_FALSE(std::filesystem::exists(elsewhere("store.db")));
  const auto said = again({"--tombstones", elsewhere("store.db.tombstones")});
  EXPECT_EQ(said.code, kDone) << said.output;
  EXPECT_THAT(said.output, HasSubstr("tombstones: 1 record"));
}

TEST_F(Commands, RestoringWithTombstonesThatLackWhatTheBackupHasDestroyedIsRefused) {
  fill(1, 1);
  ASSERT_EQ(command({"purge"}).code, kDone);
  ASSERT_EQ(command({"backup", "--to", at("backup")}).code, kDone);
  elsewhere_.write("older", crypto::as_bytes("omzien deleted1\n"));
  const auto older = restore_elsewhere({"--tombstones", elsewhere("older")});
  EXPECT_EQ(older.code, kBadInput);
  EXPECT_THAT(older.output, HasSubstr("older than the backup, or another store's"));
  const std::vector<std::string> base{"restore", "--from", at("backup"), "--config",
                                      elsewhere("gateway.toml")};
  auto none = base;
  none.emplace_back("--no-tombstones");
  const auto refused = run(none);
  EXPECT_EQ(refused.code, kBadInput);
  EXPECT_THAT(refused.output, HasSubstr("--tombstones-lost"));
  for (const char* file : {"store.db", "store.db.datakey", "store.db.tombstones"})
    EXPECT_FALSE(std::filesystem::exists(elsewhere(file))) << file;
  auto lost = base;
  lost.emplace_back("--tombstones-lost");
  const auto loud = run(lost);
  EXPECT_EQ(loud.code, kDone) << loud.output;
  EXPECT_THAT(loud.output, HasSubstr("lives again"));
}

TEST_F(Commands, ABackupThatIsBeingMadeIsSaidToBeInUse) {
  fill(0, 1);
  const auto lock = storage::sqlcipher::lock_file(at("backup.part.lock"));
  ASSERT_TRUE(lock);
  const auto refused = command({"backup", "--to", at("backup")});
  EXPECT_EQ(refused.code, kBadInput);
  EXPECT_THAT(refused.output, HasSubstr("in use"));
  EXPECT_FALSE(std::filesystem::exists(at("backup")));
}

TEST_F(Commands, NothingIsWrittenOver) {
  fill(0, 1);
  ASSERT_EQ(command({"backup", "--to", at("backup")}).code, kDone);
  const auto again = command({"backup", "--to", at("backup")});
  EXPECT_EQ(again.code, kBadInput);
  EXPECT_THAT(again.output, HasSubstr("is there already"));
  const auto over = command({"restore", "--from", at("backup"), "--no-tombstones"});
  EXPECT_EQ(over.code, kBadInput);
  Program gateway(config());
  EXPECT_EQ(logs(gateway).size(), 1U);
}

}  // namespace
}  // namespace omzien::gateway::process
