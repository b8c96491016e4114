// Entries in order: sequence, links and days (protocol §2). Breaking this is not a breach of rules
// but a broken log: whoever meets it stops trusting what follows.
#pragma once

#include <tl/expected.hpp>

#include "protocol/entry.h"

namespace omzien::protocol {

enum class ChainError {
  kOtherCase,  // another organisation or handle
  kSequence,   // a number is missing, twice, or out of order
  kLink,       // prev_hash is not the entry before
  kDay,        // earlier than the entry before
};

// The end of a prefix of a case's log.
class Chain {
 public:
  // An empty log of this case.
  Chain(ServiceId service, Handle handle) : service_(service), handle_(handle) {}

  // As if everything up to `head_seq` had been extended: for a gateway that kept the head.
  static Chain resume(ServiceId, Handle, std::uint64_t head_seq, crypto::Digest head_hash,
                      Day head_day);

  // Whether the entry is the next one. An error changes nothing.
  tl::expected<void, ChainError> extend(const Header& header, const crypto::Digest& hash);

  bool empty() const { return next_seq_ == 0; }
  std::uint64_t next_seq() const { return next_seq_; }
  const crypto::Digest& head_hash() const { return head_hash_; }  // zeros when empty
  Day head_day() const { return head_day_; }
  const ServiceId& service() const { return service_; }
  const Handle& handle() const { return handle_; }

 private:
  ServiceId service_;
  Handle handle_;
  std::uint64_t next_seq_ = 0;
  crypto::Digest head_hash_;
  Day head_day_ = 0;
};

}  // namespace omzien::protocol
