#include "protocol/entry.h"

#include <gtest/gtest.h>

#include "omzien/entry.pb.h"

#include "protocol/strict.h"
#include "tests/kit/case_builder.h"

namespace omzien::protocol {
namespace {

class EntryParse : public testing::Test {
 protected:
  EntryParse() { crypto::initialise(); }

  kit::Organisation organisation_{"organisation", 20'000};
  kit::CaseBuilder case_{organisation_, "case"};
};

TEST_F(EntryParse, GivesBackEveryKindAsItWasMade) {
  for (const auto& submitted : case_.opening({"mieke", "youssef"}).entries) {
    const auto entry = Entry::parse(submitted.header, submitted.signature);
    ASSERT_TRUE(entry);
    EXPECT_EQ(encode_header(entry->header()), submitted.header);
    EXPECT_TRUE(entry->payload_matches(submitted.payload));
    EXPECT_TRUE(entry->by_owner());
  }
}

TEST_F(EntryParse, RefusesEveryBitOfASignatureFlipped) {
  const auto open = case_.open();
  for (std::size_t bit = 0; bit < 8 * open.signature.size(); bit += 7) {
    auto signature = open.signature;
    signature[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
    EXPECT_FALSE(Entry::parse(open.header, signature)) << "bit " << bit;
  }
}

TEST_F(EntryParse, RefusesATruncatedSignature) {
  auto open = case_.open();
  open.signature.pop_back();
  EXPECT_EQ(Entry::parse(open.header, open.signature).error(), EntryError::kMalformed);
}

TEST_F(EntryParse, RefusesEveryTruncation) {
  const auto open = case_.open();
  for (std::size_t size = 0; size < open.header.size(); ++size)
    EXPECT_FALSE(parse_header(crypto::ByteView(open.header).first(size))) << size << " bytes";
}

TEST_F(EntryParse, RefusesAnUnknownFieldEvenAtTheEnd) {
  auto header = case_.open().header;
  header.insert(header.end(), {0x78, 0x01});  // field 15
  EXPECT_EQ(parse_header(header).error(), EntryError::kMalformed);
}

TEST_F(EntryParse, RefusesADefaultWrittenOut) {
  auto header = case_.open().header;
  header.insert(header.end(), {0x68, 0x00});  // payload_size = 0
  EXPECT_EQ(parse_header(header).error(), EntryError::kMalformed);
}

TEST_F(EntryParse, TakesAHeaderOfTheLargestSizeAndNoLargerOne) {
  const auto of_size = [&](std::size_t bytes) {
    const auto first = [](Header& header) { header.seq = 0; };
    const Unknown fields{crypto::Bytes(bytes, 0xff)};
    return case_.entry(case_.owner(), rules::EntryKind{99}, fields, {}, first).header;
  };
  const auto around = of_size(1'000).size() - 1'000;
  EXPECT_EQ(of_size(rules::kHeaderBytesMax - around).size(), rules::kHeaderBytesMax);
  EXPECT_TRUE(parse_header(of_size(rules::kHeaderBytesMax - around)));
  EXPECT_EQ(parse_header(of_size(rules::kHeaderBytesMax - around + 1)).error(),
            EntryError::kMalformed);
}

// Or whoever sees the headers alone could try out what a short payload may have been.
TEST_F(EntryParse, APayloadsHashIsNothingWithoutItsSalt) {
  Salt other;
  other.data()[0] = 1;
  const auto payload = crypto::to_bytes("yes");
  EXPECT_NE(payload_hash(Salt{}, payload), payload_hash(other, payload));
}

TEST_F(EntryParse, SaysNewerForAnotherSuite) {
  wire::Header message;
  const auto header = case_.open().header;
  ASSERT_TRUE(message.ParseFromArray(header.data(), static_cast<int>(header.size())));
  message.set_suite(rules::kSuite + 1);
  EXPECT_EQ(parse_header(strict::encode(message)).error(), EntryError::kNewerVersion);
}

TEST_F(EntryParse, KeepsAKindItDoesNotKnow) {
  const auto entry =
      case_.entry(case_.owner(), rules::EntryKind{99}, Unknown{{0xff, 0x00, 0xff}}, {});
  const auto parsed = Entry::parse(entry.header, entry.signature);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(std::get<Unknown>(parsed->header().fields).bytes, (crypto::Bytes{0xff, 0x00, 0xff}));
}

TEST_F(EntryParse, RefusesTheSameMemberTwiceInAGrant) {
  Grant grant;
  const GrantMember member{
      organisation_.member("mieke").id, {}, {{rules::Compartment::kTalk, 1}}, false, 0};
  grant.members = {member, member};
  const auto entry = case_.entry(case_.owner(), rules::EntryKind::kGrant, grant, {});
  EXPECT_EQ(parse_header(entry.header).error(), EntryError::kMalformed);
}

TEST_F(EntryParse, RefusesKeysOutOfOrder) {
  Grant grant;
  grant.members.push_back({organisation_.member("mieke").id,
                           {},
                           {{rules::Compartment::kTalk, 1}, {rules::Compartment::kStory, 1}},
                           false,
                           0});
  const auto entry = case_.entry(case_.owner(), rules::EntryKind::kGrant, grant, {});
  EXPECT_EQ(parse_header(entry.header).error(), EntryError::kMalformed);
}

}  // namespace
}  // namespace omzien::protocol
