// The gateway's program killed at random moments under several clients: every entry it acknowledged
// is there, and every chain verifies.
//
// OMZIEN_KILLS sets how often; the default is quick.
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <map>
#include <random>
#include <thread>

#include <gtest/gtest.h>

#include "protocol/chain.h"
#include "storage/key_file.h"
#include "tests/gateway/fixture.h"
#include "tests/gateway/process/program.h"

namespace omzien::gateway::process {
namespace {

constexpr std::size_t kClients = 4;
constexpr int kKillsPerSharedCase = 50;

// Where the gateway is just now, if it is anywhere.
class Place {
 public:
  void set(std::optional<Endpoint> endpoint) {
    const std::scoped_lock lock(mutex_);
    endpoint_ = std::move(endpoint);
  }
  std::optional<Endpoint> get() {
    const std::scoped_lock lock(mutex_);
    return endpoint_;
  }

 private:
  std::mutex mutex_;
  std::optional<Endpoint> endpoint_;
};

// What was acknowledged, by everybody.
class Ledger {
 public:
  void note(const kit::CaseBuilder& made, std::uint64_t seq, const crypto::Digest& hash) {
    const std::scoped_lock lock(mutex_);
    cases_.try_emplace(made.handle(), made, std::map<std::uint64_t, crypto::Digest>{})
        .first->second.second.emplace(seq, hash);
    ++count_;
  }
  auto cases() {
    const std::scoped_lock lock(mutex_);
    return cases_;
  }
  std::uint64_t count() const { return count_; }

 private:
  std::mutex mutex_;
  std::map<protocol::Handle, std::pair<kit::CaseBuilder, std::map<std::uint64_t, crypto::Digest>>>
      cases_;
  std::atomic<std::uint64_t> count_{0};
};

// One person's program: sends, and what was not answered it sends again, as it was.
class Sender {
 public:
  Sender(const kit::Organisation& organisation, Place& place, Ledger& ledger, unsigned seed,
         std::shared_ptr<std::atomic<int>> shared)
      : organisation_(organisation),
        place_(place),
        ledger_(ledger),
        random_(seed),
        seed_(seed),
        shared_(std::move(shared)) {}

  void run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      const auto where = place_.get();
      if (!where) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        continue;
      }
      try {
        Wire wire(*where);
        kit::Asking client(wire, organisation_.service());
        for (int i = 0; i < 30 && !stop.stop_requested(); ++i) step(client);
      } catch (const std::runtime_error&) {
        // Killed under it: the next gateway is asked again.
      }
    }
  }

 private:
  void step(kit::Asking& client) {
    if (random_() % 3 == 0) return share(client);
    if (!own_ || random_() % 8 == 0) {
      if (!opening_) {
        opening_.emplace(organisation_,
                         "own " + std::to_string(seed_) + "/" + std::to_string(++made_));
        body_ = opening_->opening({"mieke"});
      }
      open(client, *opening_, body_);
      own_ = std::move(opening_);
      opening_.reset();
      return;
    }
    if (!next_) {
      next_.emplace(*own_);
      entry_ = next_->event(next_->owner(), rules::Compartment::kTalk);
    }
    const auto status = append(client, *next_, entry_);
    EXPECT_EQ(status, rules::Status::kDone) << "sent again as it was, it is accepted";
    own_ = std::move(next_);
    next_.reset();
  }

  void open(kit::Asking& client, const kit::CaseBuilder& made, const protocol::OpenCase& body) {
    const auto status = client.open(body, made.owner()).status;
    EXPECT_EQ(status, rules::Status::kDone);
    if (status != rules::Status::kDone) return;
    std::uint64_t seq = 0;
    for (const auto& entry : body.entries) ledger_.note(made, seq++, *hash_of(entry));
  }

  rules::Status append(kit::Asking& client, const kit::CaseBuilder& made,
                       const protocol::SubmittedEntry& entry) {
    const auto status = client.append({entry}, made.owner()).status;
    if (status == rules::Status::kDone) ledger_.note(made, made.next_seq() - 1, made.head_hash());
    return status;
  }

  // The case that all clients write in: whoever is first stands, the others go after.
  void share(kit::Asking& client) {
    kit::CaseBuilder made(organisation_, "shared " + std::to_string(*shared_));
    const auto body = made.opening({"mieke"});
    const auto opened = client.open(body, made.owner()).status;
    if (opened == rules::Status::kDone) {
      std::uint64_t seq = 0;
      for (const auto& entry : body.entries) ledger_.note(made, seq++, *hash_of(entry));
    }
    made.random_bytes(1 + random_() % 4096);  // so that no two clients write the same
    for (int i = 0; i < 5; ++i) {
      const auto log = protocol::parse<protocol::Log>(
          client.read(made.handle(), made.next_seq() - 1, made.owner()).body);
      if (!log) return;
      made.after(log->head_seq, log->head_hash);
      const auto entry = made.event(made.owner(), rules::Compartment::kTalk);
      const auto status = append(client, made, entry);
      EXPECT_TRUE(status == rules::Status::kDone || status == rules::Status::kStaleHead)
          << static_cast<int>(status);
    }
  }

  static std::optional<crypto::Digest> hash_of(const protocol::SubmittedEntry& entry) {
    const auto parsed = protocol::Entry::parse(entry.header, entry.signature);
    return parsed ? std::optional(parsed->hash()) : std::nullopt;
  }

  const kit::Organisation& organisation_;
  Place& place_;
  Ledger& ledger_;
  std::mt19937 random_;
  unsigned seed_;
  std::shared_ptr<std::atomic<int>> shared_;
  int made_ = 0;
  std::optional<kit::CaseBuilder> own_, opening_, next_;
  protocol::OpenCase body_;
  protocol::SubmittedEntry entry_;
};

