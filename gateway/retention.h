// The directory's retention rule, carried out: cases that were at rest for its days lose their
// share, their payloads and their files; a signed Purge says so at the end of the chain, and stays.
#pragma once

#include "crypto/verify/random.h"
#include "crypto/verify/signing.h"
#include "gateway/cases.h"
#include "gateway/clock.h"

namespace omzien::gateway {

struct Purging {
  storage::Store& store;
  Cases& cases;
  const crypto::SigningKey& key;
  crypto::Random& random;
};

// Purges some of the cases that are due, in one transaction; how many. None: no more are due. Call
// it from the one thread that writes, and scrub the store after the last.
storage::Result<std::size_t> purge_some(const Purging&, const protocol::Directory&, const Moment&);

// The same until none is due. On disk and scrubbed when it returns.
storage::Result<std::size_t> purge_all(const Purging&, const protocol::Directory&, const Moment&);

}  // namespace omzien::gateway
