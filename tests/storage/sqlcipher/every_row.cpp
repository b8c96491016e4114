#include "tests/storage/sqlcipher/every_row.h"

#include <algorithm>
#include <fstream>
#include <set>

#include "storage/data_key.h"
#include "storage/sqlcipher/paths.h"

namespace omzien::storage::sqlcipher {
namespace {

// A connection keeps the texts of its statements, so they have to stay.
std::string_view kept(const std::string& sql) {
  static std::set<std::string> all;
  return *all.insert(sql).first;
}

// In no order: records of 32 bytes behind 16 that say what the file is (storage/tombstones.h).
std::vector<std::string> tombstones_beside(const std::filesystem::path& database) {
  constexpr std::size_t kMagic = 16;
  constexpr std::size_t kRecord = 32;
  std::ifstream file(beside(database, ".tombstones"), std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  std::vector<std::string> found;
  for (std::size_t at = kMagic; at < bytes.size(); at += kRecord)
    found.push_back(bytes.substr(at, kRecord));
  std::ranges::sort(found);
  return found;
}

}  // namespace

std::vector<std::string> texts(Connection& connection, std::string_view sql) {
  std::vector<std::string> found;
  auto use = connection.use(sql);
  while (use.step().value()) {
    const auto text = use.view(0);
    found.emplace_back(text.begin(), text.end());
  }
  return found;
}

std::vector<std::string> tables_of(Connection& connection) {
  return texts(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid");
}

std::vector<std::string> rows_of(Connection& connection, const std::string& table) {
  const auto columns =
      texts(connection, kept("SELECT group_concat('quote(' || name || ')', ' || '', '' || ') "
                             "FROM pragma_table_info('" +
                             table + "')"));
  return texts(connection, kept("SELECT " + columns.at(0) + " FROM " + table + " ORDER BY rowid"));
}

EveryRow every_row(const OpenOptions& store, const KeyFileSecret& secret) {
  const auto key = read_data_key(beside(store.path, ".datakey"), secret).value();
  const auto connection = std::move(
      Connection::open(connection_options(store, store.path, Role::kReader), key).value());
  EveryRow found;
  for (const auto& table : tables_of(*connection)) found[table] = rows_of(*connection, table);
  found["sqlite_schema"] =
      texts(*connection, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name");
  found["tombstones"] = tombstones_beside(store.path);
  return found;
}

std::vector<std::string> empty_in(const EveryRow& store) {
  std::vector<std::string> found;
  for (const auto& [table, rows] : store)
    if (rows.empty()) found.push_back(table);
  return found;
}

std::vector<std::string> differing(const EveryRow& a, const EveryRow& b) {
  std::set<std::string> found;
  for (const auto& [table, rows] : a)
    if (!b.contains(table) || b.at(table) != rows) found.insert(table);
  for (const auto& [table, rows] : b)
    if (!a.contains(table)) found.insert(table);
  return {found.begin(), found.end()};
}

}  // namespace omzien::storage::sqlcipher
