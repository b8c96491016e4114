// Which cases were destroyed, kept apart from the store and from every backup of it (design §7): an
// older copy that is put back beside this file brings nothing back.
//
// Layout of the file: 16 bytes magic, "omzien deleted1\n", then 32 bytes a case:
//
//   HMAC-SHA256(tombstone key, handle)
//   tombstone key = HKDF-Expand(data key, tag store_tombstone, 32)
//
// So the file tells nobody without the data key which cases there were. Records are only added. A
// record that was cut off by a crash stands at the end, counts for nothing (nobody was told that it
// is there), and the next one is written over it.
//
// The file's times show the day of its last record, and no time of it: this file is copied, and its
// times with it.
#pragma once

#include <filesystem>
#include <set>
#include <vector>

#include "storage/data_key.h"

namespace omzien::storage {

using TombstoneKey = crypto::SecretKey<struct TombstoneKeyTag, 32>;
TombstoneKey tombstone_key(const DataKey&);

// How many records a file has, read without the key. Nothing when no such file is there.
std::optional<std::uintmax_t> tombstones_in(const std::filesystem::path&);

// For one thread at a time.
class Tombstones {
 public:
  // None there: the file is made with the first record. kDamaged: something else lies in its place.
  static Result<Tombstones> open(std::filesystem::path path, TombstoneKey key);

  bool empty() const { return records_.empty(); }
  bool contains(const protocol::Handle&) const;

  // Memory for what is about to be added, found while it can still be refused. Throws bad_alloc,
  // and nothing has changed then.
  using Room = std::set<crypto::Digest>;
  Room room_for(const std::vector<protocol::Handle>&);
  // Remembers these cases. On disk after the next flush() that succeeds; one that is there costs
  // nothing. Needs no memory: what was committed is named, whatever happens.
  void add(Room) noexcept;
  // On disk when it succeeds. An error keeps what was added for the next call.
  Result<void> flush();

 private:
  Tombstones(std::filesystem::path path, TombstoneKey key)
      : path_(std::move(path)), key_(std::move(key)) {}
  crypto::Digest record_of(const protocol::Handle&) const;
  Result<void> load();

  std::filesystem::path path_;
  TombstoneKey key_;
  std::set<crypto::Digest> records_;
  std::vector<crypto::Digest> unwritten_;  // in records_, too
  std::uint64_t written_ = 0;              // records in the file; 0: there may be no file
};

}  // namespace omzien::storage
