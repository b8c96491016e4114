#include "crypto/open/case_keys.h"

#include <set>

#include <gtest/gtest.h>

#include "tests/crypto/fixed_random.h"
#include "tests/crypto/support.h"

namespace omzien::crypto {
namespace {

class CaseKeyTest : public testing::Test {
 protected:
  FixedRandom random{"case keys"};
  Phrase phrase = generate_phrase(random, WordList::kDutch);
  protocol::ServiceId service = random_value<protocol::ServiceId>(random);
};

TEST_F(CaseKeyTest, GrowFromThePhraseAlone) {
  const CaseKeys one(phrase, service);
  const CaseKeys again(parse_phrase(phrase.reveal_text()).value(), service);
  EXPECT_EQ(one.public_key(), again.public_key());
  EXPECT_EQ(one.xwing_public_key(), again.xwing_public_key());
  EXPECT_EQ(one.local_name(), again.local_name());
  EXPECT_TRUE(constant_time_equal(one.local_key().reveal(), again.local_key().reveal()));
}

TEST_F(CaseKeyTest, AreOthersForAnotherPhraseOrOrganisation) {
  const CaseKeys mine(phrase, service);
  const CaseKeys other_phrase(generate_phrase(random, WordList::kDutch), service);
  const CaseKeys other_service(phrase, random_value<protocol::ServiceId>(random));
  EXPECT_NE(mine.public_key(), other_phrase.public_key());
  EXPECT_NE(mine.public_key(), other_service.public_key());
}

TEST_F(CaseKeyTest, GiveEveryCompartmentEpochAndHistoryItsOwnKey) {
  const CaseKeys keys(phrase, service);
  std::set<std::string> seen;
  for (const std::uint32_t compartment : {1u, 2u})
    for (const std::uint32_t epoch : {0u, 1u})
      for (const std::uint8_t history : {std::uint8_t{0}, std::uint8_t{1}})
        seen.insert(
            to_hex(keys.compartment_key(compartment, epoch, value_of<Digest>(Bytes(32, history)))
                       .reveal()));
  EXPECT_EQ(seen.size(), 8u);
}

TEST_F(CaseKeyTest, OfAComplaintAreOthersFromTheSameWords) {
  const CaseKeys report(phrase, service);
  const CaseKeys complaint(phrase, service, PhraseCase::kComplaint);
  EXPECT_NE(report.public_key(), complaint.public_key());
  EXPECT_NE(report.xwing_public_key(), complaint.xwing_public_key());
  EXPECT_NE(report.local_name(), complaint.local_name());
  const Digest root = hmac_sha256(service.view(), phrase.reveal());
  const auto expand = [](const Digest& key, std::string_view tag) {
    Bytes input = to_bytes(tag);
    input.push_back(1);
    return hmac_sha256(key.view(), input);
  };
  const Digest second = expand(root, rules::kTagPhraseComplaint);
  EXPECT_EQ(to_hex(complaint.xwing_seed().reveal()), expand(second, rules::kTagPhraseXwing).hex());
}

// RFC 5869 once more, step by step.
TEST_F(CaseKeyTest, FollowTheirRecipe) {
  const CaseKeys keys(phrase, service);
  const Digest root = hmac_sha256(service.view(), phrase.reveal());
  const auto expand = [&](std::string_view tag, const Bytes& fields) {
    Bytes input = to_bytes(tag);
    input.insert(input.end(), fields.begin(), fields.end());
    input.push_back(1);
    return hmac_sha256(root.view(), input);
  };
  EXPECT_EQ(to_hex(keys.xwing_seed().reveal()), expand(rules::kTagPhraseXwing, {}).hex());
  const SigningKey signing(value_of<SigningSeed>(expand(rules::kTagPhraseSigning, {}).view()));
  EXPECT_EQ(keys.public_key(), signing.public_key());
  FieldList fields;
  fields.append_u32(4).append_u32(7).append(Bytes(32, 5));
  EXPECT_EQ(to_hex(keys.compartment_key(4, 7, value_of<Digest>(Bytes(32, 5))).reveal()),
            expand(rules::kTagPhraseCompartment, fields.bytes()).hex());
  EXPECT_EQ(keys.local_name().hex(), expand(rules::kTagPhraseOutboxName, {}).hex().substr(0, 32));
}

}  // namespace
}  // namespace omzien::crypto
