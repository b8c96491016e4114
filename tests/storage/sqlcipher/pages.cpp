#include "tests/storage/sqlcipher/pages.h"

#include <fstream>
#include <memory>
#include <string>

#include <openssl/evp.h>

namespace omzien::storage::sqlcipher {
namespace {

constexpr std::size_t kPage = 4096;

// A page: AES-256-CBC; of its last 80 bytes the first 16 are the IV and the rest a MAC;
// the first page begins with 16 bytes of salt (SQLCipher 4).
std::string decrypted_page(const DataKey& key, const char* bytes, bool first) {
  constexpr std::size_t kReserved = 80;
  const std::size_t salt = first ? 16 : 0;
  const auto* page = reinterpret_cast<const unsigned char*>(bytes);
  std::string out(kPage, '\0');
  int written = 0;
  const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(
      EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  EVP_DecryptInit_ex(context.get(), EVP_aes_256_cbc(), nullptr, key.reveal().data(),
                     page + kPage - kReserved);
  EVP_CIPHER_CTX_set_padding(context.get(), 0);
  EVP_DecryptUpdate(context.get(), reinterpret_cast<unsigned char*>(out.data()), &written,
                    page + salt, static_cast<int>(kPage - kReserved - salt));
  out.resize(static_cast<std::size_t>(written));
  return out;
}

// A WAL is 32 bytes, then frames: 24 bytes, of which the first four are the page's number, and the
// page (sqlite.org/fileformat2.html, 4.1).
std::string decrypted_wal(const DataKey& key, const std::string& wal) {
  std::string plain;
  for (std::size_t at = 32; at + 24 + kPage <= wal.size(); at += 24 + kPage)
    plain +=
        decrypted_page(key, wal.data() + at + 24, wal.substr(at, 4) == std::string("\0\0\0\1", 4));
  return plain;
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

std::string every_page(const std::filesystem::path& store, const DataKey& key) {
  auto wal = store;
  std::string plain = decrypted_wal(key, bytes_of(wal += "-wal"));
  const auto database = bytes_of(store);
  for (std::size_t at = 0; at + kPage <= database.size(); at += kPage)
    plain += decrypted_page(key, database.data() + at, at == 0);
  return plain;
}

}  // namespace omzien::storage::sqlcipher
