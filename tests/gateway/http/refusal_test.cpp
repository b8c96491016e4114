// What is no request of ours: at most one opaque answer, then the end, and the exchange never hears
// of it.
#include <gtest/gtest.h>

#include "tests/gateway/http/running_server.h"

namespace omzien::gateway::http::testing {
namespace {

const std::string kOpaque =
    "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nCache-Control: no-store\r\n"
    "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nConnection: close\r\n\r\n";

class Refusal : public ::testing::TestWithParam<const char*> {
 protected:
  RunningServer server_;

  Endpoint entrance() const {
    return GetParam() == std::string("tls") ? server_.tls : server_.plain;
  }

  void expect_refused(const std::string& text) {
    Client client(entrance());
    ASSERT_TRUE(client.connected());
    client.send(text);
    EXPECT_EQ(client.receive_all(), kOpaque) << text.substr(0, 120);
    EXPECT_EQ(server_.exchange.asked, 0);
  }
};

std::string with(const std::string& field) {
  std::string text = request(16'384);
  return text.insert(text.find("\r\n\r\n") + 2, field + "\r\n");
}

std::string replaced(const std::string& what, const std::string& by) {
  std::string text = request(16'384);
  return text.replace(text.find(what), what.size(), by);
}

TEST_P(Refusal, OversizedHeader) { expect_refused(with("X-Long: " + std::string(9'000, 'x'))); }
TEST_P(Refusal, EndlessHeaderLine) { expect_refused("POST /" + std::string(100'000, 'x')); }
TEST_P(Refusal, TwoHosts) { expect_refused(with("Host: b")); }
TEST_P(Refusal, NoHost) { expect_refused(replaced("Host: a\r\n", "")); }
TEST_P(Refusal, ChunkedBody) { expect_refused(with("Transfer-Encoding: chunked")); }
TEST_P(Refusal, CompressedTransfer) { expect_refused(with("Transfer-Encoding: gzip")); }
TEST_P(Refusal, Expectation) { expect_refused(with("Expect: 100-continue")); }
TEST_P(Refusal, WrongLength) { expect_refused(request(16'383)); }
TEST_P(Refusal, HugeLength) {
  expect_refused(request_header(1'000'000'000) + std::string(100'000, 'x'));
}
TEST_P(Refusal, NoLength) { expect_refused(replaced("Content-Length: 16384\r\n", "")); }
TEST_P(Refusal, OldVersion) { expect_refused(replaced("HTTP/1.1", "HTTP/1.0")); }
TEST_P(Refusal, OtherMethod) { expect_refused("GET / HTTP/1.1\r\nHost: a\r\n\r\n"); }
TEST_P(Refusal, OtherTarget) { expect_refused(replaced("/v1/exchange", "/v1/other")); }
TEST_P(Refusal, Garbage) { expect_refused("\x01\x02 nothing of ours\r\n\r\n"); }
TEST_P(Refusal, NextRequestAfterAGoodOne) {
  Client client(entrance());
  client.send(request(16'384) + "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(read_answer(client, 16'384).body.size(), 16'384U);
  EXPECT_EQ(client.receive_all(), kOpaque);
}

INSTANTIATE_TEST_SUITE_P(Over, Refusal, ::testing::Values("plain", "tls"),
                         [](const auto& which) { return std::string(which.param); });

}  // namespace
}  // namespace omzien::gateway::http::testing
