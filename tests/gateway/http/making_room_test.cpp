// Who has to go, and when: at once or with the answer, whatever they sent ahead and do not read.
#include <poll.h>

#include <gtest/gtest.h>

#include "tests/gateway/http/running_server.h"

namespace omzien::gateway::http::testing {
namespace {

using std::chrono::milliseconds;

void with_one_place(Config& config) {
  config.http.connections_max = 1;
  config.http.idle_ms_max = 30'000;
}

void wait_until_asked(RunningServer& server) {
  for (int tries = 0; tries < 400 && server.exchange.asked == 0; ++tries)
    std::this_thread::sleep_for(milliseconds(5));
  ASSERT_EQ(server.exchange.asked, 1);
}

// Who has to make room while their answer is being made gets it, if the socket takes it, and goes
// then: not when they ask next, with the newcomer's place taken twice until that.
TEST(Patience, WhoMakesRoomWhileTheyAreAnsweredGoesWithTheAnswer) {
  RunningServer server(with_one_place);
  server.exchange.delay = milliseconds(500);
  Client asks(server.plain);
  ASSERT_TRUE(asks.send(request(16'384)));
  wait_until_asked(server);
  Client newcomer(server.plain);
  EXPECT_EQ(read_answer(asks, 16'384).body.size(), 16'384U);
  EXPECT_TRUE(asks.receive_all(milliseconds(2'000)));
}

// Nor do they stay for what they sent ahead: whoever was told to go keeps their place until they
// have gone, and nobody else is told in their stead.
TEST(Patience, WhoMakesRoomGoesWithTheAnswerWhateverTheySentAhead) {
  RunningServer server(with_one_place);
  server.exchange.delay = milliseconds(500);
  Client asks(server.tls);
  ASSERT_TRUE(asks.send(request(16'384) + request(16'384) + request(16'384)));
  wait_until_asked(server);
  Client newcomer(server.plain);
  EXPECT_EQ(read_answer(asks, 16'384).body.size(), 16'384U);
  EXPECT_EQ(asks.receive_all(milliseconds(2'000)).value_or("still here").size(), 0U);
  EXPECT_EQ(server.exchange.asked, 1);
}

// Places are given out in turn, so whoever likes can hold those of one thread with connections that
// made an exchange, and those of the other with ones that never do: the newcomer who comes to the
// first is not the one who goes.
TEST(Patience, ANewcomerIsNotCarriedOffWhereOneThreadHasAllOfTheOthers) {
  RunningServer server([](Config& config) {
    config.http.connections_max = 50;
    config.http.socket_threads = 2;
    config.http.header_ms_max = config.http.handshake_ms_max = config.http.idle_ms_max = 30'000;
  });
  std::vector<std::unique_ptr<Client>> holders;
  for (int i = 0; i < 50; ++i) {
    holders.push_back(std::make_unique<Client>(server.plain));
    if (i % 2 == 0) {
      ASSERT_EQ(exchange(*holders.back()).body.size(), 16'384U);
    } else {
      ASSERT_TRUE(holders.back()->send("POST"));
    }
  }
  server.exchange.delay = milliseconds(500);
  Client newcomer(server.plain);
  ASSERT_TRUE(newcomer.send(request(16'384)));
  while (server.exchange.asked < 26) std::this_thread::sleep_for(milliseconds(1));
  for (int i = 0; i < 10; ++i) {
    holders.push_back(std::make_unique<Client>(server.plain));
    ASSERT_TRUE(holders.back()->send("POST"));
    std::this_thread::sleep_for(milliseconds(10));
  }
  EXPECT_EQ(read_answer(newcomer, 16'384).body.size(), 16'384U);
  server.exchange.delay = milliseconds(0);
  EXPECT_EQ(exchange(newcomer).body.size(), 16'384U);
}

// What the socket does not take is not waited for: nobody reads it any sooner.
TEST(Patience, WhoMakesRoomAndDoesNotReadTheirAnswerGoesWithoutTheRest) {
  RunningServer server([](Config& config) {
    with_one_place(config);
    config.listen.reporter = {
        Endpoint::Kind::kUnix, config.tls.key.parent_path() / "socket", {}, 0};
    config.http.write_ms_max = 30'000;
  });
  server.exchange.delay = milliseconds(300);
  Client asks(server.plain);
  ASSERT_TRUE(asks.send(request(262'144)));
  wait_until_asked(server);
  Client newcomer(server.plain);
  pollfd gone{asks.socket(), 0, 0};
  EXPECT_EQ(::poll(&gone, 1, 3'000), 1);
  const auto all = asks.receive_all(milliseconds(2'000));
  ASSERT_TRUE(all);
  EXPECT_LT(all->size(), 262'144U) << "the socket takes less than an answer";
}

}  // namespace
}  // namespace omzien::gateway::http::testing
