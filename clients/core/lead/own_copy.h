// A case as its reader takes it along: readable without any gateway, and checkable.
//
// Every entry's header and signature is in it, so that nothing can be left out or put in between
// unseen. Of the events this keyholder has the compartment's key for, the ciphertext that the
// header's payload hash pins, and the key of that one event: a text that differs from what its
// author signed is seen, and no other event opens with what stands here, not even from an older
// copy of the store. What this keyholder does not read (an identity, notes) is not in it. A text
// that its author made so that it does not open is in it, too, and is an alarm here as there.
#pragma once

#include "clients/core/case_log.h"
#include "crypto/open/event_seal.h"

namespace omzien::core {

struct CopiedEntry {
  crypto::Bytes header;
  crypto::Signature signature;
  crypto::Bytes payload;                   // empty unless `key` is there
  std::optional<crypto::EnvelopeKey> key;  // of this event alone; zero where it is no envelope
};

struct OwnCopy {
  protocol::ServiceId service;
  protocol::Handle handle;
  crypto::Bytes directory;  // as signed; the one in force when the copy was made
  std::vector<CopiedEntry> entries;
};

// `opened`: what open_log() made of `fetched`.
OwnCopy copy_case(const FetchedLog& fetched, const OpenedCase& opened, const protocol::Directory&);

// Checked as a log is: signatures, chain, rules, payload hashes; then opened with what stands in
// it. kVerification: it is not whole, or a text is not what its author signed. Entries that break
// the rules, and texts that do not open with what stands here, are alarms, as ever.
Result<OpenedCase> open_copy(const OwnCopy&, const protocol::Directory&);

}  // namespace omzien::core
