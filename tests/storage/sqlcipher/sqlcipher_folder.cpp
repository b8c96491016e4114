#include "tests/storage/sqlcipher/sqlcipher_folder.h"

#include <fstream>
#include <sys/wait.h>
#include <unistd.h>

#include <openssl/evp.h>

namespace omzien::storage::sqlcipher {

namespace {

constexpr std::size_t kPage = 4096;

// A page under key 1: AES-256-CBC; of its last 80 bytes the first 16 are the IV and the rest a MAC;
// the first page begins with 16 bytes of salt (SQLCipher 4).
std::string decrypted_page(const char* bytes, bool first) {
  constexpr std::size_t kReserved = 80;
  const std::size_t salt = first ? 16 : 0;
  const auto* page = reinterpret_cast<const unsigned char*>(bytes);
  std::string out(kPage, '\0');
  int written = 0;
  const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(
      EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  EVP_DecryptInit_ex(context.get(), EVP_aes_256_cbc(), nullptr, key_of(1).reveal().data(),
                     page + kPage - kReserved);
  EVP_CIPHER_CTX_set_padding(context.get(), 0);
  EVP_DecryptUpdate(context.get(), reinterpret_cast<unsigned char*>(out.data()), &written,
                    page + salt, static_cast<int>(kPage - kReserved - salt));
  out.resize(static_cast<std::size_t>(written));
  return out;
}

// A WAL is 32 bytes, then frames: 24 bytes, of which the first four are the page's number, and the
// page (sqlite.org/fileformat2.html, 4.1).
std::string decrypted_wal(const std::string& wal) {
  std::string plain;
  for (std::size_t at = 32; at + 24 + kPage <= wal.size(); at += 24 + kPage)
    plain += decrypted_page(wal.data() + at + 24, wal.substr(at, 4) == std::string("\0\0\0\1", 4));
  return plain;
}

}  // namespace

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
  auto all = files();
  std::string plain = decrypted_wal(all["store.db-wal"]);
  const auto& database = all["store.db"];
  for (std::size_t at = 0; at + kPage <= database.size(); at += kPage)
    plain += decrypted_page(database.data() + at, at == 0);
  return plain;
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
