#include "crypto/open/commitment.h"

#include "crypto/verify/hkdf.h"
#include "omzien/rules.h"

namespace omzien::crypto {

EpochCommitment commit(const CompartmentKey& key) {
  EpochCommitment commitment;
  hkdf_expand_into({commitment.data(), EpochCommitment::kSize}, key.reveal(),
                   as_bytes(rules::kTagEpochCommitment));
  return commitment;
}

bool matches(const EpochCommitment& commitment, const CompartmentKey& key) {
  return constant_time_equal(commitment.view(), commit(key).view());
}

}  // namespace omzien::crypto
