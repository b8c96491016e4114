// After a withdrawal or a purge nothing of the case is left in the store: not in a page, not in a
// freed one, not in the WAL, read as if there were no encryption. Nor after an older backup was put
// back.
#include <future>

#include "gateway/retention.h"
#include "tests/crypto/fixed_random.h"
#include "tests/gateway/regie_fixture.h"
#include "tests/storage/sqlcipher/pages.h"

namespace omzien::gateway {
namespace {

using enum rules::Compartment;

constexpr std::size_t kSliceBytes = 24;
constexpr std::size_t kSliceEvery = 1'500;  // a page holds about 4,000

class WithdrawnPages : public RegieTest {
 protected:
  // A case with everything that a case can have: a share, texts smaller and larger than a page,
  // wraps of a grant, of a waiting one and of a revocation, a file, and a chunk that nothing names.
  void fill() {
    open();
    hide("the share", case_.share());
    ASSERT_EQ(by_owner(stand_in("ruud", "mieke")), Status::kDone);
    hide("a waiting grant's wraps", last_.payload);
    ASSERT_EQ(by_owner(grant("anouk", {kStory, kTalk})), Status::kDone);
    hide("a grant's wraps", last_.payload);
    ASSERT_EQ(by_owner(revoke({"youssef"})), Status::kDone);
    hide("a revocation's wraps", last_.payload);
    ASSERT_EQ(by("mieke", talk()), Status::kDone);
    hide("a text", last_.payload);
    auto next = case_;
    const auto large = next.event(case_.owner(), kStory, 12'000, under_newest(kStory));
    ASSERT_EQ(client().append({large}, case_.owner()).status, Status::kDone);
    case_ = next;
    take(large);
    hide("a text larger than a page", large.payload);
    attach();
    put(upload(9), 0, 2, "a chunk that nothing names");
  }
  kit::Tweak under_newest(Compartment compartment) {
    const auto epoch = access_.newest_epoch(compartment)->number;
    return
        [=](protocol::Header& header) { std::get<protocol::Event>(header.fields).epoch = epoch; };
  }
  static protocol::UploadId upload(std::uint8_t number) {
    protocol::UploadId id;
    id.data()[0] = number;
    return id;
  }
  void put(const protocol::UploadId& named, std::uint32_t index, std::uint32_t count,
           const char* what) {
    auto bytes = case_.random_bytes(rules::kFileChunkSealedBytes);
    hide(what, bytes);
    const protocol::PutChunk chunk{case_.handle(), named, index, count, std::move(bytes)};
    ASSERT_EQ(client().ask(Kind::kPutChunk, protocol::encode(chunk), case_.owner()).status,
              Status::kDone);
  }
  void attach() {
    const auto named = upload(7);
    for (std::uint32_t i = 0; i < 3; ++i) put(named, i, 3, "a file's chunk");
    auto next = case_;
    const auto newest = under_newest(kStory);
    const auto event = next.event(case_.owner(), kStory, 1'065, [&](protocol::Header& header) {
      newest(header);
      std::get<protocol::Event>(header.fields).files = {{named, 3}};
    });
    ASSERT_EQ(client().append({event}, case_.owner()).status, Status::kDone);
    case_ = next;
    take(event);
    hide("the event that names a file", event.payload);
  }

  void hide(const char* what, crypto::ByteView bytes) {
    for (std::size_t at = 0; at + kSliceBytes <= bytes.size(); at += kSliceEvery) {
      const auto slice = bytes.subspan(at, kSliceBytes);
      hidden_.push_back({what, std::string(slice.begin(), slice.end())});
    }
  }
  std::set<std::string> found() {
    const auto pages = storage::sqlcipher::every_page(folder_ / "store.db", data_key());
    std::set<std::string> found;
    for (const auto& [what, slice] : hidden_)
      if (pages.find(slice) != std::string::npos) found.insert(what);
    return found;
  }
  std::set<std::string> everything() {
    std::set<std::string> all;
    for (const auto& [what, slice] : hidden_) all.insert(what);
    return all;
  }
  // Its time is over, and nothing of it is gone yet.
  void let_its_time_pass() {
    fill();
    auto outcome = talk();
    outcome.milestone = rules::Milestone::kOutcome;
    ASSERT_EQ(by("mieke", outcome), Status::kDone);
    on(kToday + rules::kRetentionDays);
    ASSERT_EQ(found(), everything());
  }
  // Scrubbing follows the answer.
  void wait_for_scrub() {
    for (int i = 0; i < 500 && !found().empty(); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  void stop() {
    restart();
    store_.reset();
  }
  void copy(const char* from, const char* to) {
    std::filesystem::copy_file(folder_ / from, folder_ / to,
                               std::filesystem::copy_options::overwrite_existing);
  }

  std::vector<std::pair<std::string, std::string>> hidden_;
};
INSTANTIATE_TEST_SUITE_P(OnSqlcipher, WithdrawnPages, testing::Values(true));

TEST_P(WithdrawnPages, HoldNothingOfTheCase) {
  fill();
  ASSERT_EQ(found(), everything()) << "so that this test can fail";
  ASSERT_EQ(by_owner(protocol::Withdraw{}), Status::kDone);
  wait_for_scrub();
  EXPECT_THAT(found(), testing::IsEmpty());
  stop();
  EXPECT_THAT(found(), testing::IsEmpty()) << "closed";
}

// By the command, which scrubs by itself; the gateway owes it to its writer.
TEST_P(WithdrawnPages, HoldNothingOfACaseWhoseTimeIsOver) {
  let_its_time_pass();
  Cases cases(1);
  crypto::FixedRandom random("purge");
  const auto key = kit::make_key(random);
  EXPECT_EQ(purge_all({*store_, cases, *key, random}, organisation_.directory(),
                      Moment(clock_.seconds())),
            1U);
  EXPECT_THAT(found(), testing::IsEmpty());
}

TEST_P(WithdrawnPages, HoldNothingOfACaseThatTheRunningGatewayPurged) {
  let_its_time_pass();
  crypto::FixedRandom random("purge");
  const auto key = kit::make_key(random);
  std::promise<void> purged;
  gateway().purge(*key, [&](const auto&) { purged.set_value(); });
  purged.get_future().wait();
  wait_for_scrub();
  EXPECT_THAT(found(), testing::IsEmpty());
}

TEST_P(WithdrawnPages, HoldNothingOfItWhenAnOlderBackupWasPutBack) {
  fill();
  stop();
  copy("store.db", "backup");
  store_in(folder_);
  ASSERT_EQ(by_owner(protocol::Withdraw{}), Status::kDone);
  stop();
  copy("backup", "store.db");
  ASSERT_EQ(found(), everything()) << "it is a backup";
  store_in(folder_);
  EXPECT_EQ(reads(case_.owner()), Status::kNothing);
  wait_for_scrub();
  EXPECT_THAT(found(), testing::IsEmpty());
}

}  // namespace
}  // namespace omzien::gateway
