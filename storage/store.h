// The storage interface: what a gateway asks of the engine that keeps its cases.
//
// What lives here: this header and, in a folder each, its engines. What may not: HTTP, signatures,
// rules about who may do what. An engine stores what it is given and promises only what stands
// below. Every engine passes tests/contract.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "crypto/verify/secret.h"
#include "storage/records.h"

namespace omzien::storage {

// Reads a consistent state: everything committed before the call, nothing of what is not committed
// yet; each call for itself, so two calls may see two states. (A Transaction also sees what it
// wrote itself.) A thing that is not there is an empty optional, an empty list or zeros, never an
// error.
class Reader {
 public:
  virtual ~Reader() = default;

  // Outside a transaction an unknown handle costs as much time as a known one, whether pages are in
  // memory or come from the disk: where there is no such case, another one's row is read and thrown
  // away (design §5).
  virtual Result<std::optional<CaseInfo>> case_info(const protocol::Handle&) = 0;

  // A case's last entry without its payload. Costs the same in the same way.
  virtual Result<std::optional<Entry>> last_header(const protocol::Handle&) = 0;

  // The 32-byte case share; empty when the case does not exist or the share was destroyed.
  virtual Result<std::optional<crypto::SecretBytes>> case_share(const protocol::Handle&) = 0;

  // Entries in order from `from_seq`, without payloads (each `payload` is empty), all of them.
  virtual Result<std::vector<Entry>> headers(const protocol::Handle&, std::uint64_t from_seq) = 0;

  // Entries in order from `from_seq`, with payloads, up to `bytes_max` of headers and payloads
  // together; at least one if there is one. The caller asks again from after the last it got, until
  // nothing comes.
  virtual Result<std::vector<Entry>> entries(const protocol::Handle&, std::uint64_t from_seq,
                                             std::size_t bytes_max) = 0;

  // The hash of one entry, without reading the rest of it; empty when there is no such entry.
  virtual Result<std::optional<crypto::Digest>> entry_hash(const protocol::Handle&,
                                                           std::uint64_t seq) = 0;

  // The payload of one entry; empty when there is no such entry or it was destroyed.
  virtual Result<std::optional<crypto::Bytes>> payload(const protocol::Handle&,
                                                       std::uint64_t seq) = 0;

  // Zeros when nothing of the upload is here. Costs the same however many chunks there are.
  virtual Result<UploadInfo> upload_info(const protocol::Handle&, const protocol::UploadId&) = 0;
  virtual Result<std::optional<crypto::Bytes>> chunk(const protocol::Handle&,
                                                     const protocol::UploadId&,
                                                     std::uint32_t index) = 0;
  // Costs the number of uploads, however many chunks they have.
  virtual Result<Staged> staged(const protocol::Handle&) = 0;

  // Cases linked to a member, by ascending position, from after `after_position`, at most
  // `rows_max`. Positions start at 1, so 0 asks from the first; they are the member's own and tell
  // nothing about others.
  virtual Result<std::vector<InboxRow>> inbox(const protocol::MemberId&,
                                              std::uint64_t after_position,
                                              std::size_t rows_max) = 0;

  // Whether the case is linked to the member, dormant or not. Reads neither the inbox nor the case.
  virtual Result<bool> is_linked(const protocol::MemberId&, const protocol::Handle&) = 0;

  // The newest certificate put for a member.
  virtual Result<std::optional<crypto::Bytes>> certificate(const protocol::MemberId&) = 0;

  // The newest record of that kind put for a member.
  virtual Result<std::optional<MemberRecord>> member_record(const protocol::MemberId&,
                                                            RecordKind) = 0;

  // Cases that expect an answer, were not destroyed and lack one of these; ascending by handle,
  // from after `after`, at most `rows_max`. Looked up without reading the others.
  virtual Result<std::vector<CaseRow>> unmet(const UnmetTerms&, const protocol::Handle& after,
                                             std::size_t rows_max) = 0;

  virtual Result<DayBudget> day_budget(protocol::Day) = 0;

  // Cases that reached an outcome and got no entry since `day`: both days are `day` or earlier;
  // those that were destroyed are none of them. In an order of the engine's own that stays, from
  // after the case `after` (all zeros: from the first), at most `cases_max`.
  virtual Result<std::vector<protocol::Handle>> cases_at_rest(protocol::Day day,
                                                              const protocol::Handle& after,
                                                              std::size_t cases_max) = 0;

