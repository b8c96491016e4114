// Whether the pieces of a request fit together: the same answer from every engine.
#pragma once

#include "storage/store.h"

namespace omzien::storage {

// `info` names the last of the entries as its head, the first of them standing at `first_seq`.
inline bool head_fits(const CaseInfo& info, std::uint64_t first_seq,
                      const std::vector<Entry>& entries) {
  if (entries.empty() || first_seq >= kEntriesPerCaseMax) return false;
  if (entries.size() > kEntriesPerCaseMax - first_seq) return false;
  return info.head_seq == first_seq + entries.size() - 1 && info.head_hash == entries.back().hash;
}

// The same for entries after a head. Without entries the head stays what it is.
inline bool head_follows(const CaseInfo& info, std::uint64_t head_seq,
                         const crypto::Digest& head_hash, const std::vector<Entry>& entries) {
  if (entries.empty()) return info.head_seq == head_seq && info.head_hash == head_hash;
  return head_seq < kEntriesPerCaseMax && head_fits(info, head_seq + 1, entries);
}

inline bool chunk_fits(std::uint32_t index, std::uint32_t count) {
  return index < count && count <= kChunksPerUploadMax;
}

inline bool may_replace(const DirectorySeen& before, const DirectorySeen& next) {
  return next.version > before.version || next == before;
}

}  // namespace omzien::storage
