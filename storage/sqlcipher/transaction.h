// storage::Transaction: SQL between BEGIN and COMMIT on the store's writing connection.
#pragma once

#include "storage/sqlcipher/reader.h"
#include "storage/tombstones.h"
#include "storage/writer_turn.h"

namespace omzien::storage::sqlcipher {

class SqlcipherTransaction final : public Reads<Transaction> {
 public:
  using Day = protocol::Day;
  using MemberId = protocol::MemberId;

  // `connection` stands between BEGIN and COMMIT; `tombstones` is the turn's as well.
  SqlcipherTransaction(Connection& connection, Tombstones& tombstones, WriterTurns::Turn turn);
  ~SqlcipherTransaction() override;
  SqlcipherTransaction(const SqlcipherTransaction&) = delete;
  SqlcipherTransaction& operator=(const SqlcipherTransaction&) = delete;

  Result<void> open_case(const Handle&, const crypto::SecretBytes& case_share,
                         const std::vector<Entry>&, const CaseInfo& info) override;
  Result<void> append(const Handle&, std::uint64_t expected_seq,
                      const crypto::Digest& expected_hash, const std::vector<Entry>&,
                      const CaseInfo& info) override;
  Result<void> destroy_case(const Handle&) override;
  Result<void> put_chunk(const Handle&, const UploadId&, std::uint32_t index, std::uint32_t count,
                         Day, crypto::ByteView bytes) override;
  Result<void> keep_upload(const Handle&, const UploadId&) override;
  Result<void> drop_upload(const Handle&, const UploadId&) override;
  Result<DroppedChunks> drop_chunks_before(Day day) override;
  Result<void> link_member(const MemberId&, const Handle&, bool dormant) override;
  Result<void> unlink_member(const MemberId&, const Handle&) override;
  Result<void> put_certificate(const MemberId&, std::uint64_t number,
                               crypto::ByteView certificate) override;
  Result<void> add_to_day_budget(Day, std::uint32_t cases, std::uint64_t bytes) override;
  Result<void> put_directory_seen(const DirectorySeen&) override;
  Result<void> commit() override;

 private:
  Tombstones& tombstones_;
  std::vector<Handle> destroyed_;
  WriterTurns::Turn turn_;
};

}  // namespace omzien::storage::sqlcipher
