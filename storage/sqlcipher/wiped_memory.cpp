#include "storage/sqlcipher/wiped_memory.h"

#include <algorithm>
#include <cstring>

#include <sqlcipher/sqlite3.h>

#include "crypto/verify/secret.h"

namespace omzien::storage::sqlcipher {
namespace {

// What SQLite would use by itself. Written once, before any other thread can be in here.
sqlite3_mem_methods own{};

void let_go(void* memory) {
  if (memory == nullptr) return;
  crypto::wipe({static_cast<std::uint8_t*>(memory), static_cast<std::size_t>(own.xSize(memory))});
  own.xFree(memory);
}

// Never in place: what the library below moves by itself it does not overwrite.
void* resize(void* memory, int size) {
  void* fresh = own.xMalloc(size);
  if (fresh == nullptr) return nullptr;
  std::memcpy(fresh, memory, static_cast<std::size_t>(std::min(size, own.xSize(memory))));
  let_go(memory);
  return fresh;
}

bool put_in_place() {
  if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &own) != SQLITE_OK) return false;
  sqlite3_mem_methods wiping = own;
  wiping.xFree = let_go;
  wiping.xRealloc = resize;
  // And each page on its own, where a connection would keep its first ones until it closes.
  return sqlite3_config(SQLITE_CONFIG_MALLOC, &wiping) == SQLITE_OK &&
         sqlite3_config(SQLITE_CONFIG_PAGECACHE, nullptr, 0, 0) == SQLITE_OK;
}

}  // namespace

bool wipe_what_sqlite_frees() {
  static const bool done = put_in_place();
  return done;
}

}  // namespace omzien::storage::sqlcipher
