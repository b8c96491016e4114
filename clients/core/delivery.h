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

  // Everything that waits and was not refused, in order; says how many. Stops at the first error,
  // but for kVerification: a case that does not check out keeps its own texts waiting and nobody
  // else's, and is said at the end. Cases are held against the heads on the device also where this
  // visit leaves nothing there. kRefused: it would let somebody in whose signing key was openly
  // replaced, and whoever wrote it was not shown that; for them to say again.
  Result<std::size_t> deliver_waiting();

 private:
  Result<protocol::Accepted> deliver(OutboxItem&, bool just_written);
  Result<void> seal(OutboxItem&, const Certificates&);
  Result<void> seal_opening(OutboxItem&, const OpeningDraft&, const Certificates&);
  // kRefused when a newcomer's signing key was openly replaced since they were shown; where nobody
  // was shown, when it ever was. Who just wrote was shown people as they are now, which the item
  // remembers from then on.
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
