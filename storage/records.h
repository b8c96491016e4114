// What an engine keeps and gives back, a struct a thing; and what it says when it can't. Days count
// from 1970 (protocol/ids.h); sizes are bytes.
#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include <tl/expected.hpp>

#include "crypto/verify/bytes.h"
#include "crypto/verify/hash.h"
#include "crypto/verify/signature.h"
#include "protocol/ids.h"

namespace omzien::storage {

// `describe` (storage/describe.h) turns each into a sentence for the person who runs the gateway.
enum class Error {
  kConflict,  // the case's head is another one, the thing is (not) there already, or the pieces
              // don't fit
  kFull,      // no room on the disk
  kReadOnly,  // the medium or the folder can't be written
  kDamaged,   // what is on disk isn't what this engine wrote
  kFailed,  // anything else the system reported, or a transaction used after it failed or committed

  // Only while opening a store or reading its key.
  kUnreachable,  // a file or its folder is not there, or may not be read
  kExposed,      // the key file may be read by others than its owner
  kWrongKey,     // not this store's key, or not a store at all: under a wrong key both look alike
  kInUse,        // another process has the store open
  kNewer,        // written by a newer version of the program
};

template <class T>
using Result = tl::expected<T, Error>;

// Numbers that every engine keeps to.
inline constexpr std::uint64_t kEntriesPerCaseMax = std::uint64_t{1} << 24;
inline constexpr std::uint32_t kChunksPerUploadMax = std::uint32_t{1} << 16;
// What a chunk of fewer bytes counts as: rows and indexes take a few hundred, and single bytes
// would fill a disk for two hundred times what was reckoned.
inline constexpr std::uint64_t kChunkCostBytesMin = 512;

inline std::uint64_t cost_of_chunk(std::uint64_t bytes) {
  return bytes < kChunkCostBytesMin ? kChunkCostBytesMin : bytes;
}

// One entry as it was sent. `payload` is empty-optional when it was destroyed; a payload of no
// bytes is another thing and stays one. Where an entry stands in its case (seq) follows from its
// place.
struct Entry {
  crypto::Bytes header;
  crypto::Signature signature;
  crypto::Digest hash;  // protocol::entry_hash of header and signature
  std::optional<crypto::Bytes> payload;
  friend bool operator==(const Entry&, const Entry&) = default;
};

// What the gateway keeps about a case beside its entries, all of it readable from public headers.
// Days are 0 while the thing has not happened. An engine keeps all of it as given and reads only
// the head; `destroyed` alone is the engine's own, and counts for nothing in what it is given.
struct CaseInfo {
  std::uint64_t head_seq = 0;
  crypto::Digest head_hash;
  protocol::Day opened_day = 0;
  protocol::Day head_day = 0;
  protocol::Day acknowledged_day = 0;
  protocol::Day feedback_day = 0;
  protocol::Day outcome_day = 0;
  bool expects_answer = true;
  bool urgent = false;
  bool last_by_owner = true;
  std::uint64_t bytes = 0;           // headers, payloads and what staged chunks cost, for quotas
  protocol::Day member_day = 0;      // the day `member_appends` counts
  std::uint32_t member_appends = 0;  // entries that members appended on it
  bool destroyed = false;            // its share and payloads are gone for ever
  friend bool operator==(const CaseInfo&, const CaseInfo&) = default;
};

struct InboxRow {
  protocol::Handle handle;
  bool dormant = false;
  // A link made later stands after all there are; the inbox pages by it.
  std::uint64_t position = 0;
  CaseInfo info;
  friend bool operator==(const InboxRow&, const InboxRow&) = default;
};

// Which cases lack what the law asks for.
struct UnmetTerms {
  protocol::Day acknowledge_opened_before = 0;  // no acknowledgement, though opened before this day
  protocol::Day feedback_opened_before = 0;     // no feedback, though opened before this day
};
struct CaseRow {
  protocol::Handle handle;
  CaseInfo info;
  friend bool operator==(const CaseRow&, const CaseRow&) = default;
};

// What is kept for a member beside their certificate, one of each kind. These values are on disk,
// never change them.
enum class RecordKind : std::uint32_t {
  kAvailability = 1,  // when they work, signed by them
  kPapers = 2,        // their own, sealed by them
};
struct MemberRecord {
  std::uint64_t number = 0;  // the record's own, growing
  crypto::Bytes bytes;
  friend bool operator==(const MemberRecord&, const MemberRecord&) = default;
};

// Chunks of an upload that have arrived.
struct UploadInfo {
  std::uint32_t chunks_expected = 0;
  std::uint32_t chunks_stored = 0;
  std::uint64_t bytes = 0;
  bool kept = false;  // a file of an entry: no longer dropped for its age
  friend bool operator==(const UploadInfo&, const UploadInfo&) = default;
};

// All that is staged for a handle, of uploads that aren't kept.
struct Staged {
  std::uint64_t chunks = 0;
  std::uint64_t bytes = 0;
  friend bool operator==(const Staged&, const Staged&) = default;
};

// Chunks that grew too old, and what each handle's had cost (cost_of_chunk).
struct DroppedChunks {
  std::uint64_t chunks = 0;
  std::map<protocol::Handle, std::uint64_t> cost;
  friend bool operator==(const DroppedChunks&, const DroppedChunks&) = default;
};

// Which version of the directory was in force last. The hash is of the SignedDirectory's bytes.
struct DirectorySeen {
  std::uint32_t version = 0;
  crypto::Digest hash;
  friend bool operator==(const DirectorySeen&, const DirectorySeen&) = default;
};

// What cases without an answer have cost on one day, for the daily budget of protocol §5.
struct DayBudget {
  std::uint32_t cases_opened = 0;
  std::uint64_t bytes = 0;
  friend bool operator==(const DayBudget&, const DayBudget&) = default;
};

}  // namespace omzien::storage
