// What the memory engine holds, and how a transaction's changes lie over it until they are
// committed.
#pragma once

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "storage/store.h"

namespace omzien::storage::memory {

struct CaseRecord {
  CaseInfo info;
  crypto::Bytes share;                                // none: destroyed
  std::vector<std::shared_ptr<const Entry>> entries;  // by seq
};

struct Chunk {
  protocol::Day day = 0;
  std::shared_ptr<const crypto::Bytes> bytes;
};

struct Upload {
  std::uint32_t count = 0;
  std::map<std::uint32_t, Chunk> chunks;  // by index
  bool kept = false;
};

struct Link {
  protocol::Handle handle;
  std::uint64_t position = 0;
  bool dormant = false;
};

struct Certificate {
  std::uint64_t number = 0;
  crypto::Bytes bytes;
};

// Rows are never altered once they are in a table, only replaced; nullptr (in changes alone):
// removed.
template <class Key, class Row>
using Table = std::map<Key, std::shared_ptr<const Row>>;

using UploadKey = std::pair<protocol::Handle, protocol::UploadId>;

struct Tables {
  Table<protocol::Handle, CaseRecord> cases;
  Table<UploadKey, Upload> uploads;
  Table<protocol::MemberId, std::vector<Link>> inboxes;  // by position
  Table<protocol::MemberId, Certificate> certificates;
  Table<protocol::Day, DayBudget> budgets;
  std::optional<DirectorySeen> directory;  // in changes: none when it stays what it is
};

// The row under a key, changes first; nullptr when there is none.
template <class Key, class Row>
const Row* find_row(const Table<Key, Row>& committed, const Table<Key, Row>* changed,
                    const Key& key) {
  if (changed != nullptr) {
    if (const auto it = changed->find(key); it != changed->end()) return it->second.get();
  }
  const auto it = committed.find(key);
  return it == committed.end() ? nullptr : it->second.get();
}

template <class Key, class Row>
void apply(Table<Key, Row>& committed, Table<Key, Row>&& changed) {
  for (auto& [key, row] : changed) {
    if (row == nullptr) {
      committed.erase(key);
    } else {
      committed.insert_or_assign(key, std::move(row));
    }
  }
}

inline void apply(Tables& committed, Tables&& changed) {
  apply(committed.cases, std::move(changed.cases));
  apply(committed.uploads, std::move(changed.uploads));
  apply(committed.inboxes, std::move(changed.inboxes));
  apply(committed.certificates, std::move(changed.certificates));
  apply(committed.budgets, std::move(changed.budgets));
  if (changed.directory) committed.directory = changed.directory;
}

}  // namespace omzien::storage::memory
