// What a member owes a case they are in: that it is sealed to their newest key, that nobody who
// left can open what is written next, nobody who is in is shut out of it, and that notes have an
// epoch somebody holds (protocol §3). None of it lets anybody in.
#pragma once

#include "clients/core/lead/addition.h"
#include "clients/core/lead/next_epochs.h"

namespace omzien::core {

struct Renewed {
  bool own_key = false;  // re-sealed to the member's newest key
  // That began anew: who is out, or a lost key file, held the newest key; or whoever renews was
  // sealed another one.
  Compartments epochs;
  bool notes = false;      // a new epoch of notes, for the holder and who stands in for them
  bool stand_ins = false;  // were given the notes of before

  bool any() const { return own_key || !epochs.empty() || notes || stand_ins; }
};

// Adds what is due by now. By a member all of the above, of what they hold; by the owner the
// epochs. kVerification: the newest key that the gateway shows for this member is none of theirs.
Result<Renewed> renew(Addition&, const Certificates&);

// By the holder: an epoch of notes to write in, where there is none yet. Nothing when there is one.
Result<void> ready_notes(Addition&, const Certificates&);

}  // namespace omzien::core
