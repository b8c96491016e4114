// A store with something in every table, a backup of it, and a place elsewhere where it is brought
// back.
#pragma once

#include <gmock/gmock.h>

#include "storage/sqlcipher/rekey.h"
#include "storage/sqlcipher/restore.h"
#include "tests/crypto/fixed_random.h"
#include "tests/storage/sqlcipher/around_cases.h"
#include "tests/storage/sqlcipher/every_row.h"
#include "tests/storage/sqlcipher/sqlcipher_folder.h"

namespace omzien::storage::sqlcipher {

inline KeyFileSecret secret_of(std::uint32_t number) {
  return *KeyFileSecret::from(contract::bytes_of(number, KeyFileSecret::kSize));
}

class Backups : public SqlcipherFolder {
 protected:
  Backups() { restored_.path = elsewhere_.path() / "store.db"; }

  Result<std::unique_ptr<Store>> open_here() { return open(options_, secret_of(1), random_); }
  Result<std::unique_ptr<Store>> open_there() { return open(restored_, secret_of(1), random_); }
  Result<Counted> back_up() { return backup(options_, secret_of(1), random_, backup_); }
  Result<Counted> bring_back(std::uint32_t wrapped_for = 1) {
    return restore(restored_, secret_of(1), random_,
                   {backup_, secret_of(wrapped_for), tombstones_, tombstones_lost_});
  }
  EveryRow here() const { return every_row(options_, secret_of(1)); }
  EveryRow there() const { return every_row(restored_, secret_of(1)); }
  // Cases 1 to `count`, of 3 entries each, and what a store keeps beside them.
  static void fill(Store& store, std::uint32_t count) {
    std::vector<protocol::Handle> handles;
    for (std::uint32_t number = 1; number <= count; ++number) {
      put_case(store, number, contract::entries_of(100 * number, 3));
      handles.push_back(contract::handle_of(number));
    }
    put_around_cases(store, handles, 20'000, {3, contract::entry_of(3).hash});
  }
  // At rest, with nothing empty that a store has: the last of the cases is destroyed, and the data
  // key was changed.
  void make_full_store(std::uint32_t cases) {
    {
      const auto store = std::move(open_here().value());
      fill(*store, cases);
      destroy(*store, cases);
    }
    const auto before = here();
    ASSERT_TRUE(change_data_key(options_, secret_of(1), random_));
    ASSERT_THAT(differing(before, here()), testing::ElementsAre("tombstone_keys"));
    tombstones_ = options_.path.string() + ".tombstones";
    ASSERT_THAT(empty_in(here()), testing::IsEmpty()) << "what is empty is not compared: fill it";
  }
  // Whatever was brought back opens, and is the store that is here.
  void expect_same_there() {
    ASSERT_TRUE(open_there());
    EXPECT_THAT(differing(here(), there()), testing::IsEmpty());
  }
  static void destroy(Store& store, std::uint32_t number) {
    const auto t = std::move(store.begin().value());
    ASSERT_TRUE(t->destroy_case(contract::handle_of(number)));
    ASSERT_TRUE(t->commit());
  }

  crypto::FixedRandom random_{"backups"};
  contract::TemporaryFolder elsewhere_;
  std::filesystem::path backup_ = elsewhere_.path() / "backup";
  OpenOptions restored_;
  std::optional<std::filesystem::path> tombstones_;
  bool tombstones_lost_ = false;
};

}  // namespace omzien::storage::sqlcipher
