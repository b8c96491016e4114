// Codec of an entry's public fields, by kind. Used by entry.cpp alone.
#pragma once

#include <optional>

#include "protocol/entry.h"

namespace omzien::protocol {

crypto::Bytes encode_fields(const Fields&);

// Empty: malformed. An unknown kind gives Unknown.
std::optional<Fields> parse_fields(rules::EntryKind kind, crypto::ByteView bytes);

}  // namespace omzien::protocol
