// SHA-256 (FIPS 180-4), and the one way to hash a list of fields.
#pragma once

#include <cstdint>
#include <utility>

#include <sodium/crypto_hash_sha256.h>

#include "crypto/verify/bytes.h"

namespace omzien::crypto {

using Digest = FixedBytes<struct DigestTag, 32>;

Digest sha256(ByteView message);

// The same, for a message that comes in pieces. `finish` ends it; make a new one for the next
// message.
class Sha256 {
 public:
  Sha256();
  Sha256& update(ByteView piece);
  Digest finish();

 private:
  crypto_hash_sha256_state state_{};
};

// Fields in a fixed order, none of which can run over into the next (protocol §1):
//
//   field := length (4 bytes, big-endian) ‖ bytes
//   u32   := field of 4 bytes, big-endian      u64 := field of 8 bytes, big-endian
//
// The first field is a domain tag. Which fields follow is fixed by the tag, so there is no count.
class FieldList {
 public:
  FieldList& append(ByteView field);  // throws std::length_error from 2^32 bytes on
  FieldList& append(std::string_view field) { return append(as_bytes(field)); }
  FieldList& append_u32(std::uint32_t number);
  FieldList& append_u64(std::uint64_t number);
  const Bytes& bytes() const& { return bytes_; }
  Bytes bytes() && { return std::move(bytes_); }

 private:
  Bytes bytes_;
};

Digest hash_fields(const FieldList& fields);

}  // namespace omzien::crypto
