// A request whose signatures were checked: what stands here is who it says it is from. Checking
// costs most of a request's time and needs no store, so it happens on worker threads, before the
// writer.
#pragma once

#include <memory>
#include <variant>
#include <vector>

#include "crypto/verify/case_share.h"
#include "gateway/beacons.h"
#include "gateway/people.h"
#include "protocol/availability.h"
#include "protocol/desk_operations.h"

namespace omzien::gateway {

// An entry that its author signed, of this organisation. An inline payload matches the header's
// hash and has the shape of its kind; a staged one is checked once it is assembled.
struct CheckedEntry {
  protocol::Entry entry;
  crypto::Bytes payload;
  std::optional<protocol::UploadId> staged;
};

// Entries of one case by one author, who also signed the operation.
struct CheckedOpen {
  crypto::CaseShare case_share;  // hashes to the commitment in the first entry, which is an Open
  std::vector<CheckedEntry> entries;
};
struct CheckedAppend {
  std::vector<CheckedEntry> entries;
  bool withdrew = false;  // the case, just now; known once it is done
};

// An operation that only reads, or stages, with the key that signed it.
template <class Body>
struct Signed {
  crypto::SigningPublicKey key;
  Body body;
};

struct CheckedPublish {
  protocol::Certificate certificate;  // valid today, by the member who signed the operation
};

struct CheckedAvailability {
  protocol::Availability statement;  // by the member who signed the operation
};

struct Nothing {};  // the operation that asks nothing

// Refused before anything was looked up.
struct Refused {
  rules::Status status;
};

using CheckedOperation =
    std::variant<Refused, Nothing, CheckedOpen, CheckedAppend, Signed<protocol::PutChunk>,
                 CheckedPublish, Signed<protocol::Read>, Signed<protocol::GetChunk>,
                 Signed<protocol::Inbox>, protocol::ReadDirectory, protocol::Keys,
                 Signed<protocol::ReadAlerts>, protocol::ReadAvailability, CheckedAvailability,
                 Signed<protocol::ReadPapers>, Signed<protocol::SealedPapers>>;

// Whether it belongs on the writer's thread.
bool writes(const CheckedOperation&);

struct CheckedFrame {
  protocol::FrameSize size = protocol::FrameSize::kSmall;
  Moment now;
  std::shared_ptr<const PeopleInForce> people;
  std::vector<CheckedOperation> operations;

  bool writes() const;
};

// Refusals, each operation for itself:
// - newer_version: a kind of operation or a suite that this program does not know, or does not
//   serve yet;
// - stale_beacon: not one of the last rules::kBeaconsAccepted;
// - malformed: not signed by its key for this organisation; not the body of its kind; entries that
//   are of another organisation, not of one case, not signed, or whose payload is another one;
// - forbidden: an entry whose author did not sign the operation; a certificate or a statement of
//   somebody else.
CheckedFrame check_frame(const protocol::Request&, protocol::FrameSize, const Moment&,
                         std::shared_ptr<const PeopleInForce>, const Beacons&);

// Whether a payload has the shape of its entry's kind: wraps for the readers of a grant or a
// revocation, an event's envelope, none for the others. Its hash is not looked at.
bool payload_fits(const protocol::Header&, crypto::ByteView payload);

}  // namespace omzien::gateway
