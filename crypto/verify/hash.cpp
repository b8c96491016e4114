#include "crypto/verify/hash.h"

#include <limits>
#include <stdexcept>

namespace omzien::crypto {

namespace {

template <class Number>
std::array<std::uint8_t, sizeof(Number)> big_endian(Number number) {
  std::array<std::uint8_t, sizeof(Number)> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<std::uint8_t>(number >> (8 * (bytes.size() - 1 - i)));
  return bytes;
}

}  // namespace

Digest sha256(ByteView message) {
  Digest digest;
  crypto_hash_sha256(digest.data(), message.data(), message.size());
  return digest;
}

Sha256::Sha256() { crypto_hash_sha256_init(&state_); }

Sha256& Sha256::update(ByteView piece) {
  crypto_hash_sha256_update(&state_, piece.data(), piece.size());
  return *this;
}

Digest Sha256::finish() {
  Digest digest;
  crypto_hash_sha256_final(&state_, digest.data());
  return digest;
}

FieldList& FieldList::append(ByteView field) {
  if (field.size() > std::numeric_limits<std::uint32_t>::max())
    throw std::length_error("field of 4 GiB");
  const auto length = big_endian(static_cast<std::uint32_t>(field.size()));
  bytes_.insert(bytes_.end(), length.begin(), length.end());
  bytes_.insert(bytes_.end(), field.begin(), field.end());
  return *this;
}

FieldList& FieldList::append_u32(std::uint32_t number) { return append(big_endian(number)); }

FieldList& FieldList::append_u64(std::uint64_t number) { return append(big_endian(number)); }

Digest hash_fields(const FieldList& fields) { return sha256(fields.bytes()); }

}  // namespace omzien::crypto
