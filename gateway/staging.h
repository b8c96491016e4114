// Payloads that are larger than a frame: staged as chunks first, then named by an entry (protocol
// §2).
#pragma once

#include <set>

#include "gateway/checked_frame.h"
#include "gateway/outcome.h"
#include "gateway/quotas.h"

namespace omzien::gateway {

// Stages a chunk for a handle's owner, before the case exists too, or for a member with a live
// grant; answers how many of its upload are here. The same again: done. `malformed`: other bytes or
// another count under the same name. `quota`: see quotas.h; but where the owner lets somebody out
// of a case of many, the next keys of those who stay are more than a frame holds, so what the owner
// stages beyond all quotas on one day, up to one revocation's size, is admitted.
Answer put_chunk(storage::Transaction&, const Context&, Quotas&, const Signed<protocol::PutChunk>&);

struct Assembled {
  std::set<protocol::UploadId> uploads;
  storage::Staged staged;  // of them
  std::uint64_t cost = 0;  // of their chunks
};

// What chunks that were staged before there was a case to count them in may have cost one by one,
// at most: as much as if what they lack of full chunks were lacking to the smallest. For uploads as
// a client makes them that is their bytes.
std::uint64_t cost_at_most(const storage::Staged&);

// Puts the payloads of staged uploads into their entries. `incomplete`: a chunk is missing.
// `too_large`: more than rules::kPayloadBytesMax. `later`: more than this frame has left. Whether
// it is the right payload is the caller's to check.
Outcome<Assembled> assemble(storage::Reader&, const Context&, const protocol::Handle&,
                            std::span<CheckedEntry>);

}  // namespace omzien::gateway
