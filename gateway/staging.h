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

// The most that staged chunks can have cost one by one (storage::cost_of_chunk), where only their
// number and their bytes are known: there was no case yet to count them in. The small ones cost
// more than their bytes, so whatever is lacking to full chunks is taken to be lacking to the
// smallest. For uploads as a client makes them, full chunks and one end, little more than their
// bytes.
std::uint64_t cost_at_most(const storage::Staged&);

// Puts the payloads of staged uploads into their entries. `incomplete`: a chunk is missing.
// `too_large`: more than rules::kPayloadBytesMax. `later`: more than this frame has left. Whether
// it is the right payload is the caller's to check.
Outcome<Assembled> assemble(storage::Reader&, const Context&, const protocol::Handle&,
                            std::span<CheckedEntry>);

}  // namespace omzien::gateway
