// Payloads that are larger than a frame: staged as chunks first, then named by an entry (protocol
// §2).
#pragma once

#include <set>

#include "gateway/checked_frame.h"
#include "gateway/outcome.h"
#include "gateway/quotas.h"
#include "gateway/weight.h"

namespace omzien::gateway {

// Stages a chunk for a handle's owner, before the case exists too, or for a member with a live
// grant; answers how many of its upload are here. The same again: done. `malformed`: other bytes or
// another count under the same name. `quota`: see quotas.h; but where the owner lets somebody out
// of a case of many, the next keys of those who stay are more than a frame holds, so whatever is
// staged in a case up to one revocation's size is no quota's matter.
Answer put_chunk(storage::Transaction&, const Context&, Quotas&, const Signed<protocol::PutChunk>&);

struct Assembled {
  std::set<protocol::UploadId> uploads;
  std::uint64_t bytes = 0;  // of the chunks
};

// What the one writer reads, hashes and copies for one frame, in bytes, beside what it keeps: the
// staged payloads that an operation may name, and twice what the rules may remember of a case. A
// frame that holds thirty refused operations would have it do so thirty times for next to nothing.
inline constexpr std::uint64_t kHandledBytesMax =
    std::uint64_t{rules::kEntriesPerAppendMax} * rules::kPayloadBytesMax + 2 * kAccessBytesMax;

// Puts the payloads of staged uploads into their entries. `incomplete`: a chunk is missing.
// `too_large`: more than rules::kPayloadBytesMax. `later`: more than this frame has left. Whether
// it is the right payload is the caller's to check.
Outcome<Assembled> assemble(storage::Reader&, const Context&, const protocol::Handle&,
                            std::span<CheckedEntry>);

}  // namespace omzien::gateway
