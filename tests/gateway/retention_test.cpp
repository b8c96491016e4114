// The retention rule carried out: what is due goes, what is not stays, and everybody sees that it
// was the gateway, by which rule and when.
#include "gateway/retention.h"

#include <future>
#include <thread>

#include "gateway/directory_seen.h"
#include "protocol/chain.h"
#include "tests/crypto/fixed_random.h"
#include "tests/gateway/watching.h"

namespace omzien::gateway {
namespace {

using rules::Milestone;
using rules::PayloadState;
using enum rules::Compartment;

class Retention : public WatchingTest {
 protected:
  static constexpr protocol::Day kDue = kToday + rules::kRetentionDays;

  void conclude() {
    open();
    auto outcome = talk();
    outcome.milestone = Milestone::kOutcome;
    ASSERT_EQ(by("mieke", outcome), Status::kDone);
  }
  std::size_t purge() {
    std::promise<storage::Result<std::size_t>> answered;
    gateway().purge(*key_, [&](auto purged) { answered.set_value(purged); });
    return answered.get_future().get().value();
  }
  protocol::Log log_of_owner() { return client().read_all(case_.handle(), case_.owner()); }

  crypto::FixedRandom random_{"retention"};
  kit::SharedKey key_ = kit::make_key(random_);
};
OMZIEN_ON_BOTH_STORES(Retention);

// The commit may have succeeded, and the tombstone not: the next purge finds nothing to destroy any
// more.
TEST_P(Retention, APurgeThatMeetsAFailingDiskScrubsToo) {
  auto& watched = watch_store();
  conclude();
  on(kDue);
  const int before = watched.faults.scrubs;
  watched.faults.commit = true;
  std::promise<bool> answered;
  gateway().purge(*key_, [&](auto purged) { answered.set_value(purged.has_value()); });
  EXPECT_FALSE(answered.get_future().get());
  for (int i = 0; i < 500 && watched.faults.scrubs == before; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_EQ(watched.faults.scrubs, before + 1);
}

TEST_P(Retention, WhatIsDueIsDestroyedAndEverybodySeesByWhom) {
  conclude();
  on(kDue);
  EXPECT_EQ(purge(), 1U);
  for (const auto& log : {log_of_owner(), log_of("mieke")}) {
    EXPECT_TRUE(log.case_share.empty());
    ASSERT_EQ(log.entries.size(), 5U);
    protocol::Chain chain(organisation_.service(), case_.handle());
    protocol::Access access;
    for (const auto& stored : log.entries) {
      EXPECT_EQ(rules::PayloadState{stored.payload_state}, PayloadState::kDestroyed);
      const auto entry = protocol::Entry::parse(stored.header, stored.signature).value();
      EXPECT_TRUE(chain.extend(entry.header(), entry.hash()));
      EXPECT_TRUE(access.admit(entry.header(), organisation_.directory()));
    }
    ASSERT_TRUE(access.purged());
    EXPECT_EQ(access.purged()->day, kDue);
    EXPECT_EQ(access.purged()->days, rules::kRetentionDays);
  }
}

TEST_P(Retention, WhatIsNotDueStays) {
  conclude();
  on(kDue - 1);
  EXPECT_EQ(purge(), 0U);
  EXPECT_EQ(log_of_owner().entries.size(), 4U);
  on(kDue);
  ASSERT_EQ(by_owner(talk()), Status::kDone);
  EXPECT_EQ(purge(), 0U) << "somebody writes on";
}

TEST_P(Retention, ACaseWithoutAnOutcomeStays) {
  open();
  on(kDue + 1000);
  EXPECT_EQ(purge(), 0U);
}

TEST_P(Retention, NothingIsAddedAfterItAndItIsNotPurgedAgain) {
  conclude();
  on(kDue);
  ASSERT_EQ(purge(), 1U);
  EXPECT_EQ(purge(), 0U);
  const auto log = log_of_owner();
  const auto last = protocol::Entry::parse(log.entries.back().header, log.entries.back().signature);
  auto next = case_;
  const auto entry = next.move(case_.owner(), talk());
  EXPECT_EQ(client().append({entry}, case_.owner()).status, Status::kForbidden);
  restart();
  EXPECT_EQ(log_of_owner().head_hash, last->hash());
}

TEST_P(Retention, MoreThanOneTransactionHoldsAreAllPurgedWhileOthersWrite) {
  std::vector<kit::CaseBuilder> cases;
  for (int i = 0; i < 70; ++i) {
    auto made = new_case("case " + std::to_string(i));
    made.on(kToday);
    ASSERT_EQ(client().open(made.opening({"mieke"}), made.owner()).status, Status::kDone);
    ASSERT_EQ(client()
                  .append({made.milestone(key_of("mieke"), Milestone::kOutcome)}, key_of("mieke"))
                  .status,
              Status::kDone);
    cases.push_back(std::move(made));
  }
  on(kDue);
  std::promise<std::size_t> purged;
  gateway().purge(*key_, [&](auto done) { purged.set_value(done.value()); });
  auto another = new_case("another");
  another.on(kDue);
  EXPECT_EQ(client().open(another.opening({"mieke"}), another.owner()).status, Status::kDone);
  EXPECT_EQ(purged.get_future().get(), 70U);
  EXPECT_EQ(client().read_all(another.handle(), another.owner()).entries.size(), 3U);
}

// Their outcome was somebody's whom the directory does not know any more, say: for the store they
// are due, for the rules they are not.
TEST_P(Retention, CasesThatMayNotBePurgedKeepNoneOfTheOthersWaiting) {
  gateway();
  for (int i = 0; i < 40; ++i) {
    auto made = new_case("case " + std::to_string(i));
    made.on(kToday);
    ASSERT_EQ(client().open(made.opening({"mieke"}), made.owner()).status, Status::kDone);
    auto transaction = store_->begin().value();
    auto info = transaction->case_info(made.handle()).value().value();
    info.outcome_day = kToday;
    ASSERT_TRUE(transaction->append(made.handle(), info.head_seq, info.head_hash, {}, info));
    ASSERT_TRUE(transaction->commit());
  }
  conclude();
  on(kDue);
  EXPECT_EQ(purge(), 1U);
  EXPECT_EQ(log_of_owner().entries.size(), 5U);
  EXPECT_EQ(purge(), 0U);
}

TEST_P(Retention, NobodySendsOneFromOutside) {
  conclude();
  on(kDue);
  const protocol::Purge purge{rules::RetentionRule::kAfterOutcome, rules::kRetentionDays};
  EXPECT_EQ(send(*key_, purge), Status::kForbidden);
  EXPECT_EQ(by("mieke", purge), Status::kForbidden);
  EXPECT_EQ(by_owner(purge), Status::kForbidden);
  EXPECT_EQ(log_of_owner().entries.size(), 4U);
}

class DirectorySeen : public RegieTest {
 protected:
  std::optional<storage::DirectorySeen> seen() {
    return store_->reader().value()->directory_seen().value();
  }
  void wait_for(std::uint32_t version) {
    for (int i = 0; i < 500 && (!seen() || seen()->version != version); ++i) {
      gateway().tend();
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    ASSERT_EQ(seen()->version, version);
  }
};
OMZIEN_ON_BOTH_STORES(DirectorySeen);

TEST_P(DirectorySeen, TheNewestVersionIsKeptAndAnOlderFileRefused) {
  gateway();
  wait_for(1);
  const auto older = people().in_force();
  publish_directory();
  wait_for(2);
  EXPECT_TRUE(demand_not_older(*store_, *people().in_force()));
  EXPECT_THROW((void)demand_not_older(*store_, *older), ConfigError);
  EXPECT_FALSE(note_directory(*store_, *older)) << "never back";
  EXPECT_EQ(seen()->version, 2U);
}

}  // namespace
}  // namespace omzien::gateway
