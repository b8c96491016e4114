// The exchange, seen from a client: fresh beacon, the gateway's day, the checked directory, signed
// operations.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "clients/core/errors.h"
#include "clients/core/heads.h"
#include "clients/core/own_clock.h"
#include "clients/core/transport.h"
#include "crypto/verify/signing.h"
#include "protocol/certificate.h"
#include "protocol/frame.h"
#include "protocol/handbook.h"
#include "protocol/operations.h"

namespace omzien::core {

// One operation still to be signed.
struct Call {
  rules::OperationKind kind;
  crypto::Bytes body;
};

class Connection {
 public:
  // `size` is the frame every exchange uses; `wait` sleeps that many milliseconds, `clock` is this
  // device's own day (tests pass their own).
  Connection(std::unique_ptr<Transport>, protocol::ServiceId, protocol::FrameSize size,
             std::function<void(std::uint32_t)> wait = {},
             std::function<protocol::Day()> clock = own_day);

  // First exchange: learns beacon, day and directory, the one people are shown from. Every other
  // method needs it done.
  Result<void> greet();

  protocol::Day today() const { return day_; }         // the gateway's
  protocol::Day day_here() const { return clock_(); }  // by this device's clock
  const protocol::Directory& directory() const { return *directory_; }
  const protocol::ServiceId& service() const { return service_; }
  protocol::FrameSize frame_size() const { return size_; }
  Seen& seen() { return seen_; }

  // Fetches the directory again if another one is in force: after a stale_directory. Those from
  // before stay: somebody may be at work by them.
  Result<void> refresh_directory();

  // The handbook that the directory names; nothing when it names none.
  Result<std::optional<protocol::Handbook>> handbook();

  // Sends operations signed by `key` in as few frames as they fit, in order. An answer `later` and
  // a dead beacon are tried again, for half a minute at most. `signer` may be null for public
  // operations.
  Result<std::vector<protocol::OperationResult>> submit(const std::vector<Call>&,
                                                        const crypto::SigningKey* signer);

  // One operation whose answer must be `done`.
  Result<crypto::Bytes> call(rules::OperationKind, crypto::Bytes body,
                             const crypto::SigningKey* signer);

  // The newest checked certificate of each person; an error names the person without a valid one.
  // For who comes in, it is an error too when their signing key was openly replaced since people
  // were shown: nobody chose them as somebody whose key "changed on (day)" (protocol §4).
  Result<std::vector<protocol::Certificate>> certificates(
      const std::vector<protocol::MemberId>&, protocol::Lapsed = protocol::Lapsed::kRefused);

 private:
  protocol::Operation sign(const Call&, const crypto::SigningKey* signer) const;
  Result<std::vector<protocol::OperationResult>> exchange(const std::vector<Call>&,
                                                          const crypto::SigningKey*);
  // The directory in force, or the document of this hash.
  Result<crypto::Bytes> fetch_document(std::optional<crypto::Digest> hash);

  std::unique_ptr<Transport> transport_;
  protocol::ServiceId service_;
  protocol::FrameSize size_;
  std::function<void(std::uint32_t)> wait_;
  std::function<protocol::Day()> clock_;
  protocol::Beacon beacon_;
  protocol::Day day_ = 0;
  crypto::Digest directory_hash_;  // in force at the gateway
  std::vector<std::unique_ptr<const protocol::Directory>> directories_;
  const protocol::Directory* directory_ = nullptr;  // the last of them
  const protocol::Directory* offered_ = nullptr;    // the one people were shown from
  Seen seen_;
};

}  // namespace omzien::core
