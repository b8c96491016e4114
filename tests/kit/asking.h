// Asking a gateway: operations signed as a client signs them, and an exchange that waits for its
// answer.
#pragma once

#include "crypto/verify/signing.h"
#include "gateway/exchange.h"
#include "protocol/operations.h"

namespace omzien::kit {

protocol::Operation signed_operation(rules::OperationKind, crypto::Bytes body,
                                     const crypto::SigningKey&, const protocol::Beacon&,
                                     const protocol::ServiceId&);
protocol::Operation public_operation(rules::OperationKind, crypto::Bytes body);

// The raw answer, once it comes.
crypto::Bytes exchange(gateway::Exchange&, crypto::Bytes frame);

// A client of one gateway: remembers the beacon of the last answer.
class Asking {
 public:
  Asking(gateway::Exchange& gateway, const protocol::ServiceId& service)
      : gateway_(gateway), service_(service) {}

  // Sends any operations; throws std::invalid_argument when they don't fit the frame.
  protocol::Response send(std::vector<protocol::Operation>,
                          protocol::FrameSize = protocol::FrameSize::kSmall);

  // One signed operation.
  protocol::OperationResult ask(rules::OperationKind, crypto::Bytes body, const crypto::SigningKey&,
                                protocol::FrameSize = protocol::FrameSize::kSmall);
  protocol::Operation sign(rules::OperationKind, crypto::Bytes body, const crypto::SigningKey&);

  protocol::OperationResult open(const protocol::OpenCase&, const crypto::SigningKey&);
  protocol::OperationResult append(std::vector<protocol::SubmittedEntry>,
                                   const crypto::SigningKey&);
  protocol::OperationResult read(const protocol::Handle&, std::uint64_t from_seq,
                                 const crypto::SigningKey&);
  // The whole log, however many exchanges it takes; throws std::runtime_error when it is refused.
  protocol::Log read_all(const protocol::Handle&, const crypto::SigningKey&);

  const protocol::Beacon& beacon();

 private:
  gateway::Exchange& gateway_;
  protocol::ServiceId service_;
  std::optional<protocol::Beacon> beacon_;
};

}  // namespace omzien::kit
