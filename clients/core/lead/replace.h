// Another adviser in one step: `to` instead of `from`. What is handed on is what `from` may read
// that day, epoch by epoch and each part until the last day that `from` had, and no more: what was
// written before `from` came, or after they had left, stays shut. A grant has one last day, so it
// is one grant for each.
#pragma once

#include "clients/core/lead/addition.h"

namespace omzien::core {

// What somebody reads until one last day.
struct Share {
  std::set<protocol::CompartmentEpoch> keys;
  protocol::Day last_day = 0;  // 0: until revoked
  bool holder = false;

  Compartments compartments() const;
};

// What of a member's live grants can be handed on, the longest first: neither notes, which are the
// holder's own, nor the identity, which the reporter says to each by name. The mark goes with the
// share of its own last day; where that leaves nothing to read, with the longest.
std::vector<Share> shares_of(const protocol::Access&, const protocol::MemberId&,
                             protocol::Day today);

// By the owner. `from` goes first, so that nothing after is sealed under a key they hold. kRefused
// where they have nothing to hand on.
Result<void> replace(Addition&, const protocol::MemberId& from, const protocol::MemberId& to,
                     const Certificates&);

}  // namespace omzien::core
