// A store, a backup of it, and a place elsewhere where it is brought back.
#pragma once

#include "storage/sqlcipher/restore.h"
#include "tests/crypto/fixed_random.h"
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
  // Cases 1 to `count`, of 3 entries each.
  static void fill(Store& store, std::uint32_t count) {
    for (std::uint32_t number = 1; number <= count; ++number)
      put_case(store, number, contract::entries_of(100 * number, 3));
  }
  static void expect_same(Store& a, Store& b, std::uint32_t cases) {
    const auto here = std::move(a.reader().value());
    const auto there = std::move(b.reader().value());
    for (std::uint32_t number = 1; number <= cases; ++number) {
      const auto handle = contract::handle_of(number);
      EXPECT_EQ(here->case_info(handle).value(), there->case_info(handle).value()) << number;
      EXPECT_EQ(here->entries(handle, 0, 1000000).value(),
                there->entries(handle, 0, 1000000).value());
      const auto share = here->case_share(handle).value();
      const auto other = there->case_share(handle).value();
      ASSERT_EQ(share.has_value(), other.has_value());
      if (share) {
        EXPECT_TRUE(crypto::constant_time_equal(share->reveal(), other->reveal()));
      }
    }
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
