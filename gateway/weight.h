// What the rules remember of a case is copied for every append, accepted or not, by the one writer.
// A case as people have it takes some hundred bytes; one that grants and delegates without end took
// the writer 3.5 ms for each thousand delegations, thirty times in a frame. So it has a bound.
#pragma once

#include "protocol/access.h"

namespace omzien::gateway {

// Far above 64 members through a hundred changes of keys.
inline constexpr std::uint64_t kAccessBytesMax = 512 << 10;

// About as many bytes as it has in memory.
std::uint64_t weight_of(const protocol::Access&);

}  // namespace omzien::gateway
