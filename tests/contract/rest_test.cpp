// Cases that have come to rest, and the directory that was in force last.
#include <algorithm>

#include "tests/contract/store_contract.h"

namespace omzien::storage::contract {
namespace {

class Rest : public StoreContract {
 protected:
  void put(std::uint32_t number, protocol::Day outcome_day, protocol::Day head_day) {
    const auto entries = entries_of(10 * number, 2);
    auto info = info_for(entries);
    info.outcome_day = outcome_day;
    info.head_day = head_day;
    commit([&](Transaction& t) {
      ASSERT_TRUE(t.open_case(handle_of(number), share_of(number), entries, info));
    });
  }
  std::vector<protocol::Handle> at_rest(protocol::Day day, std::size_t cases_max = 100) {
    auto found = reader()->cases_at_rest(day, {}, cases_max).value();
    std::sort(found.begin(), found.end());
    return found;
  }
  static std::vector<protocol::Handle> handles(std::initializer_list<std::uint32_t> numbers) {
    std::vector<protocol::Handle> all;
    for (const auto number : numbers) all.push_back(handle_of(number));
    std::sort(all.begin(), all.end());
    return all;
  }
};
OMZIEN_ON_EVERY_ENGINE(Rest);

TEST_P(Rest, HoldsWhatHasAnOutcomeAndNothingSince) {
  put(1, 0, 100);    // no outcome
  put(2, 100, 100);  // then nothing
  put(3, 90, 101);   // the reporter wrote again
  put(4, 99, 100);
  EXPECT_EQ(at_rest(98), handles({}));
  EXPECT_EQ(at_rest(100), handles({2, 4}));
  EXPECT_EQ(at_rest(101), handles({2, 3, 4}));
  EXPECT_EQ(at_rest(101, 2).size(), 2U);
  EXPECT_EQ(at_rest(101, 0).size(), 0U);
}

TEST_P(Rest, HoldsNothingThatWasDestroyed) {
  put(1, 100, 100);
  put(2, 100, 100);
  const auto t = begin();
  ASSERT_TRUE(t->destroy_case(handle_of(1)));
  EXPECT_EQ(t->cases_at_rest(100, {}, 9).value(), handles({2})) << "in the transaction itself";
  EXPECT_EQ(at_rest(100), handles({1, 2})) << "not committed yet";
  ASSERT_TRUE(t->commit());
  EXPECT_EQ(at_rest(100), handles({2}));
}

TEST_P(Rest, GoesOnAfterACaseInAnOrderThatStays) {
  for (std::uint32_t number = 1; number <= 5; ++number) put(number, 100, 100);
  const auto all = reader()->cases_at_rest(100, {}, 9).value();
  ASSERT_EQ(all.size(), 5U);
  for (std::size_t at = 0; at < all.size(); ++at) {
    const auto rest = reader()->cases_at_rest(100, all[at], 2).value();
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), at + 3));
    EXPECT_EQ(rest, std::vector(all.begin() + static_cast<std::ptrdiff_t>(at) + 1, end));
  }
  commit([&](Transaction& t) { ASSERT_TRUE(t.destroy_case(all[1])); });
  EXPECT_EQ(reader()->cases_at_rest(100, all[1], 1).value(), std::vector{all[2]})
      << "after one that was destroyed";
}

using Seen = StoreContract;
OMZIEN_ON_EVERY_ENGINE(Seen);

TEST_P(Seen, NoneBeforeAnyWasPut) { EXPECT_EQ(reader()->directory_seen().value(), std::nullopt); }

TEST_P(Seen, TheNewestIsKeptAndAnOlderOrAnotherOneRefused) {
  const auto digest = [](std::uint32_t number) { return entry_of(number).hash; };
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.put_directory_seen({3, digest(3)}));
    EXPECT_EQ(t.directory_seen().value(), (DirectorySeen{3, digest(3)}));
    ASSERT_TRUE(t.put_directory_seen({3, digest(3)}));
    EXPECT_TRUE(is_conflict(t.put_directory_seen({3, digest(4)})));
    EXPECT_TRUE(is_conflict(t.put_directory_seen({2, digest(2)})));
    ASSERT_TRUE(t.put_directory_seen({5, digest(5)}));
  });
  EXPECT_EQ(reader()->directory_seen().value(), (DirectorySeen{5, digest(5)}));
  {
    const auto t = begin();
    ASSERT_TRUE(t->put_directory_seen({6, digest(6)}));
  }
  EXPECT_EQ(reader()->directory_seen().value(), (DirectorySeen{5, digest(5)})) << "not committed";
}

}  // namespace
}  // namespace omzien::storage::contract
