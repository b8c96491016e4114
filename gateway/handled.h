// How much work one frame may ask for, counted in bytes that are read, hashed and copied; what is
// kept of it the quotas count. Without a bound, thirty operations in a frame would have a large
// case read thirty times, for next to nothing. Of a case that is read all that came from the store
// counts, also payloads that are withheld or too large for the answer: an engine reads a payload
// whole or not at all. A stranger's question is answered before any of it, so what a frame has left
// tells nothing of cases.
#pragma once

#include <algorithm>

#include "gateway/weight.h"
#include "omzien/rules.h"

namespace omzien::gateway {

// The staged payloads that an operation may name, and twice what the rules may remember of a case.
inline constexpr std::uint64_t kHandledBytesMax =
    std::uint64_t{rules::kEntriesPerAppendMax} * rules::kPayloadBytesMax + 2 * kAccessBytesMax;

// An entry that a fold goes through: its row, and a header that is parsed and admitted.
inline constexpr std::uint64_t kFoldedEntryBytes = 512;

// Of a case's log up to its head. However long, it leaves room for what is to be done in the case:
// what costs more than a frame has left waits for the next, and a fold that was made is remembered.
inline std::uint64_t cost_of_fold(std::uint64_t head_seq) {
  return std::min((head_seq + 1) * kFoldedEntryBytes, kHandledBytesMax / 2);
}

}  // namespace omzien::gateway
