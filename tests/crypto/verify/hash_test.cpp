#include "crypto/verify/hash.h"

#include <gtest/gtest.h>

#include "tests/crypto/support.h"

namespace omzien::crypto {
namespace {

// FIPS 180-4's examples.
TEST(Sha256, KnowsItsPublishedVectors) {
  EXPECT_EQ(sha256(as_bytes("abc")).hex(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256({}).hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Sha256, GivesTheSameHoweverTheMessageIsCut) {
  const Bytes message(1000, 0x61);
  const ByteView view = message;
  for (const std::size_t cut : {0u, 1u, 63u, 64u, 65u, 999u, 1000u})
    EXPECT_EQ(Sha256().update(view.first(cut)).update(view.subspan(cut)).finish(), sha256(message));
}

TEST(FieldList, PutsAFourByteLengthBeforeEveryField) {
  FieldList fields;
  fields.append("ab").append_u32(1).append_u64(0x0102030405060708).append(ByteView{});
  EXPECT_EQ(to_hex(fields.bytes()),
            "000000026162"
            "0000000400000001"
            "000000080102030405060708"
            "00000000");
}

TEST(FieldList, FieldsCannotRunOverIntoTheNext) {
  FieldList one;
  FieldList other;
  one.append("ab").append("c");
  other.append("a").append("bc");
  EXPECT_NE(hash_fields(one), hash_fields(other));
  EXPECT_EQ(hash_fields(one), sha256(one.bytes()));
}

}  // namespace
}  // namespace omzien::crypto
