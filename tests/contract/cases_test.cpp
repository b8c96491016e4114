// Opening a case and appending to it.
#include "tests/contract/store_contract.h"

namespace omzien::storage::contract {
namespace {

using Cases = StoreContract;
OMZIEN_ON_EVERY_ENGINE(Cases);

TEST_P(Cases, OpenedCaseIsReadBackAsGiven) {
  const auto entries = entries_of(1, 3);
  CaseInfo info = info_for(entries);
  info.head_day = 20001;
  info.acknowledged_day = 1;
  info.feedback_day = 2;
  info.outcome_day = 4294967295;
  info.expects_answer = false;
  info.urgent = true;
  info.last_by_owner = false;
  info.bytes = 18446744073709551615U;
  info.member_day = 5;
  info.member_appends = 4294967295;
  commit(
      [&](Transaction& t) { ASSERT_TRUE(t.open_case(handle_of(1), share_of(1), entries, info)); });
  EXPECT_EQ(reader()->case_info(handle_of(1)).value(), info);
  EXPECT_EQ(reader()->entries(handle_of(1), 0, 1000000).value(), entries);
  const auto share = reader()->case_share(handle_of(1)).value();
  ASSERT_TRUE(share);
  EXPECT_TRUE(crypto::constant_time_equal(share->reveal(), share_of(1).reveal()));
}

TEST_P(Cases, UnknownCaseIsNothingAndNoError) {
  EXPECT_EQ(reader()->case_info(handle_of(1)).value(), std::nullopt);
  EXPECT_EQ(reader()->last_header(handle_of(1)).value(), std::nullopt);
  EXPECT_FALSE(reader()->case_share(handle_of(1)).value());
  EXPECT_TRUE(reader()->headers(handle_of(1), 0).value().empty());
  EXPECT_TRUE(reader()->entries(handle_of(1), 0, 1000).value().empty());
  EXPECT_EQ(reader()->payload(handle_of(1), 0).value(), std::nullopt);
}

TEST_P(Cases, UnknownCaseIsNothingBesideOthersToo) {
  open_case(1, entries_of(1, 1));
  open_case(4, entries_of(4, 3));
  for (std::uint32_t number = 0; number < 6; ++number) {
    const bool is_there = number == 1 || number == 4;
    const auto handle = handle_of(number);
    EXPECT_EQ(reader()->case_info(handle).value().has_value(), is_there) << number;
    EXPECT_EQ(reader()->last_header(handle).value().has_value(), is_there) << number;
  }
  const auto last = reader()->headers(handle_of(4), 2).value();
  EXPECT_EQ(reader()->last_header(handle_of(4)).value(), last.back());
}

TEST_P(Cases, OpeningTwiceIsAConflictAndChangesNothing) {
  open_case(1, entries_of(1, 2));
  const auto before = reader()->case_info(handle_of(1)).value();
  commit([&](Transaction& t) {
    const auto others = entries_of(7, 1);
    EXPECT_TRUE(is_conflict(t.open_case(handle_of(1), share_of(2), others, info_for(others))));
  });
  EXPECT_EQ(reader()->case_info(handle_of(1)).value(), before);
  EXPECT_EQ(reader()->entries(handle_of(1), 0, 1000000).value(), entries_of(1, 2));
  const auto share = std::move(reader()->case_share(handle_of(1)).value());
  EXPECT_TRUE(crypto::constant_time_equal(share->reveal(), share_of(1).reveal()));
}

TEST_P(Cases, OpeningTwiceInOneTransactionIsAConflict) {
  commit([&](Transaction& t) {
    const auto entries = entries_of(1, 1);
    ASSERT_TRUE(t.open_case(handle_of(1), share_of(1), entries, info_for(entries)));
    EXPECT_TRUE(is_conflict(t.open_case(handle_of(1), share_of(1), entries, info_for(entries))));
  });
  EXPECT_EQ(reader()->headers(handle_of(1), 0).value().size(), 1U);
}

TEST_P(Cases, OpeningWithoutEntriesIsAConflict) {
  commit([&](Transaction& t) {
    EXPECT_TRUE(is_conflict(t.open_case(handle_of(1), share_of(1), {}, CaseInfo{})));
  });
  EXPECT_EQ(reader()->case_info(handle_of(1)).value(), std::nullopt);
}

TEST_P(Cases, OpeningWithAnotherHeadThanTheLastEntryIsAConflict) {
  const auto entries = entries_of(1, 2);
  commit([&](Transaction& t) {
    CaseInfo info = info_for(entries);
    info.head_seq = 2;
    EXPECT_TRUE(is_conflict(t.open_case(handle_of(1), share_of(1), entries, info)));
    info = info_for(entries);
    info.head_hash = entries[0].hash;
    EXPECT_TRUE(is_conflict(t.open_case(handle_of(1), share_of(1), entries, info)));
  });
  EXPECT_EQ(reader()->case_info(handle_of(1)).value(), std::nullopt);
}

TEST_P(Cases, AppendedEntriesFollowTheHeadAndInfoIsReplaced) {
  const auto first = entries_of(1, 2);
  open_case(1, first);
  const auto more = entries_of(3, 2);
  CaseInfo info = info_for(more, 2);
  info.urgent = true;
  commit(
      [&](Transaction& t) { ASSERT_TRUE(t.append(handle_of(1), 1, first[1].hash, more, info)); });
  EXPECT_EQ(reader()->case_info(handle_of(1)).value(), info);
  EXPECT_EQ(reader()->entries(handle_of(1), 0, 1000000).value(), entries_of(1, 4));
}

TEST_P(Cases, AppendOnAStaleHeadIsAConflictAndChangesNothing) {
  const auto first = entries_of(1, 2);
  open_case(1, first);
  const auto before = reader()->case_info(handle_of(1)).value();
  const auto more = entries_of(3, 1);
  commit([&](Transaction& t) {
    EXPECT_TRUE(is_conflict(t.append(handle_of(1), 0, first[0].hash, more, info_for(more, 1))));
    EXPECT_TRUE(is_conflict(t.append(handle_of(1), 1, first[0].hash, more, info_for(more, 2))));
    EXPECT_TRUE(is_conflict(t.append(handle_of(1), 2, first[1].hash, more, info_for(more, 3))));
  });
  EXPECT_EQ(reader()->case_info(handle_of(1)).value(), before);
  EXPECT_EQ(reader()->entries(handle_of(1), 0, 1000000).value(), first);
}

TEST_P(Cases, AppendToNoCaseIsAConflict) {
  const auto more = entries_of(3, 1);
  commit([&](Transaction& t) {
    EXPECT_TRUE(is_conflict(t.append(handle_of(1), 0, more[0].hash, more, info_for(more, 1))));
  });
  EXPECT_EQ(reader()->case_info(handle_of(1)).value(), std::nullopt);
}

TEST_P(Cases, AppendWhoseInfoNamesAnotherHeadIsAConflict) {
  const auto first = entries_of(1, 1);
  open_case(1, first);
  const auto more = entries_of(2, 2);
  commit([&](Transaction& t) {
    EXPECT_TRUE(is_conflict(t.append(handle_of(1), 0, first[0].hash, more, info_for(more, 2))));
    EXPECT_TRUE(is_conflict(t.append(handle_of(1), 0, first[0].hash, more, info_for(first, 2))));
  });
  EXPECT_EQ(reader()->entries(handle_of(1), 0, 1000000).value(), first);
}

TEST_P(Cases, AppendWithoutEntriesReplacesTheInfoAndKeepsTheHead) {
  const auto first = entries_of(1, 2);
  open_case(1, first);
  CaseInfo info = info_for(first);
  info.bytes = 12345;
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.append(handle_of(1), 1, first[1].hash, {}, info));
    EXPECT_TRUE(is_conflict(t.append(handle_of(1), 1, first[1].hash, {}, info_for(first, 1))));
  });
  EXPECT_EQ(reader()->case_info(handle_of(1)).value(), info);
  EXPECT_EQ(reader()->headers(handle_of(1), 0).value().size(), 2U);
}

