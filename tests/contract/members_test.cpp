// Inboxes, certificates and the daily budget.
#include "tests/contract/store_contract.h"

namespace omzien::storage::contract {
namespace {

class Members : public StoreContract {
 protected:
  void link(std::uint32_t member, std::uint32_t number, bool dormant = false) {
    commit([&](Transaction& t) {
      ASSERT_TRUE(t.link_member(member_of(member), handle_of(number), dormant));
    });
  }
};
OMZIEN_ON_EVERY_ENGINE(Members);

TEST_P(Members, InboxHoldsWhatWasLinkedInThatOrderWithItsInfo) {
  for (const std::uint32_t number : {1U, 2U, 3U})
    open_case(number, entries_of(number * 10, number));
  link(1, 3);
  link(1, 1, true);
  link(2, 2);
  const auto rows = reader()->inbox(member_of(1), 0, 10).value();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].handle, handle_of(3));
  EXPECT_FALSE(rows[0].dormant);
  EXPECT_EQ(rows[0].info, info_for(entries_of(30, 3)));
  EXPECT_EQ(rows[1].handle, handle_of(1));
  EXPECT_TRUE(rows[1].dormant);
  EXPECT_LT(rows[0].position, rows[1].position);
  EXPECT_GE(rows[0].position, 1U);
}

TEST_P(Members, ACaseIsLinkedToWhomItWasLinkedWithAndToNobodyElse) {
  for (const std::uint32_t number : {1U, 2U}) open_case(number, entries_of(number * 10, number));
  link(1, 1);
  link(2, 2, true);
  const auto linked = [&](std::uint32_t member, std::uint32_t number) {
    return reader()->is_linked(member_of(member), handle_of(number)).value();
  };
  EXPECT_TRUE(linked(1, 1));
  EXPECT_TRUE(linked(2, 2)) << "dormant";
  EXPECT_FALSE(linked(1, 2));
  EXPECT_FALSE(linked(3, 1));
  EXPECT_FALSE(linked(1, 9));
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.destroy_case(handle_of(2)));
    ASSERT_TRUE(t.unlink_member(member_of(1), handle_of(1)));
    EXPECT_FALSE(t.is_linked(member_of(1), handle_of(1)).value());
  });
  EXPECT_FALSE(linked(1, 1));
  EXPECT_TRUE(linked(2, 2));
}

TEST_P(Members, InboxPagesByPositionAndMissesNothing) {
  for (std::uint32_t number = 0; number < 25; ++number) {
    open_case(number, entries_of(number, 1));
    link(number % 3, number);
  }
  std::vector<protocol::Handle> found;
  std::uint64_t position = 0;
  while (true) {
    const auto rows = reader()->inbox(member_of(1), position, 3).value();
    if (rows.empty()) break;
    EXPECT_LE(rows.size(), 3U);
    for (const auto& row : rows) {
      EXPECT_GT(row.position, position);
      position = row.position;
      found.push_back(row.handle);
    }
  }
  ASSERT_EQ(found.size(), 8U);
  for (std::uint32_t i = 0; i < found.size(); ++i) EXPECT_EQ(found[i], handle_of(1 + 3 * i));
}

TEST_P(Members, InboxOfNobodyAndBeyondItsEndIsEmpty) {
  open_case(1, entries_of(1, 1));
  link(1, 1);
  EXPECT_TRUE(reader()->inbox(member_of(9), 0, 10).value().empty());
  EXPECT_TRUE(reader()->inbox(member_of(1), 1, 10).value().empty());
  EXPECT_TRUE(reader()->inbox(member_of(1), 18446744073709551615U, 10).value().empty());
  EXPECT_TRUE(reader()->inbox(member_of(1), 0, 0).value().empty());
}

TEST_P(Members, LinkingAgainReplacesDormantAndKeepsThePosition) {
  for (const std::uint32_t number : {1U, 2U}) open_case(number, entries_of(number, 1));
  link(1, 1, true);
  link(1, 2);
  const auto before = reader()->inbox(member_of(1), 0, 10).value();
  link(1, 1, false);
  const auto after = reader()->inbox(member_of(1), 0, 10).value();
  ASSERT_EQ(after.size(), 2U);
  EXPECT_EQ(after[0].handle, handle_of(1));
  EXPECT_EQ(after[0].position, before[0].position);
  EXPECT_TRUE(before[0].dormant);
  EXPECT_FALSE(after[0].dormant);
}

TEST_P(Members, InboxShowsTheCaseAsItIsNow) {
  open_case(1, entries_of(1, 1));
  link(1, 1);
  const auto more = entries_of(2, 2);
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.append(handle_of(1), 0, entry_of(1).hash, more, info_for(more, 1)));
  });
  EXPECT_EQ(reader()->inbox(member_of(1), 0, 1).value()[0].info, info_for(more, 1));
}

TEST_P(Members, LinkingACaseThatIsNotThereIsAConflict) {
  commit([&](Transaction& t) {
    EXPECT_TRUE(is_conflict(t.link_member(member_of(1), handle_of(1), false)));
  });
  EXPECT_TRUE(reader()->inbox(member_of(1), 0, 10).value().empty());
}

