// A disk that fails at every possible place: the error is the right one and nothing is changed by
// it.
#include <sqlite3.h>

#include "tests/storage/sqlcipher/faulty_vfs.h"
#include "tests/storage/sqlcipher/sqlcipher_folder.h"

namespace omzien::storage::sqlcipher {
namespace {

struct Fault {
  std::string name;
  int result_code;
  Error error;
};

class Faults : public SqlcipherFolder, public testing::WithParamInterface<Fault> {
 protected:
  Faults() { options_.vfs = faulty::name(); }
  void TearDown() override { faulty::heal(); }

  // Appends one large entry to case 1.
  static Result<void> append(Store& store, const CaseInfo& head) {
    auto transaction = store.begin();
    if (!transaction) return tl::unexpected(transaction.error());
    const auto number = static_cast<std::uint32_t>(1001 + head.head_seq);
    const std::vector<Entry> next = {contract::entry_of(number, 20000)};
    auto appended = (*transaction)
                        ->append(contract::handle_of(1), head.head_seq, head.head_hash, next,
                                 contract::info_for(next, head.head_seq + 1));
    if (!appended) return appended;
    return (*transaction)->commit();
  }
};

INSTANTIATE_TEST_SUITE_P(Of, Faults,
                         testing::Values(Fault{"AFullDisk", SQLITE_FULL, Error::kFull},
                                         Fault{"AReadOnlyDisk", SQLITE_READONLY, Error::kReadOnly},
                                         Fault{"ABrokenDisk", SQLITE_IOERR_WRITE, Error::kFailed}),
                         [](const auto& fault) { return fault.param.name; });

TEST_P(Faults, TransactionThatFailsAnywhereChangesNothingAndTheNextOneGoesOn) {
  auto store = std::move(open_store().value());
  put_case(*store, 1, contract::entries_of(1000, 1));
  const auto case_info = [&] {
    return store->reader().value()->case_info(contract::handle_of(1)).value().value();
  };
  bool failed = true;
  for (int operations = 0; failed; ++operations) {
    ASSERT_LT(operations, 200);
    const auto head = case_info();
    faulty::fail_after(operations, GetParam().result_code);
    const auto appended = append(*store, head);
    // Reading goes on while writing fails.
    const auto after = case_info();
    failed = faulty::heal();
    if (failed) {
      ASSERT_FALSE(appended) << operations;
      EXPECT_EQ(appended.error(), GetParam().error) << operations;
      EXPECT_EQ(after, head);
      EXPECT_EQ(entries_in(*store, 1), head.head_seq + 1);
    }
    ASSERT_EQ(append(*store, after).has_value(), true) << operations;
  }
  const auto count = entries_in(*store, 1);
  EXPECT_GT(count, 5U);  // it did fail in several places
  store.reset();
  EXPECT_EQ(entries_in(*open_store().value(), 1), count);
}

TEST_P(Faults, FirstStartThatFailsAnywhereIsRefusedAndTheNextOneWorks) {
  bool failed = true;
  for (int operations = 0; failed; ++operations) {
    ASSERT_LT(operations, 500);
    faulty::fail_after(operations, GetParam().result_code);
    const auto error = [&] {
      const auto store = open_store();
      return store ? std::nullopt : std::optional(store.error());
    }();
    failed = faulty::heal();
    if (error) {
      EXPECT_EQ(*error, GetParam().error) << operations;
    }
    ASSERT_TRUE(open_store()) << operations;
    std::filesystem::remove(options_.path);
  }
}

TEST_F(SqlcipherFolder, EveryCommitIsSyncedToDiskBeforeItReturns) {
  options_.vfs = faulty::name();
  const auto store = std::move(open_store().value());
  for (std::uint32_t number = 1; number <= 5; ++number) {
    const int before = faulty::syncs();
    put_case(*store, number, contract::entries_of(1000, 1));
    EXPECT_GT(faulty::syncs(), before);
  }
}

}  // namespace
}  // namespace omzien::storage::sqlcipher
