// What `differing` and `empty_in` are for: whatever a copy has lost, altered or gained is found, in
// whichever table; and one that nobody fills is named.
#include "tests/storage/sqlcipher/backups.h"

namespace omzien::storage::sqlcipher {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class EveryRowOf : public Backups {
 protected:
  // Changes the store behind the engine's back.
  void change(const std::string& sql) {
    const auto key = read_data_key(options_.path.string() + ".datakey", secret_of(1)).value();
    ConnectionOptions options;
    options.path = options_.path;
    options.role = Role::kWriter;
    const auto connection = std::move(Connection::open(options, key).value());
    ASSERT_TRUE(connection->execute(("PRAGMA foreign_keys = OFF; " + sql).c_str()));
  }
};

TEST_F(EveryRowOf, AStoreIsTheSameUntilSomethingChanges) {
  make_full_store(3);
  const auto before = here();
  EXPECT_THAT(differing(before, here()), IsEmpty());
  change("DELETE FROM chunks WHERE id = 2");
  EXPECT_THAT(differing(before, here()), ElementsAre("chunks"));
}

TEST_F(EveryRowOf, AnyTableMissesOneRow) {
  make_full_store(3);
  for (const auto& [table, rows] : here()) {
    if (table == "sqlite_schema" || table == "tombstones") continue;
    const auto before = here();
    change("DELETE FROM " + table + " WHERE rowid = (SELECT max(rowid) FROM " + table + ")");
    EXPECT_THAT(differing(before, here()), ElementsAre(table));
  }
}

TEST_F(EveryRowOf, AValueATableAnIndexAndATombstoneAreMissed) {
  make_full_store(3);
  auto before = here();
  change("UPDATE uploads SET kept = 1 - kept WHERE id = 1");
  EXPECT_THAT(differing(before, here()), ElementsAre("uploads"));
  before = here();
  change("DROP INDEX cases_unmet");
  EXPECT_THAT(differing(before, here()), ElementsAre("sqlite_schema"));
  before = here();
  change("DROP TABLE day_budgets");
  EXPECT_THAT(differing(before, here()), ElementsAre("day_budgets", "sqlite_schema"));
  EXPECT_THAT(differing(here(), before), ElementsAre("day_budgets", "sqlite_schema"));
  before = here();
  std::filesystem::resize_file(options_.path.string() + ".tombstones", 16);
  EXPECT_THAT(differing(before, here()), ElementsAre("tombstones"));
}

TEST_F(EveryRowOf, ATableThatNobodyFillsIsNamed) {
  make_full_store(3);
  change("CREATE TABLE forgotten (id INTEGER PRIMARY KEY) STRICT");
  EXPECT_THAT(empty_in(here()), ElementsAre("forgotten"));
}

}  // namespace
}  // namespace omzien::storage::sqlcipher
