// When an answer leaves: on the tick, whatever was asked.
#include <gtest/gtest.h>

#include "gateway/http/shared.h"
#include "tests/gateway/http/running_server.h"

namespace omzien::gateway::http::testing {
namespace {

using std::chrono::milliseconds;

void tick_of_100(Config& config) { config.pace.answer_tick_ms = 100; }

// The tick counts from the request's last byte. No answer comes earlier; what a busy machine adds
// is not ours to promise, so the quickest of some stands for all. Nor can an answer be ready in
// time where its thread had no turn: then it is the one that says "later", on the same tick.
constexpr milliseconds kTick{100};
constexpr milliseconds kTolerance{15};

void expect_on_the_tick(Client& client, char body) {
  const std::string wanted(16'384, body);
  const std::string later(16'384, '\xEE');
  milliseconds quickest{1'000};
  for (int i = 0; i < 8; ++i) {
    std::string got;
    const auto taken = time_of([&] { got = exchange(client).body; });
    EXPECT_GE(taken, kTick - milliseconds(1));
    EXPECT_TRUE(got == wanted || got == later) << got.size() << " bytes of something else";
    if (got == wanted) quickest = std::min(quickest, taken);
  }
  EXPECT_LE(quickest, kTick + kTolerance);
}

milliseconds quickest_of_5(Client& client, std::size_t body_bytes) {
  milliseconds quickest{10'000};
  for (int i = 0; i < 5; ++i)
    quickest =
        std::min(quickest, time_of([&] {
                   EXPECT_EQ(exchange(client, body_bytes).body, std::string(body_bytes, 'b'));
                 }));
  return quickest;
}

TEST(Tick, HoldsAQuickAnswerBack) {
  RunningServer server(tick_of_100);
  for (const Endpoint& to : {server.plain, server.tls}) {
    Client client(to);
    expect_on_the_tick(client, 'b');
  }
}

TEST(Tick, SendsLaterForASlowOneAtTheSameTime) {
  RunningServer server(tick_of_100);
  server.exchange.delay = milliseconds(300);
  Client client(server.plain);
  expect_on_the_tick(client, '\xEE');
}

TEST(Tick, TellsHowLateAnAnswerLeaves) {
  RunningServer server(tick_of_100);
  Client client(server.plain);
  server.exchange.holds_up = milliseconds(300);
  EXPECT_EQ(exchange(client).body.size(), 16'384U);
  EXPECT_GE(server.exchange.latest.load(), milliseconds(199));
}

TEST(Tick, CountsFromTheLastByte) {
  RunningServer server(tick_of_100);
  Client client(server.plain);
  const std::string whole = request(16'384);
  client.send(whole.substr(0, whole.size() - 1));
  std::this_thread::sleep_for(milliseconds(150));
  const auto taken = time_of([&] {
    client.send(whole.substr(whole.size() - 1));
    EXPECT_EQ(read_answer(client, 16'384).body.size(), 16'384U);
  });
  EXPECT_GE(taken, kTick - milliseconds(1));
}

// What a large frame asks for may take long: its answer waits for no tick, but for the next of many
// short steps, so that microseconds more or less do not show.
TEST(Tick, HoldsLargeFramesToTheNextStep) {
  RunningServer server(tick_of_100);
  Client client(server.plain);
  for (const int steps : {0, 2}) {
    server.exchange.delay = steps * kLargeStep + kLargeStep / 2;
    const auto quickest = quickest_of_5(client, 262'144);
    EXPECT_GE(quickest, (steps + 1) * kLargeStep);
    EXPECT_LT(quickest, milliseconds(80));
  }
  server.exchange.delay = milliseconds(300);
  const auto slow = time_of([&] {
    EXPECT_EQ(exchange(client, 262'144, 'a').body, std::string(262'144, 'b'))
        << "no tick cuts it off";
  });
  EXPECT_GE(slow, milliseconds(299));
}

TEST(Tick, OfNoneSendsAtOnce) {
  RunningServer server;
  Client client(server.plain);
  EXPECT_LT(quickest_of_5(client, 16'384), milliseconds(50));
  server.exchange.delay = milliseconds(150);
  const auto slow = quickest_of_5(client, 16'384);
  EXPECT_GE(slow, milliseconds(149));
  EXPECT_LT(slow, milliseconds(250));
}

}  // namespace
}  // namespace omzien::gateway::http::testing
