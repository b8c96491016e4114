// Clients whose bytes are always there: the others of their thread have their turn all the same,
// and so has the end.
#include <atomic>
#include <fstream>
#include <sys/socket.h>

#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/ssl.h>

#include "tests/gateway/http/running_server.h"

namespace omzien::gateway::http::testing {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kFloods = 3;

// One thread for all, and no deadline but what this is about.
void with_one_thread(Config& config) {
  config.http.socket_threads = 1;
  config.http.idle_ms_max = 60'000;
  config.http.header_ms_max = 60'000;
  config.http.handshake_ms_max = 60'000;
  config.http.write_ms_max = 60'000;
  config.http.drain_ms_max = 500;
}

// The best of three, since this machine may be busy with other things.
milliseconds quickest_exchange(Client& client) {
  milliseconds quickest{10'000};
  for (int i = 0; i < 3; ++i)
    quickest =
        std::min(quickest, time_of([&] { EXPECT_EQ(exchange(client).body.size(), 16'384U); }));
  return quickest;
}

// Asks for a page, and again, without waiting for it, until the other side has had enough.
class Insatiable {
 public:
  explicit Insatiable(const Endpoint& to) : client_(to) {
    std::string ahead;
    for (int i = 0; i < 1'000; ++i) ahead += "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n";
    asks_ = std::thread([this, ahead] {
      while (client_.send(ahead)) {
      }
    });
    reads_ = std::thread([this] {
      for (std::size_t got = 1; got > 0; bytes_ += got) got = client_.receive(1 << 16).size();
    });
  }
  ~Insatiable() {
    asks_.join();
    reads_.join();
  }
  std::size_t bytes() const { return bytes_; }

 private:
  Client client_;
  std::atomic<std::size_t> bytes_{0};
  std::thread asks_;
  std::thread reads_;
};

TEST(Turns, OfOthersComeBetweenPagesThatWereAskedForAhead) {
  Folder pages;
  std::ofstream(pages / "index.html") << "<title>reporter</title>";
  RunningServer server([&](Config& config) {
    config.web.reporter = pages / ".";
    with_one_thread(config);
  });
  Client other(server.plain);
  ASSERT_EQ(exchange(other).body.size(), 16'384U);
  std::vector<std::unique_ptr<Insatiable>> floods;
  for (std::size_t i = 0; i < kFloods; ++i)
    floods.push_back(std::make_unique<Insatiable>(server.plain));
  std::this_thread::sleep_for(milliseconds(300));
  EXPECT_LE(quickest_exchange(other), milliseconds(250));
  for (const auto& flood : floods) EXPECT_GT(flood->bytes(), 0U) << "they are served as well";
  EXPECT_LE(time_of([&] { server.stop(); }), milliseconds(800));
}

// A large request in records of one byte each, as they go over the line.
std::string in_crumbs(Client& client) {
  BIO* line = SSL_get_wbio(client.tls());
  BIO_up_ref(line);
  BIO* kept = BIO_new(BIO_s_mem());
  SSL_set0_wbio(client.tls(), kept);
  client.send(request_header(262'144));
  for (int i = 0; i < 262'144; ++i) client.send("a");
  char* bytes = nullptr;
  const auto size = BIO_get_mem_data(kept, &bytes);
  std::string all(bytes, static_cast<std::size_t>(size));
  SSL_set0_wbio(client.tls(), line);
  return all;
}

TEST(Turns, OfOthersComeBetweenRecordsOfOneByte) {
  RunningServer server(with_one_thread);
  Client other(server.plain);
  ASSERT_EQ(exchange(other).body.size(), 16'384U);
  std::vector<std::unique_ptr<Client>> floods;
  std::vector<std::string> crumbs;
  for (std::size_t i = 0; i < kFloods; ++i) {
    floods.push_back(std::make_unique<Client>(server.tls));
    crumbs.push_back(in_crumbs(*floods.back()));
  }
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < kFloods; ++i)
    threads.emplace_back([&, i] {
      std::string_view left = crumbs[i];
      while (!left.empty()) {
        const auto sent = ::send(floods[i]->socket(), left.data(), left.size(), MSG_NOSIGNAL);
        if (sent <= 0) break;
        left.remove_prefix(static_cast<std::size_t>(sent));
      }
      EXPECT_EQ(read_answer(*floods[i], 262'144, milliseconds(20'000)).body.size(), 262'144U);
    });
  std::this_thread::sleep_for(milliseconds(20));
  // Only the first one comes while they do.
  EXPECT_LE(time_of([&] { EXPECT_EQ(exchange(other).body.size(), 16'384U); }), milliseconds(250));
  for (auto& thread : threads) thread.join();
}

}  // namespace
}  // namespace omzien::gateway::http::testing
