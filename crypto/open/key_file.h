// A member's or the root's key file, behind a passphrase.
//
//   offset  bytes  header, in the clear; it is the associated data
//        0      8  magic "OMZIENKF"
//        8      1  suite
//        9     16  salt of Argon2id
//       25      4  passes, big-endian                  1 to 16
//       29      4  memory in KiB, big-endian           8 to 1,048,576
//       33     24  nonce
//   then XChaCha20-Poly1305 under key = Argon2id13(passphrase, salt, passes, memory), 32 bytes, of
//        0      1  kind: 1 member, 2 root
//        1     16  member id (zeros for the root)
//       17     32  Ed25519 seed
//       49      1  n, number of X-Wing seeds, at most 32
//       50   32·n  X-Wing seeds, newest last
//   and 16 bytes of tag.
//
// Argon2id: RFC 9106, version 0x13, one lane. The bounds keep a prepared file from using up the
// machine.
#pragma once

#include <cstdint>
#include <vector>

#include <tl/expected.hpp>

#include "crypto/open/xwing.h"
#include "crypto/verify/random.h"
#include "crypto/verify/signing.h"
#include "protocol/ids.h"

namespace omzien::crypto {

enum class KeyFileKind : std::uint8_t { kMember = 1, kRoot = 2 };

struct KeyFile {
  KeyFileKind kind;
  protocol::MemberId member_id;
  SigningSeed signing_seed;
  std::vector<XWingSeed> xwing_seeds;  // newest last
};

inline constexpr std::size_t kKeyFileSeedsMax = 32;
inline constexpr std::size_t kKeyFileHeaderBytes = 57;
inline constexpr std::size_t kKeyFileBytesMax =
    kKeyFileHeaderBytes + 50 + 32 * kKeyFileSeedsMax + 16;

struct KeyFileCost {
  std::uint32_t passes = 3;
  std::uint32_t memory_kib = 64 * 1024;
};

enum class KeyFileError : std::uint8_t {
  kNotAKeyFile,               // no magic, or of a size or cost that no key file has
  kNewerVersion,              // made with a newer version
  kWrongPassphraseOrAltered,  // these cannot be told apart
  kNoMemory,                  // this machine has less memory than the file asks for
};

// The passphrase is UTF-8 as typed. Throws std::length_error for more than kKeyFileSeedsMax seeds
// or a cost out of bounds, std::bad_alloc when there is no memory for it.
Bytes seal_key_file(const KeyFile& file, ByteView passphrase, Random& random,
                    KeyFileCost cost = {});
tl::expected<KeyFile, KeyFileError> open_key_file(ByteView sealed, ByteView passphrase);

}  // namespace omzien::crypto
