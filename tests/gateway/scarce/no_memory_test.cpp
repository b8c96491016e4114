// No memory, at each step between a socket and the store in turn: it costs whoever asked this
// frame, and nobody else theirs; no place is lost, and nothing ends that should go on.
#include <cstdlib>
#include <future>
#include <string>
#include <thread>

#include "gateway/http/server.h"
#include "gateway/purge_request.h"
#include "tests/gateway/fixture.h"
#include "tests/gateway/http/client.h"
#include "tests/gateway/scarce/scarce.h"

namespace omzien::gateway {
namespace {

using http::testing::Client;
using std::chrono::milliseconds;
using std::chrono::seconds;

// Every so many allocations; OMZIEN_SCARCE_STRIDE=1 fails each.
int stride() {
  const char* wanted = std::getenv("OMZIEN_SCARCE_STRIDE");
  return wanted == nullptr ? 17 : std::stoi(wanted);
}

class Scarce : public GatewayTest {
 protected:
  Scarce() {
    omzien::scarce::do_not_count_this_thread();
    limits_.worker_threads = 1;
    Config config;
    for (auto* endpoint : {&config.listen.reporter, &config.listen.desk, &config.listen.health})
      *endpoint = {Endpoint::Kind::kPlain, {}, "127.0.0.1", 0};
    config.pace.answer_tick_ms = 10;
    config.http.socket_threads = 1;
    config.http.connections_max = 6;  // so many places lost, and nobody gets in any more
    config.http.drain_ms_max = 1'000;
    server_ = std::make_unique<http::Server>(
        config, gateway(),
        http::ServerHooks{[] { return true; }, [this] { gateway().tend(); }, nullptr});
    const auto line = server_->addresses().at(0);
    reporter_ = config.listen.reporter;
    reporter_.port = static_cast<std::uint16_t>(std::stoi(line.substr(line.rfind(':') + 1)));
    running_ = std::thread([this] { server_->run(); });
    Client client(reporter_);
    http::testing::exchange(client);  // what it starts with has its memory
  }
  ~Scarce() override {
    server_->stop();
    running_.join();
    server_.reset();
    restart();
  }

  std::string frame_of(Kind kind, crypto::Bytes body, const crypto::SigningKey& key) {
    const auto frame = protocol::encode_request(
        {rules::kProtocolVersion, {client().sign(kind, std::move(body), key)}},
        protocol::FrameSize::kSmall);
    return std::string(frame->begin(), frame->end());
  }

  // Nothing: no whole answer came.
  std::optional<Status> ask(Client& client, const std::string& frame, milliseconds patience) {
    if (!client.connected() || !client.send(http::testing::request_header(frame.size()) + frame))
      return std::nullopt;
    const auto answer = http::testing::read_answer(client, frame.size(), patience);
    if (answer.body.size() != frame.size()) return std::nullopt;
    const auto response = protocol::parse_response(crypto::to_bytes(answer.body));
    if (!response || response->results.empty()) return std::nullopt;
    return response->results[0].status;
  }

  bool is_done(const std::string& frame) {
    for (int tries = 0; tries < 50; ++tries) {
      Client again(reporter_);
      if (ask(again, frame, milliseconds(500)) == Status::kDone) return true;
    }
    return false;
  }

  Endpoint reporter_;
  const crypto::SigningKey key_{*crypto::SigningSeed::from(crypto::Bytes(32, 3))};
  PurgeRequests requests_{folder_ / "store.db", key_, log_};

 private:
  std::unique_ptr<http::Server> server_;
  std::thread running_;
};

TEST_F(Scarce, MemoryCostsWhoeverAskedThisFrameAndNobodyElseTheirs) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer brings an operator new of its own";
#endif
  const auto kept = opened_case("kept");
  const auto read =
      frame_of(Kind::kRead, protocol::encode(protocol::Read{kept.handle(), 0}), kept.owner());
  int failures = 0;
  int number = 1;
  for (bool failed = true; failed; number += stride()) {
    auto made = new_case("case " + std::to_string(number));
    made.on(kToday);
    const auto open =
        frame_of(Kind::kOpen, protocol::encode(made.opening({"mieke"})), made.owner());
    omzien::scarce::fail_allocation(number);
    {
      Client client(reporter_);
      for (const auto& frame : {open, read}) ask(client, frame, milliseconds(100));
    }
    failed = omzien::scarce::has_failed();
    failures += failed ? 1 : 0;
    ASSERT_TRUE(is_done(open)) << "after allocation " << number;
    ASSERT_TRUE(is_done(read)) << "after allocation " << number;
  }
  EXPECT_GT(failures * stride(), 100) << "there are hundreds on the way";
  auto drained = std::async(std::launch::async, [this] { gateway().drain(); });
  ASSERT_EQ(drained.wait_for(seconds(10)), std::future_status::ready);
}

TEST_F(Scarce, APurgeThatFoundNoMemoryIsAskedForAgain) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer brings an operator new of its own";
#endif
  const auto file = purge_file(folder_ / "store.db");
  int number = 1;
  for (bool failed = true; failed && number < 200; ++number) {
    folder_.write("store.db.purge", {});
    omzien::scarce::fail_allocation(number);
    std::thread([&] {
      try {
        requests_.look(gateway());
      } catch (const std::bad_alloc&) {
      }
    }).join();
    std::optional<PurgeAnswer> answer;
    // The writer's thread does the rest, whenever it has its turn.
    for (int tries = 0; tries < 500 && !answer && omzien::scarce::is_due(); ++tries) {
      std::this_thread::sleep_for(milliseconds(5));
      answer = read_purge_answer(file);
    }
    failed = omzien::scarce::has_failed();
    for (int tries = 0; tries < 500 && !answer; ++tries) {
      requests_.look(gateway());
      std::this_thread::sleep_for(milliseconds(5));
      answer = read_purge_answer(file);
    }
    ASSERT_TRUE(answer) << "after allocation " << number;
  }
  EXPECT_GT(number, 3);
}

}  // namespace
}  // namespace omzien::gateway
