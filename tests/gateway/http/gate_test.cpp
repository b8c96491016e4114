#include "gateway/http/gate.h"

#include <string>

#include <gtest/gtest.h>

namespace omzien::gateway::http {
namespace {

using Passage = Verdict::Passage;

const std::string kStart = "POST /v1/exchange HTTP/1.1\r\n";
const std::string kHost = "Host: report.example\r\n";
const std::string kType = "Content-Type: application/octet-stream\r\n";
const std::string kLength = "Content-Length: 16384\r\n";
const std::string kEnd = "\r\n";

Verdict of(const std::string& header) { return judge(header, Service::kExchange); }
bool passes(const std::string& header) { return of(header).passage == Passage::kExchange; }
bool passes_with(const std::string& field) {
  return passes(kStart + kHost + kType + kLength + field + kEnd);
}

TEST(Gate, LetsBothFrameSizesPass) {
  const Verdict small = of(kStart + kHost + kType + kLength + kEnd);
  EXPECT_EQ(small.passage, Passage::kExchange);
  EXPECT_EQ(small.body_bytes, 16'384U);
  EXPECT_FALSE(small.close_after);
  const Verdict large = of(kStart + kHost + kType + "Content-Length: 262144\r\n" + kEnd);
  EXPECT_EQ(large.passage, Passage::kExchange);
  EXPECT_EQ(large.body_bytes, 262'144U);
}

TEST(Gate, LetsWhatBrowsersAndProxiesAddPass) {
  EXPECT_TRUE(passes_with(
      "User-Agent: any\r\nAccept: */*\r\nAccept-Encoding: gzip, br\r\nOrigin: https://a\r\n"
      "Sec-Fetch-Site: same-origin\r\nTE: trailers\r\nX-Forwarded-For: 192.0.2.1\r\n"));
  EXPECT_TRUE(
      passes("POST /v1/exchange HTTP/1.1\r\nhost: a\r\ncontent-type: Application/Octet-Stream\r\n"
             "content-length:16384\r\n\r\n"));
}

TEST(Gate, KnowsWhenTheClientWantsToEnd) {
  EXPECT_TRUE(of(kStart + kHost + kType + kLength + "Connection: close\r\n" + kEnd).close_after);
  EXPECT_TRUE(
      of(kStart + kHost + kType + kLength + "Connection: foo, Close\r\n" + kEnd).close_after);
  EXPECT_FALSE(
      of(kStart + kHost + kType + kLength + "Connection: keep-alive\r\n" + kEnd).close_after);
}

TEST(Gate, WantsExactlyOneHost) {
  EXPECT_FALSE(passes(kStart + kType + kLength + kEnd));
  EXPECT_FALSE(passes(kStart + kHost + kHost + kType + kLength + kEnd));
  EXPECT_FALSE(passes(kStart + kHost + "HOST: other\r\n" + kType + kLength + kEnd));
}

TEST(Gate, RefusesOtherVersionsMethodsAndTargets) {
  const std::string rest = kHost + kType + kLength + kEnd;
  for (const char* start :
       {"POST /v1/exchange HTTP/1.0", "POST /v1/exchange HTTP/2.0", "POST /v1/exchange HTTP/1.2",
        "POST /v1/exchange", "GET /v1/exchange HTTP/1.1", "PUT /v1/exchange HTTP/1.1",
        "post /v1/exchange HTTP/1.1", "OPTIONS /v1/exchange HTTP/1.1", "CONNECT a:1 HTTP/1.1",
        "POST / HTTP/1.1", "POST /v1/exchange/ HTTP/1.1", "POST /v1/exchange?a HTTP/1.1",
        "POST http://a/v1/exchange HTTP/1.1", "POST /v1/Exchange HTTP/1.1",
        "POST  /v1/exchange HTTP/1.1", "POST * HTTP/1.1", "PRI * HTTP/2.0", "GET /health HTTP/1.1"})
    EXPECT_FALSE(passes(start + std::string("\r\n") + rest)) << start;
}

TEST(Gate, RefusesEveryTransferEncoding) {
  for (const char* coding : {"chunked", "gzip", "identity", "gzip, chunked", "", "Chunked"})
    EXPECT_FALSE(passes_with("Transfer-Encoding: " + std::string(coding) + "\r\n")) << coding;
  EXPECT_FALSE(passes(kStart + kHost + kType + "Transfer-Encoding: chunked\r\n" + kEnd));
}

TEST(Gate, RefusesFieldsThatChangeTheBody) {
  EXPECT_FALSE(passes_with("Expect: 100-continue\r\n"));
  EXPECT_FALSE(passes_with("Content-Encoding: gzip\r\n"));
  EXPECT_FALSE(passes_with("Trailer: a\r\n"));
  EXPECT_FALSE(passes_with("Upgrade: h2c\r\n"));
}

TEST(Gate, WantsOneLengthThatIsAFrames) {
  EXPECT_FALSE(passes(kStart + kHost + kType + kEnd));
  for (const char* length :
       {"0", "1", "16383", "16385", "262143", "262145", "016384", "+16384", "-16384", "16384 ,",
        "16384, 16384", "0x4000", "16384a", "", "99999999999999999999"})
    EXPECT_FALSE(passes(kStart + kHost + kType + "Content-Length: " + length + "\r\n" + kEnd))
        << length;
  EXPECT_FALSE(passes_with(kLength));
  EXPECT_FALSE(passes_with("Content-Length: 262144\r\n"));
}

TEST(Gate, WantsOneContentType) {
  EXPECT_FALSE(passes(kStart + kHost + kLength + kEnd));
  EXPECT_FALSE(passes_with(kType));
  for (const char* type : {"text/plain", "application/octet-stream; a=b", "", "application/json"})
    EXPECT_FALSE(passes(kStart + kHost + "Content-Type: " + type + "\r\n" + kLength + kEnd))
        << type;
}

TEST(Gate, RefusesFoldedAndMalformedFields) {
  EXPECT_FALSE(passes_with("X-A: b\r\n c\r\n"));
  EXPECT_FALSE(passes_with("X-A: b\r\n\tc\r\n"));
  EXPECT_FALSE(passes_with("X-A : b\r\n"));
  EXPECT_FALSE(passes_with("X-A\r\n"));
  EXPECT_FALSE(passes_with(": b\r\n"));
  EXPECT_FALSE(passes_with("X-A: b\rc\r\n"));
  EXPECT_FALSE(passes_with("X-A: b\nContent-Encoding: gzip\r\n"));
  EXPECT_FALSE(passes_with(std::string("X-A: \0\r\n", 8)));
}

TEST(Gate, RefusesWhatIsNoHeader) {
  EXPECT_FALSE(passes(""));
  EXPECT_FALSE(passes("\r\n\r\n"));
  EXPECT_FALSE(passes("garbage\r\n\r\n"));
  EXPECT_FALSE(passes(kStart + kHost + kType + kLength));
  EXPECT_FALSE(passes(kStart + kHost + kType + kLength + kEnd + "more\r\n\r\n"));
}

bool is_page(const std::string& start, const std::string& fields = "") {
  return of(start + " HTTP/1.1\r\n" + kHost + fields + kEnd).passage == Passage::kPage;
}

TEST(Gate, LetsARequestForAPagePass) {
  const std::string header =
      "GET /app-1.js HTTP/1.1\r\n" + kHost + "Accept-Encoding: br\r\nConnection: close\r\n" + kEnd;
  const Verdict verdict = of(header);
  EXPECT_EQ(verdict.passage, Passage::kPage);
  EXPECT_EQ(verdict.page.target, "/app-1.js");
  EXPECT_EQ(verdict.page.codings.weight_of(Coding::kBrotli), 1'000);
  EXPECT_FALSE(verdict.page.without_body);
  EXPECT_TRUE(verdict.close_after);
  EXPECT_EQ(verdict.body_bytes, 0U);
  EXPECT_TRUE(of("HEAD / HTTP/1.1\r\n" + kHost + kEnd).page.without_body);
}

TEST(Gate, WantsAPageRequestToBeOne) {
  for (const char* start : {"GET /", "HEAD /", "GET /index.html", "GET /a.b.c"})
    EXPECT_TRUE(is_page(start)) << start;
  for (const char* start : {"GET", "GET //", "GET /a/b.js", "GET /../b.js", "GET /a", "GET /.a",
                            "GET /?", "GET /a.js?b", "GET /%61.js", "GET a.js", "GET http://a/",
                            "GET *", "get /", "OPTIONS /", "POST /", "TRACE /"})
    EXPECT_FALSE(is_page(start)) << start;
  for (const char* field :
       {"Content-Length: 0\r\n", "Content-Length: 1\r\n", "Transfer-Encoding: chunked\r\n",
        "Host: b\r\n", "Expect: 100-continue\r\n", "Upgrade: h2c\r\n", "Content-Encoding: br\r\n",
        "X-A: b\r\n c\r\n"})
    EXPECT_FALSE(is_page("GET /", field)) << field;
  EXPECT_FALSE(of("GET / HTTP/1.1\r\n" + kEnd).passage == Passage::kPage);
  EXPECT_FALSE(of("GET / HTTP/1.0\r\n" + kHost + kEnd).passage == Passage::kPage);
  EXPECT_EQ(judge("GET / HTTP/1.1\r\n" + kHost + kEnd, Service::kHealth).passage,
            Passage::kRefused);
}

TEST(Gate, AnswersHealthOnItsOwnAddressOnly) {
  const std::string health = "GET /health HTTP/1.1\r\n" + kHost + kEnd;
  EXPECT_EQ(judge(health, Service::kHealth).passage, Passage::kHealth);
  EXPECT_EQ(judge(health, Service::kExchange).passage, Passage::kRefused);
  EXPECT_EQ(judge(kStart + kHost + kType + kLength + kEnd, Service::kHealth).passage,
            Passage::kRefused);
  EXPECT_EQ(judge("GET /health HTTP/1.1\r\n" + kHost + kLength + kEnd, Service::kHealth).passage,
            Passage::kRefused);
  EXPECT_EQ(judge("HEAD /health HTTP/1.1\r\n" + kHost + kEnd, Service::kHealth).passage,
            Passage::kRefused);
}

}  // namespace
}  // namespace omzien::gateway::http
