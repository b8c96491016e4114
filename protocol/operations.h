// What the operations of an exchange ask and answer (proto/omzien/exchange.proto). Each struct has
// one encoding; parse() gives it back, or nothing for anything else.
#pragma once

#include <variant>
#include <vector>

#include "crypto/verify/secret.h"
#include "protocol/entry.h"
#include "protocol/frame.h"

namespace omzien::protocol {

// An entry as it is handed in. The payload stands here or was staged, never both.
struct SubmittedEntry {
  crypto::Bytes header;
  crypto::Bytes signature;
  crypto::Bytes payload;
  std::optional<UploadId> staged_upload_id;
};

struct OpenCase {
  crypto::Bytes case_share;  // 32
  std::vector<SubmittedEntry> entries;
};
struct Append {
  std::vector<SubmittedEntry> entries;
};
struct Accepted {
  std::uint64_t head_seq = 0;
  crypto::Digest head_hash;
  crypto::Bytes receipt;
};

struct Read {
  Handle handle;
  std::uint64_t from_seq = 0;
};
struct StoredEntry {
  crypto::Bytes header;
  crypto::Bytes signature;
  rules::PayloadState payload_state{};
  crypto::Bytes payload;
};
struct Log {
  crypto::Bytes case_share;  // 32; empty when it was destroyed
  std::uint64_t head_seq = 0;
  crypto::Digest head_hash;
  std::vector<StoredEntry> entries;
};

struct PutChunk {
  Handle handle;
  UploadId upload_id;
  std::uint32_t index = 0;
  std::uint32_t count = 0;
  crypto::Bytes bytes;
};

// What there is of an upload: the answer to put_chunk.
struct Upload {
  std::uint32_t chunks_stored = 0;
};

struct GetChunk {
  Handle handle;
  std::uint64_t seq = 0;
  std::uint32_t index = 0;
  std::uint32_t file = 0;  // 0: the payload; 1 and on: which of the entry's files
};
struct Chunk {
  crypto::Bytes bytes;
};

struct Inbox {
  crypto::Bytes cursor;
};
struct InboxItem {
  Handle handle;
  std::uint64_t head_seq = 0;
  crypto::Digest head_hash;
  Day opened_day = 0;
  Day head_day = 0;
  Day acknowledged_day = 0;
  Day feedback_day = 0;
  Day outcome_day = 0;
  bool urgent = false;
  bool last_by_owner = false;
  bool unclocked = false;
  bool dormant = false;         // not theirs yet: a term was missed, and they may take over
  Day acknowledge_due_day = 0;  // disputes counted in; 0: met, or nobody waits
  Day feedback_due_day = 0;
  bool holder = false;  // they lead the case
  // Of a dormant one: whose place they may take.
  std::optional<MemberId> stands_in_for = std::nullopt;
};
struct InboxPage {
  std::vector<InboxItem> items;
  crypto::Bytes next_cursor;
};

struct ReadDirectory {
  std::optional<crypto::Digest> hash;  // none: the one in force
  std::uint32_t offset = 0;
};
struct DirectoryPart {
  crypto::Digest hash;
  std::uint32_t total = 0;
  crypto::Bytes bytes;
};

struct Keys {
  std::vector<MemberId> member_ids;
};
struct Certificates {
  std::vector<crypto::Bytes> certificates;  // one for each asked; empty where there is none
};

struct PublishKey {
  crypto::Bytes certificate;
};

// Encoders.
crypto::Bytes encode(const OpenCase&);
crypto::Bytes encode(const Append&);
crypto::Bytes encode(const Accepted&);
crypto::Bytes encode(const Read&);
crypto::Bytes encode(const Log&);
crypto::Bytes encode(const PutChunk&);
crypto::Bytes encode(const Upload&);
crypto::Bytes encode(const GetChunk&);
crypto::Bytes encode(const Chunk&);
crypto::Bytes encode(const Inbox&);
crypto::Bytes encode(const InboxPage&);
crypto::Bytes encode(const ReadDirectory&);
crypto::Bytes encode(const DirectoryPart&);
crypto::Bytes encode(const Keys&);
crypto::Bytes encode(const Certificates&);
crypto::Bytes encode(const PublishKey&);

// Parsers, one for each of the above: parse<Read>(bytes). Bounds as in proto/rules/sizes.toml.
template <class Body>
std::optional<Body> parse(crypto::ByteView bytes);

// Bytes that one StoredEntry adds to an encoded Log, at most.
std::size_t stored_entry_size(const StoredEntry&);

}  // namespace omzien::protocol
