// Many clients at once, on one case and on many, while people read, the gateway tends itself and a
// purge goes by: nothing is lost, nothing stands twice. What the thread sanitizer looks at first.
#include <future>
#include <thread>

#include "protocol/chain.h"
#include "tests/gateway/regie_fixture.h"

namespace omzien::gateway {
namespace {

constexpr int kEntriesEach = 8;

class ManyClients : public RegieTest {
 protected:
  ManyClients() { limits_.cases_opened_per_minute_max = 1'000; }

  // One client on the shared case: adds its entries, each after whatever head it finds. The hashes
  // of what was accepted.
  std::vector<crypto::Digest> write(kit::CaseBuilder builder, const crypto::SigningKey& author,
                                    std::size_t number) {
    kit::Asking asking(gateway(), organisation_.service());
    builder.random_bytes(number + 1);  // or two of one author would write the very same
    std::vector<crypto::Digest> accepted;
    while (accepted.size() < kEntriesEach) {
      const auto seen = asking.read(builder.handle(), 0, author);
      const auto log = protocol::parse<protocol::Log>(seen.body).value();
      builder.after(log.head_seq, log.head_hash);
      const auto entry = builder.event(author, Compartment::kTalk);
      const auto status = asking.append({entry}, author).status;
      if (status == Status::kStaleHead) continue;
      EXPECT_EQ(status, Status::kDone);
      if (status != Status::kDone) break;
      accepted.push_back(builder.head_hash());
    }
    return accepted;
  }

  // Until it is told to stop: what goes on beside those who write.
  void read_and_tend(const std::stop_token& stop) {
    kit::Asking asking(gateway(), organisation_.service());
    int rounds = 0;
    auto bundle = protocol::parse_directory_bundle(organisation_.bundle()).value();
    while (!stop.stop_requested()) {
      EXPECT_EQ(
          asking.ask(Kind::kInbox, protocol::encode(protocol::Inbox{}), key_of("mieke")).status,
          Status::kDone);
      EXPECT_EQ(asking.read(case_.handle(), 0, key_of("bram")).status, Status::kNothing);
      // Another bundle of the same directory comes into force, and a new pace is due.
      bundle.certificates.push_back(bundle.certificates.front());
      folder_.write("bundle", protocol::encode_directory_bundle(bundle));
      if (++rounds < 12) clock_.advance(10);  // in all less than a beacon lives
      gateway().tend();
      std::promise<void> purged;
      gateway().purge(*purging_, [&](const auto&) { purged.set_value(); });
      purged.get_future().wait();
    }
  }

  crypto::FixedRandom random_{"many clients"};
  kit::SharedKey purging_ = kit::make_key(random_);
};
OMZIEN_ON_BOTH_STORES(ManyClients);

TEST_P(ManyClients, OnOneCaseEachGetsTheirsInOnceAndTheChainHolds) {
  open();
  std::vector<std::future<std::vector<crypto::Digest>>> writing;
  std::jthread beside([this](const std::stop_token& stop) { read_and_tend(stop); });
  std::size_t number = 0;
  for (int each = 0; each < 2; ++each)
    for (const auto* author : {&case_.owner(), &key_of("mieke"), &key_of("youssef")})
      writing.push_back(std::async(
          std::launch::async, [this, author, at = number++] { return write(case_, *author, at); }));
  std::set<crypto::Digest> accepted;
  for (auto& one : writing)
    for (const auto& hash : one.get()) EXPECT_TRUE(accepted.insert(hash).second);
  EXPECT_EQ(accepted.size(), writing.size() * kEntriesEach);

  protocol::Chain chain(organisation_.service(), case_.handle());
  const auto log = client().read_all(case_.handle(), case_.owner());
  EXPECT_EQ(log.entries.size(), 3 + accepted.size());
  for (const auto& stored : log.entries) {
    const auto entry = protocol::Entry::parse(stored.header, stored.signature).value();
    ASSERT_TRUE(chain.extend(entry.header(), entry.hash()));
    accepted.erase(entry.hash());
  }
  EXPECT_TRUE(accepted.empty());
}

TEST_P(ManyClients, OnManyCasesNobodyWaitsInVain) {
  open();
  std::jthread beside([this](const std::stop_token& stop) { read_and_tend(stop); });
  std::vector<std::future<std::size_t>> working;
  for (int number = 0; number < 8; ++number)
    working.push_back(std::async(std::launch::async, [this, number] {
      kit::Asking asking(gateway(), organisation_.service());
      auto mine = new_case("case of client " + std::to_string(number));
      mine.on(kToday);
      EXPECT_EQ(asking.open(mine.opening({"mieke"}), mine.owner()).status, Status::kDone);
      for (int i = 0; i < kEntriesEach; ++i)
        EXPECT_EQ(
            asking.append({mine.event(mine.owner(), Compartment::kTalk)}, mine.owner()).status,
            Status::kDone);
      return asking.read_all(mine.handle(), mine.owner()).entries.size();
    }));
  for (auto& one : working) EXPECT_EQ(one.get(), 3U + kEntriesEach);
}

}  // namespace
}  // namespace omzien::gateway
