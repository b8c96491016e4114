// A database of every version there ever was opens, and holds what was put into it.
//
// fixtures/version_N.sql is a dump of a store of version N with `fill` in it. When a migration is
// added, make the new one by running this test with OMZIEN_WRITE_FIXTURE=1, and never touch the
// older ones.
#include <cstdlib>
#include <fstream>

#include "storage/memory/memory_store.h"
#include "storage/sqlcipher/migrate.h"
#include "tests/storage/sqlcipher/every_row.h"
#include "tests/storage/sqlcipher/sqlcipher_folder.h"

namespace omzien::storage::sqlcipher {
namespace {

using contract::bytes_of;
using contract::handle_of;
using contract::member_of;
using contract::upload_of;

// Something in every table, with the values that are easily lost.
void fill(Store& store) {
  auto entries = contract::entries_of(1, 3);
  entries[1].payload = crypto::Bytes{};
  entries[2].payload.reset();
  CaseInfo info = contract::info_for(entries);
  info.acknowledged_day = 20003;
  info.expects_answer = false;
  info.urgent = true;
  info.bytes = 18446744073709551615U;
  const auto t = std::move(store.begin().value());
  ASSERT_TRUE(t->open_case(handle_of(1), contract::share_of(1), entries, info));
  const auto others = contract::entries_of(11, 1);
  ASSERT_TRUE(
      t->open_case(handle_of(2), contract::share_of(2), others, contract::info_for(others)));
  ASSERT_TRUE(t->put_chunk(handle_of(3), upload_of(1), 1, 2, 20001, bytes_of(1, 40)));
  ASSERT_TRUE(t->link_member(member_of(1), handle_of(2), false));
  ASSERT_TRUE(t->link_member(member_of(1), handle_of(1), true));
  ASSERT_TRUE(t->put_certificate(member_of(2), 7, bytes_of(2, 50)));
  ASSERT_TRUE(t->add_to_day_budget(20000, 2, 12345));
  ASSERT_TRUE(t->commit());
}

void expect_filled(Store& store) {
  const auto model = make_memory_store();
  fill(*model);
  const auto ours = std::move(store.reader().value());
  const auto theirs = std::move(model->reader().value());
  for (const std::uint32_t number : {1U, 2U, 3U}) {
    const auto handle = handle_of(number);
    EXPECT_EQ(ours->case_info(handle).value(), theirs->case_info(handle).value());
    EXPECT_EQ(ours->entries(handle, 0, 1000000).value(),
              theirs->entries(handle, 0, 1000000).value());
    const auto share = ours->case_share(handle).value();
    ASSERT_EQ(share.has_value(), number != 3);
    if (share) {
      EXPECT_TRUE(
          crypto::constant_time_equal(share->reveal(), contract::share_of(number).reveal()));
    }
    EXPECT_EQ(ours->upload_info(handle, upload_of(1)).value(),
              theirs->upload_info(handle, upload_of(1)).value());
    EXPECT_EQ(ours->chunk(handle, upload_of(1), 1).value(),
              theirs->chunk(handle, upload_of(1), 1).value());
    EXPECT_EQ(ours->inbox(member_of(number), 0, 9).value(),
              theirs->inbox(member_of(number), 0, 9).value());
    EXPECT_EQ(ours->certificate(member_of(number)).value(),
              theirs->certificate(member_of(number)).value());
  }
  EXPECT_EQ(ours->day_budget(20000).value(), theirs->day_budget(20000).value());
}

std::filesystem::path fixture(std::size_t version) {
  return std::filesystem::path(OMZIEN_FIXTURES) / ("version_" + std::to_string(version) + ".sql");
}

std::vector<std::string> schema(Connection& connection) {
  return texts(connection,
               "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name");
}

// The whole database as SQL that makes it again.
std::string dump(Connection& connection) {
  std::string out =
      "PRAGMA application_id = " + std::to_string(*connection.number("PRAGMA application_id")) +
      ";\nPRAGMA user_version = " + std::to_string(*connection.number("PRAGMA user_version")) +
      ";\n";
  for (const auto& sql :
       texts(connection, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")) {
    out += sql + ";\n";
  }
  for (const auto& table : tables_of(connection)) {
    for (const auto& row : rows_of(connection, table))
      out += "INSERT INTO " + table + " VALUES (" + row + ");\n";
  }
  return out;
}

using Migrations = SqlcipherFolder;

TEST_F(Migrations, DatabaseOfEveryVersionOpensWithAllThatIsInIt) {
  for (std::size_t version = 1; version <= migrations().size(); ++version) {
    std::ifstream file(fixture(version));
    const std::string sql{std::istreambuf_iterator<char>(file), {}};
    ASSERT_FALSE(sql.empty()) << "no " << fixture(version);
    options_.path = folder_.path() / ("version_" + std::to_string(version));
    std::ofstream(options_.path) << "";
    alter(sql.c_str());
    const auto store = open_store();
    ASSERT_TRUE(store) << version;
    expect_filled(**store);
  }
}

TEST_F(Migrations, EveryVersionEndsInTheSameSchema) {
  ASSERT_TRUE(open_store());
  const auto fresh = schema(*connect());
  for (std::size_t version = 1; version <= migrations().size(); ++version) {
    std::ifstream file(fixture(version));
    const std::string sql{std::istreambuf_iterator<char>(file), {}};
    options_.path = folder_.path() / ("version_" + std::to_string(version));
    std::ofstream(options_.path) << "";
    alter(sql.c_str());
    ASSERT_TRUE(open_store());
    EXPECT_EQ(schema(*connect()), fresh) << version;
  }
}

TEST_F(Migrations, NewestVersionHasAFixtureOfItsOwn) {
  fill(*open_store().value());
  const auto now = dump(*connect());
  const auto path = fixture(migrations().size());
  if (std::getenv("OMZIEN_WRITE_FIXTURE") != nullptr) std::ofstream(path) << now;
  std::ifstream file(path);
  EXPECT_EQ(now, std::string(std::istreambuf_iterator<char>(file), {}));
}

TEST_F(Migrations, FailingMigrationLeavesTheDatabaseAsItWas) {
  std::ofstream(options_.path) << "";
  // In the way of the first migration's last table.
  alter("PRAGMA application_id = 1330469454; CREATE TABLE day_budgets (a)");
  const auto before = schema(*connect());
  EXPECT_FALSE(open_store());
  EXPECT_EQ(schema(*connect()), before);
  EXPECT_EQ(connect()->number("PRAGMA user_version").value(), 0U);
}

}  // namespace
}  // namespace omzien::storage::sqlcipher
