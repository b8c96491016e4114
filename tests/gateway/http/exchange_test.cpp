// A frame in, a frame out, over each kind of socket.
#include <gtest/gtest.h>

#include "tests/gateway/http/running_server.h"

namespace omzien::gateway::http::testing {
namespace {

void expect_exchanges(const Endpoint& to) {
  Client client(to);
  ASSERT_TRUE(client.connected());
  for (const char fill : {'a', 'k', 'x'}) {
    const Answer answer = exchange(client, 16'384, fill);
    EXPECT_EQ(answer.body, std::string(16'384, static_cast<char>(fill + 1)));
  }
  EXPECT_EQ(exchange(client, 262'144, 'c').body, std::string(262'144, 'd'));
  EXPECT_EQ(exchange(client).body, std::string(16'384, 'b'));
}

TEST(Exchange, RunsOverPlainHttp) {
  RunningServer server;
  expect_exchanges(server.plain);
}

TEST(Exchange, RunsOverTls) {
  RunningServer server;
  expect_exchanges(server.tls);
}

TEST(Exchange, RunsOverAUnixSocket) {
  Folder folder;
  RunningServer server([&](Config& config) {
    config.listen.reporter = {Endpoint::Kind::kUnix, folder / "socket", {}, 0};
  });
  expect_exchanges(server.plain);
}

TEST(Exchange, AnswersWithTheseFieldsAndNoOthers) {
  RunningServer server;
  Client client(server.plain);
  EXPECT_EQ(exchange(client).header,
            "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: 16384\r\n"
            "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: "
            "no-referrer\r\n\r\n");
}

TEST(Exchange, TakesRequestsInPiecesOfAnySize) {
  RunningServer server([](Config& config) { config.http.header_ms_max = 5'000; });
  for (const Endpoint& to : {server.plain, server.tls}) {
    Client client(to);
    const std::string whole = request(16'384, 'p');
    for (std::size_t at = 0; at < 200; ++at) client.send(whole.substr(at, 1));
    for (std::size_t at = 200; at < whole.size(); at += 1'777) client.send(whole.substr(at, 1'777));
    EXPECT_EQ(read_answer(client, 16'384).body, std::string(16'384, 'q'));
  }
}

TEST(Exchange, PutsTogetherALargeRequestJustAsItCame) {
  RunningServer server([](Config& config) { config.http.body_ms_max = 5'000; });
  std::string body(262'144, 'a');
  for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>('a' + i / 977 % 25);
  std::string higher = body;
  for (char& c : higher) ++c;
  for (const Endpoint& to : {server.plain, server.tls}) {
    Client client(to);
    client.send(request_header(body.size()));
    for (std::size_t at = 0; at < body.size(); at += 5'003) client.send(body.substr(at, 5'003));
    EXPECT_TRUE(read_answer(client, body.size()).body == higher);
  }
}

TEST(Exchange, ServesRequestsSentAheadOneAfterTheOther) {
  RunningServer server;
  for (const Endpoint& to : {server.plain, server.tls}) {
    Client client(to);
    client.send(request(16'384, 'a') + request(16'384, 'b') + request(16'384, 'c'));
    for (const char fill : {'b', 'c', 'd'})
      EXPECT_EQ(read_answer(client, 16'384).body, std::string(16'384, fill));
  }
}

TEST(Exchange, EndsTheConnectionWhenAsked) {
  RunningServer server;
  Client client(server.plain);
  std::string text = request(16'384);
  text.insert(text.find("\r\n\r\n"), "\r\nConnection: close");
  client.send(text);
  const auto all = client.receive_all();
  ASSERT_TRUE(all);
  EXPECT_TRUE(all->ends_with(std::string(16'384, 'b')));
}

TEST(Exchange, AnswersAClientThatHasClosedItsSide) {
  RunningServer server;
  for (const Endpoint& to : {server.plain, server.tls}) {
    Client client(to);
    client.send(request(16'384));
    client.half_close();
    const auto all = client.receive_all();
    ASSERT_TRUE(all);
    EXPECT_TRUE(all->ends_with(std::string(16'384, 'b')));
  }
}

TEST(Exchange, SurvivesClientsThatLeaveBeforeTheAnswer) {
  RunningServer server;
  server.exchange.delay = std::chrono::milliseconds(200);
  for (int i = 0; i < 20; ++i) {
    Client client(i % 2 == 0 ? server.plain : server.tls);
    client.send(request(i % 4 < 2 ? 16'384 : 262'144));
  }
  Client stays(server.plain);
  EXPECT_EQ(exchange(stays).body, std::string(16'384, 'b'));
}

TEST(Health, SaysHowTheStoreIs) {
  RunningServer server;
  Client well(server.health);
  well.send("GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto ok = well.receive_all();
  ASSERT_TRUE(ok);
  EXPECT_TRUE(ok->starts_with("HTTP/1.1 200 "));
  EXPECT_TRUE(ok->ends_with(R"({"status":"ok"})"));

  server.healthy = false;
  Client ill(server.health);
  ill.send("GET /health HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto failing = ill.receive_all();
  ASSERT_TRUE(failing);
  EXPECT_TRUE(failing->starts_with("HTTP/1.1 503 "));
}

}  // namespace
}  // namespace omzien::gateway::http::testing
