// What a transaction asks of the database: the SQL of the writing methods of storage::Transaction.
//
// Each either does all it says, or returns kConflict having changed nothing, or returns another
// error, after which the transaction around it must be rolled back.
#pragma once

#include "storage/sqlcipher/connection.h"

namespace omzien::storage::sqlcipher::writes {

using protocol::Day;
using protocol::Handle;
using protocol::MemberId;
using protocol::UploadId;

Result<void> open_case(Connection&, const Handle&, const crypto::SecretBytes& case_share,
                       const std::vector<Entry>&, const CaseInfo& info);
Result<void> append(Connection&, const Handle&, std::uint64_t expected_seq,
                    const crypto::Digest& expected_hash, const std::vector<Entry>&,
                    const CaseInfo& info);
Result<void> destroy_case(Connection&, const Handle&);
Result<void> put_chunk(Connection&, const Handle&, const UploadId&, std::uint32_t index,
                       std::uint32_t count, Day, crypto::ByteView bytes);
Result<void> keep_upload(Connection&, const Handle&, const UploadId&);
Result<void> drop_upload(Connection&, const Handle&, const UploadId&);
Result<DroppedChunks> drop_chunks_before(Connection&, Day);
Result<void> link_member(Connection&, const MemberId&, const Handle&, bool dormant);
Result<void> unlink_member(Connection&, const MemberId&, const Handle&);
Result<void> put_certificate(Connection&, const MemberId&, std::uint64_t number,
                             crypto::ByteView certificate);
Result<void> add_to_day_budget(Connection&, Day, std::uint32_t cases, std::uint64_t bytes);
Result<void> put_directory_seen(Connection&, const DirectorySeen&);

}  // namespace omzien::storage::sqlcipher::writes
