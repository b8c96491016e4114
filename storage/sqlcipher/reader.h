// storage::Reader over a connection, for a reader and for a transaction alike.
#pragma once

#include <type_traits>

#include "storage/sqlcipher/reads.h"

namespace omzien::storage::sqlcipher {

// `Base` is storage::Reader or storage::Transaction. After an error other than kConflict every
// method answers kFailed: what the connection holds is not to be relied on.
template <class Base>
class Reads : public Base {
 public:
  using Handle = protocol::Handle;
  using UploadId = protocol::UploadId;

  explicit Reads(Connection& connection) : connection_(connection) {}

  Result<std::optional<CaseInfo>> case_info(const Handle& handle) override {
    auto found = guard([&] { return reads::case_info(connection_, handle); });
    if (kHidesWhatIsNotThere && found && !*found) reads::read_another_info(connection_, handle);
    return found;
  }
  Result<std::optional<Entry>> last_header(const Handle& handle) override {
    auto found = guard([&] { return reads::last_header(connection_, handle); });
    if (kHidesWhatIsNotThere && found && !*found) reads::read_another_header(connection_, handle);
    return found;
  }
  Result<std::optional<crypto::SecretBytes>> case_share(const Handle& handle) override {
    return guard([&] { return reads::case_share(connection_, handle); });
  }
  Result<std::vector<Entry>> headers(const Handle& handle, std::uint64_t from_seq) override {
    return guard([&] { return reads::headers(connection_, handle, from_seq); });
  }
  Result<std::vector<Entry>> entries(const Handle& handle, std::uint64_t from_seq,
                                     std::size_t bytes_max) override {
    return guard([&] { return reads::entries(connection_, handle, from_seq, bytes_max); });
  }
  Result<std::optional<crypto::Digest>> entry_hash(const Handle& handle,
                                                   std::uint64_t seq) override {
    return guard([&] { return reads::entry_hash(connection_, handle, seq); });
  }
  Result<std::optional<crypto::Bytes>> payload(const Handle& handle, std::uint64_t seq) override {
    return guard([&] { return reads::payload(connection_, handle, seq); });
  }
  Result<UploadInfo> upload_info(const Handle& handle, const UploadId& upload) override {
    return guard([&] { return reads::upload_info(connection_, handle, upload); });
  }
  Result<std::optional<crypto::Bytes>> chunk(const Handle& handle, const UploadId& upload,
                                             std::uint32_t index) override {
    return guard([&] { return reads::chunk(connection_, handle, upload, index); });
  }
  Result<Staged> staged(const Handle& handle) override {
    return guard([&] { return reads::staged(connection_, handle); });
  }
  Result<std::vector<InboxRow>> inbox(const protocol::MemberId& member,
                                      std::uint64_t after_position, std::size_t rows_max) override {
    return guard([&] { return reads::inbox(connection_, member, after_position, rows_max); });
  }
  Result<bool> is_linked(const protocol::MemberId& member, const Handle& handle) override {
    return guard([&] { return reads::is_linked(connection_, member, handle); });
  }
  Result<std::optional<crypto::Bytes>> certificate(const protocol::MemberId& member) override {
    return guard([&] { return reads::certificate(connection_, member); });
  }
  Result<std::optional<MemberRecord>> member_record(const protocol::MemberId& member,
                                                    RecordKind kind) override {
    return guard([&] { return reads::member_record(connection_, member, kind); });
  }
  Result<std::vector<CaseRow>> unmet(const UnmetTerms& terms, const Handle& after,
                                     std::size_t rows_max) override {
    return guard([&] { return reads::unmet(connection_, terms, after, rows_max); });
  }
  Result<DayBudget> day_budget(protocol::Day day) override {
    return guard([&] { return reads::day_budget(connection_, day); });
  }
  Result<std::vector<Handle>> cases_at_rest(protocol::Day day, const Handle& after,
                                            std::size_t cases_max) override {
    return guard([&] { return reads::cases_at_rest(connection_, day, after, cases_max); });
  }
  Result<std::optional<DirectorySeen>> directory_seen() override {
    return guard([&] { return reads::directory_seen(connection_); });
  }

 protected:
  // Not in a transaction: every error ends one, and what is read for nothing may be another case's
  // damaged page.
  static constexpr bool kHidesWhatIsNotThere = std::is_same_v<Base, Reader>;

  template <class Work>
  auto guard(Work work) -> decltype(work()) {
    if (over_) return tl::unexpected(Error::kFailed);
    auto result = work();
    if (!result && result.error() != Error::kConflict) over_ = true;
    return result;
  }

  Connection& connection_;
  bool over_ = false;
};

}  // namespace omzien::storage::sqlcipher
