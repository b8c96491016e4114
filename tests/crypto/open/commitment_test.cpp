#include "crypto/open/commitment.h"

#include <sodium.h>

#include <boost/multiprecision/cpp_int.hpp>
#include <gtest/gtest.h>

#include "crypto/verify/hkdf.h"
#include "omzien/rules.h"
#include "tests/crypto/fixed_random.h"
#include "tests/crypto/support.h"

namespace omzien::crypto {
namespace {

// Any size; without expression templates, whose use of powm does not compile here.
using Number = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<>,
                                             boost::multiprecision::et_off>;

const Number kTwo128 = Number(1) << 128;
const Number kPrime = (Number(1) << 130) - 5;

Number little_endian(ByteView bytes) {
  Number number = 0;
  for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte) number = number << 8 | *byte;
  return number;
}

Bytes block_of(Number number) {
  Bytes block;
  for (int i = 0; i < 16; ++i, number >>= 8)
    block.push_back(static_cast<std::uint8_t>(number & 0xff));
  return block;
}

// Poly1305 of one ChaCha20-Poly1305 message (RFC 8439 §2.5, §2.8): a polynomial in r, plus s.
struct OneTimeKey {
  Number r, s;
};

OneTimeKey one_time_key(const CompartmentKey& key, ByteView nonce) {
  std::uint8_t stream[32];
  crypto_stream_chacha20_ietf(stream, sizeof stream, nonce.data(), key.reveal().data());
  for (const int i : {3, 7, 11, 15}) stream[i] &= 15;
  for (const int i : {4, 8, 12}) stream[i] &= 252;
  return {little_endian(ByteView(stream).first(16)), little_endian(ByteView(stream).subspan(16))};
}

// What Poly1305 sums over: the ciphertext's blocks and the block of lengths (no associated data).
Number polynomial(const OneTimeKey& key, const Bytes& ciphertext) {
  Bytes lengths(16);
  lengths[8] = static_cast<std::uint8_t>(ciphertext.size());
  Number sum = 0;
  for (std::size_t at = 0; at < ciphertext.size(); at += 16)
    sum = (sum + little_endian(ByteView(ciphertext).subspan(at, 16)) + kTwo128) * key.r % kPrime;
  return (sum + little_endian(lengths) + kTwo128) * key.r % kPrime;
}

// Three blocks that have one tag under both keys: the middle one is solved for. The polynomials
// differ by a linear function of that block; three of four solutions do not fit 128 bits, so the
// first block is varied.
Bytes double_key_message(const CompartmentKey& one, const CompartmentKey& other, ByteView nonce,
                         Random& random) {
  const OneTimeKey a = one_time_key(one, nonce);
  const OneTimeKey b = one_time_key(other, nonce);
  const Number slope = (powm(a.r, 3, kPrime) - powm(b.r, 3, kPrime) + kPrime) % kPrime;
  for (;;) {
    Bytes ciphertext(48);
    random.fill(std::span(ciphertext).first(16));
    // 2^128 · 0 stands where the middle block will: its own 2^128 is in both polynomials already.
    const Number gap = (polynomial(b, ciphertext) + b.s - polynomial(a, ciphertext) - a.s) % kPrime;
    const Number middle = (gap + 2 * kPrime) * powm(slope, kPrime - 2, kPrime) % kPrime;
    if (middle >= kTwo128) continue;
    const Bytes block = block_of(middle);
    std::copy(block.begin(), block.end(), ciphertext.begin() + 16);
    const Number tag_a = (polynomial(a, ciphertext) + a.s) % kTwo128;
    const Number tag_b = (polynomial(b, ciphertext) + b.s) % kTwo128;
    if (tag_a != tag_b) continue;
    const Bytes tag = block_of(tag_a);
    ciphertext.insert(ciphertext.end(), tag.begin(), tag.end());
    return ciphertext;
  }
}

std::optional<Bytes> open_without_commitment(const CompartmentKey& key, ByteView nonce,
                                             const Bytes& ciphertext) {
  Bytes plaintext(ciphertext.size() - 16);
  if (crypto_aead_chacha20poly1305_ietf_decrypt(plaintext.data(), nullptr, nullptr,
                                                ciphertext.data(), ciphertext.size(), nullptr, 0,
                                                nonce.data(), key.reveal().data()) != 0)
    return std::nullopt;
  return plaintext;
}

TEST(Commitment, RefusesTheSecondReaderOfADoubleKeyMessage) {
  FixedRandom random("two texts under one ciphertext");
  const auto one = random_key<CompartmentKey>(random);
  const auto other = random_key<CompartmentKey>(random);
  const Bytes nonce(12);
  const Bytes message = double_key_message(one, other, nonce, random);

  const auto first_text = open_without_commitment(one, nonce, message);
  const auto second_text = open_without_commitment(other, nonce, message);
  ASSERT_TRUE(first_text) << "libsodium opens it under the first key";
  ASSERT_TRUE(second_text) << "and under the second";
  EXPECT_NE(*first_text, *second_text) << "to another text";

  const EpochCommitment published = commit(one);
  EXPECT_TRUE(matches(published, one));
  EXPECT_FALSE(matches(published, other)) << "so the second reader never comes to open it";
}

TEST(Commitment, IsAnExpansionOfTheKey) {
  const auto key = value_of<CompartmentKey>(Bytes(32, 9));
  const auto prk = value_of<PseudorandomKey>(Bytes(32, 9));
  const SecretBytes expanded = hkdf_expand(prk, as_bytes(rules::kTagEpochCommitment), 32);
  EXPECT_EQ(commit(key).hex(), to_hex(expanded.reveal()));
}

TEST(Commitment, RefusesEveryTurnedBit) {
  const auto key = value_of<CompartmentKey>(Bytes(32, 9));
  const EpochCommitment commitment = commit(key);
  for (std::size_t bit = 0; bit < 256; ++bit) {
    EXPECT_FALSE(matches(value_of<EpochCommitment>(flipped(commitment.view(), bit)), key));
    EXPECT_FALSE(matches(commitment, value_of<CompartmentKey>(flipped(key.reveal(), bit))));
  }
}

}  // namespace
}  // namespace omzien::crypto
