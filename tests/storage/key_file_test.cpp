#include "storage/key_file.h"

#include <fstream>
#include <sys/stat.h>

#include "crypto/verify/secret.h"
#include "tests/contract/store_contract.h"

namespace omzien::storage {
namespace {

class KeyFile : public testing::Test {
 protected:
  KeyFile() { crypto::initialise(); }

  void write(const std::string& text, mode_t mode = 0600) {
    std::ofstream(path_) << text;
    ASSERT_EQ(::chmod(path_.c_str(), mode), 0);
  }
  std::string text() const {
    std::ifstream file(path_);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  Error error() const {
    const auto read = read_key_file(path_);
    EXPECT_FALSE(read);
    return read ? Error::kConflict : read.error();
  }

  contract::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_.path() / "gateway.key";
  crypto::SystemRandom random_;
};

const std::string kDigits = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

TEST_F(KeyFile, MadeFileIsReadBackAndBelongsToItsOwnerAlone) {
  ASSERT_TRUE(make_key_file(path_, random_));
  struct stat status {};
  ASSERT_EQ(::stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  const auto secret = read_key_file(path_);
  ASSERT_TRUE(secret);
  EXPECT_EQ(text(), "omzien gateway key 1\n" + crypto::to_hex(secret->reveal()) + "\n");
}

TEST_F(KeyFile, ExistingFileIsNeverOverwritten) {
  ASSERT_TRUE(make_key_file(path_, random_));
  const auto before = text();
  EXPECT_EQ(make_key_file(path_, random_).error(), Error::kConflict);
  EXPECT_EQ(text(), before);
}

TEST_F(KeyFile, LayoutIsTheDocumentedOne) {
  write("omzien gateway key 1\n" + kDigits + "\n");
  const auto secret = read_key_file(path_);
  ASSERT_TRUE(secret);
  EXPECT_EQ(crypto::to_hex(secret->reveal()), kDigits);
}

TEST_F(KeyFile, FileThatOthersMayReadIsRefused) {
  for (const mode_t mode : {0640U, 0604U, 0620U, 0660U, 0644U}) {
    write("omzien gateway key 1\n" + kDigits + "\n", mode);
    EXPECT_EQ(error(), Error::kExposed) << mode;
  }
  write("omzien gateway key 1\n" + kDigits + "\n", 0400);
  EXPECT_TRUE(read_key_file(path_));
}

TEST_F(KeyFile, AnythingElseIsDamaged) {
  for (const std::string& text :
       {std::string(), std::string("omzien gateway key 1\n"), kDigits + "\n",
        "omzien gateway key 2\n" + kDigits + "\n", "omzien gateway key 1\n" + kDigits,
        "omzien gateway key 1\n" + kDigits + "\n\n",
        "omzien gateway key 1\n" + kDigits.substr(1) + "g\n",
        "omzien gateway key 1\n" + kDigits.substr(2) + "\n", std::string(100000, 'a')}) {
    write(text);
    EXPECT_EQ(error(), Error::kDamaged) << text.substr(0, 100);
  }
}

TEST_F(KeyFile, MissingFileAndFolderAreUnreachable) {
  EXPECT_EQ(error(), Error::kUnreachable);
  path_ = folder_.path();
  EXPECT_EQ(error(), Error::kUnreachable);
  path_ = folder_.path() / "no" / "such";
  EXPECT_EQ(error(), Error::kUnreachable);
  EXPECT_EQ(make_key_file(path_, random_).error(), Error::kUnreachable);
}

// Computed with Python's hmac: HKDF-SHA256, empty salt, secret 00…1f, info
// "omzien/1/gateway/beacon-key\0".
TEST_F(KeyFile, BeaconKeyIsKnown) {
  write("omzien gateway key 1\n" + kDigits + "\n");
  EXPECT_EQ(crypto::to_hex(beacon_key(*read_key_file(path_)).reveal()),
            "22d9f46df26bb5347bbe01fababaccbc191c13a1b2a982006cf6cfb629be06de");
}

}  // namespace
}  // namespace omzien::storage
