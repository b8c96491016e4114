// The web pages over real sockets: which files, with which header, in which coding, and nothing
// else.
#include <fstream>
#include <malloc.h>

#include <gtest/gtest.h>

#include "gateway/http/site_folder.h"
#include "gateway/http/stream.h"
#include "tests/gateway/http/running_server.h"

namespace omzien::gateway::http::testing {
namespace {

const std::string kIndex = "<!doctype html><title>reporter</title>";
const std::string kScript(3'000, 's');
const std::string kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src "
    "blob:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

// Every field, in order: what is not here is not sent.
std::string header(const std::string& type, std::size_t bytes, const std::string& coding,
                   bool tls) {
  return "HTTP/1.1 200 OK\r\nContent-Type: " + type +
         "\r\nContent-Length: " + std::to_string(bytes) +
         "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
         "Referrer-Policy: no-referrer\r\n" +
         (coding.empty() ? "" : "Content-Encoding: " + coding + "\r\n") +
         "Vary: Accept-Encoding\r\nContent-Security-Policy: " + kPolicy +
         "\r\nCross-Origin-Opener-Policy: same-origin\r\n"
         "Cross-Origin-Resource-Policy: same-origin\r\n"
         "Permissions-Policy: accelerometer=(), camera=(), display-capture=(), geolocation=(), "
         "gyroscope=(), magnetometer=(), microphone=(self), midi=(), payment=(), usb=()\r\n" +
         (tls ? "Strict-Transport-Security: max-age=31536000\r\n" : "") + "\r\n";
}

std::string get(const std::string& target, const std::string& fields = "",
                const std::string& method = "GET") {
  return method + " " + target + " HTTP/1.1\r\nHost: a\r\nUser-Agent: marker-agent-7361\r\n" +
         fields + "\r\n";
}
std::string taking(const std::string& codings) { return "Accept-Encoding: " + codings + "\r\n"; }

class Site : public ::testing::TestWithParam<const char*> {
 protected:
  Site() {
    for (const char* name : {"reporter", "desk"}) {
      std::filesystem::create_directory(folder_ / name);
      write(name, "index.html", name == std::string("desk") ? "<title>desk</title>" : kIndex);
    }
    write("reporter", "app.js", kScript);
    write("reporter", "app.js.br", "brotli");
    write("reporter", "app.js.gz", "gzipped");
    std::ofstream(folder_ / "secret.txt") << "secret";
  }

  void write(const std::string& site, const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / site.c_str() / name, std::ios::binary) << text;
  }

  // Reporter over plain HTTP, desk over TLS; both have the reporter's pages unless `own_desk`.
  void start(
      const std::function<void(Config&)>& change = [](Config&) {}, bool own_desk = false) {
    server_ = std::make_unique<RunningServer>([&](Config& config) {
      config.web = {folder_ / "reporter", folder_ / (own_desk ? "desk" : "reporter")};
      change(config);
    });
  }

  bool tls() const { return GetParam() == std::string("tls"); }
  Endpoint entrance() const { return tls() ? server_->tls : server_->plain; }

  void expect_page(Client& client, const std::string& request, const std::string& type,
                   const std::string& body, const std::string& coding = "") {
    client.send(request);
    const Answer answer = read_answer(client, body.size());
    EXPECT_EQ(answer.header, header(type, body.size(), coding, tls())) << request;
    EXPECT_EQ(answer.body, body) << request;
  }
  void expect_refused(const std::string& request) {
    Client client(entrance());
    client.send(request);
    const auto all = client.receive_all();
    ASSERT_TRUE(all) << request;
    EXPECT_TRUE(all->starts_with("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n")) << request;
    EXPECT_TRUE(all->ends_with("\r\n\r\n")) << request;
  }

  Folder folder_;
  std::unique_ptr<RunningServer> server_;
};

const std::string kHtml = "text/html; charset=utf-8";
const std::string kJs = "text/javascript; charset=utf-8";

TEST_P(Site, ServesItsFilesWithTheseFieldsAndNoOthers) {
  start();
  Client client(entrance());
  expect_page(client, get("/"), kHtml, kIndex);
  expect_page(client, get("/index.html"), kHtml, kIndex);
  expect_page(client, get("/app.js"), kJs, kScript);
  EXPECT_EQ(exchange(client).body, std::string(16'384, 'b')) << "on the same connection";
  expect_page(client, get("/"), kHtml, kIndex);
}

TEST_P(Site, SendsTheCodingThatIsLikedBest) {
  start();
  Client client(entrance());
  expect_page(client, get("/app.js", taking("gzip, deflate, br")), kJs, "brotli", "br");
  expect_page(client, get("/app.js", taking("br;q=0.5, gzip")), kJs, "gzipped", "gzip");
  expect_page(client, get("/app.js", taking("br;q=0, gzip;q=0")), kJs, kScript);
  expect_page(client, get("/app.js", taking("gzip;q=0.2, identity;q=0.3")), kJs, kScript);
  expect_page(client, get("/app.js", taking("*;q=0.1, br;q=0")), kJs, "gzipped", "gzip");
  expect_page(client, get("/app.js", taking("identity;q=0, br")), kJs, "brotli", "br");
  expect_page(client, get("/app.js", taking("gzip") + taking("br")), kJs, "brotli", "br");
  expect_page(client, get("/app.js", taking("br;q=9")), kJs, kScript);
  expect_page(client, get("/", taking("gzip, br")), kHtml, kIndex);  // there is no other
  expect_refused(get("/app.js", taking("*;q=0")));
  expect_refused(get("/", taking("br, identity;q=0")));
}

TEST_P(Site, AnswersHeadWithTheHeaderAlone) {
  start();
  Client client(entrance());
  client.send(get("/app.js", taking("br"), "HEAD") + get("/", "", "HEAD"));
  EXPECT_EQ(read_answer(client, 0).header, header(kJs, 6, "br", tls()));
  EXPECT_EQ(read_answer(client, 0).header, header(kHtml, kIndex.size(), "", tls()));
  EXPECT_EQ(client.receive(1, std::chrono::milliseconds(100)), "");
}

TEST_P(Site, AnswersEverythingElseOpaquely) {
  start();
  for (const char* target : {"/absent.js",
                             "/app.js.br",
                             "/app.js.gz",
                             "/app",
                             "/App.js",
                             "/app.js/",
                             "/app.js?a",
                             "/app.js#a",
                             "/?",
                             "//",
                             "//app.js",
                             "/./app.js",
                             "/.",
                             "/..",
                             "/../secret.txt",
                             "/..%2fsecret.txt",
                             "/%2e%2e/secret.txt",
                             "/..\\secret.txt",
                             "/reporter/../../secret.txt",
                             "/index.html/../secret.txt",
                             "/etc/passwd",
                             "/%00",
                             "http://a/app.js",
                             "*",
                             "/health",
                             "/v1/exchange"})
    expect_refused(get(target));
  for (const char* method : {"POST", "PUT", "OPTIONS", "DELETE", "TRACE", "get"})
    expect_refused(get("/", "", method));
}

TEST_P(Site, RefusesAPageRequestThatHasABody) {
  start();
  expect_refused(get("/", "Content-Length: 0\r\n"));
  expect_refused(get("/", "Content-Length: 5\r\n") + "12345");
  expect_refused(get("/", "Transfer-Encoding: chunked\r\n") + "0\r\n\r\n");
  expect_refused(get("/", "Expect: 100-continue\r\n"));
  expect_refused(get("/", "Host: b\r\n"));
  expect_refused("GET / HTTP/1.1\r\n\r\n");
  expect_refused("GET / HTTP/1.0\r\nHost: a\r\n\r\n");
  EXPECT_EQ(server_->exchange.asked, 0);
}

TEST_P(Site, LooksAtNoRangeAndNoCondition) {
  start();
  Client client(entrance());
  expect_page(client, get("/", "Range: bytes=0-3\r\n"), kHtml, kIndex);
  expect_page(client, get("/", "If-None-Match: *\r\n"), kHtml, kIndex);
  expect_page(client, get("/", "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT\r\n"), kHtml,
              kIndex);
  expect_page(client, get("/", "Cookie: a=b\r\n"), kHtml, kIndex);
}

TEST_P(Site, ServesRequestsSentAheadOneAfterTheOther) {
  start();
  Client client(entrance());
  client.send(get("/") + get("/app.js", taking("br")) + request(16'384) + get("/"));
  expect_page(client, "", kHtml, kIndex);
  expect_page(client, "", kJs, "brotli", "br");
  EXPECT_EQ(read_answer(client, 16'384).body, std::string(16'384, 'b'));
  expect_page(client, "", kHtml, kIndex);
}

TEST_P(Site, EndsTheConnectionWhenAsked) {
  start();
  Client client(entrance());
  client.send(get("/", "Connection: close\r\n"));
  EXPECT_EQ(client.receive_all(), header(kHtml, kIndex.size(), "", tls()) + kIndex);
}

TEST_P(Site, SendsABigFileWholeToWhoReadsSlowly) {
  std::string big(3'000'000, '\0');
  for (std::size_t i = 0; i < big.size(); ++i) big[i] = static_cast<char>(i % 251);
  write("reporter", "big.txt", big);
  start([](Config& config) { config.http.write_ms_max = 20'000; });
  Client client(entrance());
  client.send(get("/big.txt"));
  std::this_thread::sleep_for(std::chrono::milliseconds(300));  // the sockets are full by now
  const Answer answer = read_answer(client, big.size(), std::chrono::seconds(15));
  EXPECT_EQ(answer.body.size(), big.size());
  EXPECT_TRUE(answer.body == big);
  expect_page(client, get("/"), kHtml, kIndex);
}

// Of this process, the clients' few KB included. Under the sanitizers it is not counted: 0.
std::size_t heap_bytes() {
  const auto counted = ::mallinfo2();
  return counted.uordblks + counted.hblkhd;
}

TEST_P(Site, HoldsNoCopyOfAFileForWhoReadsSlowly) {
  constexpr std::size_t kReaders = 20;
  const std::string name = "big.txt";
  write("reporter", name, std::string(7'000'000, 'x'));
  start([](Config& config) { config.http.write_ms_max = 20'000; });
  std::vector<std::unique_ptr<Client>> readers;
  for (std::size_t i = 0; i < kReaders; ++i) {
    readers.push_back(std::make_unique<Client>(entrance()));
    expect_page(*readers.back(), get("/"), kHtml, kIndex);
  }
  const std::size_t before = heap_bytes();
  for (auto& reader : readers) reader->send(get("/" + name));
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  const std::size_t after = heap_bytes();
  EXPECT_LT(after, before + kReaders * 2 * kGatheredBytesMax);
  for (auto& reader : readers)
    EXPECT_EQ(read_answer(*reader, 1'000).body, std::string(1'000, 'x')) << "is still being served";
}

TEST_P(Site, EndsWhoDoesNotReadAtAll) {
  write("reporter", "big.txt", std::string(7'000'000, 'x'));
  start();
  Client client(entrance());
  client.send(get("/big.txt"));
  std::this_thread::sleep_for(std::chrono::milliseconds(1'200));  // write_ms_max is 700
  const auto all = client.receive(7'100'000);
  EXPECT_LT(all.size(), 7'000'000U);
}

// A page costs the visitor next to nothing, so reading one earns no place that others cannot have.
TEST_P(Site, GivesReadersNoPlaceThatAnExchangeWouldEarn) {
  start([](Config& config) {
    config.http.connections_max = 20;
    config.http.idle_ms_max = 30'000;
  });
  std::vector<std::unique_ptr<Client>> readers;
  for (int i = 0; i < 20; ++i) {
    readers.push_back(std::make_unique<Client>(entrance()));
    expect_page(*readers.back(), get("/"), kHtml, kIndex);
  }
  Client newcomer(entrance());
  EXPECT_EQ(exchange(newcomer).body.size(), 16'384U);
  EXPECT_TRUE(readers.front()->receive_all()) << "the oldest reader has gone";
  expect_page(*readers.back(), get("/"), kHtml, kIndex);
}

TEST_P(Site, KeepsAReadersConnectionForTheExchangeThatFollows) {
  start();  // header_ms_max 400, idle_ms_max 700
  Client client(entrance());
  expect_page(client, get("/"), kHtml, kIndex);
  std::this_thread::sleep_for(std::chrono::milliseconds(550));
  EXPECT_EQ(exchange(client).body.size(), 16'384U);
}

TEST_P(Site, StaysAsItWasWhenTheGatewayStarted) {
  start();
  std::filesystem::remove_all(folder_ / "reporter");
  Client client(entrance());
  expect_page(client, get("/app.js"), kJs, kScript);
}

INSTANTIATE_TEST_SUITE_P(Over, Site, ::testing::Values("plain", "tls"),
                         [](const auto& which) { return std::string(which.param); });

using SiteOf = Site;

TEST_P(SiteOf, EachListenerIsItsOwn) {
  start([](Config&) {}, true);
  Client reporter(server_->plain);
  reporter.send(get("/"));
  EXPECT_EQ(read_answer(reporter, kIndex.size()).body, kIndex);
  Client desk(server_->tls);
  desk.send(get("/"));
  EXPECT_EQ(read_answer(desk, 19).body, "<title>desk</title>");
  Client health(server_->health);
  health.send(get("/"));
  EXPECT_TRUE(health.receive_all().value_or("").starts_with("HTTP/1.1 400 "));
}

TEST_P(SiteOf, NothingIsServedWhereNoFolderIsNamed) {
  start([](Config& config) { config.web = {}; });
  for (const char* target : {"/", "/index.html", "/app.js"}) expect_refused(get(target));
}

TEST_P(SiteOf, AFolderThatCannotBeServedIsSaidAtOnce) {
  write("reporter", "key.pem", "x");
  EXPECT_THROW(start(), SiteError);
}

INSTANTIATE_TEST_SUITE_P(AListener, SiteOf, ::testing::Values("plain"),
                         [](const auto& which) { return std::string(which.param); });

}  // namespace
}  // namespace omzien::gateway::http::testing
