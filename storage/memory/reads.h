// storage::Reader over the tables, for a reader and for a transaction alike.
#pragma once

#include <chrono>
#include <mutex>
#include <shared_mutex>

#include "storage/memory/view.h"
#include "storage/writer_turn.h"

namespace omzien::storage::memory {

// Readers share the lock for the length of a method; a commit has it alone. Both pass the gate
// first, and a commit that waits holds it closed: the system's shared lock prefers readers, and
// readers that never rest would keep a commit waiting for ever.
struct Shared {
  Tables tables;
  std::mutex gate;
  std::shared_mutex mutex;
  WriterTurns turns;
  std::chrono::milliseconds wait_max{};
};

// `Base` is storage::Reader or storage::Transaction; `changed` are the transaction's own changes,
// or nullptr.
template <class Base>
class Reads : public Base {
 public:
  using Day = protocol::Day;
  using Handle = protocol::Handle;
  using MemberId = protocol::MemberId;
  using UploadId = protocol::UploadId;

  Reads(Shared& shared, const Tables* changed) : shared_(shared), changed_(changed) {}

  Result<std::optional<CaseInfo>> case_info(const Handle& handle) override {
    return look([&](const View& view) { return view.case_info(handle); });
  }
  Result<std::optional<Entry>> last_header(const Handle& handle) override {
    return look([&](const View& view) { return view.last_header(handle); });
  }
  Result<std::optional<crypto::SecretBytes>> case_share(const Handle& handle) override {
    return look([&](const View& view) { return view.case_share(handle); });
  }
  Result<std::vector<Entry>> headers(const Handle& handle, std::uint64_t from_seq) override {
    return look([&](const View& view) { return view.headers(handle, from_seq); });
  }
  Result<std::vector<Entry>> entries(const Handle& handle, std::uint64_t from_seq,
                                     std::size_t bytes_max) override {
    return look([&](const View& view) { return view.entries(handle, from_seq, bytes_max); });
  }
  Result<std::optional<crypto::Digest>> entry_hash(const Handle& handle,
                                                   std::uint64_t seq) override {
    return look([&](const View& view) { return view.entry_hash(handle, seq); });
  }
  Result<std::optional<crypto::Bytes>> payload(const Handle& handle, std::uint64_t seq) override {
    return look([&](const View& view) { return view.payload(handle, seq); });
  }
  Result<UploadInfo> upload_info(const Handle& handle, const UploadId& id) override {
    return look([&](const View& view) { return view.upload_info(handle, id); });
  }
  Result<std::optional<crypto::Bytes>> chunk(const Handle& handle, const UploadId& id,
                                             std::uint32_t index) override {
    return look([&](const View& view) { return view.chunk(handle, id, index); });
  }
  Result<Staged> staged(const Handle& handle) override {
    return look([&](const View& view) { return view.staged(handle); });
  }
  Result<std::vector<InboxRow>> inbox(const MemberId& member, std::uint64_t after_position,
                                      std::size_t rows_max) override {
    return look([&](const View& view) { return view.inbox(member, after_position, rows_max); });
  }
  Result<bool> is_linked(const MemberId& member, const Handle& handle) override {
    return look([&](const View& view) { return view.is_linked(member, handle); });
  }
  Result<std::optional<crypto::Bytes>> certificate(const MemberId& member) override {
    return look([&](const View& view) { return view.certificate(member); });
  }
  Result<std::optional<MemberRecord>> member_record(const MemberId& member,
                                                    RecordKind kind) override {
    return look([&](const View& view) { return view.member_record(member, kind); });
  }
  Result<std::vector<CaseRow>> unmet(const UnmetTerms& terms, const Handle& after,
                                     std::size_t rows_max) override {
    return look([&](const View& view) { return view.unmet(terms, after, rows_max); });
  }
  Result<DayBudget> day_budget(Day day) override {
    return look([&](const View& view) { return view.day_budget(day); });
  }
  Result<std::vector<Handle>> cases_at_rest(Day day, const Handle& after,
                                            std::size_t cases_max) override {
    return look([&](const View& view) { return view.cases_at_rest(day, after, cases_max); });
  }
  Result<std::optional<DirectorySeen>> directory_seen() override {
    return look([](const View& view) { return view.directory_seen(); });
  }

 protected:
  template <class Read>
  auto look(Read&& read) -> Result<decltype(read(std::declval<const View&>()))> {
    if (over_) return tl::unexpected(Error::kFailed);
    const auto lock = [&] {
      const std::lock_guard passing(shared_.gate);
      return std::shared_lock(shared_.mutex);
    }();
    return read(View(shared_.tables, changed_));
  }

  Shared& shared_;
  const Tables* changed_;
  bool over_ = false;
};

}  // namespace omzien::storage::memory
