#include "gateway/http/tls.h"

#include <fstream>

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include "tests/gateway/http/certificate.h"
#include "tests/gateway/http/running_server.h"

namespace omzien::gateway::http::testing {
namespace {

TEST(Tls, SpeaksOneThree) {
  RunningServer server;
  Client client(server.tls);
  ASSERT_TRUE(client.connected());
  EXPECT_STREQ(SSL_get_version(client.tls()), "TLSv1.3");
}

TEST(Tls, RefusesOneTwo) {
  RunningServer server;
  EXPECT_FALSE(Client(server.tls, Client::Handshake::kTls12).connected());
}

TEST(Tls, GivesNothingToResumeWith) {
  RunningServer server;
  Client client(server.tls);
  ASSERT_EQ(exchange(client).body.size(), 16'384U);
  EXPECT_EQ(SSL_SESSION_has_ticket(SSL_get_session(client.tls())), 0);
  EXPECT_EQ(SSL_SESSION_is_resumable(SSL_get_session(client.tls())), 0);
  EXPECT_EQ(SSL_get_max_early_data(client.tls()), 0U);
}

TEST(Tls, EndsGarbageBeforeTheHandshake) {
  RunningServer server;
  Client client(server.tls, Client::Handshake::kNone);
  client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto all = client.receive_all();
  ASSERT_TRUE(all);
  EXPECT_LE(all->size(), 7U);  // an alert's record, or nothing
}

TEST(Tls, FollowsAKeyUpdate) {
  RunningServer server;
  Client client(server.tls);
  ASSERT_EQ(SSL_key_update(client.tls(), SSL_KEY_UPDATE_REQUESTED), 1);
  EXPECT_EQ(exchange(client).body, std::string(16'384, 'b'));
  EXPECT_EQ(exchange(client).body, std::string(16'384, 'b'));
}

TEST(Tls, EndsAFloodOfKeyUpdates) {
  RunningServer server;
  Client client(server.tls);
  ASSERT_EQ(exchange(client).body.size(), 16'384U);
  bool ended = false;
  for (int i = 0; i < 100'000 && !ended; ++i)
    ended = SSL_key_update(client.tls(), SSL_KEY_UPDATE_NOT_REQUESTED) != 1 ||
            SSL_do_handshake(client.tls()) != 1;
  EXPECT_TRUE(ended);
}

TEST(TlsContext, NamesTheFileThatIsWrong) {
  Folder folder;
  write_certificate(folder / "certificate", folder / "key");
  write_certificate(folder / "other", folder / "other_key");
  std::ofstream(folder / "empty");
  const auto message = [&](const char* certificate, const char* key) -> std::string {
    try {
      const TlsContext made(folder / certificate, folder / key);
    } catch (const TlsError& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(message("certificate", "key"), "");
  EXPECT_NE(message("absent", "key").find("absent"), std::string::npos);
  EXPECT_NE(message("empty", "key").find("empty"), std::string::npos);
  EXPECT_NE(message("certificate", "absent").find("absent"), std::string::npos);
  EXPECT_NE(message("certificate", "other_key").find("other_key"), std::string::npos);
}

}  // namespace
}  // namespace omzien::gateway::http::testing
