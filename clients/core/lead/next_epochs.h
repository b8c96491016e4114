// Who carries on when epochs begin: what protocol/access/epochs.cpp demands of whoever starts one.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "clients/core/seal.h"
#include "protocol/access.h"

namespace omzien::core {

using Compartments = std::set<rules::Compartment>;

struct NextEpochs {
  std::vector<protocol::CompartmentEpoch> starts;  // ascending by compartment
  // What each carries on in. Dormant grants carry on, too; whoever has left does not.
  std::map<protocol::MemberId, std::vector<protocol::CompartmentEpoch>> readers;
};

// Of its readers, in order; and what each is sealed, by `certificates` in that order, which must
// outlive it.
std::vector<protocol::MemberId> ids_of(const NextEpochs&);
std::vector<Grantee> grantees_of(const NextEpochs&,
                                 const std::vector<protocol::Certificate>& certificates);

// The next epoch of some of the owner's compartments, for all who hold what it follows.
NextEpochs next_epochs(const protocol::Access&, const protocol::Directory&, const Compartments&,
                       protocol::Day today);

// The next epoch of all that these members held, and those who stand in for them, for the rest.
NextEpochs epochs_after_revoking(const protocol::Access&, const protocol::Directory&,
                                 const std::vector<protocol::MemberId>&, protocol::Day today);

// Whether the compartment's newest key is in the hands of somebody who is not in any more:
// released, past their last day, or gone. What is written there they could still open, if the
// gateway gave it to them.
bool is_exposed(const protocol::Access&, const protocol::Directory&, rules::Compartment,
                protocol::Day today);
// Those of the owner's compartments.
Compartments exposed(const protocol::Access&, const protocol::Directory&, protocol::Day today);

}  // namespace omzien::core
