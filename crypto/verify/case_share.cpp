#include "crypto/verify/case_share.h"

#include "omzien/rules.h"

namespace omzien::crypto {

namespace {

constexpr std::uint8_t kLength[] = {0, 0, 0, CaseShare::kSize};

}  // namespace

// The hash runs over pieces, so the share is in no ordinary memory.
Digest case_share_commitment(const CaseShare& share) {
  FieldList tag;
  tag.append(rules::kTagCaseShareCommitment);
  return Sha256().update(tag.bytes()).update(kLength).update(share.reveal()).finish();
}

}  // namespace omzien::crypto
