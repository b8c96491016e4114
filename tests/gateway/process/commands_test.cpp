// purge, new keys and starts, as a person runs them: while the gateway runs and while it does not.
#include "tests/gateway/process/commands.h"

#include <thread>

namespace omzien::gateway::process {
namespace {

using testing::HasSubstr;

TEST_F(Commands, ANewKeyIsNotWrittenOverOneThatIsThere) {
  const auto refused = run({"new-key", at("gateway.key")});
  EXPECT_EQ(refused.code, kBadInput);
  EXPECT_THAT(refused.output, HasSubstr("a key is there already; nothing was written over"));
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
