// A key file behind a passphrase (crypto/open/key_file.h): bytes by chance at the lowest cost, and
// contents by chance under the right passphrase.
#include "crypto/open/key_file.h"

#include "tests/fuzz/sealed_key_file.h"
#include "tests/fuzz/target.h"

namespace omzien::fuzz {
namespace {

void check(crypto::ByteView sealed) {
  const auto file = crypto::open_key_file(sealed, crypto::as_bytes(kPassphrase));
  if (!file) return;
  must(file->xwing_seeds.size() <= crypto::kKeyFileSeedsMax);
  must(file->kind == crypto::KeyFileKind::kMember || file->kind == crypto::KeyFileKind::kRoot);
}

}  // namespace

void run(crypto::ByteView input) {
  check(sealed_by_hand(input));
  check(at_the_lowest_cost(input));
}

}  // namespace omzien::fuzz
