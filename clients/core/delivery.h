// Brings what stands in the outbox to the gateway, once.
//
// The order makes it so: what was written is on disk before it is sealed, the sealed bytes are on
// disk before they are sent, and they leave the disk only after the gateway said "accepted". Sent
// twice, the same bytes are accepted once; refused as stale they never were accepted, and are
// sealed anew.
#pragma once

#include "clients/core/case_log.h"
#include "clients/core/connection.h"
#include "clients/core/lead/addition.h"
#include "clients/core/outbox.h"

namespace omzien::core {

class Delivery {
 public:
  Delivery(Connection& connection, const Identity& self, Outbox& outbox, const LocalFolder& folder,
           crypto::Random& random)
      : connection_(connection), self_(self), outbox_(outbox), folder_(folder), random_(random) {}

  // Delivers one item and takes it out of the outbox: just written, by somebody who was shown the
  // people as they are. kUnreachable and kVerification leave it there to be sent again; kRefused
  // and kBadInput leave it there marked refused.
  Result<protocol::Accepted> deliver(const ItemId&);

  // Everything that waits and was not refused, in order; stops at the first error. Held against the
  // heads on the device even where nothing is kept of this visit, and nobody is let in whose key
  // changed openly without whoever wrote it having been shown that: kRefused, for them to say
  // again.
  Result<std::size_t> deliver_waiting();

 private:
  Result<protocol::Accepted> deliver(OutboxItem&, bool just_written);
  Result<void> seal(OutboxItem&, const Certificates&);
  Result<void> seal_opening(OutboxItem&, const OpeningDraft&, const Certificates&);
  // Of newcomers: as they were shown, or as they are now where that is what was shown.
  Result<void> hold_to_offered(OutboxItem&, const std::vector<protocol::MemberId>&,
                               bool just_written);
  // Marks the item refused when sending it again can't help.
  tl::unexpected<Error> give_up(OutboxItem&, Error);
  Result<void> save() { return outbox_.save(folder_, self_, random_); }

  Connection& connection_;
  const Identity& self_;
  Outbox& outbox_;
  const LocalFolder& folder_;
  crypto::Random& random_;
};

}  // namespace omzien::core
