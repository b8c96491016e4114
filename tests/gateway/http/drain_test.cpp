// The way down: nothing new, what runs is finished, and not for ever.
#include <gtest/gtest.h>

#include "tests/gateway/http/running_server.h"

namespace omzien::gateway::http::testing {
namespace {

using std::chrono::milliseconds;

TEST(Drain, IsQuickWhenNobodyIsThere) {
  RunningServer server;
  EXPECT_LT(time_of([&] { server.stop(); }), milliseconds(300));
}

TEST(Drain, EndsIdleConnectionsAtOnce) {
  RunningServer server([](Config& config) { config.http.idle_ms_max = 60'000; });
  Client plain(server.plain);
  Client tls(server.tls);
  ASSERT_EQ(exchange(plain).body.size(), 16'384U);
  ASSERT_EQ(exchange(tls).body.size(), 16'384U);
  EXPECT_LT(time_of([&] { server.stop(); }), milliseconds(300));
  EXPECT_EQ(plain.receive_all(), "");
}

TEST(Drain, FinishesTheExchangesThatRun) {
  RunningServer server;
  server.exchange.delay = milliseconds(400);
  Client client(server.tls);
  client.send(request(16'384));
  while (server.exchange.asked == 0) std::this_thread::sleep_for(milliseconds(1));
  std::thread stopping([&] { server.stop(); });
  EXPECT_EQ(read_answer(client, 16'384).body, std::string(16'384, 'b'));
  stopping.join();
}

TEST(Drain, AcceptsNobodyMore) {
  RunningServer server;
  const Endpoint plain = server.plain;
  server.stop();
  EXPECT_FALSE(Client(plain).connected());
}

TEST(Drain, CutsWhatTakesTooLong) {
  RunningServer server([](Config& config) {
    config.http.drain_ms_max = 300;
    config.http.body_ms_max = 60'000;
  });
  Client slow(server.plain);
  slow.send(request_header(16'384) + "part of a body");
  std::this_thread::sleep_for(milliseconds(50));
  const auto taken = time_of([&] { server.stop(); });
  EXPECT_GE(taken, milliseconds(250));
  EXPECT_LT(taken, milliseconds(800));
}

TEST(Drain, OutlivesAnExchangeThatAnswersAfterTheCut) {
  RunningServer server([](Config& config) { config.http.drain_ms_max = 100; });
  server.exchange.delay = milliseconds(500);
  Client client(server.plain);
  client.send(request(16'384));
  while (server.exchange.asked == 0) std::this_thread::sleep_for(milliseconds(1));
  EXPECT_GE(time_of([&] { server.stop(); }), milliseconds(400))
      << "the exchange itself is never cut";
}

}  // namespace
}  // namespace omzien::gateway::http::testing
