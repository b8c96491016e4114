// Files: uploads that an event names in its header. They stay as long as that event's payload, and
// whoever may have the payload may have them (protocol §2, §6).
#pragma once

#include <set>

#include "gateway/checked_frame.h"
#include "gateway/outcome.h"

namespace omzien::gateway {

struct NamedFiles {
  std::set<protocol::UploadId> uploads;
  std::uint64_t bytes = 0;  // of their chunks
};

// The uploads that these entries' events name. `incomplete`: a chunk is missing. `malformed`:
// another number of chunks than the event says, not chunks of a file, or an upload that is named
// twice, here or by an earlier entry.
Outcome<NamedFiles> named_files(storage::Reader&, const protocol::Handle&,
                                std::span<const CheckedEntry>);

// Keeps them; in the transaction that stores their entries.
storage::Result<void> keep(storage::Transaction&, const protocol::Handle&, const NamedFiles&);

// Chunk `index` of file `number` (from 1) of the entry that `header` heads; that the asker may have
// its payload is the caller's to check. `nothing`: there is no such file. `malformed`: it has no
// such chunk.
Answer file_chunk(storage::Reader&, const Context&, const protocol::Header&, std::uint32_t number,
                  std::uint32_t index);

}  // namespace omzien::gateway