TEST_P(Members, UnlinkingTakesTheCaseOutOfThatInboxAlone) {
  for (const std::uint32_t number : {1U, 2U, 3U}) open_case(number, entries_of(number, 1));
  for (const std::uint32_t number : {1U, 2U, 3U}) link(1, number);
  link(2, 2);
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.unlink_member(member_of(1), handle_of(2)));
    EXPECT_TRUE(t.unlink_member(member_of(1), handle_of(2))) << "again";
    EXPECT_TRUE(t.unlink_member(member_of(9), handle_of(2)));
    EXPECT_TRUE(t.unlink_member(member_of(1), handle_of(9)));
  });
  const auto rows = reader()->inbox(member_of(1), 0, 10).value();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].handle, handle_of(1));
  EXPECT_EQ(rows[1].handle, handle_of(3));
  EXPECT_EQ(reader()->inbox(member_of(2), 0, 10).value().size(), 1U);
  link(1, 2);
  const auto again = reader()->inbox(member_of(1), rows[1].position, 10).value();
  ASSERT_EQ(again.size(), 1U) << "a new link stands last";
  EXPECT_EQ(again[0].handle, handle_of(2));
}

TEST_P(Members, NewestCertificateIsKept) {
  EXPECT_EQ(reader()->certificate(member_of(1)).value(), std::nullopt);
  commit(
      [&](Transaction& t) { ASSERT_TRUE(t.put_certificate(member_of(1), 0, bytes_of(1, 1300))); });
  EXPECT_EQ(reader()->certificate(member_of(1)).value(), bytes_of(1, 1300));
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.put_certificate(member_of(1), 18446744073709551615U, bytes_of(2, 1400)));
  });
  EXPECT_EQ(reader()->certificate(member_of(1)).value(), bytes_of(2, 1400));
  EXPECT_EQ(reader()->certificate(member_of(2)).value(), std::nullopt);
}

TEST_P(Members, CertificateWhoseNumberIsNotAboveIsAConflictAndChangesNothing) {
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.put_certificate(member_of(1), 5, bytes_of(1, 100)));
    EXPECT_TRUE(is_conflict(t.put_certificate(member_of(1), 5, bytes_of(2, 100))));
    EXPECT_TRUE(is_conflict(t.put_certificate(member_of(1), 4, bytes_of(3, 100))));
  });
  EXPECT_EQ(reader()->certificate(member_of(1)).value(), bytes_of(1, 100));
}

TEST_P(Members, DayBudgetAddsUpDayByDay) {
  EXPECT_EQ(reader()->day_budget(20000).value(), DayBudget{});
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.add_to_day_budget(20000, 1, 5000000000));
    ASSERT_TRUE(t.add_to_day_budget(20000, 0, 7));
    ASSERT_TRUE(t.add_to_day_budget(20001, 3, 1));
  });
  commit([&](Transaction& t) { ASSERT_TRUE(t.add_to_day_budget(20000, 2, 1)); });
  EXPECT_EQ(reader()->day_budget(20000).value(), (DayBudget{3, 5000000008}));
  EXPECT_EQ(reader()->day_budget(20001).value(), (DayBudget{3, 1}));
}

TEST_P(Members, NewestRecordOfEachKindIsKept) {
  using enum RecordKind;
  EXPECT_EQ(reader()->member_record(member_of(1), kPapers).value(), std::nullopt);
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.put_member_record(member_of(1), kPapers, 1, bytes_of(1, 5000)));
    ASSERT_TRUE(t.put_member_record(member_of(1), kAvailability, 7, bytes_of(2, 150)));
    ASSERT_TRUE(t.put_member_record(member_of(2), kPapers, 3, {}));
  });
  EXPECT_EQ(reader()->member_record(member_of(1), kPapers).value(),
            (MemberRecord{1, bytes_of(1, 5000)}));
  EXPECT_EQ(reader()->member_record(member_of(1), kAvailability).value(),
            (MemberRecord{7, bytes_of(2, 150)}));
  EXPECT_EQ(reader()->member_record(member_of(2), kPapers).value(), (MemberRecord{3, {}}));
  commit([&](Transaction& t) {
    EXPECT_TRUE(is_conflict(t.put_member_record(member_of(1), kPapers, 1, bytes_of(3, 10))));
    EXPECT_TRUE(is_conflict(t.put_member_record(member_of(1), kPapers, 0, bytes_of(3, 10))));
    ASSERT_TRUE(t.put_member_record(member_of(1), kPapers, 2, bytes_of(4, 10)));
  });
  EXPECT_EQ(reader()->member_record(member_of(1), kPapers).value(),
            (MemberRecord{2, bytes_of(4, 10)}));
  EXPECT_EQ(reader()->member_record(member_of(1), kAvailability).value()->number, 7U);
}

}  // namespace
}  // namespace omzien::storage::contract
