// Reports as a reporter's client sends them, sealed and signed beforehand: a story of ordinary
// length, told to one adviser with a stand-in. An Open, the opening, the story (4 KiB class), the
// grant to the adviser and the dormant one: five signed entries in one operation.
#pragma once

#include <memory>

#include "clients/core/identity.h"
#include "protocol/operations.h"
#include "tests/kit/organisation.h"

namespace omzien::bench {

struct SealedReport {
  std::unique_ptr<const core::Reporter> reporter;
  protocol::OpenCase body;
};

SealedReport seal_report(const kit::Organisation&, const protocol::Directory&, protocol::Day,
                         crypto::Random&);

// One small frame with that report, signed under `beacon`.
crypto::Bytes frame_of(const SealedReport&, const protocol::Beacon&, const protocol::ServiceId&);

// What a store has to keep of it, as one blob: share, headers, signatures and payloads.
crypto::Bytes kept_bytes(const SealedReport&);

// A frame with one operation, signed.
crypto::Bytes signed_frame(rules::OperationKind, crypto::Bytes body, const crypto::SigningKey&,
                           const protocol::Beacon&, const protocol::ServiceId&);

// Whether the answer says that the only operation was done.
bool is_done(crypto::ByteView answer);

}  // namespace omzien::bench
