#include "storage/sqlcipher/writes.h"

#include "storage/fits.h"
#include "storage/sqlcipher/reads.h"
#include "storage/sqlcipher/rows.h"

namespace omzien::storage::sqlcipher::writes {
namespace {

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
