#include "storage/memory/view.h"

#include <algorithm>

namespace omzien::storage::memory {

std::vector<UploadKey> View::uploads() const {
  std::vector<UploadKey> keys;
  for (const auto& [key, upload] : committed_.uploads) {
    if (row<&Tables::uploads>(key) != nullptr) keys.push_back(key);
  }
  if (changed_ == nullptr) return keys;
  for (const auto& [key, upload] : changed_->uploads) {
    if (upload != nullptr && !committed_.uploads.contains(key)) keys.push_back(key);
  }
  return keys;
}

std::set<protocol::Handle> View::cases(const protocol::Handle& after) const {
  std::set<protocol::Handle> handles;
  for (const auto* tables : {&committed_, changed_})
    if (tables != nullptr)
      for (auto at = tables->cases.upper_bound(after); at != tables->cases.end(); ++at)
        handles.insert(at->first);
  return handles;
}

std::optional<CaseInfo> View::case_info(const protocol::Handle& handle) const {
  const CaseRecord* record = row<&Tables::cases>(handle);
  if (record == nullptr) return std::nullopt;
  return record->info;
}

std::optional<crypto::SecretBytes> View::case_share(const protocol::Handle& handle) const {
  const CaseRecord* record = row<&Tables::cases>(handle);
  if (record == nullptr || record->info.destroyed) return std::nullopt;
  return crypto::SecretBytes::from(record->share);
}

std::optional<Entry> View::last_header(const protocol::Handle& handle) const {
  const CaseRecord* record = row<&Tables::cases>(handle);
  if (record == nullptr || record->entries.empty()) return std::nullopt;
  const Entry& last = *record->entries.back();
  return Entry{last.header, last.signature, last.hash, std::nullopt};
}

std::vector<Entry> View::headers(const protocol::Handle& handle, std::uint64_t from_seq) const {
  std::vector<Entry> found;
  const CaseRecord* record = row<&Tables::cases>(handle);
  if (record == nullptr) return found;
  for (std::uint64_t seq = from_seq; seq < record->entries.size(); ++seq) {
    const Entry& entry = *record->entries[seq];
    found.push_back({entry.header, entry.signature, entry.hash, std::nullopt});
  }
  return found;
}

std::vector<Entry> View::entries(const protocol::Handle& handle, std::uint64_t from_seq,
                                 std::size_t bytes_max) const {
  std::vector<Entry> found;
  const CaseRecord* record = row<&Tables::cases>(handle);
  if (record == nullptr) return found;
  std::size_t bytes = 0;
  for (std::uint64_t seq = from_seq; seq < record->entries.size(); ++seq) {
    const Entry& entry = *record->entries[seq];
    bytes += entry.header.size() + (entry.payload ? entry.payload->size() : 0);
    if (bytes > bytes_max && !found.empty()) break;
    found.push_back(entry);
  }
  return found;
}

std::optional<crypto::Digest> View::entry_hash(const protocol::Handle& handle,
                                               std::uint64_t seq) const {
  const CaseRecord* record = row<&Tables::cases>(handle);
  if (record == nullptr || seq >= record->entries.size()) return std::nullopt;
  return record->entries[seq]->hash;
}

std::optional<crypto::Bytes> View::payload(const protocol::Handle& handle,
                                           std::uint64_t seq) const {
  const CaseRecord* record = row<&Tables::cases>(handle);
  if (record == nullptr || seq >= record->entries.size()) return std::nullopt;
  return record->entries[seq]->payload;
}

UploadInfo View::upload_info(const protocol::Handle& handle, const protocol::UploadId& id) const {
  UploadInfo info;
  const Upload* upload = row<&Tables::uploads>(UploadKey{handle, id});
  if (upload == nullptr) return info;
  info.chunks_expected = upload->count;
  info.kept = upload->kept;
  for (const auto& [index, chunk] : upload->chunks) {
    ++info.chunks_stored;
    info.bytes += chunk.bytes->size();
  }
  return info;
}

std::optional<crypto::Bytes> View::chunk(const protocol::Handle& handle,
                                         const protocol::UploadId& id, std::uint32_t index) const {
  const Upload* upload = row<&Tables::uploads>(UploadKey{handle, id});
  if (upload == nullptr) return std::nullopt;
  const auto it = upload->chunks.find(index);
  if (it == upload->chunks.end()) return std::nullopt;
  return *it->second.bytes;
}

Staged View::staged(const protocol::Handle& handle) const {
  Staged all;
  for (const auto& [owner, id] : uploads()) {
    const auto info = owner == handle ? upload_info(owner, id) : UploadInfo{};
    if (info.kept) continue;
    all.chunks += info.chunks_stored;
    all.bytes += info.bytes;
  }
  return all;
}

std::vector<InboxRow> View::inbox(const protocol::MemberId& member, std::uint64_t after_position,
                                  std::size_t rows_max) const {
  std::vector<InboxRow> rows;
  const std::vector<Link>* links = row<&Tables::inboxes>(member);
  if (links == nullptr) return rows;
  for (const Link& link : *links) {
    if (link.position <= after_position) continue;
    if (rows.size() >= rows_max) break;
    rows.push_back(
        {link.handle, link.dormant, link.position, case_info(link.handle).value_or(CaseInfo{})});
  }
  return rows;
}

bool View::is_linked(const protocol::MemberId& member, const protocol::Handle& handle) const {
  const std::vector<Link>* links = row<&Tables::inboxes>(member);
  return links != nullptr && std::ranges::find(*links, handle, &Link::handle) != links->end();
}

std::optional<crypto::Bytes> View::certificate(const protocol::MemberId& member) const {
  const Certificate* found = row<&Tables::certificates>(member);
  if (found == nullptr) return std::nullopt;
  return found->bytes;
}

std::optional<MemberRecord> View::member_record(const protocol::MemberId& member,
                                                RecordKind kind) const {
  const MemberRecord* found = row<&Tables::records>(RecordKey{member, kind});
  return found == nullptr ? std::nullopt : std::optional(*found);
}

std::vector<CaseRow> View::unmet(const UnmetTerms& terms, const protocol::Handle& after,
                                 std::size_t rows_max) const {
  std::vector<CaseRow> rows;
  for (const auto& handle : cases(after)) {
    if (rows.size() >= rows_max) break;
    const auto info = case_info(handle);
    if (!info || info->destroyed || !info->expects_answer) continue;
    const bool unacknowledged =
        info->acknowledged_day == 0 && info->opened_day < terms.acknowledge_opened_before;
    const bool unanswered =
        info->feedback_day == 0 && info->opened_day < terms.feedback_opened_before;
    if (unacknowledged || unanswered) rows.push_back({handle, *info});
  }
  return rows;
}

DayBudget View::day_budget(protocol::Day day) const {
  const DayBudget* budget = row<&Tables::budgets>(day);
  return budget == nullptr ? DayBudget{} : *budget;
}

std::vector<protocol::Handle> View::cases_at_rest(protocol::Day day, const protocol::Handle& after,
                                                  std::size_t cases_max) const {
  std::vector<protocol::Handle> found;
  for (const auto& handle : cases(after)) {
    if (found.size() >= cases_max) break;
    const auto info = case_info(handle);
    if (info && !info->destroyed && info->outcome_day != 0 && info->outcome_day <= day &&
        info->head_day <= day)
      found.push_back(handle);
  }
  return found;
}

std::optional<DirectorySeen> View::directory_seen() const {
  if (changed_ != nullptr && changed_->directory) return changed_->directory;
  return committed_.directory;
}

}  // namespace omzien::storage::memory
