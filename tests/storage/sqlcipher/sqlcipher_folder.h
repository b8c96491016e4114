// A folder with a SQLCipher store in it, and what tests do to such a folder.
#pragma once

#include <map>

#include "storage/sqlcipher/connection.h"
#include "storage/sqlcipher/store.h"
#include "tests/contract/store_contract.h"

namespace omzien::storage::sqlcipher {

DataKey key_of(std::uint32_t number);

class SqlcipherFolder : public testing::Test {
 protected:
  SqlcipherFolder();

  // Opens the store under key 1.
  Result<std::unique_ptr<Store>> open_store() { return open(options_, key_of(1)); }

  // Makes the store with case 1 in it, entries_of(1000, `entries`), and closes it.
  void make_store(std::size_t entries = 1);

  // Changes the database behind the engine's back.
  void alter(const char* sql);

  // A plain connection to the database, beside the engine.
  std::unique_ptr<Connection> connect(std::uint32_t key = 1);

  // Every file of the folder by name, but for those that hold nothing of the store: the lock, the
  // index of the WAL (-shm, made anew at every opening) and a WAL without bytes. Don't compare with
  // EXPECT_EQ: it would print them.
  std::map<std::string, std::string> files() const;

  // What somebody who has key 1 finds in every page of the database, freed ones included, and in
  // every page that the WAL holds.
  std::string every_page() const;

  // Commits a new case. Counts its entries.
  static void put_case(Store& store, std::uint32_t number, const std::vector<Entry>& entries);
  static std::size_t entries_in(Store& store, std::uint32_t number);

  contract::TemporaryFolder folder_;
  OpenOptions options_;
};

// Runs `work` in a child process; what it returned, or -1 when the child died.
int in_child(const std::function<int()>& work);

}  // namespace omzien::storage::sqlcipher
