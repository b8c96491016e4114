// Reading the memory engine's tables: what is committed, with a transaction's own changes over it.
#pragma once

#include <set>

#include "storage/memory/tables.h"

namespace omzien::storage::memory {

// Valid while nobody changes the tables. `changed` may be nullptr.
class View {
 public:
  View(const Tables& committed, const Tables* changed) : committed_(committed), changed_(changed) {}

  // The row of one of the tables, as in view.row<&Tables::cases>(handle).
  template <auto kTable, class Key>
  auto row(const Key& key) const {
    return find_row(committed_.*kTable, changed_ == nullptr ? nullptr : &(changed_->*kTable), key);
  }

  // Keys of all uploads there are.
  std::vector<UploadKey> uploads() const;
  // Handles of all cases there are, from after `after`.
  std::set<protocol::Handle> cases(const protocol::Handle& after) const;

  // As the methods of Reader.
  std::optional<CaseInfo> case_info(const protocol::Handle&) const;
  std::optional<crypto::SecretBytes> case_share(const protocol::Handle&) const;
  std::optional<Entry> last_header(const protocol::Handle&) const;
  std::vector<Entry> headers(const protocol::Handle&, std::uint64_t from_seq) const;
  std::vector<Entry> entries(const protocol::Handle&, std::uint64_t from_seq,
                             std::size_t bytes_max) const;
  std::optional<crypto::Digest> entry_hash(const protocol::Handle&, std::uint64_t seq) const;
  std::optional<crypto::Bytes> payload(const protocol::Handle&, std::uint64_t seq) const;
  UploadInfo upload_info(const protocol::Handle&, const protocol::UploadId&) const;
  std::optional<crypto::Bytes> chunk(const protocol::Handle&, const protocol::UploadId&,
                                     std::uint32_t index) const;
  Staged staged(const protocol::Handle&) const;
  std::vector<InboxRow> inbox(const protocol::MemberId&, std::uint64_t after_position,
                              std::size_t rows_max) const;
  bool is_linked(const protocol::MemberId&, const protocol::Handle&) const;
  std::optional<crypto::Bytes> certificate(const protocol::MemberId&) const;
  std::optional<MemberRecord> member_record(const protocol::MemberId&, RecordKind) const;
  std::vector<CaseRow> unmet(const UnmetTerms&, const protocol::Handle& after,
                             std::size_t rows_max) const;
  DayBudget day_budget(protocol::Day) const;
  std::vector<protocol::Handle> cases_at_rest(protocol::Day, const protocol::Handle& after,
                                              std::size_t cases_max) const;
  std::optional<DirectorySeen> directory_seen() const;

 private:
  const Tables& committed_;
  const Tables* changed_;
};

}  // namespace omzien::storage::memory
