#include "crypto/verify/hkdf.h"

#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/crypto/support.h"

namespace omzien::crypto {
namespace {

struct Rfc5869 {
  std::string_view ikm, salt, info, prk, okm;
};

// RFC 5869 appendix A.1 to A.3.
const Rfc5869 kVectors[] = {
    {"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "000102030405060708090a0b0c",
     "f0f1f2f3f4f5f6f7f8f9", "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
     "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"},
    {"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2"
     "e2f3031323334353637"
     "38393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f",
     "606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8"
     "e8f9091929394959697"
     "98999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeaf",
     "b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcddd"
     "edfe0e1e2e3e4e5e6e7"
     "e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff",
     "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
     "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590"
     "e09da3275600c2f09b8"
     "367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"},
    {"0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "", "",
     "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
     "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"},
};

TEST(Hkdf, KnowsTheVectorsOfRfc5869) {
  for (const Rfc5869& vector : kVectors) {
    const PseudorandomKey prk = hkdf_extract(hex(vector.salt), hex(vector.ikm));
    EXPECT_EQ(to_hex(prk.reveal()), vector.prk);
    EXPECT_EQ(to_hex(hkdf_expand(prk, hex(vector.info), vector.okm.size() / 2).reveal()),
              vector.okm);
  }
}

TEST(Hkdf, RefusesLengthsThatTheRfcDoesNotKnow) {
  const PseudorandomKey prk = hkdf_extract({}, {});
  EXPECT_EQ(hkdf_expand(prk, {}, 8160).size(), 8160u);
  EXPECT_THROW(hkdf_expand(prk, {}, 8161), std::length_error);
  Bytes out(32);
  EXPECT_THROW(hkdf_expand_into(out, Bytes(31), {}), std::length_error);
}

// RFC 4231 test cases 2 and 6.
TEST(Hmac, KnowsTheVectorsOfRfc4231) {
  EXPECT_EQ(hmac_sha256(as_bytes("Jefe"), as_bytes("what do ya want for nothing?")).hex(),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hmac_sha256(Bytes(131, 0xaa),
                        as_bytes("Test Using Larger Than Block-Size Key - Hash Key First"))
                .hex(),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

}  // namespace
}  // namespace omzien::crypto
