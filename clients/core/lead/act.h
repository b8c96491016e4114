// Acts on a case now, or not at all: fetched, changed, handed in as one append, and once more from
// the start when somebody else was first. Nothing waits on disk, since a decision of today must not
// be carried out by surprise on another day.
#pragma once

#include "clients/core/connection.h"
#include "clients/core/lead/addition.h"
#include "clients/core/submission.h"

namespace omzien::core {

// Adds the entries to the case as it stands; called again when it changed meanwhile.
using Act = std::function<Result<void>(Addition&, const Certificates&)>;

// Nothing: there was nothing to do. kUnreachable: what was sent may have arrived; a look at the
// case tells.
Result<std::optional<protocol::Accepted>> act(Connection&, const Identity&, const protocol::Handle&,
                                              const Act&, crypto::Random&);

// What `change` adds to the case as it stands now, frozen; handed in by nobody yet. kVerification
// where it was cut short since it was seen last: nothing is sealed then.
Result<std::vector<FrozenEntry>> add_to(Connection&, const Identity&, const protocol::Handle&,
                                        const Act& change, const Certificates&, crypto::Random&);

// The entries as the case stands now, frozen; none: there is nothing to do.
using FreezeNow = std::function<Result<std::vector<FrozenEntry>>()>;

// Under act() and take_over(): hands in what `freeze_now` gives, and once more from the start,
// under the newest directory, when somebody else was first. Nothing, and kUnreachable: as act().
Result<std::optional<protocol::Accepted>> hand_in_as_it_stands(Connection&, const Identity&,
                                                               const FreezeNow&);

}  // namespace omzien::core
