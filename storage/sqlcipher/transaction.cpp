#include "storage/sqlcipher/transaction.h"

#include "storage/sqlcipher/writes.h"

namespace omzien::storage::sqlcipher {

SqlcipherTransaction::SqlcipherTransaction(Connection& connection, Tombstones& tombstones,
                                           WriterTurns::Turn turn)
    : Reads(connection), tombstones_(tombstones), turn_(std::move(turn)) {}

SqlcipherTransaction::~SqlcipherTransaction() {
  // The turn goes after this, so the next writer finds the connection at rest.
  if (connection_.in_transaction()) (void)connection_.execute("ROLLBACK");
}

Result<void> SqlcipherTransaction::open_case(const Handle& handle,
                                             const crypto::SecretBytes& case_share,
                                             const std::vector<Entry>& entries,
                                             const CaseInfo& info) {
  return guard([&]() -> Result<void> {
    if (tombstones_.contains(handle)) return tl::unexpected(Error::kConflict);
    return writes::open_case(connection_, handle, case_share, entries, info);
  });
}

Result<void> SqlcipherTransaction::append(const Handle& handle, std::uint64_t expected_seq,
                                          const crypto::Digest& expected_hash,
                                          const std::vector<Entry>& entries, const CaseInfo& info) {
  return guard([&] {
    return writes::append(connection_, handle, expected_seq, expected_hash, entries, info);
  });
}

Result<void> SqlcipherTransaction::destroy_case(const Handle& handle) {
  auto done = guard([&] { return writes::destroy_case(connection_, handle); });
  if (done) destroyed_.push_back(handle);
  return done;
}

Result<void> SqlcipherTransaction::put_chunk(const Handle& handle, const UploadId& upload,
                                             std::uint32_t index, std::uint32_t count, Day day,
                                             crypto::ByteView bytes) {
  return guard(
      [&] { return writes::put_chunk(connection_, handle, upload, index, count, day, bytes); });
}

Result<void> SqlcipherTransaction::keep_upload(const Handle& handle, const UploadId& upload) {
  return guard([&] { return writes::keep_upload(connection_, handle, upload); });
}

Result<void> SqlcipherTransaction::drop_upload(const Handle& handle, const UploadId& upload) {
  return guard([&] { return writes::drop_upload(connection_, handle, upload); });
}

Result<DroppedChunks> SqlcipherTransaction::drop_chunks_before(Day day) {
  return guard([&] { return writes::drop_chunks_before(connection_, day); });
}

Result<void> SqlcipherTransaction::link_member(const MemberId& member, const Handle& handle,
                                               bool dormant) {
  return guard([&] { return writes::link_member(connection_, member, handle, dormant); });
}

Result<void> SqlcipherTransaction::unlink_member(const MemberId& member, const Handle& handle) {
  return guard([&] { return writes::unlink_member(connection_, member, handle); });
}

Result<void> SqlcipherTransaction::put_certificate(const MemberId& member, std::uint64_t number,
                                                   crypto::ByteView certificate) {
  return guard([&] { return writes::put_certificate(connection_, member, number, certificate); });
}

Result<void> SqlcipherTransaction::put_member_record(const MemberId& member, RecordKind kind,
                                                     std::uint64_t number, crypto::ByteView bytes) {
  return guard([&] { return writes::put_member_record(connection_, member, kind, number, bytes); });
}

Result<void> SqlcipherTransaction::add_to_day_budget(Day day, std::uint32_t cases,
                                                     std::uint64_t bytes) {
  return guard([&] { return writes::add_to_day_budget(connection_, day, cases, bytes); });
}

Result<void> SqlcipherTransaction::put_directory_seen(const DirectorySeen& seen) {
  return guard([&] { return writes::put_directory_seen(connection_, seen); });
}

Result<void> SqlcipherTransaction::commit() {
  auto named = tombstones_.room_for(destroyed_);
  auto done = guard([&]() -> Result<void> {
    auto use = connection_.use("COMMIT");
    const auto ran = use.run();
    if (!ran) return tl::unexpected(ran.error());
    return {};
  });
  over_ = true;
  if (!done || destroyed_.empty()) return done;
  tombstones_.add(std::move(named));
  return tombstones_.flush();
}

}  // namespace omzien::storage::sqlcipher