TEST_P(Cases, SecondAppendInOneTransactionFollowsTheFirst) {
  const auto first = entries_of(1, 1);
  open_case(1, first);
  const auto second = entries_of(2, 1);
  const auto third = entries_of(3, 1);
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.append(handle_of(1), 0, first[0].hash, second, info_for(second, 1)));
    EXPECT_TRUE(is_conflict(t.append(handle_of(1), 0, first[0].hash, third, info_for(third, 1))));
    ASSERT_TRUE(t.append(handle_of(1), 1, second[0].hash, third, info_for(third, 2)));
  });
  EXPECT_EQ(reader()->entries(handle_of(1), 0, 1000000).value(), entries_of(1, 3));
}

TEST_P(Cases, CasesDoNotMix) {
  open_case(1, entries_of(1, 2));
  open_case(2, entries_of(11, 3));
  const auto more = entries_of(3, 1);
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.append(handle_of(1), 1, entry_of(2).hash, more, info_for(more, 2)));
  });
  EXPECT_EQ(reader()->entries(handle_of(1), 0, 1000000).value(), entries_of(1, 3));
  EXPECT_EQ(reader()->entries(handle_of(2), 0, 1000000).value(), entries_of(11, 3));
}

}  // namespace
}  // namespace omzien::storage::contract
