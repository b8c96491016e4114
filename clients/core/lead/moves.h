// The moves of the reporter's lead: each adds one entry, or a few that belong together, to a case.
// All give kRefused, in words for the person, when the rules or the keys do not allow it.
#pragma once

#include "clients/core/lead/addition.h"
#include "clients/core/lead/next_epochs.h"

namespace omzien::core {

struct LetIn {
  std::vector<protocol::MemberId> people;
  Compartments compartments;
  protocol::Day last_day = 0;  // 0: until revoked
  bool holder = false;         // moves the lead to them; one person only
  bool from_now = false;       // nothing from before: new epochs begin; the owner's alone
  std::optional<protocol::MemberId> stands_in_for =
      std::nullopt;  // dormant: served only if needed; one person
};

// By the owner, or a delegate. What is named is read whole, every epoch the author holds, unless
// from now on.
Result<void> let_in(Addition&, const LetIn&, const Certificates&);
// Every epoch of these compartments that the author holds, and may give; ascending. kRefused when
// the newest of one is missing.
Result<std::vector<protocol::CompartmentEpoch>> keys_to_give(const Addition&, const Compartments&);

// By the owner: they are out, and all that they held begins anew for those who remain.
Result<void> revoke(Addition&, std::vector<protocol::MemberId>, const Certificates&);

// By the owner: who they are, for one named person. With `text` they say it now; empty, they share
// what they said. Whoever was given the identity before and not revoked since reads it, too.
Result<void> say_who_i_am(Addition&, const protocol::MemberId& to, const std::string& text,
                          const Certificates&);

Result<void> delegate(Addition&, const protocol::Delegate&);
Result<void> take_back(Addition&, const protocol::MemberId& delegate);

// By the owner: this milestone is none, and here is why; its term runs anew.
Result<void> dispute(Addition&, std::uint64_t seq, const std::string& text);

// By a member, of themself: they leave the case.
Result<void> release_self(Addition&);
// The same for another reason: they are too near to it.
Result<void> recuse(Addition&);
// By the owner.
Result<void> withdraw(Addition&);

}  // namespace omzien::core
