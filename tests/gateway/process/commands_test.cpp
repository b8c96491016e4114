// backup, restore, rekey and purge, as a person runs them: while the gateway runs and while it does
// not.
#include <thread>

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
