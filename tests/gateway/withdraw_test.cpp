// The end of a case: for its owner it never was, for its members it is gone, and nothing brings it
// back.
#include "gateway/store_probe.h"
#include "tests/gateway/watching.h"

namespace omzien::gateway {
namespace {

using rules::PayloadState;
using enum rules::Compartment;

class Withdrawal : public WatchingTest {
 protected:
  void open_and_withdraw() {
    open();
    ASSERT_EQ(by_owner(protocol::Withdraw{}), Status::kDone);
    withdrawal_ = last_;
  }
  protocol::OperationResult put_chunk(const protocol::Handle& handle,
                                      const crypto::SigningKey& key) {
    const protocol::PutChunk chunk{handle, {}, 0, 1, crypto::Bytes(10, 1)};
    return client().ask(Kind::kPutChunk, protocol::encode(chunk), key);
  }
  protocol::OperationResult get_chunk(const protocol::Handle& handle,
                                      const crypto::SigningKey& key) {
    return client().ask(Kind::kGetChunk, protocol::encode(protocol::GetChunk{handle, 2, 0}), key);
  }
  protocol::SubmittedEntry withdrawal_;
};
OMZIEN_ON_BOTH_STORES(Withdrawal);

TEST_P(Withdrawal, ItsOwnerIsAnsweredAsIfItHadNeverBeen) {
  open_and_withdraw();
  auto never = new_case("never opened");
  never.on(kToday);
  never.opening({"mieke"});
  const auto same = [](const protocol::OperationResult& a, const protocol::OperationResult& b) {
    EXPECT_EQ(a.status, b.status);
    EXPECT_EQ(a.body, b.body);
  };
  same(client().read(case_.handle(), 0, case_.owner()),
       client().read(never.handle(), 0, never.owner()));
  same(get_chunk(case_.handle(), case_.owner()), get_chunk(never.handle(), never.owner()));
  same(put_chunk(case_.handle(), case_.owner()), put_chunk(never.handle(), never.owner()));
  same(client().append({case_.event(case_.owner(), kTalk)}, case_.owner()),
       client().append({never.event(never.owner(), kTalk)}, never.owner()));
  EXPECT_EQ(client().read(case_.handle(), 0, case_.owner()).status, Status::kNothing);
}

TEST_P(Withdrawal, TheSameAgainIsAcceptedAndNothingElseIs) {
  open();
  const auto before = case_.move(case_.owner(), talk());
  ASSERT_EQ(client().append({before}, case_.owner()).status, Status::kDone);
  take(before);
  ASSERT_EQ(by_owner(protocol::Withdraw{}), Status::kDone);
  EXPECT_EQ(client().append({last_}, case_.owner()).status, Status::kDone);
  EXPECT_EQ(client().append({before, last_}, case_.owner()).status, Status::kDone);
  EXPECT_EQ(client().append({before}, case_.owner()).status, Status::kNothing);
  auto again = new_case();
  again.on(kToday);
  EXPECT_EQ(client().open(again.opening({"mieke", "youssef"}), again.owner()).status,
            Status::kNothing);
  restart();
  EXPECT_EQ(client().append({last_}, case_.owner()).status, Status::kDone);
}

TEST_P(Withdrawal, MembersSeeThatItIsGoneAndReadNothing) {
  open_and_withdraw();
  const auto log = log_of("mieke");
  EXPECT_TRUE(log.case_share.empty());
  ASSERT_EQ(log.entries.size(), 4U);
  EXPECT_EQ(log.entries.back().header, withdrawal_.header);
  for (const auto& entry : log.entries) {
    EXPECT_TRUE(entry.payload.empty());
    EXPECT_EQ(entry.payload_state, PayloadState::kDestroyed);
  }
  EXPECT_EQ(get_chunk(case_.handle(), key_of("mieke")).status, Status::kNothing);
  EXPECT_EQ(inbox("mieke").size(), 1U);
  EXPECT_EQ(inbox("mieke")[0].head_hash, case_.head_hash());
  EXPECT_EQ(reads(key_of("bram")), Status::kNothing);
}

TEST_P(Withdrawal, NothingComesAfterIt) {
  open_and_withdraw();
  auto next = case_;
  const auto entry = next.event(key_of("mieke"), kTalk);
  EXPECT_EQ(client().append({entry}, key_of("mieke")).status, Status::kForbidden);
  EXPECT_EQ(put_chunk(case_.handle(), key_of("mieke")).status, Status::kNothing);
}

TEST_P(Withdrawal, OnlyTheOwnerWithdraws) {
  open();
  EXPECT_EQ(by("mieke", protocol::Withdraw{}), Status::kForbidden);
  EXPECT_EQ(reads(case_.owner()), Status::kDone);
}

TEST_P(Withdrawal, NoQuotaStandsInItsWay) {
  open();
  restart();
  limits_.unanswered_bytes_per_day_max = 1;
  limits_.case_unanswered_bytes_max = 1;
  EXPECT_EQ(by_owner(talk()), Status::kQuota);
  EXPECT_EQ(by_owner(protocol::Withdraw{}), Status::kDone);
}

TEST_P(Withdrawal, TheStoreIsScrubbedSoonAfter) {
  const auto& watched = watch_store();
  open();
  EXPECT_EQ(watched.faults.scrubs, 0);
  ASSERT_EQ(by_owner(protocol::Withdraw{}), Status::kDone);
  for (int i = 0; i < 500 && watched.faults.scrubs == 0; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_EQ(watched.faults.scrubs, 1);
}

TEST_P(Withdrawal, OneThatIsRefusedScrubsNothing) {
  const auto& watched = watch_store();
  open();
  auto never = new_case("never opened");
  never.on(kToday);
  never.opening({"mieke"});
  const auto entry = never.move(never.owner(), protocol::Withdraw{});
  EXPECT_EQ(client().append({entry}, never.owner()).status, Status::kNothing);
  EXPECT_EQ(by("mieke", protocol::Withdraw{}), Status::kForbidden);
  // What the writer owes it does before it is through with what comes after.
  for (int i = 0; i < 3; ++i) ASSERT_EQ(by_owner(talk()), Status::kDone);
  EXPECT_EQ(watched.faults.scrubs, 0);
}

// Sent again it is answered as before, and destroyed nothing: or whoever likes could keep the
// writer scrubbing with the withdrawal of a case that they invented.
TEST_P(Withdrawal, OneThatIsSentAgainScrubsNothing) {
  const auto& watched = watch_store();
  open_and_withdraw();
  for (int i = 0; i < 500 && watched.faults.scrubs == 0; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  for (int i = 0; i < 4; ++i)
    EXPECT_EQ(client().append({withdrawal_}, case_.owner()).status, Status::kDone);
  EXPECT_EQ(watched.faults.scrubs, 1);
}

// The commit may have succeeded, and the tombstone not: sent again it destroys nothing any more.
TEST_P(Withdrawal, OneThatMeetsAFailingDiskScrubsToo) {
  auto& watched = watch_store();
  open();
  watched.faults.commit = true;
  EXPECT_EQ(by_owner(protocol::Withdraw{}), Status::kStorage);
  for (int i = 0; i < 500 && watched.faults.scrubs == 0; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_EQ(watched.faults.scrubs, 1);
}

// A reader that is kept remembers pages from before, and keeps the store from forgetting them.
TEST_P(Withdrawal, NoReaderIsKeptFromBeforeIt) {
  constexpr int kFrames = 64;  // more than there are threads that would each keep one
  auto& watched = watch_store();
  open();
  const int before = watched.faults.readers;
  for (int i = 0; i < kFrames; ++i)
    ASSERT_EQ(client().read(case_.handle(), 0, case_.owner()).status, Status::kDone);
  EXPECT_EQ(watched.faults.readers - before, kFrames);
  EXPECT_TRUE(answers(watched));
  EXPECT_TRUE(answers(watched));
  EXPECT_EQ(watched.faults.readers - before, kFrames + 2) << "nor by who asks for health";
}

// Its texts are gone then, and the entry that says so is not among those that were asked for.
TEST_P(Withdrawal, OneThatComesAmidAReadIsNoLossToWhoReads) {
  auto& watched = watch_store();
  open();
  ASSERT_EQ(by("mieke", talk()), Status::kDone);
  watched.faults.after_share = [&] {
    const auto begun = std::move(watched.begin().value());
    ASSERT_TRUE(begun->destroy_case(case_.handle()));
    ASSERT_TRUE(begun->commit());
  };
  EXPECT_EQ(client().read(case_.handle(), 0, key_of("mieke")).status, Status::kLater);
}

class Restored : public RegieTest {
 protected:
  void copy(const char* from, const char* to) {
    std::filesystem::copy_file(folder_ / from, folder_ / to,
                               std::filesystem::copy_options::overwrite_existing);
  }
  void stop() {
    restart();
    store_.reset();
  }
};
INSTANTIATE_TEST_SUITE_P(OnSqlcipher, Restored, testing::Values(true));

TEST_P(Restored, AnOlderBackupBringsNothingBack) {
  open();
  stop();
  copy("store.db", "backup");
  store_in(folder_);
  ASSERT_EQ(by_owner(protocol::Withdraw{}), Status::kDone);
  stop();
  copy("backup", "store.db");
  store_in(folder_);
  EXPECT_EQ(reads(case_.owner()), Status::kNothing);
  const auto log = log_of("mieke");
  EXPECT_TRUE(log.case_share.empty());
  for (const auto& entry : log.entries) EXPECT_TRUE(entry.payload.empty());
  auto member = new_case();
  member.on(kToday);
  member.opening({"mieke", "youssef"});
  EXPECT_EQ(client().append({member.event(key_of("mieke"), kTalk)}, key_of("mieke")).status,
            Status::kForbidden);
  auto owner = new_case();
  owner.on(kToday);
  EXPECT_EQ(client().open(owner.opening({"mieke", "youssef"}), owner.owner()).status,
            Status::kNothing);
}

}  // namespace
}  // namespace omzien::gateway
