#include "storage/memory/memory_store.h"

#include <algorithm>

#include "storage/fits.h"
#include "storage/memory/reads.h"

namespace omzien::storage {
namespace {

using memory::CaseRecord;
using memory::Reads;
using memory::Shared;
using memory::Tables;
using memory::Upload;
using memory::UploadKey;
using memory::View;
tl::unexpected<Error> conflict() { return tl::unexpected(Error::kConflict); }

class MemoryReader final : public Reads<Reader> {
 public:
  explicit MemoryReader(Shared& shared) : Reads(shared, nullptr) {}
};

class MemoryTransaction final : public Reads<Transaction> {
 public:
  MemoryTransaction(Shared& shared, WriterTurns::Turn turn)
      : Reads(shared, &changes_), turn_(std::move(turn)) {}

  Result<void> open_case(const Handle& handle, const crypto::SecretBytes& case_share,
                         const std::vector<Entry>& entries, const CaseInfo& info) override {
    if (over_) return tl::unexpected(Error::kFailed);
    if (!head_fits(info, 0, entries) || view().row<&Tables::cases>(handle) != nullptr)
      return conflict();
    const auto share = case_share.reveal();
    CaseRecord record{info, {share.begin(), share.end()}, {}};
    record.info.destroyed = false;
    add(record, entries);
    put<&Tables::cases>(handle, std::move(record));
    return {};
  }

  Result<void> append(const Handle& handle, std::uint64_t expected_seq,
                      const crypto::Digest& expected_hash, const std::vector<Entry>& entries,
                      const CaseInfo& info) override {
    if (over_) return tl::unexpected(Error::kFailed);
    const CaseRecord* found = view().row<&Tables::cases>(handle);
    if (found == nullptr || found->info.destroyed || found->info.head_seq != expected_seq ||
        found->info.head_hash != expected_hash ||
        !head_follows(info, expected_seq, expected_hash, entries)) {
      return conflict();
    }
    CaseRecord record = *found;
    record.info = info;
    record.info.destroyed = false;
    add(record, entries);
    put<&Tables::cases>(handle, std::move(record));
    return {};
  }

  Result<void> destroy_case(const Handle& handle) override {
    if (over_) return tl::unexpected(Error::kFailed);
    const CaseRecord* found = view().row<&Tables::cases>(handle);
    if (found == nullptr) return conflict();
    CaseRecord record = *found;
    record.share.clear();
    record.info.destroyed = true;
    for (auto& entry : record.entries)
      entry = std::make_shared<const Entry>(
          Entry{entry->header, entry->signature, entry->hash, std::nullopt});
    put<&Tables::cases>(handle, std::move(record));
    for (const UploadKey& key : view().uploads())
      if (key.first == handle) changes_.uploads[key] = nullptr;
    return {};
  }

  Result<void> put_chunk(const Handle& handle, const UploadId& id, std::uint32_t index,
                         std::uint32_t count, Day day, crypto::ByteView bytes) override {
    if (over_) return tl::unexpected(Error::kFailed);
    if (!chunk_fits(index, count)) return conflict();
    const UploadKey key{handle, id};
    const Upload* found = view().row<&Tables::uploads>(key);
    Upload upload = found == nullptr ? Upload{count, {}, false} : *found;
    if (upload.count != count) return conflict();
    if (const auto it = upload.chunks.find(index); it != upload.chunks.end()) {
      if (!std::ranges::equal(*it->second.bytes, bytes)) return conflict();
      return {};
    }
    upload.chunks[index] = {day, std::make_shared<const crypto::Bytes>(bytes.begin(), bytes.end())};
    put<&Tables::uploads>(key, std::move(upload));
    return {};
  }

  Result<void> keep_upload(const Handle& handle, const UploadId& id) override {
    if (over_) return tl::unexpected(Error::kFailed);
    const UploadKey key{handle, id};
    const Upload* found = view().row<&Tables::uploads>(key);
    if (found == nullptr || found->chunks.size() != found->count) return conflict();
    Upload upload = *found;
    upload.kept = true;
    put<&Tables::uploads>(key, std::move(upload));
    return {};
  }

  Result<void> drop_upload(const Handle& handle, const UploadId& id) override {
    if (over_) return tl::unexpected(Error::kFailed);
    changes_.uploads[{handle, id}] = nullptr;
    return {};
  }

  Result<DroppedChunks> drop_chunks_before(Day day) override {
    if (over_) return tl::unexpected(Error::kFailed);
    DroppedChunks dropped;
    for (const UploadKey& key : view().uploads()) {
      Upload upload = *view().row<&Tables::uploads>(key);
      if (upload.kept) continue;
      std::uint64_t cost = 0;
      const auto here = std::erase_if(upload.chunks, [&](const auto& chunk) {
        const bool old = chunk.second.day < day;
        if (old) cost += cost_of_chunk(chunk.second.bytes->size());
        return old;
      });
      if (here == 0) continue;
      dropped.chunks += here;
      dropped.cost[key.first] += cost;
      if (upload.chunks.empty()) {
        changes_.uploads[key] = nullptr;
      } else {
        put<&Tables::uploads>(key, std::move(upload));
      }
    }
    return dropped;
  }

