// A case share comes in with the body that opens a case and goes out with every answer to a read.
// No connection leaves one in memory that it let go of, however it ends.
#include <gtest/gtest.h>

#include "tests/gateway/http/running_server.h"
#include "tests/gateway/wiped/freed.h"

namespace omzien::gateway::http::testing {
namespace {

using std::chrono::milliseconds;

class Bodies : public ::testing::Test {
 protected:
  Bodies() { omzien::testing::ignore_this_thread(); }
  static void expect_wiped(RunningServer& server) {
    server.stop();
    EXPECT_EQ(omzien::testing::blocks_with_it(), 0U);
  }
  // Of what the client sends, and of what is answered: each byte one higher.
  const std::string mark_ = std::string(32, 's');
  const std::string answered_ = std::string(32, 't');
};

TEST_F(Bodies, TheLookFindsWhatNobodyWiped) {
  omzien::testing::look_for(mark_);
  std::thread([this] { const auto copy = std::make_unique<std::string>(mark_ + mark_); }).join();
  EXPECT_GE(omzien::testing::blocks_with_it(), 1U);
}

TEST_F(Bodies, ThatOutgrowTheirRoomAreWiped) {
  RunningServer server;
  omzien::testing::look_for(mark_);
  Client client(server.plain);
  EXPECT_EQ(exchange(client, 262'144, 's').body.size(), 262'144U);
  expect_wiped(server);
}

TEST_F(Bodies, ThatDoNotComeWholeAreWiped) {
  RunningServer server;
  omzien::testing::look_for(mark_);
  for (const auto bytes : {16'384, 262'144}) {
    Client client(server.plain);
    client.send(request_header(static_cast<std::size_t>(bytes)) + std::string(100, 's'));
    std::this_thread::sleep_for(milliseconds(50));
    client.send(std::string(static_cast<std::size_t>(bytes) / 2, 's'));
    std::this_thread::sleep_for(milliseconds(50));
  }
  expect_wiped(server);
}

TEST_F(Bodies, OfAnswersAreWiped) {
  RunningServer server;
  omzien::testing::look_for(answered_);
  Client client(server.plain);
  EXPECT_EQ(exchange(client, 16'384, 's').body.size(), 16'384U);
  expect_wiped(server);
}

TEST_F(Bodies, OfAnswersThatNobodyReadsAreWiped) {
  RunningServer server;
  omzien::testing::look_for(answered_);
  {
    Client client(server.plain);
    client.send(request(262'144, 's'));
    std::this_thread::sleep_for(milliseconds(100));
  }
  expect_wiped(server);
}

TEST_F(Bodies, OfAnswersThatComeAfterTheirTickAreWiped) {
  RunningServer server([](Config& config) { config.pace.answer_tick_ms = 20; });
  server.exchange.delay = milliseconds(100);
  omzien::testing::look_for(answered_);
  Client client(server.plain);
  EXPECT_EQ(exchange(client, 16'384, 's').body, std::string(16'384, '\xEE'));
  expect_wiped(server);
}

// The server cuts it while the exchange still works.
TEST_F(Bodies, OfAnswersToAConnectionThatIsGoneAreWiped) {
  RunningServer server([](Config& config) { config.http.drain_ms_max = 20; });
  server.exchange.delay = milliseconds(200);
  omzien::testing::look_for(answered_);
  Client client(server.plain);
  client.send(request(16'384, 's'));
  while (server.exchange.asked == 0) std::this_thread::sleep_for(milliseconds(1));
  expect_wiped(server);
}

// What is thrown away behind a refusal is read as well: the rest of a header, with the user agent.
TEST_F(Bodies, BehindARefusalAreWiped) {
  RunningServer server;
  omzien::testing::look_for(mark_);
  const std::string behind = "User-Agent: " + mark_ + "\r\n\r\n";
  for (const std::string& refused :
       {"Cookie: " + std::string(9'216, 'c') + "\r\n", std::string("\r\n")}) {
    Client client(server.plain);
    client.send("GET /nowhere HTTP/1.1\r\nHost: a\r\n" + refused + behind);
    EXPECT_EQ(client.receive(12), "HTTP/1.1 400");
    client.send(behind);
    client.half_close();
    EXPECT_TRUE(client.receive_all());
  }
  expect_wiped(server);
}

}  // namespace
}  // namespace omzien::gateway::http::testing
