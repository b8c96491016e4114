// Makes entries: what a client sends is sealed, hashed and signed here, and nowhere else.
#pragma once

#include <map>
#include <vector>

#include "clients/core/event.h"
#include "clients/core/identity.h"
#include "crypto/verify/case_share.h"
#include "protocol/certificate.h"
#include "protocol/chain.h"
#include "protocol/entry.h"

namespace omzien::core {

// An entry ready to be sent, and sent again: these very bytes.
struct SealedEntry {
  protocol::Header header;
  crypto::Bytes header_bytes;
  crypto::Signature signature;
  crypto::Bytes payload;
};

// Where the next entries go. Advanced by each one sealed.
struct Place {
  protocol::Chain chain;
  protocol::Day day = 0;
  crypto::Digest directory_hash;
};

// Who reads a new case. The first adviser is the holder.
struct Readers {
  std::vector<protocol::Certificate> advisers;
  std::optional<protocol::Certificate> stand_in;
};

// What a reporter wrote. Empty texts are not sent.
struct Story {
  Opening opening;
  std::string story;
  std::string people;
  std::string identity;
};

struct SealedCase {
  crypto::CaseShare share;
  std::vector<SealedEntry> entries;  // Open, the opening, the report's parts, then grants
};

// A whole new case (protocol §3). The grant to advisers is one entry; the identity, if told, is
// granted to the holder alone; a stand-in's dormant grant is an entry of its own.
SealedCase seal_case(const Reporter&, const Story&, const Readers&, const protocol::Directory&,
                     protocol::Day today, crypto::Random&);

// Where and how an event is sealed.
struct EventTarget {
  rules::Compartment compartment;
  std::uint32_t epoch = 1;
  rules::Milestone milestone = rules::Milestone::kNone;
  bool urgent = false;
  std::uint64_t dispute = 0;  // by the owner: the seq of the milestone disputed; 0: none
};

// Keys by compartment and epoch.
using KeyRing = std::map<protocol::CompartmentEpoch, crypto::CompartmentKey>;

// The first entry: starts epoch 1 of every compartment in the ring. `unclocked`: nobody waits for
// an answer.
SealedEntry seal_open(const Reporter&, Place&, const KeyRing&, const crypto::CaseShare&,
                      bool unclocked, crypto::Random&);

SealedEntry seal_event(const Identity& author, Place&, const EventTarget&, const Event&,
                       const crypto::CompartmentKey&, const crypto::CaseShare&, crypto::Random&);

// One member of a grant: to whose key, and what. Keys must be in the ring.
struct Grantee {
  const protocol::Certificate& certificate;
  std::vector<protocol::CompartmentEpoch> keys;
  bool holder = false;
  protocol::Day last_day = 0;  // 0: until revoked
};

SealedEntry seal_grant(const Identity& author, Place&, const std::vector<Grantee>&,
                       std::optional<protocol::MemberId> stands_in_for, const KeyRing&,
                       crypto::Random&);

}  // namespace omzien::core
