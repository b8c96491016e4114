// The gateway's key file: the one secret that the machine keeps, apart from the store.
//
//   omzien gateway key 1\n        magic line, 21 bytes
//   <64 hexadecimal digits>\n     32 random bytes
//
// Mode 0600 or stricter: a file that its group or others may read or write is refused. It may lie
// anywhere (another disk, a systemd credential); without it the store opens for nobody.
#pragma once

#include <filesystem>

#include "crypto/verify/random.h"
#include "crypto/verify/signing.h"
#include "storage/store.h"

namespace omzien::storage {

using KeyFileSecret = crypto::SecretKey<struct KeyFileSecretTag, 32>;
using BeaconKey = crypto::SecretKey<struct BeaconKeyTag, 32>;

// kUnreachable: not there, or may not be read. kExposed: others may read it. kDamaged: not a key
// file.
Result<KeyFileSecret> read_key_file(const std::filesystem::path& path);

// Makes a new key file of 32 random bytes, on disk when it returns. kConflict, and nothing changed,
// when something of that name is there.
Result<void> make_key_file(const std::filesystem::path& path, crypto::Random& random);

// What the beacons of protocol §5 derive from, the same in every gateway that shares the key file:
// HKDF-SHA256(salt = empty, ikm = secret, info = tag beacon_key, 32 bytes).
BeaconKey beacon_key(const KeyFileSecret& secret);

// What the gateway signs with what it adds itself: HKDF as above, info = tag gateway_signing.
// Nobody has to know its public half: see protocol/access/purge.cpp.
crypto::SigningSeed signing_seed(const KeyFileSecret& secret);

}  // namespace omzien::storage
