#include "storage/sqlcipher/reads.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace omzien::storage::sqlcipher::reads {
namespace {

// The columns of a CaseInfo, in its order. A case without a share is one that was destroyed.
#define OMZIEN_CASE_COLUMNS                                                                  \
  "head_seq, head_hash, opened_day, head_day, acknowledged_day, feedback_day, outcome_day, " \
  "expects_answer, urgent, last_by_owner, bytes, member_day, member_appends, "               \
  "NOT EXISTS (SELECT 1 FROM case_shares WHERE case_shares.case_id = cases.id)"

// The case that comes after a handle which is none, or the last of all.
#define OMZIEN_ANOTHER_CASE                                                   \
  "ifnull((SELECT id FROM cases WHERE handle > ?1 ORDER BY handle LIMIT 1), " \
  "(SELECT id FROM cases ORDER BY handle DESC LIMIT 1))"

CaseInfo case_info_at(Use& use, int first) {
  CaseInfo info;
  info.head_seq = use.number<std::uint64_t>(first);
  info.head_hash = use.fixed<crypto::Digest>(first + 1);
  info.opened_day = use.number<Day>(first + 2);
  info.head_day = use.number<Day>(first + 3);
  info.acknowledged_day = use.number<Day>(first + 4);
  info.feedback_day = use.number<Day>(first + 5);
  info.outcome_day = use.number<Day>(first + 6);
  info.expects_answer = use.flag(first + 7);
  info.urgent = use.flag(first + 8);
  info.last_by_owner = use.flag(first + 9);
  info.bytes = use.number<std::uint64_t>(first + 10);
  info.member_day = use.number<Day>(first + 11);
  info.member_appends = use.number<std::uint32_t>(first + 12);
  info.destroyed = use.flag(first + 13);
  return info;
}

// Columns: header, signature, hash, and payload if `with_payload`.
Entry entry_at(Use& use, bool with_payload) {
  Entry entry;
  entry.header = use.bytes(0);
  entry.signature = use.fixed<crypto::Signature>(1);
  entry.hash = use.fixed<crypto::Digest>(2);
  if (with_payload) entry.payload = use.bytes_or_null(3);
  return entry;
}

// What `read` makes of the only row, if there is one. The step after it is what tells of a damaged
// column.
template <class Read>
auto only_row(Use use, Read read) -> Result<decltype(read(use))> {
  const auto row = use.step();
  if (!row) return tl::unexpected(row.error());
  if (!*row) return decltype(read(use))();
  auto found = read(use);
  if (const auto end = use.step(); !end) return tl::unexpected(end.error());
  return found;
}

// Calls `read` for each row until it returns false.
template <class Read>
Result<void> each_row(Use use, Read read) {
  while (true) {
    const auto row = use.step();
    if (!row) return tl::unexpected(row.error());
    if (!*row || !read(use)) return {};
  }
}

// What `read` makes of every row, in order.
template <class Read>
auto all_rows(Use use, Read read) -> Result<std::vector<decltype(read(use))>> {
  std::vector<decltype(read(use))> found;
  auto done = each_row(std::move(use), [&](Use& row) {
    found.push_back(read(row));
    return true;
  });
  if (!done) return tl::unexpected(done.error());
  return found;
}

// SQLite's integers end where no seq or position ever comes.
std::uint64_t within_integers(std::uint64_t number) {
  return std::min<std::uint64_t>(number, std::numeric_limits<std::int64_t>::max());
}

std::optional<crypto::Bytes> only_bytes(Use& use) { return use.bytes_or_null(0); }

}  // namespace

Result<std::optional<CaseInfo>> case_info(Connection& connection, const Handle& handle) {
  auto use = connection.use("SELECT " OMZIEN_CASE_COLUMNS " FROM cases WHERE handle = ?1");
  use.bind(handle);
  return only_row(std::move(use), [](Use& row) { return std::optional(case_info_at(row, 0)); });
}

Result<std::optional<Entry>> last_header(Connection& connection, const Handle& handle) {
  auto use = connection.use(
      "SELECT header, signature, hash FROM entries "
      "WHERE case_id = (SELECT id FROM cases WHERE handle = ?1) ORDER BY seq DESC LIMIT 1");
  use.bind(handle);
  return only_row(std::move(use), [](Use& row) { return std::optional(entry_at(row, false)); });
}

void read_another_info(Connection& connection, const Handle& handle) {
  auto use =
      connection.use("SELECT " OMZIEN_CASE_COLUMNS " FROM cases WHERE id = " OMZIEN_ANOTHER_CASE);
  use.bind(handle);
  std::ignore = only_row(std::move(use), [](Use& row) { return case_info_at(row, 0); });
}

