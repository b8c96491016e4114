// Epochs that the owner starts. Whoever holds a compartment may start its next epoch, and can seal
// the owner another key than the one that the others got: the gateway can't tell, and the owner's
// client refuses it. So that nobody shuts the reporter out of their own case, the owner starts the
// next one with the first word that needs it (protocol §3).
//
// What bounds it: one entry in the append of that word, however many compartments were shut; none
// while the owner holds the newest keys; and what members start is counted by the gateway each day,
// which the owner's entries are not.
#pragma once

#include "clients/core/lead/addition.h"
#include "clients/core/lead/next_epochs.h"

namespace omzien::core {

// The next epoch of these, for all who carry on, and for whoever comes with it: `newcomers` is
// given its keys. Nothing when that is nobody: there must be somebody to seal it to.
using Newcomers =
    std::function<std::vector<Grantee>(const std::vector<protocol::CompartmentEpoch>&)>;
Result<void> start_owners(Addition&, const Compartments&, const Newcomers& newcomers = {});

// Before the owner writes in these, or shares them: all that they are shut out of begins anew.
Result<void> start_shut_out(Addition&, const Compartments& needed);

}  // namespace omzien::core
