#include "storage/data_key.h"

#include <fstream>
#include <numeric>
#include <sys/stat.h>

#include "tests/contract/store_contract.h"

namespace omzien::storage {
namespace {

// Bytes 0x40, 0x41, …
class CountingRandom final : public crypto::Random {
 public:
  void fill(std::span<std::uint8_t> out) override {
    std::iota(out.begin(), out.end(), std::uint8_t{0x40});
  }
};

class DataKeyFile : public testing::Test {
 protected:
  DataKeyFile() { crypto::initialise(); }
  static KeyFileSecret secret(std::uint32_t number) {
    return *KeyFileSecret::from(contract::bytes_of(number, 32));
  }
  static DataKey key() { return *DataKey::from(contract::bytes_of(99, 32)); }
  static bool same(const DataKey& a, const DataKey& b) {
    return crypto::constant_time_equal(a.reveal(), b.reveal());
  }

  contract::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_.path() / "store.db.datakey";
  crypto::SystemRandom random_;
};

// Computed with Python's hmac from the layout in storage/data_key.h: secret 00…1f, data key a0…bf,
// salt 40…5f.
TEST_F(DataKeyFile, WrappingIsKnown) {
  const auto range = [](std::uint8_t first) {
    crypto::Bytes bytes(32);
    std::iota(bytes.begin(), bytes.end(), first);
    return bytes;
  };
  CountingRandom salt;
  const auto wrapped =
      wrap_data_key(*DataKey::from(range(0xa0)), *KeyFileSecret::from(range(0)), salt);
  EXPECT_EQ(crypto::to_hex(wrapped),
            "6f6d7a69656e20646174616b6579310a404142434445464748494a4b4c4d4e4f505152535455565758595a"
            "5b5c5d5e5f"
            "b90fa18cab91e6cd9c7e4f2e3111fb9f6475caef1ee388a14a0829c4202c4920e095f8bc745badb57d3df7"
            "27b79e4b29"
            "82f88fcc2d30a8f6abe957861587c1b0");
}

TEST_F(DataKeyFile, WrittenKeyIsReadBack) {
  ASSERT_TRUE(write_data_key(path_, key(), secret(1), random_));
  const auto read = read_data_key(path_, secret(1));
  ASSERT_TRUE(read);
  EXPECT_TRUE(same(*read, key()));
  EXPECT_EQ(std::filesystem::file_size(path_), kWrappedDataKeyBytes);
  struct stat status {};
  ASSERT_EQ(::stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(DataKeyFile, AnotherKeyFileIsTheWrongKey) {
  ASSERT_TRUE(write_data_key(path_, key(), secret(1), random_));
  EXPECT_EQ(read_data_key(path_, secret(2)).error(), Error::kWrongKey);
}

TEST_F(DataKeyFile, EveryAlteredBitIsNoticed) {
  const auto wrapped = wrap_data_key(key(), secret(1), random_);
  for (std::size_t bit = 0; bit < 8 * wrapped.size(); ++bit) {
    auto altered = wrapped;
    altered[bit / 8] = static_cast<std::uint8_t>(altered[bit / 8] ^ (1U << bit % 8));
    EXPECT_FALSE(unwrap_data_key(altered, secret(1))) << bit;
  }
}

TEST_F(DataKeyFile, AnotherLengthIsDamaged) {
  auto wrapped = wrap_data_key(key(), secret(1), random_);
  wrapped.push_back(0);
  EXPECT_EQ(unwrap_data_key(wrapped, secret(1)).error(), Error::kDamaged);
  wrapped.resize(111);
  EXPECT_EQ(unwrap_data_key(wrapped, secret(1)).error(), Error::kDamaged);
  EXPECT_EQ(unwrap_data_key({}, secret(1)).error(), Error::kDamaged);
}

TEST_F(DataKeyFile, TwoWrappingsOfOneKeyLookUnlike) {
  const auto a = wrap_data_key(key(), secret(1), random_);
  const auto b = wrap_data_key(key(), secret(1), random_);
  EXPECT_FALSE(std::equal(a.begin() + 48, a.begin() + 80, b.begin() + 48));
}

TEST_F(DataKeyFile, RewrappedKeyOpensWithTheNewKeyFileAlone) {
  ASSERT_TRUE(write_data_key(path_, key(), secret(1), random_));
  ASSERT_TRUE(rewrap_data_key(path_, secret(1), secret(2), random_));
  EXPECT_EQ(read_data_key(path_, secret(1)).error(), Error::kWrongKey);
  EXPECT_TRUE(same(*read_data_key(path_, secret(2)), key()));
}

TEST_F(DataKeyFile, RewrappingWithTheWrongKeyFileChangesNothing) {
  ASSERT_TRUE(write_data_key(path_, key(), secret(1), random_));
  EXPECT_EQ(rewrap_data_key(path_, secret(3), secret(2), random_).error(), Error::kWrongKey);
  EXPECT_TRUE(same(*read_data_key(path_, secret(1)), key()));
}

TEST_F(DataKeyFile, LeftoverOfAnInterruptedWriteDoesNoHarm) {
  ASSERT_TRUE(write_data_key(path_, key(), secret(1), random_));
  std::ofstream(folder_.path() / "store.db.datakey.part") << "half of";
  EXPECT_TRUE(same(*read_data_key(path_, secret(1)), key()));
  ASSERT_TRUE(rewrap_data_key(path_, secret(1), secret(2), random_));
  EXPECT_TRUE(same(*read_data_key(path_, secret(2)), key()));
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "store.db.datakey.part"));
}

TEST_F(DataKeyFile, MissingFileIsUnreachable) {
  EXPECT_EQ(read_data_key(path_, secret(1)).error(), Error::kUnreachable);
}

}  // namespace
}  // namespace omzien::storage