void read_another_header(Connection& connection, const Handle& handle) {
  auto use = connection.use(
      "SELECT header, signature, hash FROM entries "
      "WHERE case_id = " OMZIEN_ANOTHER_CASE " ORDER BY seq DESC LIMIT 1");
  use.bind(handle);
  std::ignore = only_row(std::move(use), [](Use& row) { return entry_at(row, false); });
}

Result<std::optional<crypto::SecretBytes>> case_share(Connection& connection,
                                                      const Handle& handle) {
  auto use = connection.use(
      "SELECT share FROM case_shares WHERE case_id = (SELECT id FROM cases WHERE handle = ?1)");
  use.bind(handle);
  return only_row(std::move(use),
                  [](Use& row) { return std::optional(crypto::SecretBytes::from(row.view(0))); });
}

Result<std::vector<Entry>> headers(Connection& connection, const Handle& handle,
                                   std::uint64_t from_seq) {
  auto use = connection.use(
      "SELECT header, signature, hash FROM entries "
      "WHERE case_id = (SELECT id FROM cases WHERE handle = ?1) AND seq >= ?2 ORDER BY seq");
  use.bind(handle, within_integers(from_seq));
  return all_rows(std::move(use), [](Use& row) { return entry_at(row, false); });
}

Result<std::vector<Entry>> entries(Connection& connection, const Handle& handle,
                                   std::uint64_t from_seq, std::size_t bytes_max) {
  auto use = connection.use(
      "SELECT header, signature, hash, payload, length(header) + ifnull(length(payload), 0) FROM "
      "entries "
      "WHERE case_id = (SELECT id FROM cases WHERE handle = ?1) AND seq >= ?2 ORDER BY seq");
  use.bind(handle, within_integers(from_seq));
  std::vector<Entry> found;
  std::uint64_t bytes = 0;
  auto done = each_row(std::move(use), [&](Use& row) {
    bytes += row.number<std::uint64_t>(4);  // known without reading the payload
    if (bytes > bytes_max && !found.empty()) return false;
    found.push_back(entry_at(row, true));
    return true;
  });
  if (!done) return tl::unexpected(done.error());
  return found;
}

Result<std::optional<crypto::Digest>> entry_hash(Connection& connection, const Handle& handle,
                                                 std::uint64_t seq) {
  auto use = connection.use(
      "SELECT hash FROM entries "
      "WHERE case_id = (SELECT id FROM cases WHERE handle = ?1) AND seq = ?2");
  use.bind(handle, within_integers(seq));
  return only_row(std::move(use),
                  [](Use& row) { return std::optional(row.fixed<crypto::Digest>(0)); });
}

Result<std::optional<crypto::Bytes>> payload(Connection& connection, const Handle& handle,
                                             std::uint64_t seq) {
  auto use = connection.use(
      "SELECT payload FROM entries "
      "WHERE case_id = (SELECT id FROM cases WHERE handle = ?1) AND seq = ?2");
  use.bind(handle, within_integers(seq));
  return only_row(std::move(use), only_bytes);
}

Result<UploadInfo> upload_info(Connection& connection, const Handle& handle,
                               const UploadId& upload) {
  auto use = connection.use(
      "SELECT count, stored, bytes, kept FROM uploads WHERE handle = ?1 AND upload = ?2");
  use.bind(handle, upload);
  return only_row(std::move(use), [](Use& row) {
    return UploadInfo{row.number<std::uint32_t>(0), row.number<std::uint32_t>(1),
                      row.number<std::uint64_t>(2), row.flag(3)};
  });
}

Result<std::optional<crypto::Bytes>> chunk(Connection& connection, const Handle& handle,
                                           const UploadId& upload, std::uint32_t index) {
  auto use = connection.use(
      "SELECT bytes FROM chunks "
      "WHERE upload_id = (SELECT id FROM uploads WHERE handle = ?1 AND upload = ?2) AND number = "
      "?3");
  use.bind(handle, upload, index);
  return only_row(std::move(use), only_bytes);
}

Result<Staged> staged(Connection& connection, const Handle& handle) {
  auto use = connection.use(
      "SELECT ifnull(sum(stored), 0), ifnull(sum(bytes), 0) FROM uploads "
      "WHERE handle = ?1 AND kept = 0");
  use.bind(handle);
  return only_row(std::move(use), [](Use& row) {
    return Staged{row.number<std::uint64_t>(0), row.number<std::uint64_t>(1)};
  });
}

