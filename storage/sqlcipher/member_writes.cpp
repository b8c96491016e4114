// What belongs to members: which cases are shared with them, their certificates and records.
#include "storage/sqlcipher/rows.h"
#include "storage/sqlcipher/writes.h"

namespace omzien::storage::sqlcipher::writes {
namespace {

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

}  // namespace

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

}  // namespace omzien::storage::sqlcipher::writes
