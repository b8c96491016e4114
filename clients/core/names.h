// Hashes as words, for people to compare and say aloud. Always from the Dutch list, so that a
// reporter and an adviser who read different languages see the same name.
#pragma once

#include <string>

#include "crypto/verify/hash.h"
#include "protocol/ids.h"

namespace omzien::core {

// Two words and a number, "kastanje-molen-42": tells a person's few cases apart, no more. The words
// are the handle's bytes 0-3 and 4-7 as big-endian numbers modulo the list's length, the number
// bytes 8-9 modulo 100.
std::string handle_words(const protocol::Handle&);

// Four words, 51 bits: enough to notice that a case's history was changed.
std::string head_words(const crypto::Digest& head);

}  // namespace omzien::core
