// The two small files beside the database: the gateway's key file and the wrapped data key
// (storage/).
#include "storage/data_key.h"
#include "tests/crypto/fixed_random.h"
#include "tests/fuzz/scratch_file.h"

void omzien::fuzz::run(crypto::ByteView input) {
  static const ScratchFile file;
  static const auto secret = *storage::KeyFileSecret::from(crypto::Bytes(32, 7));
  const auto path = file.holding(input);
  (void)storage::read_key_file(path);
  (void)storage::read_data_key(path, secret);
  const auto key = storage::unwrap_data_key(input, secret);
  if (!key) return;
  // It is one that was wrapped with this secret; wrapped again and unwrapped it is the same.
  crypto::FixedRandom random("store keys");
  const auto again = storage::unwrap_data_key(storage::wrap_data_key(*key, secret, random), secret);
  must(again.has_value());
  must_equal(again->reveal(), key->reveal());
}
