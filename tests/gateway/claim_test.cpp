// Whose log is read: nobody's for a stranger, and for one frame no more than was said.
#include "gateway/claim.h"

#include "gateway/handled.h"
#include "tests/gateway/failing_store.h"
#include "tests/gateway/fixture.h"

namespace omzien::gateway {
namespace {

class Claim : public GatewayTest {
 protected:
  static constexpr std::uint64_t kRowsOfAFrame = kHandledBytesMax / kFoldedEntryBytes;

  Claim() {
    auto counting = std::make_unique<FailingStore>(*inner_);
    counting_ = counting.get();
    store_ = std::move(counting);
  }
  ~Claim() override { restart(); }  // before the store it works on

  // In one frame that goes to the writer, whose reads are counted; no fold is remembered before it.
  std::vector<protocol::OperationResult> cold(
      const std::function<std::vector<protocol::Operation>()>& made) {
    restart();
    client().send({});
    const auto operations = made();
    counting_->faults.rows = 0;
    return client().send(operations, protocol::FrameSize::kLarge).results;
  }
  std::uint64_t rows() const { return counting_->faults.rows; }

  protocol::Operation read(const protocol::Handle& handle, const crypto::SigningKey& key) {
    return client().sign(Kind::kRead, protocol::encode(protocol::Read{handle, 0}), key);
  }
  protocol::Operation put(const protocol::Handle& handle, const crypto::SigningKey& key) {
    const protocol::PutChunk chunk{handle, {}, 1, 2, crypto::Bytes(600, 1)};
    return client().sign(Kind::kPutChunk, protocol::encode(chunk), key);
  }
  protocol::Operation append(const protocol::SubmittedEntry& entry, const crypto::SigningKey& key) {
    return client().sign(Kind::kAppend, protocol::encode(protocol::Append{{entry}}), key);
  }

  // A log that costs its length and is none: what the rules make of it is nothing.
  kit::CaseBuilder long_log(const std::string& seed, std::size_t entries) {
    auto made = new_case(seed);
    std::vector<storage::Entry> stored(entries);
    for (auto& entry : stored) entry = {crypto::Bytes(4, 1), {}, {}, crypto::Bytes()};
    stored.back().hash.data()[0] = 1;
    storage::CaseInfo info;
    info.head_seq = entries - 1;
    info.head_hash = stored.back().hash;
    auto transaction = inner_->begin().value();
    const auto share = crypto::SecretBytes::from(made.share());
    EXPECT_TRUE(transaction->open_case(made.handle(), share, stored, info));
    EXPECT_TRUE(transaction->link_member(organisation_.member("mieke").id, made.handle(), false));
    EXPECT_TRUE(transaction->commit());
    return made;
  }

  protocol::Operation chunk_of(const kit::CaseBuilder& made, std::uint64_t seq,
                               const crypto::SigningKey& key) {
    return client().sign(Kind::kGetChunk,
                         protocol::encode(protocol::GetChunk{made.handle(), seq, 0}), key);
  }
  std::uint64_t bytes() const { return counting_->faults.bytes; }

  // Puts so many large texts into a case, which mieke may not read.
  void fill(kit::CaseBuilder& made, std::size_t count) {
    auto transaction = inner_->begin().value();
    const auto info = transaction->case_info(made.handle()).value().value();
    auto grown = info;
    std::vector<storage::Entry> entries;
    for (std::size_t i = 0; i < count; ++i) {
      auto text = made.event(made.owner(), Compartment::kIdentity, kLargeBytes);
      const auto signature = crypto::Signature::from(text.signature).value();
      entries.push_back({text.header, signature, made.head_hash(), std::move(text.payload)});
    }
    grown.head_seq += count;
    grown.head_hash = made.head_hash();
    EXPECT_TRUE(transaction->append(made.handle(), info.head_seq, info.head_hash, entries, grown));
    EXPECT_TRUE(transaction->commit());
  }
  static constexpr std::size_t kLargeBytes = 120'000;

