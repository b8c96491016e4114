// Makes the entries of the reporter's lead: who is let out, who may let in, who stands in, what
// begins anew, what is withdrawn (proto/omzien/entry.proto). Whether the rules allow one is for
// whoever calls to ask first: addition.h does.
#pragma once

#include "clients/core/seal.h"

namespace omzien::core {

// The keys of epochs that the owner starts with the next entry at this place: derived, so that the
// words alone bring them back. They belong to this place and no other.
KeyRing owners_keys(const Identity& owner, const Place&,
                    const std::vector<protocol::CompartmentEpoch>& starts);
// And of those that a member starts: random, so sealed to the owner, too.
KeyRing random_keys(const std::vector<protocol::CompartmentEpoch>& starts, crypto::Random&);

// Starts epochs: `started` holds their keys, and nothing else. `readers` get what they carry on in;
// each of their keys is one of `started`. `owner`: where a member starts what is the owner's, the
// owner's key, which gets all; null when the owner starts it, and for `notes`.
SealedEntry seal_epoch(const Identity& author, Place&, const KeyRing& started,
                       const std::vector<Grantee>& readers, const crypto::XWingPublicKey* owner,
                       crypto::Random&);

// By the owner. `out` ascending, `started` from owners_keys() for this very place, `remaining` as
// in seal_epoch(). The payload is empty when nobody remains.
SealedEntry seal_revoke(const Identity& owner, Place&, std::vector<protocol::MemberId> out,
                        const KeyRing& started, const std::vector<Grantee>& remaining,
                        crypto::Random&);

// By the owner; `ended` takes every delegation to them back.
SealedEntry seal_delegate(const Identity& owner, Place&, const protocol::Delegate&,
                          crypto::Random&);

// By the member themself, or by whoever stands ready when a term was missed.
SealedEntry seal_release(const Identity& author, Place&, const protocol::Release&, crypto::Random&);

// By the owner; nothing comes after it.
SealedEntry seal_withdraw(const Identity& owner, Place&, crypto::Random&);

// What a member holds, to their own newer key. `keys` must be in the ring.
SealedEntry seal_reseal(const Identity& member, Place&, const protocol::Certificate& own,
                        const std::vector<protocol::CompartmentEpoch>& keys, const KeyRing&,
                        crypto::Random&);

}  // namespace omzien::core
