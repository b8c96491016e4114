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

// One run of it, from first to last.
struct PurgeRun {
  std::size_t purged = 0;
  bool over = false;
  // The last case that was looked at: the next call begins behind it. So a case that is due by the
  // days that the store keeps, and that the rules don't let go (its outcome was written under
  // another directory, say), keeps none of the others waiting.
  protocol::Handle after;
};

// Purges some of the cases that are due, in one transaction. Call it until the run is over, from
// the one thread that writes, and scrub the store after the last.
storage::Result<void> purge_some(const Purging&, const protocol::Directory&, const Moment&,
                                 PurgeRun&);

// The same until none is due. On disk and scrubbed when it returns.
storage::Result<std::size_t> purge_all(const Purging&, const protocol::Directory&, const Moment&);

}  // namespace omzien::gateway
