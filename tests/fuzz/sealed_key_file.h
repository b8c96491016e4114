// Key files as somebody hostile would make them, at the lowest cost there is.
#pragma once

#include "crypto/verify/bytes.h"

namespace omzien::fuzz {

inline constexpr std::string_view kPassphrase = "fuzz";

// A file whose header is good and whose content is `plain`.
crypto::Bytes sealed_by_hand(crypto::ByteView plain);
// The same bytes; what would take a gigabyte and minutes to refuse takes neither.
crypto::Bytes at_the_lowest_cost(crypto::ByteView file);

}  // namespace omzien::fuzz
