// The operations that somebody may send for a handle to learn whether it stands for anything: each
// in the shape that goes furthest, so that it is the case that decides and nothing before it.
#pragma once

#include <optional>
#include <string_view>

#include "crypto/verify/random.h"
#include "crypto/verify/signing.h"
#include "protocol/frame.h"

namespace omzien::hostile {

// What every answer of a gateway says, and every entry repeats.
struct Now {
  protocol::ServiceId service_id;
  protocol::Day day = 0;
  crypto::Digest directory_hash;
};

// read, append, get_chunk, put_chunk, inbox.
std::optional<rules::OperationKind> operation_named(std::string_view name);

// Its body, by the holder of `key`:
//   - read from the beginning; get_chunk of the first entry;
//   - append an event in the place of the second entry, which every case has;
//   - put_chunk of a new upload, all of it, which no entry will name;
//   - inbox has no handle: whether its key is one of a case may not show either.
crypto::Bytes body_of(rules::OperationKind, const protocol::Handle&, const crypto::SigningKey& key,
                      const Now&, crypto::Random&);

}  // namespace omzien::hostile
