// The operations that add entries to cases: all or nothing, and the same again is answered as
// before.
#pragma once

#include "gateway/checked_frame.h"
#include "gateway/outcome.h"
#include "gateway/quotas.h"

namespace omzien::gateway {

// Makes a case of its first entries. Refusals: as grow() (growth.h); `stale_head` when the case is
// there with other entries; `nothing` when it is gone; `incomplete`, `too_large` (staging.h);
// `quota`.
Answer open_case(storage::Transaction&, const Context&, Quotas&, CheckedOpen&);

// Adds entries after the head. Those at the front that are in the case already are passed over, so
// a lost answer costs nothing; when all are, the answer is the same as it was, whatever day it is
// and whatever the author may do by now. A withdrawal destroys the case in the same transaction.
// `nothing`: no such case, or not for this author; to the owner of a case that is gone, for
// anything but the withdrawal itself. Others as above.
Answer append(storage::Transaction&, const Context&, Quotas&, CheckedAppend&);

}  // namespace omzien::gateway
