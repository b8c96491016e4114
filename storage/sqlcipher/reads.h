// What a reader asks of the database: the SQL of every method of storage::Reader.
//
// Each is one SELECT, so that each sees one state of the database without a transaction around it.
#pragma once

#include "storage/sqlcipher/connection.h"

namespace omzien::storage::sqlcipher::reads {

using protocol::Day;
using protocol::Handle;
using protocol::MemberId;
using protocol::UploadId;

Result<std::optional<CaseInfo>> case_info(Connection&, const Handle&);
Result<std::optional<Entry>> last_header(Connection&, const Handle&);
// The same of another case, for nothing: so that as many pages are read, found in memory or not,
// for a case that is not there as for one that is. What is wrong with those pages is the other
// case's.
void read_another_info(Connection&, const Handle&);
void read_another_header(Connection&, const Handle&);
Result<std::optional<crypto::SecretBytes>> case_share(Connection&, const Handle&);
Result<std::vector<Entry>> headers(Connection&, const Handle&, std::uint64_t from_seq);
Result<std::vector<Entry>> entries(Connection&, const Handle&, std::uint64_t from_seq,
                                   std::size_t bytes_max);
Result<std::optional<crypto::Digest>> entry_hash(Connection&, const Handle&, std::uint64_t seq);
Result<std::optional<crypto::Bytes>> payload(Connection&, const Handle&, std::uint64_t seq);
Result<UploadInfo> upload_info(Connection&, const Handle&, const UploadId&);
Result<std::optional<crypto::Bytes>> chunk(Connection&, const Handle&, const UploadId&,
                                           std::uint32_t index);
Result<Staged> staged(Connection&, const Handle&);
Result<std::vector<InboxRow>> inbox(Connection&, const MemberId&, std::uint64_t after_position,
                                    std::size_t rows_max);
Result<bool> is_linked(Connection&, const MemberId&, const Handle&);
Result<std::optional<crypto::Bytes>> certificate(Connection&, const MemberId&);
Result<std::optional<MemberRecord>> member_record(Connection&, const MemberId&, RecordKind);
Result<std::vector<CaseRow>> unmet(Connection&, const UnmetTerms&, const Handle& after,
                                   std::size_t rows_max);
Result<DayBudget> day_budget(Connection&, Day);
Result<std::vector<Handle>> cases_at_rest(Connection&, Day, const Handle& after,
                                          std::size_t cases_max);
Result<std::optional<DirectorySeen>> directory_seen(Connection&);

}  // namespace omzien::storage::sqlcipher::reads
