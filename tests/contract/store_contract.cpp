#include "tests/contract/store_contract.h"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <unistd.h>

#include "crypto/verify/hash.h"
#include "storage/memory/memory_store.h"
#include "storage/sqlcipher/store.h"

namespace omzien::storage::contract {
namespace {

// A value of fixed size that stands for (kind, number).
template <class Fixed>
Fixed fixed_of(std::string_view kind, std::uint32_t number) {
  crypto::FieldList fields;
  fields.append(kind).append_u32(number);
  return *Fixed::from(crypto::hash_fields(fields).view().first(Fixed::kSize));
}

// Memory rather than a disk where there is some: thousands of fsyncs are not what these tests are
// about. What must hold on a disk is tested below the engine, with a VFS that fails.
std::filesystem::path temporary_place() {
  if (std::getenv("TMPDIR") == nullptr && ::access("/dev/shm", W_OK) == 0) return "/dev/shm";
  return std::filesystem::temp_directory_path();
}

std::unique_ptr<Store> make_sqlcipher(const std::filesystem::path& folder,
                                      std::chrono::milliseconds wait_max) {
  sqlcipher::OpenOptions options;
  options.path = folder / "store.db";
  options.wait_max = wait_max;
  auto store = sqlcipher::open(options, *DataKey::from(share_of(4711).reveal()));
  if (!store) throw std::runtime_error("no store");
  return std::move(*store);
}

}  // namespace

std::vector<Engine> engines() {
  return {
      {"Memory", [](const std::filesystem::path&,
                    std::chrono::milliseconds wait_max) { return make_memory_store(wait_max); }},
      {"Sqlcipher", make_sqlcipher},
  };
}

StoreContract::StoreContract() {
  crypto::initialise();
  store_ = GetParam().make(folder_.path(), kWaitMax);
}

protocol::Handle handle_of(std::uint32_t number) {
  return fixed_of<protocol::Handle>("handle", number);
}
protocol::MemberId member_of(std::uint32_t number) {
  return fixed_of<protocol::MemberId>("member", number);
}
protocol::UploadId upload_of(std::uint32_t number) {
  return fixed_of<protocol::UploadId>("upload", number);
}

crypto::Bytes bytes_of(std::uint32_t number, std::size_t size) {
  crypto::Bytes bytes(size);
  std::uint32_t state = number * 2654435761U + 1;
  for (auto& byte : bytes) {
    state = state * 1664525U + 1013904223U;
    byte = static_cast<std::uint8_t>(state >> 24);
  }
  return bytes;
}

crypto::SecretBytes share_of(std::uint32_t number) {
  return crypto::SecretBytes::from(fixed_of<crypto::Digest>("share", number).view());
}

Entry entry_of(std::uint32_t number, std::size_t payload_bytes) {
  Entry entry;
  entry.header = bytes_of(number, 200 + number % 7);
  const auto half = fixed_of<crypto::Digest>("signature", number);
  std::ranges::copy(half.view(), entry.signature.data());
  entry.hash = fixed_of<crypto::Digest>("entry", number);
  entry.payload = bytes_of(number + 1, payload_bytes);
  return entry;
}

std::vector<Entry> entries_of(std::uint32_t first_number, std::size_t count) {
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < count; ++i)
    entries.push_back(entry_of(first_number + static_cast<std::uint32_t>(i)));
  return entries;
}

CaseInfo info_for(const std::vector<Entry>& entries, std::uint64_t first_seq) {
  CaseInfo info;
  info.head_seq = first_seq + entries.size() - 1;
  info.head_hash = entries.back().hash;
  info.opened_day = 20000;
  info.head_day = 20000 + static_cast<protocol::Day>(info.head_seq);
  return info;
}

TemporaryFolder::TemporaryFolder() {
  std::string name = (temporary_place() / "omzien-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace omzien::storage::contract
