// What a withdrawal destroyed lies in no memory of the process either, once the store was scrubbed.
#include <array>
#include <cstdint>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <unistd.h>

#include "crypto/verify/random.h"
#include "storage/sqlcipher/wiped_memory.h"
#include "tests/storage/sqlcipher/sqlcipher_folder.h"

namespace omzien::storage::sqlcipher {
namespace {

// Before any test here puts a file system below SQLite, when it would be too late.
const bool kWipes = wipe_what_sqlite_frees();

constexpr std::uint8_t kMask = 0x5a;
using Masked =
    std::array<std::uint8_t, 32>;  // what is looked for, so that this is not what is found

bool stands_in(crypto::ByteView memory, const Masked& masked) {
  const auto same = [](std::uint8_t there, std::uint8_t here) { return (there ^ kMask) == here; };
  return std::search(memory.begin(), memory.end(), masked.begin(), masked.end(), same) !=
         memory.end();
}

// Whether it stands anywhere in the memory of this process that may be read.
bool remembered(const Masked& masked) {
  std::ifstream maps("/proc/self/maps");
  const int memory = ::open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  EXPECT_GE(memory, 0);
  bool found = false;
  for (std::string line; !found && std::getline(maps, line);) {
    std::istringstream row(line);
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    char to = 0;
    char readable = 0;
    if (!(row >> std::hex >> begin >> to >> end >> readable) || readable != 'r' ||
        line.find("[v") != std::string::npos)
      continue;
    crypto::Bytes piece(end - begin);
    const auto got = ::pread(memory, piece.data(), piece.size(), static_cast<off_t>(begin));
    found =
        got > 0 && stands_in(crypto::ByteView(piece).first(static_cast<std::size_t>(got)), masked);
    crypto::wipe(piece);
  }
  ::close(memory);
  return found;
}

class Forgetting : public SqlcipherFolder {
 protected:
  // A case whose share nobody here keeps; what to look for.
  static Masked put_with_fresh_share(Store& store, std::uint32_t number) {
    crypto::SystemRandom random;
    crypto::SecretBytes share(32);
    random.fill(share.reveal_mutable());
    const auto entries = contract::entries_of(100 * number, 3);
    const auto t = std::move(store.begin().value());
    EXPECT_TRUE(
        t->open_case(contract::handle_of(number), share, entries, contract::info_for(entries)));
    EXPECT_TRUE(t->commit());
    Masked masked{};
    for (std::size_t i = 0; i < masked.size(); ++i)
      masked[i] = static_cast<std::uint8_t>(share.reveal()[i] ^ kMask);
    return masked;
  }
  static void read_share(Store& store, std::uint32_t number, bool is_there) {
    EXPECT_EQ(store.reader().value()->case_share(contract::handle_of(number)).value().has_value(),
              is_there);
  }
};

TEST_F(Forgetting, AShareThatWasDestroyedIsInNoMemoryAfterAScrub) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer keeps what was freed, and its memory is larger than any machine's";
#endif
  ASSERT_TRUE(kWipes);
  const auto store = std::move(open_store().value());
  const auto kept = put_with_fresh_share(*store, 1);
  const auto destroyed = put_with_fresh_share(*store, 2);
  for (const std::uint32_t number : {1U, 2U}) read_share(*store, number, true);
  ASSERT_TRUE(remembered(kept));
  ASSERT_TRUE(remembered(destroyed));
  {
    const auto t = std::move(store->begin().value());
    ASSERT_TRUE(t->destroy_case(contract::handle_of(2)));
    ASSERT_TRUE(t->commit());
  }
  ASSERT_TRUE(store->scrub());
  EXPECT_TRUE(remembered(kept)) << "by the writer";
  EXPECT_FALSE(remembered(destroyed)) << "before anybody reads again, too";
  read_share(*store, 1, true);
  read_share(*store, 2, false);
}

}  // namespace
}  // namespace omzien::storage::sqlcipher
