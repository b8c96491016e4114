// A store that is killed, or whose disk fails, while it closes opens again: whether it was closed
// is said before its journal goes.
#include "tests/storage/sqlcipher/dying_vfs.h"
#include "tests/storage/sqlcipher/faulty_vfs.h"
#include "tests/storage/sqlcipher/sqlcipher_folder.h"

namespace omzien::storage::sqlcipher {
namespace {

using Closing = SqlcipherFolder;

TEST_F(Closing, KilledAnywhereItLeavesAStoreThatOpensWithAllThatWasInIt) {
  make_store();
  options_.vfs = dying::name();
  int deaths = 0;
  for (int status = dying::kDied; status == dying::kDied; ++deaths) {
    ASSERT_LT(deaths, 100);
    const auto number = static_cast<std::uint32_t>(deaths + 2);
    status = in_child([&] {
      auto store = std::move(open_store().value());
      put_case(*store, number, contract::entries_of(100 * number, 3));
      dying::die_after(deaths + 1);
      store.reset();
      return 0;
    });
    ASSERT_TRUE(status == 0 || status == dying::kDied) << status;
    const auto store = open_store();
    ASSERT_TRUE(store) << deaths << " error " << static_cast<int>(store.error());
    ASSERT_EQ(entries_in(**store, number), 3U) << deaths;
  }
  EXPECT_GT(deaths, 4);
}

TEST_F(Closing, WithADiskThatFailsAnywhereItLeavesAStoreThatOpensWithAllThatWasInIt) {
  make_store();
  options_.vfs = faulty::name();
  bool failed = true;
  int failures = -1;
  for (; failed; ++failures) {
    ASSERT_LT(failures, 100);
    const auto number = static_cast<std::uint32_t>(failures + 3);
    auto closing = std::move(open_store().value());
    put_case(*closing, number, contract::entries_of(100 * number, 3));
    faulty::fail_after(failures + 1, SQLITE_IOERR);
    closing.reset();
    failed = faulty::heal();
    const auto store = open_store();
    ASSERT_TRUE(store) << failures << " error " << static_cast<int>(store.error());
    ASSERT_EQ(entries_in(**store, number), 3U) << failures;
  }
  EXPECT_GT(failures, 2);
}

}  // namespace
}  // namespace omzien::storage::sqlcipher
