// Opens a store with its key, as somebody could who took the machine and the key file: every value
// of every column, and every page without its encryption, freed ones and the WAL's too. For
// at_rest_test.py.
//
//   omzien-open-store STORE KEY_FILE PLAIN
//
// stdout, a line a value: table, column, row, type, hexadecimal (of a number: its decimal digits).
// PLAIN: those pages. The store has to be a copy of its files: it is opened.
#define SQLITE_HAS_CODEC 1
#include <fstream>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <vector>

#include <sqlcipher/sqlite3.h>

#include "storage/data_key.h"
#include "tests/storage/sqlcipher/pages.h"

namespace {

using namespace omzien;

struct Database {
  explicit Database(const std::string& path) {
    if (sqlite3_open(path.c_str(), &raw) != SQLITE_OK) throw std::runtime_error(path);
  }
  ~Database() { sqlite3_close(raw); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void execute(const std::string& sql) const {
    if (sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
      throw std::runtime_error(sql.substr(0, 40) + ": " + sqlite3_errmsg(raw));
  }
  template <class Each>
  void rows(const std::string& sql, Each each) const {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(raw, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(raw));
    while (sqlite3_step(statement) == SQLITE_ROW) each(statement);
    sqlite3_finalize(statement);
  }

  sqlite3* raw = nullptr;
};

std::string text_of(sqlite3_stmt* row, int column) {
  const auto* text = sqlite3_column_text(row, column);
  return text == nullptr ? "" : reinterpret_cast<const char*>(text);
}

void print_value(const std::string& table, sqlite3_stmt* row, int column) {
  const int type = sqlite3_column_type(row, column);
  std::cout << table << '\t' << sqlite3_column_name(row, column) << '\t'
            << sqlite3_column_int64(row, 0) << '\t';
  if (type == SQLITE_INTEGER) {
    std::cout << "number\t" << sqlite3_column_int64(row, column) << '\n';
    return;
  }
  const auto* blob = static_cast<const std::uint8_t*>(sqlite3_column_blob(row, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(row, column));
  std::cout << (type == SQLITE_NULL   ? "null"
                : type == SQLITE_TEXT ? "text"
                                      : "bytes")
            << '\t' << crypto::to_hex({blob, size}) << '\n';
}

void dump(const Database& database) {
  std::vector<std::string> tables;
  database.rows("SELECT name FROM sqlite_schema WHERE type = 'table'",
                [&](sqlite3_stmt* row) { tables.push_back(text_of(row, 0)); });
  for (const auto& table : tables)
    database.rows("SELECT rowid, * FROM \"" + table + "\"", [&](sqlite3_stmt* row) {
      for (int column = 1; column < sqlite3_column_count(row); ++column)
        print_value(table, row, column);
    });
}

void run(const std::string& store, const std::string& key_file, const std::string& plain) {
  const auto secret = storage::read_key_file(key_file);
  if (!secret) throw std::runtime_error("the key file");
  const auto key = storage::read_data_key(store + ".datakey", *secret);
  if (!key) throw std::runtime_error("the data key");
  // Before anything opens it: that would take the WAL in, and write freed pages anew.
  std::ofstream(plain, std::ios::binary) << storage::sqlcipher::every_page(store, *key);
  const Database database(store);
  database.execute("PRAGMA key = \"x'" + crypto::to_hex(key->reveal()) + "'\"");
  dump(database);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 4) return 2;
  crypto::initialise();
  try {
    run(arguments[1], arguments[2], arguments[3]);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  return 0;
}
