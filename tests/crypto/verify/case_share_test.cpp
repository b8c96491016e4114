#include "crypto/verify/case_share.h"

#include <gtest/gtest.h>

#include "omzien/rules.h"
#include "tests/crypto/support.h"

namespace omzien::crypto {
namespace {

TEST(CaseShare, CommitmentIsTheHashOfTagAndShare) {
  const CaseShare share = value_of<CaseShare>(Bytes(32, 3));
  FieldList fields;
  fields.append(rules::kTagCaseShareCommitment).append(share.reveal());
  EXPECT_EQ(case_share_commitment(share), hash_fields(fields));
}

TEST(CaseShare, EveryBitCounts) {
  const Bytes bytes(32, 3);
  const Digest commitment = case_share_commitment(value_of<CaseShare>(bytes));
  for (std::size_t bit = 0; bit < 256; ++bit)
    EXPECT_NE(case_share_commitment(value_of<CaseShare>(flipped(bytes, bit))), commitment);
}

}  // namespace
}  // namespace omzien::crypto
