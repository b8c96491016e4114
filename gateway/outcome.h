// What comes of an operation: a result's body, or why not.
#pragma once

#include <optional>

#include <tl/expected.hpp>

#include "gateway/cases.h"
#include "gateway/limits.h"
#include "gateway/people.h"
#include "protocol/operations.h"

namespace omzien::gateway {

// A status for the client. `error` is there when the store failed; `status` is `storage` then, and
// a transaction it happened in is worth nothing any more.
struct Failure {
  rules::Status status;
  std::optional<storage::Error> error;
};

template <class T>
using Outcome = tl::expected<T, Failure>;

// The result's body when done.
using Answer = Outcome<crypto::Bytes>;

inline tl::unexpected<Failure> refuse(rules::Status status) {
  return tl::unexpected(Failure{status, std::nullopt});
}
inline Failure failure_of(storage::Error error) { return {rules::Status::kStorage, error}; }

// What an operation happens in.
struct Context {
  const PeopleInForce& people;
  Moment now;
  const Limits& limits;
  Cases& cases;
  std::size_t room;             // bytes that its result's body may have
  std::size_t room_max;         // the same in a frame with nothing else in it
  std::uint64_t& handled_left;  // see handled.h

  const protocol::Directory& directory() const { return people.directory; }
};

}  // namespace omzien::gateway