  std::unique_ptr<storage::Store> inner_ = storage::make_memory_store();
  FailingStore* counting_ = nullptr;
};

TEST_F(Claim, AStrangerHasNoEntryRead) {
  auto made = opened_case();
  for (int i = 0; i < 20; ++i)
    ASSERT_EQ(client().append({made.event(made.owner(), Compartment::kTalk)}, made.owner()).status,
              Status::kDone);
  const auto outside = new_case("of somebody else");
  for (const auto* key : {&key_of("bram"), &outside.owner()}) {
    const auto results = cold([&] {
      return std::vector{put(made.handle(), *key), read(made.handle(), *key)};
    });
    for (const auto& result : results) EXPECT_EQ(result.status, Status::kNothing);
    EXPECT_EQ(rows(), 0U);
  }
  auto next = made;
  const auto results = cold([&] {
    return std::vector{append(next.event(key_of("bram"), Compartment::kTalk), key_of("bram"))};
  });
  EXPECT_EQ(results.at(0).status, Status::kNothing);
  EXPECT_LE(rows(), 1U) << "whether it is there already";
}

TEST_F(Claim, OfACaseThatWasWithdrawnTheLastHeaderAloneIsRead) {
  auto made = opened_case();
  for (int i = 0; i < 20; ++i)
    ASSERT_EQ(client().append({made.event(made.owner(), Compartment::kTalk)}, made.owner()).status,
              Status::kDone);
  const auto withdrawal = made.move(made.owner(), protocol::Withdraw{});
  ASSERT_EQ(client().append({withdrawal}, made.owner()).status, Status::kDone);
  const auto asked = [&] {
    return std::vector{put(made.handle(), key_of("bram")), read(made.handle(), made.owner())};
  };
  EXPECT_EQ(cold(asked).at(1).status, Status::kNothing);
  EXPECT_EQ(rows(), 1U);
  const auto again = cold([&] { return std::vector{append(withdrawal, made.owner())}; });
  EXPECT_EQ(again.at(0).status, Status::kDone);
  EXPECT_LE(rows(), 3U);
}

TEST_F(Claim, AFrameThatNamesManyColdCasesHasABoundedNumberOfRowsRead) {
  std::vector<kit::CaseBuilder> logs;
  for (int i = 0; i < 32; ++i) logs.push_back(long_log("long " + std::to_string(i), 1'000));
  const auto results = cold([&] {
    std::vector<protocol::Operation> operations;
    for (const auto& log : logs) operations.push_back(put(log.handle(), log.owner()));
    return operations;
  });
  EXPECT_EQ(results.front().status, Status::kNothing);
  EXPECT_EQ(results.back().status, Status::kLater);
  EXPECT_LE(rows(), kRowsOfAFrame);
  EXPECT_GT(rows(), kRowsOfAFrame / 2);
}

TEST_F(Claim, HoweverLongALogItIsReadAndAnAppendFitsBesideIt) {
  const auto first = long_log("first", 3 * kRowsOfAFrame);
  const auto other = long_log("other", 3 * kRowsOfAFrame);
  const auto third = long_log("third", 1);
  auto made = opened_case();
  const auto results = cold([&] {
    return std::vector{put(first.handle(), first.owner()),
                       append(made.event(made.owner(), Compartment::kTalk), made.owner())};
  });
  EXPECT_EQ(results.at(0).status, Status::kNothing);
  EXPECT_EQ(results.at(1).status, Status::kDone);
  const auto more = cold([&] {
    return std::vector{put(first.handle(), first.owner()), put(other.handle(), other.owner()),
                       put(third.handle(), third.owner())};
  });
  EXPECT_EQ(more.at(1).status, Status::kNothing);
  EXPECT_EQ(more.at(2).status, Status::kLater);
}

// What is withheld, and what is too large for the answer, is read and dropped: that counts too.
TEST_F(Claim, OfALogOfWhichNothingMayBeReadAFrameReadsNoMoreThanAnyOther) {
  auto made = opened_case();
  auto other = opened_case("the writer's");
  constexpr std::size_t kTexts = 40;
  static_assert(kTexts * kLargeBytes > kHandledBytesMax + kLargeBytes);
  fill(made, kTexts);
  const auto results = cold([&] {
    counting_->faults.bytes = 0;
    return std::vector{put(other.handle(), other.owner()), read(made.handle(), key_of("mieke"))};
  });
  ASSERT_EQ(results.at(1).status, Status::kDone);
  const auto log = protocol::parse<protocol::Log>(results.at(1).body).value();
  EXPECT_LT(log.entries.size(), kTexts);
  EXPECT_LE(bytes(), kHandledBytesMax + kLargeBytes);
  const auto all = client().read_all(made.handle(), key_of("mieke"));
  ASSERT_EQ(all.entries.size(), 3 + kTexts) << "in as many frames as it takes";
  EXPECT_EQ(all.entries.back().payload_state, rules::PayloadState::kWithheld);
  const auto fetched = client().read_all(made.handle(), made.owner());
  ASSERT_EQ(fetched.entries.size(), 3 + kTexts);
  EXPECT_EQ(fetched.entries.back().payload_state, rules::PayloadState::kFetch);
}

TEST_F(Claim, AFrameThatAsksForManyPiecesOfLargeTextsHasABoundedNumberOfBytesRead) {
  auto made = opened_case();
  fill(made, 1);
  for (const auto* key : {&made.owner(), &key_of("mieke")}) {
    const auto results = cold([&] {
      counting_->faults.bytes = 0;
      std::vector operations{put(made.handle(), made.owner())};
      operations.insert(operations.end(), rules::kOperationsPerRequestMax - 1,
                        chunk_of(made, 3, *key));
      return operations;
    });
    EXPECT_EQ(results.at(1).status, key == &made.owner() ? Status::kDone : Status::kForbidden);
    EXPECT_EQ(results.back().status, Status::kLater);
    EXPECT_LE(bytes(), kHandledBytesMax);
    EXPECT_GT(bytes(), kHandledBytesMax / 2);
  }
}

// A page that would cost more ends before, and the next one goes on: whoever keeps many cases sees
// them all.
TEST_F(Claim, AnInboxOfLongLogsComesInMorePages) {
  for (int i = 0; i < 10; ++i) long_log("long " + std::to_string(i), 1'000);
  const auto made = opened_case("the last");
  restart();
  protocol::InboxPage page;
  int pages = 0;
  do {
    const auto result = client().ask(
        Kind::kInbox, protocol::encode(protocol::Inbox{page.next_cursor}), key_of("mieke"));
    ASSERT_EQ(result.status, Status::kDone);
    page = protocol::parse<protocol::InboxPage>(result.body).value();
  } while (++pages < 9 && !page.next_cursor.empty());
  EXPECT_EQ(pages, 2);
  ASSERT_EQ(page.items.size(), 1U);
  EXPECT_EQ(page.items.at(0).handle, made.handle());
}

}  // namespace
}  // namespace omzien::gateway
