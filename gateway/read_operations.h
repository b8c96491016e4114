// The operations that read cases. Whoever may not see a case is answered as if there were none.
#pragma once

#include "gateway/checked_frame.h"
#include "gateway/outcome.h"

namespace omzien::gateway {

// From `from_seq` on, as many entries as fit. A payload comes inline when it would fit a frame of
// its own; if it doesn't fit this one any more, the log ends before it and the client asks again.
// So it does where the frame has had enough read for it (handled.h). `later` when there is no room
// for even one.
Answer read_case(storage::Reader&, const Context&, const Signed<protocol::Read>&);

// Slice `index` of rules::kChunkBytesMax bytes of an entry's payload, for whoever could read it.
// `nothing`: no such entry, or its payload was destroyed. `forbidden`: withheld. `malformed`:
// beyond its end. `later`: no room, or enough was read for this frame.
Answer get_chunk(storage::Reader&, const Context&, const Signed<protocol::GetChunk>&);

// The cases in which the member has a live grant, those that are gone included; expired ones are
// left out, and dormant ones unless the member may step in for a missed term. `nothing` for a key
// that is no member's.
Answer read_inbox(storage::Reader&, const Context&, const Signed<protocol::Inbox>&);

}  // namespace omzien::gateway
