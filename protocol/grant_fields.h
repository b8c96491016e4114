// The fields of entries about who is let in and out, and the parts they share with Open. For the
// codec's own .cpp files only.
#pragma once

#include "omzien/entry.pb.h"

#include "protocol/kinds.h"

namespace omzien::protocol::fields {

std::uint32_t number(auto value) { return static_cast<std::uint32_t>(value); }

void put(const EpochStart& from, wire::EpochStart* to);
// At most rules::kEpochStartsMax, ascending by compartment; none is fine.
std::optional<std::vector<EpochStart>> take_starts(
    const google::protobuf::RepeatedPtrField<wire::EpochStart>&);

crypto::Bytes encode(const Grant&);
crypto::Bytes encode(const Revoke&);
crypto::Bytes encode(const Delegate&);
crypto::Bytes encode(const Release&);

// Empty when the bytes are not the message as this program would write it, or a list is out of
// bounds, out of order or names somebody twice.
std::optional<Fields> take_grant(crypto::ByteView bytes);
std::optional<Fields> take_revoke(crypto::ByteView bytes);
std::optional<Fields> take_delegate(crypto::ByteView bytes);
std::optional<Fields> take_release(crypto::ByteView bytes);

}  // namespace omzien::protocol::fields