class Kill : public testing::Test {
 protected:
  Kill() {
    crypto::initialise();
    folder_.write("bundle", organisation_.bundle());
    crypto::SystemRandom random;
    EXPECT_TRUE(storage::make_key_file(folder_ / "gateway.key", random));
    folder_.write("gateway.toml", crypto::as_bytes(config_text()));
  }

  static protocol::Day today() { return Moment(SystemClock().seconds()).day(); }

  // Reads every case, or those with entries since the last time, and holds them to what was
  // acknowledged.
  void verify(const Endpoint& where) {
    Wire wire(where);
    kit::Asking client(wire, organisation_.service());
    for (const auto& [handle, noted] : ledger_.cases()) {
      const auto& [made, hashes] = noted;
      auto& seen = verified_[handle];
      if (seen == hashes.size()) continue;
      seen = hashes.size();
      const auto log = client.read_all(handle, made.owner());
      protocol::Chain chain(organisation_.service(), handle);
      std::vector<crypto::Digest> found;
      for (const auto& stored : log.entries) {
        const auto entry = protocol::Entry::parse(stored.header, stored.signature);
        ASSERT_TRUE(entry);
        ASSERT_TRUE(chain.extend(entry->header(), entry->hash()));
        ASSERT_TRUE(entry->payload_matches(stored.payload));
        found.push_back(entry->hash());
      }
      ASSERT_EQ(chain.head_hash(), log.head_hash);
      for (const auto& [seq, hash] : hashes) {
        ASSERT_LT(seq, found.size()) << "an acknowledged entry is gone";
        ASSERT_EQ(found[seq], hash) << "another entry stands in its place";
      }
    }
  }

  kit::Organisation organisation_{"killed", today()};
  ScratchFolder folder_;
  Place place_;
  Ledger ledger_;
  std::map<protocol::Handle, std::size_t> verified_;
};

TEST_F(Kill, EveryAcknowledgedEntryIsThereHoweverOftenTheGatewayDies) {
  const char* asked = std::getenv("OMZIEN_KILLS");
  const int kills = asked == nullptr ? 25 : static_cast<int>(std::strtol(asked, nullptr, 10));
  const auto shared = std::make_shared<std::atomic<int>>(0);
  std::vector<std::unique_ptr<Sender>> senders;
  std::vector<std::jthread> threads;
  for (unsigned i = 0; i < kClients; ++i) {
    senders.push_back(std::make_unique<Sender>(organisation_, place_, ledger_, i + 1, shared));
    threads.emplace_back(
        [&sender = *senders.back()](const std::stop_token& stop) { sender.run(stop); });
  }
  std::mt19937 random(6);
  for (int kill = 0; kill < kills && !HasFatalFailure(); ++kill) {
    *shared = kill / kKillsPerSharedCase;
    Program gateway(folder_ / "gateway.toml");
    if (kill % kKillsPerSharedCase == 0) verify(gateway.reporter());
    place_.set(gateway.reporter());
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 150'000));
    place_.set(std::nullopt);
    gateway.kill();
  }
  for (auto& thread : threads) thread.request_stop();
  threads.clear();
  Program gateway(folder_ / "gateway.toml");
  verified_.clear();  // what a later death took from a case that was quiet since
  verify(gateway.reporter());
  std::cout << kills << " kills, " << ledger_.count() << " entries acknowledged in "
            << ledger_.cases().size() << " cases, none lost\n";
  EXPECT_GT(ledger_.count(), static_cast<std::uint64_t>(kills)) << "worth something";
}

TEST_F(Kill, ASecondGatewayOnTheSameStoreIsRefusedWhileTheFirstServes) {
  Program first(folder_ / "gateway.toml");
  EXPECT_THROW(Program second(folder_ / "gateway.toml"), std::runtime_error);
  Wire wire(first.reporter());
  kit::Asking client(wire, organisation_.service());
  kit::CaseBuilder made(organisation_, "case");
  made.on(today());
  EXPECT_EQ(client.open(made.opening({"mieke"}), made.owner()).status, rules::Status::kDone);
  first.kill();
  Program second(folder_ / "gateway.toml");
  Wire again(second.reporter());
  kit::Asking other(again, organisation_.service());
  EXPECT_EQ(other.read_all(made.handle(), made.owner()).entries.size(), 3U);
}

}  // namespace
}  // namespace omzien::gateway::process
