// backup, restore, rekey and purge, as a person runs them: while the gateway runs and while it does
// not.
#include <thread>

#include "storage/sqlcipher/process_lock.h"
#include "tests/gateway/process/stored_cases.h"

namespace omzien::gateway::process {
namespace {

using testing::HasSubstr;

constexpr int kDone = 0;
constexpr int kBadInput = 2;

class Commands : public StoredCases {
 protected:
  std::string at(const char* name) const { return (folder_ / name).string(); }
  Ran command(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--config", config()});
    return run(arguments);
  }
  std::string elsewhere(const char* name) const { return (elsewhere_ / name).string(); }
  Ran restore_elsewhere(std::vector<std::string> more) {
    write_to(elsewhere_);
    std::filesystem::copy_file(at("gateway.key"), elsewhere("gateway.key"));
    std::vector<std::string> all{"restore", "--from", at("backup"), "--config",
                                 elsewhere("gateway.toml")};
    all.insert(all.end(), more.begin(), more.end());
    return run(all);
  }
  static std::size_t destroyed(const std::vector<protocol::Log>& logs) {
    std::size_t count = 0;
    for (const auto& log : logs) {
      const bool none = std::none_of(log.entries.begin(), log.entries.end(),
                                     [](const auto& entry) { return !entry.payload.empty(); });
      if (none && log.case_share.empty()) ++count;
    }
    return count;
  }

  ScratchFolder elsewhere_;
};

TEST_F(Commands, ABackupOfARunningGatewayIsTheSameOnAnEmptyFolder) {
  fill(2, 3);
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
  Program gateway(elsewhere("gateway.toml"));
  expect_same(before, logs(gateway));
}

TEST_F(Commands, ABackupOfAStoppedGatewayIsTheSame) {
  fill(1, 1);
  ASSERT_EQ(command({"backup", "--to", at("backup")}).code, kDone);
  ASSERT_EQ(restore_elsewhere({"--no-tombstones"}).code, kDone);
  Program here(config());
  Program there(elsewhere("gateway.toml"));
  expect_same(logs(here), logs(there));
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

TEST_F(Commands, ANewKeyIsNotWrittenOverOneThatIsThere) {
  const auto refused = run({"new-key", at("gateway.key")});
  EXPECT_EQ(refused.code, kBadInput);
  EXPECT_THAT(refused.output, HasSubstr("a key is there already; nothing was written over"));
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

TEST_F(Commands, PurgeOfAStoppedGatewayTakesWhatIsDueAlone) {
  fill(3, 2);
  const auto purged = command({"purge"});
  ASSERT_EQ(purged.code, kDone) << purged.output;
  EXPECT_THAT(purged.output, HasSubstr("purged 3 cases"));
  EXPECT_THAT(command({"purge"}).output, HasSubstr("purged 0 cases"));
  Program gateway(config());
  EXPECT_EQ(destroyed(logs(gateway)), 3U);
}

TEST_F(Commands, PurgeOfARunningGatewayIsDoneByIt) {
  fill(3, 2);
  Program gateway(config());
  const auto purged = command({"purge"});
  ASSERT_EQ(purged.code, kDone) << purged.output;
  EXPECT_THAT(purged.output, HasSubstr("purged 3 cases"));
  EXPECT_FALSE(std::filesystem::exists(at("store.db.purge")));
  const auto all = logs(gateway);
  EXPECT_EQ(destroyed(all), 3U);
  EXPECT_EQ(all[0].entries.size(), 5U);
}

TEST_F(Commands, ANewKeyFileIsTakenWhileTheGatewayRuns) {
  fill(0, 2);
  ASSERT_EQ(run({"new-key", at("next.key")}).code, kDone);
  std::vector<protocol::Log> before;
  {
    Program gateway(config());
    const auto rekeyed = command({"rekey", "--key", at("next.key")});
    ASSERT_EQ(rekeyed.code, kDone) << rekeyed.output;
    EXPECT_EQ(command({"rekey", "--key", at("next.key")}).code, kDone) << "again: still right";
    before = logs(gateway);
    EXPECT_EQ(gateway.stop(), kDone);
  }
  EXPECT_EQ(run({"serve", "--config", config()}).code, kBadInput) << "the old one opens nothing";
  folder_.write("gateway.toml", crypto::as_bytes(config_text("next.key")));
  Program gateway(config());
  expect_same(before, logs(gateway));
}

TEST_F(Commands, ANewDataKeyNeedsAStoppedGateway) {
  fill(0, 2);
  std::vector<protocol::Log> before;
  {
    Program gateway(config());
    const auto refused = command({"rekey", "--data-key"});
    EXPECT_EQ(refused.code, kBadInput);
    EXPECT_THAT(refused.output, HasSubstr("stop it first"));
    before = logs(gateway);
    EXPECT_EQ(gateway.stop(), kDone);
  }
  const auto changed = command({"rekey", "--data-key"});
  ASSERT_EQ(changed.code, kDone) << changed.output;
  Program gateway(config());
  expect_same(before, logs(gateway));
}

TEST_F(Commands, AnOlderDirectoryPutBackBeforeAStartIsRefused) {
  const auto older = organisation_.bundle();
  organisation_.next_version();
  write_to(folder_);
  {
    Program gateway(config());
    // It notes the version at its first look, within a second.
    std::this_thread::sleep_for(std::chrono::milliseconds(2500));
    EXPECT_EQ(gateway.stop(), kDone);
  }
  folder_.write("bundle", older);
  const auto refused = run({"serve", "--config", config()});
  EXPECT_EQ(refused.code, kBadInput);
  EXPECT_THAT(refused.output, HasSubstr("put the newer one back"));
}

}  // namespace
}  // namespace omzien::gateway::process
