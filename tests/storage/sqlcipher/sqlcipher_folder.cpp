#include "tests/storage/sqlcipher/sqlcipher_folder.h"

#include <fstream>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/storage/sqlcipher/pages.h"

namespace omzien::storage::sqlcipher {

DataKey key_of(std::uint32_t number) {
  return *DataKey::from(contract::bytes_of(number, DataKey::kSize));
}

SqlcipherFolder::SqlcipherFolder() {
  crypto::initialise();
  options_.path = folder_.path() / "store.db";
}

void SqlcipherFolder::make_store(std::size_t entries) {
  const auto store = open_store();
  ASSERT_TRUE(store);
  put_case(**store, 1, contract::entries_of(1000, entries));
}

std::unique_ptr<Connection> SqlcipherFolder::connect(std::uint32_t key) {
  ConnectionOptions options;
  options.path = options_.path;
  options.role = Role::kWriter;
  return std::move(Connection::open(options, key_of(key)).value());
}

void SqlcipherFolder::alter(const char* sql) {
  const auto connection = connect();
  ASSERT_TRUE(connection->execute(sql));
  ASSERT_TRUE(connection->execute("PRAGMA wal_checkpoint(TRUNCATE)"));
}

std::map<std::string, std::string> SqlcipherFolder::files() const {
  std::map<std::string, std::string> found;
  for (const auto& file : std::filesystem::directory_iterator(folder_.path())) {
    const std::string name = file.path().filename().string();
    if (!file.is_regular_file() || name.ends_with(".lock") || name.ends_with("-shm")) continue;
    if (name.ends_with("-wal") && file.file_size() == 0) continue;
    std::ifstream stream(file.path(), std::ios::binary);
    found[name] = {std::istreambuf_iterator<char>(stream), {}};
  }
  return found;
}

std::string SqlcipherFolder::every_page() const {
  return sqlcipher::every_page(options_.path, key_of(1));
}

void SqlcipherFolder::put_case(Store& store, std::uint32_t number,
                               const std::vector<Entry>& entries) {
  const auto transaction = std::move(store.begin().value());
  ASSERT_TRUE(transaction->open_case(contract::handle_of(number), contract::share_of(number),
                                     entries, contract::info_for(entries)));
  ASSERT_TRUE(transaction->commit());
}

std::size_t SqlcipherFolder::entries_in(Store& store, std::uint32_t number) {
  return store.reader().value()->entries(contract::handle_of(number), 0, 1000000000).value().size();
}

int in_child(const std::function<int()>& work) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(work());
  int status = 0;
  if (::waitpid(child, &status, 0) != child || !WIFEXITED(status)) return -1;
  return WEXITSTATUS(status);
}

}  // namespace omzien::storage::sqlcipher
