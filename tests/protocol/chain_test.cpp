#include "protocol/chain.h"

#include <functional>

#include <gtest/gtest.h>

#include "tests/kit/case_builder.h"

namespace omzien::protocol {
namespace {

class ChainTest : public testing::Test {
 protected:
  ChainTest() {
    crypto::initialise();
    for (const auto& entry : case_.opening({"mieke"}).entries) {
      const auto parsed = Entry::parse(entry.header, entry.signature).value();
      headers_.push_back(parsed.header());
      hashes_.push_back(parsed.hash());
    }
  }

  // What becomes of the second entry after one thing in it was changed; the right one still
  // follows.
  std::optional<ChainError> second(const std::function<void(Header&)>& change) {
    Chain chain(organisation_.service(), case_.handle());
    EXPECT_TRUE(chain.extend(headers_[0], hashes_[0]));
    Header changed = headers_[1];
    change(changed);
    const auto extended = chain.extend(changed, hashes_[1]);
    if (extended) return std::nullopt;
    EXPECT_EQ(chain.next_seq(), 1U);
    EXPECT_EQ(chain.head_hash(), hashes_[0]);
    EXPECT_EQ(chain.head_day(), headers_[0].day);
    EXPECT_TRUE(chain.extend(headers_[1], hashes_[1])) << "an error changes nothing";
    return extended.error();
  }

  kit::Organisation organisation_{"organisation", 20'000};
  kit::CaseBuilder case_{organisation_, "case"};
  std::vector<Header> headers_;
  std::vector<crypto::Digest> hashes_;
};

TEST_F(ChainTest, TakesEntriesInTheirOrder) {
  Chain chain(organisation_.service(), case_.handle());
  EXPECT_TRUE(chain.empty());
  for (std::size_t i = 0; i < headers_.size(); ++i) {
    ASSERT_TRUE(chain.extend(headers_[i], hashes_[i])) << i;
    EXPECT_EQ(chain.next_seq(), i + 1);
    EXPECT_EQ(chain.head_hash(), hashes_[i]);
  }
}

TEST_F(ChainTest, RefusesAnEntryOfAnotherOrganisationOrCase) {
  EXPECT_EQ(second([](Header& header) { header.service_id.data()[0] ^= 1; }),
            ChainError::kOtherCase);
  EXPECT_EQ(second([](Header& header) { header.handle.data()[31] ^= 1; }), ChainError::kOtherCase);
}

TEST_F(ChainTest, RefusesANumberThatIsMissingOrStandsTwice) {
  EXPECT_EQ(second([](Header& header) { header.seq = 2; }), ChainError::kSequence);
  EXPECT_EQ(second([](Header& header) { header.seq = 0; }), ChainError::kSequence);
}

// Two clients of one author may each have written the next one: whoever is shown both sees it.
TEST_F(ChainTest, RefusesAnEntryThatHangsOnAnotherOne) {
  EXPECT_EQ(second([](Header& header) { header.prev_hash.data()[0] ^= 1; }), ChainError::kLink);
  EXPECT_EQ(second([](Header& header) { header.prev_hash = {}; }), ChainError::kLink);
}

TEST_F(ChainTest, RefusesADayBeforeTheLast) {
  EXPECT_EQ(second([](Header& header) { --header.day; }), ChainError::kDay);
  EXPECT_EQ(second([](Header& header) { ++header.day; }), std::nullopt);
}

TEST_F(ChainTest, GoesOnFromAHeadThatWasKept) {
  auto chain =
      Chain::resume(organisation_.service(), case_.handle(), 0, hashes_[0], headers_[0].day);
  EXPECT_FALSE(chain.extend(headers_[0], hashes_[0]));
  EXPECT_TRUE(chain.extend(headers_[1], hashes_[1]));
}

}  // namespace
}  // namespace omzien::protocol
