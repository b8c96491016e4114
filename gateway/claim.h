// Who may have a case's log folded. A fold costs the log's length: in the time of an answer it
// would tell a case that was withdrawn from one that never was, and whoever names long logs would
// keep the writer busy with them. So a few rows decide beforehand, and they are asked for whatever
// is there.
#pragma once

#include "gateway/outcome.h"

namespace omzien::gateway {

// The case as of `info`'s head, for whoever may be somebody in it: its owner, or a member whom the
// store has linked to it. Whether they are, the rules say (insider, may_step_in). For everybody
// else nothing, and no log is folded; so for the owner of a case that is gone, unless it was
// purged, which its owner may see. `later`: folding it is more than this frame has left.
Outcome<std::optional<CaseState>> case_for(storage::Reader&, const Context&,
                                           const protocol::Handle&,
                                           const std::optional<storage::CaseInfo>& info,
                                           const crypto::SigningPublicKey& key);

}  // namespace omzien::gateway
