// Taking over a case from somebody who let a legal term pass (protocol §3): by whoever the reporter
// asked to stand in for them. Before it they read nothing of the case, and know only where its log
// ends; after it they read what their dormant grant holds.
#pragma once

#include "clients/core/connection.h"
#include "clients/core/lead/seal_lead.h"

namespace omzien::core {

// The Release, at the end of a log whose head is all that is known. `item`: a dormant one.
SealedEntry seal_take_over(const Member& self, const protocol::InboxItem& item,
                           const protocol::Directory&, protocol::Day today, crypto::Random&);

// kRefused: they stand in for nobody here, no term was missed, or somebody else was first.
Result<protocol::Accepted> take_over(Connection&, const Member& self, const protocol::Handle&,
                                     crypto::Random&);

}  // namespace omzien::core
