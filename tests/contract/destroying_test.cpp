// What destroying a case takes, and what it leaves.
#include "tests/contract/store_contract.h"

namespace omzien::storage::contract {
namespace {

class Destroying : public StoreContract {
 protected:
  void destroy(std::uint32_t number) {
    commit([&](Transaction& t) { ASSERT_TRUE(t.destroy_case(handle_of(number))); });
  }
};
OMZIEN_ON_EVERY_ENGINE(Destroying);

TEST_P(Destroying, ShareAndPayloadsGoAndTheChainStays) {
  const auto entries = entries_of(1, 3);
  open_case(1, entries);
  open_case(2, entries_of(11, 1));
  destroy(1);
  EXPECT_FALSE(reader()->case_share(handle_of(1)).value());
  const auto left = reader()->entries(handle_of(1), 0, 1000000).value();
  ASSERT_EQ(left.size(), 3U);
  for (std::size_t i = 0; i < left.size(); ++i) {
    EXPECT_EQ(left[i].payload, std::nullopt);
    EXPECT_EQ(left[i].header, entries[i].header);
    EXPECT_EQ(left[i].signature, entries[i].signature);
    EXPECT_EQ(left[i].hash, entries[i].hash);
  }
  EXPECT_EQ(reader()->payload(handle_of(1), 1).value(), std::nullopt);
  EXPECT_TRUE(reader()->case_info(handle_of(1)).value()->destroyed);
  EXPECT_FALSE(reader()->case_info(handle_of(2)).value()->destroyed);
  EXPECT_TRUE(reader()->case_share(handle_of(2)).value());
  EXPECT_EQ(reader()->entries(handle_of(2), 0, 1000000).value(), entries_of(11, 1));
}

TEST_P(Destroying, ChunksOfTheCaseGoToo) {
  open_case(1, entries_of(1, 1));
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.put_chunk(handle_of(1), upload_of(1), 0, 2, 20000, bytes_of(1, 50)));
    ASSERT_TRUE(t.put_chunk(handle_of(2), upload_of(1), 0, 2, 20000, bytes_of(1, 50)));
  });
  destroy(1);
  EXPECT_EQ(reader()->upload_info(handle_of(1), upload_of(1)).value(), UploadInfo{});
  EXPECT_EQ(reader()->upload_info(handle_of(2), upload_of(1)).value().chunks_stored, 1U);
}

TEST_P(Destroying, LinksStaySoThatMembersLearnOfIt) {
  open_case(1, entries_of(1, 1));
  commit([&](Transaction& t) { ASSERT_TRUE(t.link_member(member_of(1), handle_of(1), false)); });
  destroy(1);
  const auto rows = reader()->inbox(member_of(1), 0, 10).value();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_TRUE(rows[0].info.destroyed);
}

TEST_P(Destroying, WithTheLastEntryInOneTransaction) {
  open_case(1, entries_of(1, 1));
  const auto last = entries_of(2, 1);
  commit([&](Transaction& t) {
    ASSERT_TRUE(t.append(handle_of(1), 0, entry_of(1).hash, last, info_for(last, 1)));
    ASSERT_TRUE(t.destroy_case(handle_of(1)));
    EXPECT_FALSE(t.case_share(handle_of(1)).value());
  });
  EXPECT_EQ(reader()->case_info(handle_of(1)).value()->head_seq, 1U);
}

TEST_P(Destroying, NothingIsAppendedToItAndItIsNotOpenedAgain) {
  open_case(1, entries_of(1, 1));
  destroy(1);
  commit([&](Transaction& t) {
    const auto more = entries_of(2, 1);
    EXPECT_TRUE(is_conflict(t.append(handle_of(1), 0, entry_of(1).hash, more, info_for(more, 1))));
    EXPECT_TRUE(is_conflict(t.open_case(handle_of(1), share_of(1), more, info_for(more))));
    EXPECT_TRUE(t.destroy_case(handle_of(1))) << "again";
    EXPECT_TRUE(is_conflict(t.destroy_case(handle_of(9))));
  });
  EXPECT_FALSE(reader()->case_share(handle_of(1)).value());
}

TEST_P(Destroying, NotCommittedItNeverWas) {
  open_case(1, entries_of(1, 2));
  {
    const auto t = begin();
    ASSERT_TRUE(t->destroy_case(handle_of(1)));
  }
  EXPECT_TRUE(reader()->case_share(handle_of(1)).value());
  EXPECT_EQ(reader()->entries(handle_of(1), 0, 1000000).value(), entries_of(1, 2));
  EXPECT_TRUE(begin());
}

TEST_P(Destroying, IsFollowedByScrubbing) {
  open_case(1, entries_of(1, 2));
  destroy(1);
  EXPECT_TRUE(store_->scrub());
  EXPECT_TRUE(reader()->case_info(handle_of(1)).value()->destroyed);
}

}  // namespace
}  // namespace omzien::storage::contract
