// What a device keeps between visits (proto/omzien/local.proto): contents by chance under the right
// key. What loads is saved again, and loads as it was saved.
#include <filesystem>
#include <unistd.h>

#include "clients/core/heads.h"
#include "clients/core/outbox.h"
#include "clients/core/pending_files.h"
#include "tests/crypto/fixed_random.h"
#include "tests/fuzz/target.h"

namespace omzien::fuzz {
namespace {

const core::Reporter& reporter() {
  static const core::Reporter one = [] {
    crypto::FixedRandom random("local");
    return core::Reporter(crypto::generate_phrase(random, crypto::WordList::kEnglish),
                          *protocol::ServiceId::from(crypto::Bytes(32, 5)));
  }();
  return one;
}

template <class Kept>
void check(const core::LocalFolder& folder, std::string_view purpose, crypto::ByteView content) {
  crypto::FixedRandom random("local");
  must(folder.write(reporter(), purpose, content, random).has_value());
  bool loads = false;
  if (auto kept = Kept::load(folder, reporter())) {
    loads = true;
    must(kept->save(folder, reporter(), random).has_value());
  }
  must(!loads || Kept::load(folder, reporter()).has_value());
  must(folder.remove(reporter(), purpose).has_value());
}

}  // namespace

void run(crypto::ByteView input) {
  // In memory: a disk would be asked for an fsync each time.
  static const core::LocalFolder folder("/dev/shm/omzien-fuzz-local-" + std::to_string(::getpid()));
  check<core::Outbox>(folder, "outbox", input);
  check<core::Heads>(folder, "heads", input);
  check<core::PendingFiles>(folder, "files", input);
}

}  // namespace omzien::fuzz