  // Empty when none was ever put.
  virtual Result<std::optional<DirectorySeen>> directory_seen() = 0;
};

// One atomic step. Nothing of it is visible to readers before commit() returned success; after that
// it is on disk, fsynced, and survives kill -9 and power loss. Destroyed without commit(), it never
// was. An error from any method leaves the transaction usable only for being destroyed, except
// kConflict, which changes nothing and leaves it as it was. So requests that don't fit together (a
// chunk's index not below its count, an `info` whose head is not the last entry) are kConflict too:
// one bad request among those committed together must not cost the others theirs.
class Transaction : public Reader {
 public:
  // Makes a case with its 32-byte share and its first entries (seq 0 on, at least one). `info` is
  // kept as given; its head is the last of the entries. kConflict: the case is already there, or
  // `info` and entries don't fit; or a case of this handle was destroyed, in this store or in one
  // that stood here before.
  virtual Result<void> open_case(const protocol::Handle&, const crypto::SecretBytes& case_share,
                                 const std::vector<Entry>&, const CaseInfo& info) = 0;

  // Appends entries after the head; `info` replaces what was kept and its head is the last of the
  // entries. Without entries only `info` is replaced, its head staying what it is. kConflict: no
  // such case, its head is not (`expected_seq`, `expected_hash`), it was destroyed, or `info`
  // doesn't fit.
  virtual Result<void> append(const protocol::Handle&, std::uint64_t expected_seq,
                              const crypto::Digest& expected_hash, const std::vector<Entry>&,
                              const CaseInfo& info) = 0;

  // Destroys a case, for ever: its share first, then every payload and every chunk staged for its
  // handle. Headers, signatures, hashes and the members' links stay. What is committed stays
  // destroyed when an older copy of the store is put back (an engine that keeps files: see its
  // header for how); scrub() removes what still lies about. Again: no error. kConflict: no such
  // case.
  virtual Result<void> destroy_case(const protocol::Handle&) = 0;

  // Puts chunk `index` of an upload of `count` chunks, for a case that may not exist yet. The same
  // chunk again is no error and changes nothing, its day included. kConflict: other bytes under the
  // same index, another `count` in the same upload, `index` not below `count`, `count` above
  // kChunksPerUploadMax.
  virtual Result<void> put_chunk(const protocol::Handle&, const protocol::UploadId&,
                                 std::uint32_t index, std::uint32_t count, protocol::Day,
                                 crypto::ByteView bytes) = 0;

  // Keeps a whole upload: it became a file of an entry. Kept again: no error. kConflict: not all of
  // its chunks are here.
  virtual Result<void> keep_upload(const protocol::Handle&, const protocol::UploadId&) = 0;

  // Removes an upload's chunks (they became a payload), kept or not. None there: no error.
  virtual Result<void> drop_upload(const protocol::Handle&, const protocol::UploadId&) = 0;

  // Removes some chunks staged before `day`, of uploads that aren't kept; says what: at last none.
  virtual Result<DroppedChunks> drop_chunks_before(protocol::Day day) = 0;

  // Puts a case into a member's inbox; again replaces `dormant` and keeps the position.
  // kConflict: no such case.
  virtual Result<void> link_member(const protocol::MemberId&, const protocol::Handle&,
                                   bool dormant) = 0;

  // Takes a case out of a member's inbox. Not there: no error.
  virtual Result<void> unlink_member(const protocol::MemberId&, const protocol::Handle&) = 0;

  // `number` is the certificate's own; a number not above the stored one: kConflict. Numbers start
  // at 0.
  virtual Result<void> put_certificate(const protocol::MemberId&, std::uint64_t number,
                                       crypto::ByteView certificate) = 0;

  // The same for a record.
  virtual Result<void> put_member_record(const protocol::MemberId&, RecordKind,
                                         std::uint64_t number, crypto::ByteView bytes) = 0;

  // Adds to what the day has cost so far.
  virtual Result<void> add_to_day_budget(protocol::Day, std::uint32_t cases,
                                         std::uint64_t bytes) = 0;

  // Replaces what was put before. kConflict: a version below that one, or the same with another
  // hash.
  virtual Result<void> put_directory_seen(const DirectorySeen&) = 0;

  // On disk and fsynced when it succeeds. After an error readers see nothing of it, and the
  // transaction is over. (If the disk failed in the fsync itself, a later start may find the
  // transaction complete: the system can't tell. Sending the same again is then answered as it
  // should be. The same where a case was destroyed and what remembers it can't be written: then it
  // is destroyed, and begin() fails until it could.)
  virtual Result<void> commit() = 0;
};

class Store {
 public:
  virtual ~Store() = default;

  // A reader of its own, for one thread at a time; any number beside each other and beside a
  // writer. Cheap when one was given back before. Readers and transactions end before their store.
  virtual Result<std::unique_ptr<Reader>> reader() = 0;

  // One transaction at a time; a second one waits for the first, or is refused with kFailed when it
  // would wait longer than the engine's configured time. The first holds its place until it is
  // destroyed, committed or not. May be begun in one thread and ended in another.
  virtual Result<std::unique_ptr<Transaction>> begin() = 0;

  // What was destroyed or dropped and committed lies nowhere in the store's files any more, freed
  // pages and journal included; nor in its memory, once each reader of before is gone. Not while a
  // transaction is open. kFailed: a reader was in the way; ask again.
  virtual Result<void> scrub() = 0;
};

}  // namespace omzien::storage
