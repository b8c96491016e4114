// The operations about people. The directory and keys are for everybody, unsigned: they say nothing
// about any case.
#pragma once

#include "gateway/checked_frame.h"
#include "gateway/outcome.h"

namespace omzien::gateway {

// The signed directory in force from `offset` on, as much as fits. Asked for another one by its
// hash: `stale_directory`. An offset beyond the end: `malformed`.
Answer read_directory(const Context&, const protocol::ReadDirectory&);

// The newest certificate of each person asked for, also one that ran out where there is no other
// (newest_certificate, people.h); empty where there is none.
Answer read_keys(storage::Reader&, const Context&, const protocol::Keys&);

// The number under which the store keeps what a member has signed and numbered: how many signing
// keys they replaced (32 bits), then the number. So numbers begin anew with each signing key: what
// an earlier one signed is shown to nobody, its number neither, and whoever stole that key could
// have taken the highest number there is.
std::uint64_t number_in_store(const protocol::Directory&, const protocol::MemberId&,
                              std::uint32_t number);

// A member's new certificate. The same again: done. A number not above the newest one's:
// `forbidden`.
Answer publish_key(storage::Transaction&, const Context&, const CheckedPublish&);

}  // namespace omzien::gateway
