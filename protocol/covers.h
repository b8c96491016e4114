// The one question about a standing grant that who makes a grant has to ask as well as who admits
// it.
#pragma once

#include "protocol/grants.h"

namespace omzien::protocol {

// Whether the one grant leaves nothing for the other to give. Somebody whose keys are new since may
// be given again what only the ones before opened.
bool covers(const LiveGrant& stands, const Grant&, const GrantMember& asked);

}  // namespace omzien::protocol
