// gateway.toml, and clear words about what is wrong with one.
#include "gateway/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace omzien::gateway {
namespace {

const std::string kNeeded =
    "[store]\nengine = \"sqlcipher\"\npath = \"cases.db\"\nkey_file = \"/keys/store.key\"\n"
    "[directory]\nservice_id = \"" +
    std::string(64, 'a') + "\"\n";

Config parse(const std::string& more) {
  return parse_config(kNeeded + more, "/etc/omzien/gateway.toml");
}

std::string complaint(const std::string& toml) {
  try {
    parse_config(toml, "/etc/omzien/gateway.toml");
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "none";
}

TEST(GatewayConfig, EveryKeyButTheNeededOnesHasADefault) {
  const auto config = parse("");
  EXPECT_EQ(config.store.engine, "sqlcipher");
  EXPECT_EQ(config.store.path, "/etc/omzien/cases.db");
  EXPECT_EQ(config.store.key_file, "/keys/store.key");
  EXPECT_EQ(config.directory.path, "/etc/omzien/directory.bundle");
  EXPECT_EQ(config.listen.reporter.kind, Endpoint::Kind::kPlain);
  EXPECT_EQ(config.pace.ms_min, 2'000U);
  EXPECT_EQ(config.pace.ms_max, 10'000U);
  EXPECT_EQ(config.pace.answer_tick_ms, 100U);
  EXPECT_EQ(config.http.header_bytes_max, 8'192U);
  EXPECT_EQ(config.log_level, LogLevel::kInfo);
}

TEST(GatewayConfig, ReadsWhatIsWritten) {
  const auto config = parse(
      "[listen]\nreporter = \"unix:run/reporter.sock\"\ndesk = \"0.0.0.0:8443\"\nhealth = "
      "\"[::1]:9000\"\n"
      "[tls]\ncertificate = \"a.pem\"\nkey = \"b.pem\"\n"
      "[limits]\nconnections_max = 12\ncase_bytes_max = 1_000_000_000\n"
      "[pace]\nseconds_min = 0.2\nseconds_max = 1\nanswer_tick_ms = 0\n[log]\nlevel = \"debug\"\n");
  EXPECT_EQ(config.listen.reporter.kind, Endpoint::Kind::kUnix);
  EXPECT_EQ(config.listen.reporter.path, "/etc/omzien/run/reporter.sock");
  EXPECT_EQ(config.listen.desk.kind, Endpoint::Kind::kTls);
  EXPECT_EQ(config.listen.desk.port, 8'443);
  EXPECT_EQ(config.listen.health.kind, Endpoint::Kind::kPlain);
  EXPECT_EQ(config.listen.health.address, "::1");
  EXPECT_EQ(config.tls.key, "/etc/omzien/b.pem");
  EXPECT_EQ(config.http.connections_max, 12U);
  EXPECT_EQ(config.limits.case_bytes_max, 1'000'000'000U);
  EXPECT_EQ(config.pace.ms_min, 200U);
  EXPECT_EQ(config.log_level, LogLevel::kDebug);
}

TEST(GatewayConfig, PagesAreServedWhereAFolderIsNamed) {
  EXPECT_TRUE(parse("").web.reporter.empty());
  EXPECT_TRUE(parse("").web.desk.empty());
  const auto config = parse(
      "[web]\nreporter = \"site/reporter\"\ndesk = \"/srv/desk\"\n"
      "[limits]\nsite_files_max = 3\nsite_bytes_max = 2048\n");
  EXPECT_EQ(config.web.reporter, "/etc/omzien/site/reporter");
  EXPECT_EQ(config.web.desk, "/srv/desk");
  EXPECT_EQ(config.http.site_files_max, 3U);
  EXPECT_EQ(config.http.site_bytes_max, 2'048U);
  EXPECT_EQ(complaint(kNeeded + "[web]\nreporters = \"x\"\n"),
            "/etc/omzien/gateway.toml: [web] reporters is no key of gateway.toml");
}

TEST(GatewayConfig, SaysWhichKeyIsWrongAndWhy) {
  using testing::HasSubstr;
  EXPECT_EQ(complaint(""), "/etc/omzien/gateway.toml: [store] engine is missing");
  EXPECT_EQ(complaint(kNeeded + "[limits]\nconnection_max = 1\n"),
            "/etc/omzien/gateway.toml: [limits] connection_max is no key of gateway.toml");
  EXPECT_EQ(complaint(kNeeded + "[limit]\n"),
            "/etc/omzien/gateway.toml: limit is no section of gateway.toml");
  EXPECT_THAT(complaint(kNeeded + "[limits]\nconnections_max = 0\n"),
              HasSubstr("connections_max is not from 1 to"));
  EXPECT_THAT(complaint(kNeeded + "[limits]\nconnections_max = -5\n"),
              HasSubstr("is not from 1 to"));
  EXPECT_THAT(complaint(kNeeded + "[limits]\nconnections_max = \"12\"\n"),
              HasSubstr("is no whole number"));
  EXPECT_THAT(complaint(kNeeded + "[pace]\nseconds_min = 5\nseconds_max = 4\n"),
              HasSubstr("is below seconds_min"));
  EXPECT_THAT(complaint(kNeeded + "[log]\nlevel = \"loud\"\n"),
              HasSubstr("level is not error, warning"));
  EXPECT_THAT(complaint(kNeeded + "[limits\n"), HasSubstr("(line 7)"));
  EXPECT_THAT(complaint("store = 1\n"), HasSubstr("[store] is no table"));
  EXPECT_THAT(complaint("[store]\nengine = 1\n"), HasSubstr("engine is no text"));
}

// Clients take no more of it than the rules say, whatever is announced.
TEST(GatewayConfig, APaceThatNobodyWouldKeepToIsRefused) {
  EXPECT_THAT(complaint(kNeeded + "[pace]\nseconds_max = 10.1\n"),
              testing::HasSubstr("seconds_max is not from 0 to 10"));
  EXPECT_THAT(complaint(kNeeded + "[pace]\nseconds_max = -5555555555555555555\n"),
              testing::HasSubstr("seconds_max is not from 0 to 10"));
  EXPECT_THAT(complaint(kNeeded + "[pace]\nseconds_max = nan\n"),
              testing::HasSubstr("is not from 0 to 10"));
  EXPECT_EQ(parse("[pace]\nseconds_min = 10\nseconds_max = 10\n").pace.ms_min, 10'000U);
}

// A body's time is its bytes divided by this.
TEST(GatewayConfig, ABodyThatMayTakeForEverIsRefused) {
  EXPECT_THAT(complaint(kNeeded + "[limits]\nbody_bytes_per_second_min = 0\n"),
              testing::HasSubstr("body_bytes_per_second_min is not from 1 to"));
  EXPECT_EQ(parse("[limits]\nbody_bytes_per_second_min = 1\n").http.body_bytes_per_second_min, 1U);
}

TEST(GatewayConfig, NothingListensInPlainBeyondThisMachine) {
  EXPECT_THAT(complaint(kNeeded + "[listen]\nreporter = \"192.0.2.1:80\"\n"),
              testing::HasSubstr("[tls] certificate is missing"));
  EXPECT_THAT(complaint(kNeeded + "[listen]\nreporter = \"0.0.0.0:80\"\n"),
              testing::HasSubstr("[tls]"));
  EXPECT_EQ(parse_endpoint("127.0.0.1:80").kind, Endpoint::Kind::kPlain);
  EXPECT_EQ(parse_endpoint("tls:127.0.0.1:80").kind, Endpoint::Kind::kTls);
  EXPECT_EQ(parse_endpoint("127.9.9.9:80").kind, Endpoint::Kind::kPlain);
}

TEST(GatewayConfig, AnAddressThatIsNoneIsRefused) {
  for (const auto* bad :
       {"", "unix:", "localhost:80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
        "127.0.0.1:8x", "::1:80", "[127.0.0.1]:80", "300.0.0.1:80", "tls:unix:x"})
    EXPECT_THROW(parse_endpoint(bad), ConfigError) << bad;
}

}  // namespace
}  // namespace omzien::gateway
