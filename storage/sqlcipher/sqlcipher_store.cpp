#include "storage/sqlcipher/sqlcipher_store.h"

#include <mutex>

#include "storage/sqlcipher/replay.h"
#include "storage/sqlcipher/transaction.h"

namespace omzien::storage::sqlcipher {
namespace {

constexpr std::chrono::milliseconds kScrubWaitMax{200};

// A connection that reads, and how often the pool had forgotten all when it was opened.
struct Pooled {
  std::unique_ptr<Connection> connection;
  std::uint64_t round = 0;
};

// Connections that read and are not in use just now, so that a reader costs no opening.
class ReaderPool {
 public:
  ReaderPool(ConnectionOptions options, DataKey key)
      : options_(std::move(options)), key_(std::move(key)) {
    idle_.reserve(kIdleMax);  // giving back must find memory
  }

  Result<Pooled> take() {
    std::uint64_t round = 0;
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        auto pooled = std::move(idle_.back());
        idle_.pop_back();
        return pooled;
      }
      round = round_;
    }
    auto opened = Connection::open(options_, key_);
    if (!opened) return tl::unexpected(opened.error());
    return Pooled{std::move(*opened), round};
  }

  void give_back(Pooled pooled) {
    const std::lock_guard lock(mutex_);
    if (pooled.round == round_ && idle_.size() < kIdleMax) idle_.push_back(std::move(pooled));
  }

  // Every page that was read until now goes: at once, and of those that read just now when they
  // are done.
  void forget() {
    const std::lock_guard lock(mutex_);
    ++round_;
    idle_.clear();
  }

 private:
  static constexpr std::size_t kIdleMax = 16;  // more than threads that read at once

  ConnectionOptions options_;
  DataKey key_;
  std::mutex mutex_;
  std::uint64_t round_ = 0;
  std::vector<Pooled> idle_;
};

class PooledReader final : public Reads<Reader> {
 public:
  PooledReader(ReaderPool& pool, Pooled pooled)
      : Reads(*pooled.connection), pool_(pool), owned_(std::move(pooled)) {}
  ~PooledReader() override {
    if (!over_) pool_.give_back(std::move(owned_));  // one that failed is closed instead
  }
  PooledReader(const PooledReader&) = delete;
  PooledReader& operator=(const PooledReader&) = delete;

 private:
  ReaderPool& pool_;
  Pooled owned_;
};

class SqlcipherStore final : public Store {
 public:
  SqlcipherStore(ConnectionOptions reading, DataKey key, std::unique_ptr<Connection> writer,
                 Tombstones tombstones, ProcessLock lock)
      : lock_(std::move(lock)),
        tombstones_(std::move(tombstones)),
        wait_max_(reading.wait_max),
        writer_(std::move(writer)),
        readers_(std::move(reading), std::move(key)) {}

  // Closed is said while the journal is still there, if empty: between its going and the word about
  // it a crash would leave a store that misses its journal. With somebody who makes a backup in the
  // way, or a disk that fails, the journal stays and the store counts as open.
  ~SqlcipherStore() override {
    readers_.forget();
    if (!SqlcipherStore::scrub() || !lock_.mark_closed()) writer_->leave_journal();
  }
  SqlcipherStore(const SqlcipherStore&) = delete;
  SqlcipherStore& operator=(const SqlcipherStore&) = delete;

  Result<std::unique_ptr<Reader>> reader() override {
    auto pooled = readers_.take();
    if (!pooled) return tl::unexpected(pooled.error());
    return std::make_unique<PooledReader>(readers_, std::move(*pooled));
  }

  Result<std::unique_ptr<Transaction>> begin() override {
    auto turn = turns_.take(wait_max_);
    if (!turn) return tl::unexpected(Error::kFailed);
    // Until a case's destruction is written down where no backup reaches it, nobody is told that
    // anything was done.
    if (const auto flushed = tombstones_.flush(); !flushed) return tl::unexpected(flushed.error());
    // The connection stays the same after any error. Opening it anew would read the WAL again and
    // might take a transaction for committed whose fsync failed.
    auto use = writer_->use("BEGIN IMMEDIATE");
    if (const auto begun = use.run(); !begun) return tl::unexpected(begun.error());
    return std::make_unique<SqlcipherTransaction>(*writer_, tombstones_, std::move(turn));
  }

  Result<void> scrub() override {
    const auto turn = turns_.take(wait_max_);
    if (!turn) return tl::unexpected(Error::kFailed);
    readers_.forget();
    // A reader that is in the way may be a backup, and would be so for minutes: those who write
    // should not wait for it.
    writer_->wait_at_most(kScrubWaitMax);
    auto scrubbed = checkpoint(*writer_);
    writer_->wait_at_most(wait_max_);
    return scrubbed;
  }

 private:
  ProcessLock lock_;  // goes last
  Tombstones tombstones_;
  std::chrono::milliseconds wait_max_;
  WriterTurns turns_;
  std::unique_ptr<Connection> writer_;
  ReaderPool readers_;
};

}  // namespace

std::unique_ptr<Store> make_sqlcipher_store(ConnectionOptions reading, DataKey key,
                                            std::unique_ptr<Connection> writer,
                                            Tombstones tombstones, ProcessLock lock) {
  return std::make_unique<SqlcipherStore>(std::move(reading), std::move(key), std::move(writer),
                                          std::move(tombstones), std::move(lock));
}

}  // namespace omzien::storage::sqlcipher
