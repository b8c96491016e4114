// Reading entries: order, ranges, sizes, payloads that are empty, large or destroyed.
#include "tests/contract/store_contract.h"

namespace omzien::storage::contract {
namespace {

using Reading = StoreContract;
OMZIEN_ON_EVERY_ENGINE(Reading);

TEST_P(Reading, HeadersComeInOrderWithoutPayloads) {
  auto entries = entries_of(1, 5);
  open_case(1, entries);
  for (auto& entry : entries) entry.payload.reset();
  EXPECT_EQ(reader()->headers(handle_of(1), 0).value(), entries);
}

TEST_P(Reading, HeadersFromAPlaceLeaveOutWhatIsBefore) {
  open_case(1, entries_of(1, 5));
  const auto found = reader()->headers(handle_of(1), 3).value();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].hash, entry_of(4).hash);
  EXPECT_TRUE(reader()->headers(handle_of(1), 5).value().empty());
  EXPECT_TRUE(reader()->headers(handle_of(1), 18446744073709551615U).value().empty());
}

TEST_P(Reading, EntriesStopBeforeTheLimitIsPassed) {
  std::vector<Entry> entries;
  for (std::uint32_t i = 0; i < 4; ++i) {
    entries.push_back(entry_of(i, 100));
    entries.back().header.resize(50);
  }
  open_case(1, entries);
  const auto count = [&](std::size_t bytes_max) {
    return reader()->entries(handle_of(1), 0, bytes_max).value().size();
  };
  EXPECT_EQ(count(600), 4U);
  EXPECT_EQ(count(599), 3U);
  EXPECT_EQ(count(450), 3U);
  EXPECT_EQ(count(449), 2U);
}

TEST_P(Reading, EntriesHoldAtLeastOneHoweverSmallTheLimit) {
  open_case(1, entries_of(1, 3));
  EXPECT_EQ(reader()->entries(handle_of(1), 0, 0).value(), entries_of(1, 1));
  EXPECT_EQ(reader()->entries(handle_of(1), 2, 1).value(), entries_of(3, 1));
  EXPECT_TRUE(reader()->entries(handle_of(1), 3, 1000000).value().empty());
}

TEST_P(Reading, AskingAgainFromAfterTheLastGetsThemAll) {
  open_case(1, entries_of(1, 20));
  std::vector<Entry> all;
  while (true) {
    const auto some = reader()->entries(handle_of(1), all.size(), 1000).value();
    if (some.empty()) break;
    all.insert(all.end(), some.begin(), some.end());
  }
  EXPECT_EQ(all, entries_of(1, 20));
}

TEST_P(Reading, PayloadOfOneEntry) {
  open_case(1, entries_of(1, 3));
  EXPECT_EQ(reader()->payload(handle_of(1), 1).value(), entry_of(2).payload);
  EXPECT_EQ(reader()->payload(handle_of(1), 3).value(), std::nullopt);
  EXPECT_EQ(reader()->payload(handle_of(1), 18446744073709551615U).value(), std::nullopt);
}

TEST_P(Reading, HashOfOneEntryStaysWhenItsPayloadIsDestroyed) {
  open_case(1, entries_of(1, 3));
  EXPECT_EQ(reader()->entry_hash(handle_of(1), 2).value(), entry_of(3).hash);
  EXPECT_EQ(reader()->entry_hash(handle_of(1), 3).value(), std::nullopt);
  EXPECT_EQ(reader()->entry_hash(handle_of(2), 0).value(), std::nullopt);
  commit([&](Transaction& t) { ASSERT_TRUE(t.destroy_case(handle_of(1))); });
  EXPECT_EQ(reader()->entry_hash(handle_of(1), 2).value(), entry_of(3).hash);
}

TEST_P(Reading, DestroyedPayloadIsAnotherThingThanAnEmptyOne) {
  std::vector<Entry> entries = {entry_of(1, 0), entry_of(2)};
  entries[1].payload.reset();
  open_case(1, entries);
  const auto found = reader()->entries(handle_of(1), 0, 1000000).value();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].payload, crypto::Bytes{});
  EXPECT_EQ(found[1].payload, std::nullopt);
  EXPECT_EQ(reader()->payload(handle_of(1), 0).value(), crypto::Bytes{});
  EXPECT_EQ(reader()->payload(handle_of(1), 1).value(), std::nullopt);
}

TEST_P(Reading, LargestHeadersAndPayloadsComeBackByteForByte) {
  Entry entry = entry_of(1, rules::kPayloadBytesMax);
  entry.header = bytes_of(2, rules::kHeaderBytesMax);
  open_case(1, {entry, entry_of(3)});
  EXPECT_EQ(reader()->payload(handle_of(1), 0).value(), entry.payload);
  EXPECT_EQ(reader()->entries(handle_of(1), 0, 1).value(), std::vector<Entry>{entry});
}

TEST_P(Reading, PayloadsOfOneByteUpToSeveralPagesComeBack) {
  std::vector<Entry> entries;
  for (std::uint32_t i = 0; i < 60; ++i) entries.push_back(entry_of(i, i * i * 9 + 1));
  open_case(1, entries);
  EXPECT_EQ(reader()->entries(handle_of(1), 0, 10000000).value(), entries);
}

}  // namespace
}  // namespace omzien::storage::contract
