// rekey, as a person runs it: another key file, another data key. What was in the store is in it
// still, row by row, in every table.
#include "tests/gateway/process/commands.h"

namespace omzien::gateway::process {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class Rekey : public Commands {
 protected:
  void make_next_key() { ASSERT_EQ(run({"new-key", at("next.key")}).code, kDone); }
  // Under the next key file alone, and nothing else is changed.
  void expect_under_next_key(const storage::sqlcipher::EveryRow& rows,
                             const std::vector<protocol::Log>& before) {
    EXPECT_THAT([&] { Program with_the_old_one(config()); },
                testing::ThrowsMessage<std::runtime_error>(HasSubstr("ended with 2")));
    EXPECT_THAT(differing(rows, rows_in(folder_, "next.key")), IsEmpty());
    folder_.write("gateway.toml", crypto::as_bytes(config_text("next.key")));
    Program gateway(config());
    expect_same(before, logs(gateway));
  }
};

TEST_F(Rekey, ANewKeyFileIsTakenWhileTheGatewayRuns) {
  fill_every_table(0, 2);
  make_next_key();
  const auto rows = rows_in(folder_);
  std::vector<protocol::Log> before;
  {
    Program gateway(config());
    const auto rekeyed = command({"rekey", "--key", at("next.key")});
    ASSERT_EQ(rekeyed.code, kDone) << rekeyed.output;
    EXPECT_EQ(command({"rekey", "--key", at("next.key")}).code, kDone) << "again: still right";
    before = logs(gateway);
    EXPECT_EQ(gateway.stop(), kDone);
  }
  expect_under_next_key(rows, before);
}

TEST_F(Rekey, ANewKeyFileIsTakenWhileTheGatewayIsStopped) {
  fill_every_table(0, 2);
  make_next_key();
  const auto rows = rows_in(folder_);
  std::vector<protocol::Log> before;
  {
    Program gateway(config());
    before = logs(gateway);
    EXPECT_EQ(gateway.stop(), kDone);
  }
  const auto rekeyed = command({"rekey", "--key", at("next.key")});
  ASSERT_EQ(rekeyed.code, kDone) << rekeyed.output;
  EXPECT_EQ(command({"rekey", "--key", at("next.key")}).code, kDone) << "again: still right";
  expect_under_next_key(rows, before);
}

TEST_F(Rekey, ANewDataKeyNeedsAStoppedGateway) {
  fill_every_table(0, 2);
  const auto rows = rows_in(folder_);
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
  EXPECT_THAT(differing(rows, rows_in(folder_)), IsEmpty());
  Program gateway(config());
  expect_same(before, logs(gateway));
}

}  // namespace
}  // namespace omzien::gateway::process