Result<std::vector<InboxRow>> inbox(Connection& connection, const MemberId& member,
                                    std::uint64_t after_position, std::size_t rows_max) {
  // An inbox is the run of ids from member << 32 on. Positions have 32 bits.
  auto use = connection.use(
      "SELECT handle, dormant, links.id & 0xffffffff, " OMZIEN_CASE_COLUMNS
      " FROM links JOIN cases ON cases.id = links.case_id "
      "WHERE links.id > ((SELECT id FROM members WHERE member = ?1) << 32) + ?2 "
      "AND links.id <= ((SELECT id FROM members WHERE member = ?1) << 32) + 0xffffffff "
      "ORDER BY links.id LIMIT ?3");
  use.bind(member, std::min<std::uint64_t>(after_position, 0xffffffff), within_integers(rows_max));
  return all_rows(std::move(use), [](Use& row) {
    return InboxRow{row.fixed<Handle>(0), row.flag(1), row.number<std::uint64_t>(2),
                    case_info_at(row, 3)};
  });
}

Result<bool> is_linked(Connection& connection, const MemberId& member, const Handle& handle) {
  auto use = connection.use(
      "SELECT 1 FROM links WHERE case_id = (SELECT id FROM cases WHERE handle = ?1) "
      "AND member_id = (SELECT id FROM members WHERE member = ?2)");
  use.bind(handle, member);
  return only_row(std::move(use), [](Use&) { return true; });
}

Result<std::optional<crypto::Bytes>> certificate(Connection& connection, const MemberId& member) {
  auto use = connection.use(
      "SELECT certificate FROM certificates "
      "WHERE member_id = (SELECT id FROM members WHERE member = ?1)");
  use.bind(member);
  return only_row(std::move(use), only_bytes);
}

Result<std::optional<MemberRecord>> member_record(Connection& connection, const MemberId& member,
                                                  RecordKind kind) {
  auto use = connection.use(
      "SELECT number, bytes FROM member_records "
      "WHERE member_id = (SELECT id FROM members WHERE member = ?1) AND kind = ?2");
  use.bind(member, static_cast<std::uint32_t>(kind));
  return only_row(std::move(use), [](Use& row) {
    return std::optional(MemberRecord{row.number<std::uint64_t>(0), row.bytes(1)});
  });
}

Result<std::vector<CaseRow>> unmet(Connection& connection, const UnmetTerms& terms,
                                   const Handle& after, std::size_t rows_max) {
  // The first condition is that of the index cases_unmet.
  auto use = connection.use(
      "SELECT handle, " OMZIEN_CASE_COLUMNS
      " FROM cases WHERE expects_answer = 1 AND (acknowledged_day = 0 OR feedback_day = 0) "
      "AND handle > ?1 AND EXISTS (SELECT 1 FROM case_shares WHERE case_id = cases.id) "
      "AND ((acknowledged_day = 0 AND opened_day < ?2) OR (feedback_day = 0 AND opened_day < ?3)) "
      "ORDER BY handle LIMIT ?4");
  use.bind(after, terms.acknowledge_opened_before, terms.feedback_opened_before,
           within_integers(rows_max));
  return all_rows(std::move(use), [](Use& row) {
    return CaseRow{row.fixed<Handle>(0), case_info_at(row, 1)};
  });
}

Result<DayBudget> day_budget(Connection& connection, Day day) {
  auto use = connection.use("SELECT cases_opened, bytes FROM day_budgets WHERE day = ?1");
  use.bind(day);
  return only_row(std::move(use), [](Use& row) {
    return DayBudget{row.number<std::uint32_t>(0), row.number<std::uint64_t>(1)};
  });
}

Result<std::vector<Handle>> cases_at_rest(Connection& connection, Day day, const Handle& after,
                                          std::size_t cases_max) {
  // By number, as they lie in the file: by handle each would be a page of its own.
  auto use = connection.use(
      "SELECT handle FROM cases "
      "WHERE id > ifnull((SELECT id FROM cases WHERE handle = ?2), 0) "
      "AND outcome_day BETWEEN 1 AND ?1 AND head_day <= ?1 "
      "AND EXISTS (SELECT 1 FROM case_shares WHERE case_id = cases.id) ORDER BY id LIMIT ?3");
  use.bind(day, after, within_integers(cases_max));
  return all_rows(std::move(use), [](Use& row) { return row.fixed<Handle>(0); });
}

Result<std::optional<DirectorySeen>> directory_seen(Connection& connection) {
  return only_row(connection.use("SELECT version, hash FROM directory_seen"), [](Use& row) {
    return std::optional(DirectorySeen{row.number<std::uint32_t>(0), row.fixed<crypto::Digest>(1)});
  });
}

}  // namespace omzien::storage::sqlcipher::reads
