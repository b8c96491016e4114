// Cases in which a legal term may have passed.
#include "tests/contract/store_contract.h"

namespace omzien::storage::contract {
namespace {

constexpr UnmetTerms kTerms{20'010, 19'900};

class Unmet : public StoreContract {
 protected:
  // A case opened on that day, with what `change` makes of its info.
  template <class Change>
  void make(std::uint32_t number, protocol::Day opened, Change change) {
    const auto entries = entries_of(number, 1);
    auto info = info_for(entries);
    info.opened_day = opened;
    info.acknowledged_day = info.feedback_day = 0;
    info.expects_answer = true;
    change(info);
    commit([&](Transaction& t) {
      ASSERT_TRUE(t.open_case(handle_of(number), share_of(number), entries, info));
    });
  }
  void make(std::uint32_t number, protocol::Day opened) {
    make(number, opened, [](CaseInfo&) {});
  }
  // Everything there is, in pages of this size.
  std::vector<protocol::Handle> found(std::size_t rows_max = 100) {
    std::vector<protocol::Handle> handles;
    protocol::Handle after;
    while (true) {
      const auto rows = reader()->unmet(kTerms, after, rows_max).value();
      for (const auto& row : rows) {
        EXPECT_LT(after, row.handle);
        EXPECT_EQ(row.info, reader()->case_info(row.handle).value());
        after = row.handle;
        handles.push_back(row.handle);
      }
      if (rows.size() < rows_max) return handles;
    }
  }
};
OMZIEN_ON_EVERY_ENGINE(Unmet);

TEST_P(Unmet, HoldsWhatWasNotAcknowledgedAndNothingYounger) {
  make(1, 20'009);
  make(2, 20'010);
  EXPECT_EQ(found(), std::vector{handle_of(1)});
}

TEST_P(Unmet, HoldsWhatGotNoFeedbackForLongEnough) {
  const auto acknowledged = [](CaseInfo& info) { info.acknowledged_day = 19'850; };
  make(1, 19'899, acknowledged);
  make(2, 19'900, acknowledged);
  make(3, 19'800, [](CaseInfo& info) { info.acknowledged_day = info.feedback_day = 19'850; });
  EXPECT_EQ(found(), std::vector{handle_of(1)});
}

TEST_P(Unmet, LeavesOutWhereNobodyWaitsAndWhatWasDestroyed) {
  make(1, 20'000, [](CaseInfo& info) { info.expects_answer = false; });
  make(2, 20'000);
  commit([&](Transaction& t) { ASSERT_TRUE(t.destroy_case(handle_of(2))); });
  EXPECT_TRUE(found().empty());
}

TEST_P(Unmet, PagesByHandleAndMissesNothing) {
  for (std::uint32_t number = 1; number <= 23; ++number) make(number, 20'000 + number % 3);
  const auto all = found();
  EXPECT_EQ(all.size(), 23U);
  for (const std::size_t rows_max : {1U, 5U, 23U}) EXPECT_EQ(found(rows_max), all);
  EXPECT_TRUE(reader()->unmet(kTerms, {}, 0).value().empty());
}

TEST_P(Unmet, SeesWhatTheTransactionWroteItself) {
  make(1, 20'000);
  const auto more = entries_of(50, 1);
  auto info = info_for(more, 1);
  info.opened_day = 20'000;
  info.acknowledged_day = 20'005;
  info.feedback_day = 0;
  commit([&](Transaction& t) {
    EXPECT_EQ(t.unmet(kTerms, {}, 9).value().size(), 1U);
    ASSERT_TRUE(t.append(handle_of(1), 0, entry_of(1).hash, more, info));
    EXPECT_TRUE(t.unmet(kTerms, {}, 9).value().empty());
  });
  EXPECT_TRUE(found().empty());
}

}  // namespace
}  // namespace omzien::storage::contract
