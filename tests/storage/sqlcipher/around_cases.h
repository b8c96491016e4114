// What a store keeps beside its cases' logs, for tests that want something in every table.
#pragma once

#include "tests/contract/store_contract.h"

namespace omzien::storage::sqlcipher {

// Of each case a file that is kept, one that is still on its way, and who may read it; of people
// their certificates and records; what the day has cost; which directory was served last. Then
// only two things are empty: tombstones, until a case is destroyed, and the key that they are
// under, until the data key is changed.
void put_around_cases(Store&, const std::vector<protocol::Handle>& cases, protocol::Day today,
                      const DirectorySeen&);

}  // namespace omzien::storage::sqlcipher
