#include "storage/sqlcipher/writes.h"

#include <algorithm>

#include "storage/fits.h"
#include "storage/sqlcipher/reads.h"

namespace omzien::storage::sqlcipher::writes {
namespace {

// Some 16 MiB, which secure_delete writes over: all of it goes through the journal.
constexpr std::uint64_t kChunksDroppedAtOnce = 1'024;

tl::unexpected<Error> conflict() { return tl::unexpected(Error::kConflict); }

Result<void> done(const Result<std::uint64_t>& ran) {
  if (!ran) return tl::unexpected(ran.error());
  return {};
}

// The first column of the only row; nothing when there is no row.
Result<std::optional<std::uint64_t>> number_of(Use use) {
  const auto row = use.step();
  if (!row) return tl::unexpected(row.error());
  if (!*row) return std::nullopt;
  return use.number<std::uint64_t>(0);
}

Result<std::optional<std::uint64_t>> case_id(Connection& connection, const Handle& handle) {
  auto use = connection.use("SELECT id FROM cases WHERE handle = ?1");
  use.bind(handle);
  return number_of(std::move(use));
}

Result<std::optional<std::uint64_t>> upload_id(Connection& connection, const Handle& handle,
                                               const UploadId& upload) {
  auto use = connection.use("SELECT id FROM uploads WHERE handle = ?1 AND upload = ?2");
  use.bind(handle, upload);
  return number_of(std::move(use));
}

// The member's short number, given now if there was none.
Result<std::uint64_t> member_id(Connection& connection, const MemberId& member) {
  auto find = connection.use("SELECT id FROM members WHERE member = ?1");
  find.bind(member);
  const auto found = number_of(std::move(find));
  if (!found) return tl::unexpected(found.error());
  if (*found) return **found;
  auto add = connection.use("INSERT INTO members (member) VALUES (?1)");
  add.bind(member);
  if (const auto ran = add.run(); !ran) return tl::unexpected(ran.error());
  return connection.number("SELECT last_insert_rowid()");
}

Result<void> add_entries(Connection& connection, std::uint64_t id, std::uint64_t first_seq,
                         const std::vector<Entry>& entries) {
  std::uint64_t seq = first_seq;
  for (const Entry& entry : entries) {
    auto use = connection.use(
        "INSERT INTO entries (case_id, seq, hash, signature, header, payload) VALUES (?1, ?2, ?3, "
        "?4, ?5, ?6)");
    use.bind(id, seq++, entry.hash, entry.signature, entry.header, entry.payload);
    if (const auto ran = use.run(); !ran) return tl::unexpected(ran.error());
  }
  return {};
}

}  // namespace

Result<void> open_case(Connection& connection, const Handle& handle,
                       const crypto::SecretBytes& case_share, const std::vector<Entry>& entries,
                       const CaseInfo& info) {
  if (!head_fits(info, 0, entries)) return conflict();
  auto add = connection.use(
      "INSERT INTO cases (handle, head_seq, head_hash, opened_day, head_day, acknowledged_day, "
      "feedback_day, "
      "outcome_day, expects_answer, urgent, last_by_owner, bytes, member_day, member_appends) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) ON CONFLICT (handle) "
      "DO NOTHING");
  add.bind(handle, info.head_seq, info.head_hash, info.opened_day, info.head_day,
           info.acknowledged_day, info.feedback_day, info.outcome_day, info.expects_answer,
           info.urgent, info.last_by_owner, info.bytes, info.member_day, info.member_appends);
  const auto added = add.run();
  if (!added) return tl::unexpected(added.error());
  if (*added == 0) return conflict();
  const auto id = connection.number("SELECT last_insert_rowid()");
  if (!id) return tl::unexpected(id.error());
  auto share = connection.use("INSERT INTO case_shares (case_id, share) VALUES (?1, ?2)");
  share.bind(*id, case_share.reveal());
  if (const auto ran = share.run(); !ran) return tl::unexpected(ran.error());
  return add_entries(connection, *id, 0, entries);
}

Result<void> append(Connection& connection, const Handle& handle, std::uint64_t expected_seq,
                    const crypto::Digest& expected_hash, const std::vector<Entry>& entries,
                    const CaseInfo& info) {
  if (!head_follows(info, expected_seq, expected_hash, entries)) return conflict();
  const auto id = case_id(connection, handle);
  if (!id) return tl::unexpected(id.error());
  if (!*id) return conflict();
  // Compare and swap in one statement.
  auto swap = connection.use(
      "UPDATE cases SET head_seq = ?4, head_hash = ?5, opened_day = ?6, head_day = ?7, "
      "acknowledged_day = ?8, "
      "feedback_day = ?9, outcome_day = ?10, expects_answer = ?11, urgent = ?12, last_by_owner = "
      "?13, "
      "bytes = ?14, member_day = ?15, member_appends = ?16 "
      "WHERE id = ?1 AND head_seq = ?2 AND head_hash = ?3 "
      "AND EXISTS (SELECT 1 FROM case_shares WHERE case_id = ?1)");
  swap.bind(**id, expected_seq, expected_hash, info.head_seq, info.head_hash, info.opened_day,
            info.head_day, info.acknowledged_day, info.feedback_day, info.outcome_day,
            info.expects_answer, info.urgent, info.last_by_owner, info.bytes, info.member_day,
            info.member_appends);
  const auto swapped = swap.run();
  if (!swapped) return tl::unexpected(swapped.error());
  if (*swapped == 0) return conflict();
  return add_entries(connection, **id, expected_seq + 1, entries);
}

// secure_delete (connection.cpp) overwrites what these statements free.
Result<void> destroy_case(Connection& connection, const Handle& handle) {
  const auto id = case_id(connection, handle);
  if (!id) return tl::unexpected(id.error());
  if (!*id) return conflict();
  auto share = connection.use("DELETE FROM case_shares WHERE case_id = ?1");
  share.bind(**id);
  if (const auto ran = share.run(); !ran) return tl::unexpected(ran.error());
  auto payloads = connection.use(
      "UPDATE entries SET payload = NULL WHERE case_id = ?1 AND payload IS NOT NULL");
  payloads.bind(**id);
  if (const auto ran = payloads.run(); !ran) return tl::unexpected(ran.error());
  auto chunks = connection.use(
      "DELETE FROM chunks WHERE upload_id IN (SELECT id FROM uploads WHERE handle = ?1)");
  chunks.bind(handle);
  if (const auto ran = chunks.run(); !ran) return tl::unexpected(ran.error());
  auto uploads = connection.use("DELETE FROM uploads WHERE handle = ?1");
  uploads.bind(handle);
  return done(uploads.run());
}

Result<void> put_chunk(Connection& connection, const Handle& handle, const UploadId& upload,
                       std::uint32_t index, std::uint32_t count, Day day, crypto::ByteView bytes) {
  if (!chunk_fits(index, count)) return conflict();
  auto find = connection.use(
      "SELECT count, chunks.bytes FROM uploads LEFT JOIN chunks ON upload_id = uploads.id AND "
      "number = ?3 "
      "WHERE handle = ?1 AND upload = ?2");
  find.bind(handle, upload, index);
  const auto found = find.step();
  if (!found) return tl::unexpected(found.error());
  if (*found) {
    if (find.number<std::uint32_t>(0) != count) return conflict();
    if (const auto stored = find.bytes_or_null(1)) {
      if (!std::ranges::equal(*stored, bytes)) return conflict();
      return {};
    }
  } else {
    auto begin = connection.use("INSERT INTO uploads (handle, upload, count) VALUES (?1, ?2, ?3)");
    begin.bind(handle, upload, count);
    if (const auto ran = begin.run(); !ran) return tl::unexpected(ran.error());
  }
  auto add = connection.use(
      "INSERT INTO chunks (upload_id, number, day, bytes) "
      "VALUES ((SELECT id FROM uploads WHERE handle = ?1 AND upload = ?2), ?3, ?4, ?5)");
  add.bind(handle, upload, index, day, bytes);
  if (const auto ran = add.run(); !ran) return tl::unexpected(ran.error());
  auto counted = connection.use(
      "UPDATE uploads SET stored = stored + 1, bytes = bytes + ?3 WHERE handle = ?1 AND upload = "
      "?2");
  counted.bind(handle, upload, bytes.size());
  return done(counted.run());
}

Result<void> keep_upload(Connection& connection, const Handle& handle, const UploadId& upload) {
  auto keep = connection.use(
      "UPDATE uploads SET kept = 1 WHERE handle = ?1 AND upload = ?2 AND stored = count");
  keep.bind(handle, upload);
  const auto kept = keep.run();
  if (!kept) return tl::unexpected(kept.error());
  if (*kept == 0) return conflict();
  return {};
}

Result<void> drop_upload(Connection& connection, const Handle& handle, const UploadId& upload) {
  const auto id = upload_id(connection, handle, upload);
  if (!id) return tl::unexpected(id.error());
  if (!*id) return {};
  auto chunks = connection.use("DELETE FROM chunks WHERE upload_id = ?1");
  chunks.bind(**id);
  if (const auto ran = chunks.run(); !ran) return tl::unexpected(ran.error());
  auto row = connection.use("DELETE FROM uploads WHERE id = ?1");
  row.bind(**id);
  return done(row.run());
}

Result<DroppedChunks> drop_chunks_before(Connection& connection, Day day) {
  struct Old {
    std::uint64_t chunk;
    std::uint64_t upload;
    std::uint64_t bytes;
  };
  std::vector<Old> olds;
  DroppedChunks dropped;
  {
    auto find = connection.use(
        "SELECT chunks.id, uploads.id, handle, length(chunks.bytes) FROM uploads "
        "JOIN chunks ON upload_id = uploads.id WHERE kept = 0 AND day < ?1 LIMIT ?2");
    find.bind(day, kChunksDroppedAtOnce);
    for (;;) {
      const auto row = find.step();
      if (!row) return tl::unexpected(row.error());
      if (!*row) break;
      olds.push_back({find.number<std::uint64_t>(0), find.number<std::uint64_t>(1),
                      find.number<std::uint64_t>(3)});
      dropped.bytes[find.fixed<Handle>(2)] += olds.back().bytes;
    }
  }
  dropped.chunks = olds.size();
  for (const auto& old : olds) {
    auto chunk = connection.use("DELETE FROM chunks WHERE id = ?1");
    chunk.bind(old.chunk);
    if (const auto ran = chunk.run(); !ran) return tl::unexpected(ran.error());
    auto counted =
        connection.use("UPDATE uploads SET stored = stored - 1, bytes = bytes - ?2 WHERE id = ?1");
    counted.bind(old.upload, old.bytes);
    if (const auto ran = counted.run(); !ran) return tl::unexpected(ran.error());
    auto empty = connection.use("DELETE FROM uploads WHERE id = ?1 AND stored = 0");
    empty.bind(old.upload);
    if (const auto ran = empty.run(); !ran) return tl::unexpected(ran.error());
  }
  return dropped;
}

Result<void> link_member(Connection& connection, const MemberId& member, const Handle& handle,
                         bool dormant) {
  const auto id = case_id(connection, handle);
  if (!id) return tl::unexpected(id.error());
  if (!*id) return conflict();
  const auto number = member_id(connection, member);
  if (!number) return tl::unexpected(number.error());
  auto again =
      connection.use("UPDATE links SET dormant = ?3 WHERE case_id = ?1 AND member_id = ?2");
  again.bind(**id, *number, dormant);
  const auto updated = again.run();
  if (!updated) return tl::unexpected(updated.error());
  if (*updated != 0) return {};
  auto add = connection.use(
      "INSERT INTO links (id, member_id, case_id, dormant) VALUES ("
      "(SELECT ifnull(max(id), ?1 << 32) + 1 FROM links WHERE id BETWEEN ?1 << 32 AND (?1 << 32) + "
      "0xffffffff), "
      "?1, ?2, ?3)");
  add.bind(*number, **id, dormant);
  return done(add.run());
}

Result<void> unlink_member(Connection& connection, const MemberId& member, const Handle& handle) {
  auto use = connection.use(
      "DELETE FROM links WHERE case_id = (SELECT id FROM cases WHERE handle = ?1) "
      "AND member_id = (SELECT id FROM members WHERE member = ?2)");
  use.bind(handle, member);
  return done(use.run());
}

Result<void> put_certificate(Connection& connection, const MemberId& member, std::uint64_t number,
                             crypto::ByteView certificate) {
  const auto id = member_id(connection, member);
  if (!id) return tl::unexpected(id.error());
  auto find = connection.use("SELECT number FROM certificates WHERE member_id = ?1");
  find.bind(*id);
  const auto stored = number_of(std::move(find));
  if (!stored) return tl::unexpected(stored.error());
  if (*stored && number <= **stored) return conflict();
  auto put = connection.use(
      "INSERT INTO certificates (member_id, number, certificate) VALUES (?1, ?2, ?3) "
      "ON CONFLICT (member_id) DO UPDATE SET number = excluded.number, certificate = "
      "excluded.certificate");
  put.bind(*id, number, certificate);
  return done(put.run());
}

Result<void> put_member_record(Connection& connection, const MemberId& member, RecordKind kind,
                               std::uint64_t number, crypto::ByteView bytes) {
  const auto id = member_id(connection, member);
  if (!id) return tl::unexpected(id.error());
  const auto kind_number = static_cast<std::uint32_t>(kind);
  auto find =
      connection.use("SELECT number FROM member_records WHERE member_id = ?1 AND kind = ?2");
  find.bind(*id, kind_number);
  const auto stored = number_of(std::move(find));
  if (!stored) return tl::unexpected(stored.error());
  if (*stored && number <= **stored) return conflict();
  auto put = connection.use(
      "INSERT INTO member_records (member_id, kind, number, bytes) VALUES (?1, ?2, ?3, ?4) "
      "ON CONFLICT (member_id, kind) DO UPDATE SET number = excluded.number, bytes = "
      "excluded.bytes");
  put.bind(*id, kind_number, number, bytes);
  return done(put.run());
}

Result<void> add_to_day_budget(Connection& connection, Day day, std::uint32_t cases,
                               std::uint64_t bytes) {
  auto use = connection.use(
      "INSERT INTO day_budgets (day, cases_opened, bytes) VALUES (?1, ?2, ?3) ON CONFLICT (day) DO "
      "UPDATE "
      "SET cases_opened = cases_opened + excluded.cases_opened, bytes = bytes + excluded.bytes");
  use.bind(day, cases, bytes);
  return done(use.run());
}

Result<void> put_directory_seen(Connection& connection, const DirectorySeen& seen) {
  const auto before = reads::directory_seen(connection);
  if (!before) return tl::unexpected(before.error());
  if (*before && !may_replace(**before, seen)) return conflict();
  auto use = connection.use(
      "INSERT INTO directory_seen (id, version, hash) VALUES (1, ?1, ?2) "
      "ON CONFLICT (id) DO UPDATE SET version = excluded.version, hash = excluded.hash");
  use.bind(seen.version, seen.hash);
  return done(use.run());
}

}  // namespace omzien::storage::sqlcipher::writes
