#include "tests/gateway/failing_store.h"

#include <chrono>
#include <new>
#include <thread>
#include <utility>

namespace omzien::gateway {
namespace {

using namespace storage;
using crypto::Bytes;
using protocol::Handle;
using protocol::MemberId;
using protocol::UploadId;

// What readers and transactions have in common.
template <class Base>
class FailingReads : public Base {
 public:
  FailingReads(std::unique_ptr<Base> inner, FailingStore::Faults& faults)
      : inner_(std::move(inner)), faults_(faults) {}

  Result<std::optional<CaseInfo>> case_info(const Handle& handle) override {
    return inner_->case_info(handle);
  }
  Result<std::optional<Entry>> last_header(const Handle& handle) override {
    ++faults_.rows;
    return inner_->last_header(handle);
  }
  Result<std::optional<crypto::SecretBytes>> case_share(const Handle& handle) override {
    auto share = inner_->case_share(handle);
    if (faults_.after_share) std::exchange(faults_.after_share, nullptr)();
    return share;
  }
  Result<std::vector<Entry>> headers(const Handle& handle, std::uint64_t from) override {
    return counted(inner_->headers(handle, from));
  }
  Result<std::vector<Entry>> entries(const Handle& handle, std::uint64_t from,
                                     std::size_t max) override {
    return counted(inner_->entries(handle, from, max));
  }
  Result<std::optional<crypto::Digest>> entry_hash(const Handle& handle,
                                                   std::uint64_t seq) override {
    ++faults_.rows;
    return inner_->entry_hash(handle, seq);
  }
  Result<std::optional<Bytes>> payload(const Handle& handle, std::uint64_t seq) override {
    return inner_->payload(handle, seq);
  }
  Result<UploadInfo> upload_info(const Handle& handle, const UploadId& upload) override {
    return inner_->upload_info(handle, upload);
  }
  Result<std::optional<Bytes>> chunk(const Handle& handle, const UploadId& upload,
                                     std::uint32_t index) override {
    return inner_->chunk(handle, upload, index);
  }
  Result<Staged> staged(const Handle& handle) override { return inner_->staged(handle); }
  Result<std::vector<InboxRow>> inbox(const MemberId& member, std::uint64_t after,
                                      std::size_t max) override {
    return inner_->inbox(member, after, max);
  }
  Result<bool> is_linked(const MemberId& member, const Handle& handle) override {
    return inner_->is_linked(member, handle);
  }
  Result<std::optional<Bytes>> certificate(const MemberId& member) override {
    ++faults_.kept;
    return inner_->certificate(member);
  }
  Result<std::optional<MemberRecord>> member_record(const MemberId& member,
                                                    RecordKind kind) override {
    ++faults_.kept;
    return inner_->member_record(member, kind);
  }
  Result<std::vector<CaseRow>> unmet(const UnmetTerms& terms, const Handle& after,
                                     std::size_t max) override {
    return inner_->unmet(terms, after, max);
  }
  Result<DayBudget> day_budget(protocol::Day day) override { return inner_->day_budget(day); }
  Result<std::vector<Handle>> cases_at_rest(protocol::Day day, const Handle& after,
                                            std::size_t max) override {
    return inner_->cases_at_rest(day, after, max);
  }
  Result<std::optional<DirectorySeen>> directory_seen() override {
    return inner_->directory_seen();
  }

 protected:
  std::unique_ptr<Base> inner_;
  FailingStore::Faults& faults_;

 private:
  Result<std::vector<Entry>> counted(Result<std::vector<Entry>> read) {
    if (!read) return read;
    faults_.rows += read->size();
    for (const auto& entry : *read)
      faults_.bytes += entry.header.size() + (entry.payload ? entry.payload->size() : 0);
    return read;
  }
};

class FailingTransaction final : public FailingReads<Transaction> {
 public:
  using FailingReads::FailingReads;

  Result<void> open_case(const Handle& handle, const crypto::SecretBytes& share,
                         const std::vector<Entry>& entries, const CaseInfo& info) override {
    return inner_->open_case(handle, share, entries, info);
  }
  Result<void> append(const Handle& handle, std::uint64_t seq, const crypto::Digest& hash,
                      const std::vector<Entry>& entries, const CaseInfo& info) override {
    if (faults_.append) return tl::unexpected(Error::kFull);
    if (faults_.damaged == handle) return tl::unexpected(Error::kDamaged);
    return inner_->append(handle, seq, hash, entries, info);
  }
  Result<void> destroy_case(const Handle& handle) override { return inner_->destroy_case(handle); }
  Result<void> put_chunk(const Handle& handle, const UploadId& upload, std::uint32_t index,
                         std::uint32_t count, protocol::Day day, crypto::ByteView bytes) override {
    return inner_->put_chunk(handle, upload, index, count, day, bytes);
  }
  Result<void> keep_upload(const Handle& handle, const UploadId& upload) override {
    return inner_->keep_upload(handle, upload);
  }
  Result<void> drop_upload(const Handle& handle, const UploadId& upload) override {
    return inner_->drop_upload(handle, upload);
  }
  Result<DroppedChunks> drop_chunks_before(protocol::Day day) override {
    return inner_->drop_chunks_before(day);
  }
  Result<void> link_member(const MemberId& member, const Handle& handle, bool dormant) override {
    return inner_->link_member(member, handle, dormant);
  }
  Result<void> unlink_member(const MemberId& member, const Handle& handle) override {
    return inner_->unlink_member(member, handle);
  }
  Result<void> put_certificate(const MemberId& member, std::uint64_t number,
                               crypto::ByteView bytes) override {
    return inner_->put_certificate(member, number, bytes);
  }
  Result<void> put_member_record(const MemberId& member, RecordKind kind, std::uint64_t number,
                                 crypto::ByteView bytes) override {
    return inner_->put_member_record(member, kind, number, bytes);
  }
  Result<void> add_to_day_budget(protocol::Day day, std::uint32_t cases,
                                 std::uint64_t bytes) override {
    return inner_->add_to_day_budget(day, cases, bytes);
  }
  Result<void> put_directory_seen(const DirectorySeen& seen) override {
    return inner_->put_directory_seen(seen);
  }
  Result<void> commit() override {
    if (faults_.commit) return tl::unexpected(Error::kFull);
    ++faults_.commits;
    return inner_->commit();
  }
};

}  // namespace

storage::Result<std::unique_ptr<storage::Reader>> FailingStore::reader() {
  if (faults.out_of_memory) throw std::bad_alloc();
  if (faults.read) return tl::unexpected(storage::Error::kFailed);
  ++faults.readers;
  auto inner = inner_.reader();
  if (!inner || !faults.after_share) return inner;
  return std::make_unique<FailingReads<storage::Reader>>(std::move(*inner), faults);
}

storage::Result<std::unique_ptr<storage::Transaction>> FailingStore::begin() {
  while (faults.hold) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  if (faults.out_of_memory) throw std::bad_alloc();
  if (faults.begin) return tl::unexpected(storage::Error::kReadOnly);
  auto inner = inner_.begin();
  if (!inner) return tl::unexpected(inner.error());
  return std::make_unique<FailingTransaction>(std::move(*inner), faults);
}

}  // namespace omzien::gateway
