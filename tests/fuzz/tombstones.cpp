// The file of what was destroyed (storage/tombstones.h): bytes by chance, then a record added to
// what was there.
#include "storage/tombstones.h"

#include "tests/fuzz/scratch_file.h"

void omzien::fuzz::run(crypto::ByteView input) {
  static const ScratchFile file;
  static const auto data_key = *storage::DataKey::from(crypto::Bytes(32, 9));
  static const auto handle = *protocol::Handle::from(crypto::Bytes(32, 3));
  const auto path = file.holding(input);
  auto tombstones = storage::Tombstones::open(path, storage::tombstone_key(data_key));
  if (!tombstones) return;
  tombstones->add(tombstones->room_for({handle}));
  if (!tombstones->flush()) return;
  const auto again = storage::Tombstones::open(path, storage::tombstone_key(data_key));
  must(again.has_value() && again->contains(handle));
}