  Result<void> link_member(const MemberId& member, const Handle& handle, bool dormant) override {
    if (over_) return tl::unexpected(Error::kFailed);
    if (view().row<&Tables::cases>(handle) == nullptr) return conflict();
    const std::vector<memory::Link>* found = view().row<&Tables::inboxes>(member);
    std::vector<memory::Link> links = found == nullptr ? std::vector<memory::Link>{} : *found;
    const auto it = std::ranges::find(links, handle, &memory::Link::handle);
    if (it == links.end()) {
      links.push_back({handle, links.empty() ? 1 : links.back().position + 1, dormant});
    } else {
      it->dormant = dormant;
    }
    put<&Tables::inboxes>(member, std::move(links));
    return {};
  }

  Result<void> unlink_member(const MemberId& member, const Handle& handle) override {
    if (over_) return tl::unexpected(Error::kFailed);
    const std::vector<memory::Link>* found = view().row<&Tables::inboxes>(member);
    if (found == nullptr) return {};
    std::vector<memory::Link> links = *found;
    std::erase_if(links, [&](const memory::Link& link) { return link.handle == handle; });
    put<&Tables::inboxes>(member, std::move(links));
    return {};
  }

  Result<void> put_certificate(const MemberId& member, std::uint64_t number,
                               crypto::ByteView certificate) override {
    if (over_) return tl::unexpected(Error::kFailed);
    const memory::Certificate* found = view().row<&Tables::certificates>(member);
    if (found != nullptr && number <= found->number) return conflict();
    put<&Tables::certificates>(
        member, memory::Certificate{number, {certificate.begin(), certificate.end()}});
    return {};
  }

  Result<void> put_member_record(const MemberId& member, RecordKind kind, std::uint64_t number,
                                 crypto::ByteView bytes) override {
    if (over_) return tl::unexpected(Error::kFailed);
    const memory::RecordKey key{member, kind};
    const MemberRecord* found = view().row<&Tables::records>(key);
    if (found != nullptr && number <= found->number) return conflict();
    put<&Tables::records>(key, MemberRecord{number, {bytes.begin(), bytes.end()}});
    return {};
  }

  Result<void> add_to_day_budget(Day day, std::uint32_t cases, std::uint64_t bytes) override {
    if (over_) return tl::unexpected(Error::kFailed);
    DayBudget budget = view().day_budget(day);
    budget.cases_opened += cases;
    budget.bytes += bytes;
    put<&Tables::budgets>(day, budget);
    return {};
  }

  Result<void> put_directory_seen(const DirectorySeen& seen) override {
    if (over_) return tl::unexpected(Error::kFailed);
    const auto before = view().directory_seen();
    if (before && !may_replace(*before, seen)) return conflict();
    changes_.directory = seen;
    return {};
  }

  Result<void> commit() override {
    if (over_) return tl::unexpected(Error::kFailed);
    over_ = true;
    const std::lock_guard closed(shared_.gate);
    const std::lock_guard lock(shared_.mutex);
    memory::apply(shared_.tables, std::move(changes_));
    return {};
  }

 private:
  // No lock: while this transaction has its turn nobody else changes the tables.
  View view() const { return View(shared_.tables, &changes_); }

  template <auto kTable, class Key, class Row>
  void put(const Key& key, Row row) {
    (changes_.*kTable)[key] = std::make_shared<const Row>(std::move(row));
  }

  static void add(CaseRecord& record, const std::vector<Entry>& entries) {
    for (const Entry& entry : entries)
      record.entries.push_back(std::make_shared<const Entry>(entry));
  }

  Tables changes_;
  WriterTurns::Turn turn_;
};

class MemoryStore final : public Store {
 public:
  explicit MemoryStore(std::chrono::milliseconds wait_max) { shared_.wait_max = wait_max; }

  Result<std::unique_ptr<Reader>> reader() override {
    return std::make_unique<MemoryReader>(shared_);
  }

  Result<std::unique_ptr<Transaction>> begin() override {
    auto turn = shared_.turns.take(shared_.wait_max);
    if (!turn) return tl::unexpected(Error::kFailed);
    return std::make_unique<MemoryTransaction>(shared_, std::move(turn));
  }

  // A row that was replaced is gone with the last who reads it.
  Result<void> scrub() override { return {}; }

 private:
  Shared shared_;
};

}  // namespace

std::unique_ptr<Store> make_memory_store(std::chrono::milliseconds wait_max) {
  return std::make_unique<MemoryStore>(wait_max);
}

}  // namespace omzien::storage
