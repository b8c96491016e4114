// No memory just behind a commit: a case that was destroyed is named all the same, or nobody is
// told that anything was done.
#include <new>

#include "storage/tombstones.h"
#include "tests/gateway/scarce/scarce.h"
#include "tests/storage/sqlcipher/sqlcipher_folder.h"

namespace omzien::storage::sqlcipher {
namespace {

class ScarceTombstones : public SqlcipherFolder {
 protected:
  // Whether the commit was said to have gone well.
  static bool destroys(Store& store, std::uint32_t number, int allocation) {
    const auto t = std::move(store.begin().value());
    EXPECT_TRUE(t->destroy_case(contract::handle_of(number)));
    try {
      omzien::scarce::fail_allocation(allocation);
      return t->commit().has_value();
    } catch (const std::bad_alloc&) {
      return false;
    }
  }
  bool is_named(std::uint32_t number) const {
    const auto file =
        Tombstones::open(folder_.path() / "store.db.tombstones", tombstone_key(key_of(1)));
    return file && file->contains(contract::handle_of(number));
  }
};

TEST_F(ScarceTombstones, WhatWasDestroyedIsNamedWhereverTheMemoryEnds) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer brings an operator new of its own";
#endif
  make_store();
  const auto store = std::move(open_store().value());
  std::uint32_t number = 2;
  int refused = 0;
  for (bool failed = true; failed; ++number) {
    put_case(*store, number, contract::entries_of(1000, 1));
    const bool done = destroys(*store, number, static_cast<int>(number) - 1);
    failed = omzien::scarce::has_failed();
    refused += done ? 0 : 1;
    if (store->reader().value()->case_info(contract::handle_of(number)).value()->destroyed) {
      EXPECT_TRUE(store->begin()) << "there is memory now";
      EXPECT_TRUE(is_named(number)) << "after allocation " << number - 1;
    } else {
      EXPECT_FALSE(done);
    }
  }
  EXPECT_GT(refused, 2) << "memory is asked for before the commit, and behind it";
}

}  // namespace
}  // namespace omzien::storage::sqlcipher
