// What one upload is called and sealed with.
//
//   secrets   = HKDF(salt = handle, ikm = the author's local key,
//                    info = tag file_secret ‖ fields (u32 compartment, u64 size, SHA-256),
//                    48 bytes)
//   upload id = the first 16, file key = the other 32
//
// To anybody without the author's phrase or key file they are random. To the author they follow
// from the file: nothing has to be kept to go on with an upload, on a page that was reloaded or
// another device, and other bytes can't meet the same key (crypto/open/stream.h says why they must
// not).
#pragma once

#include "crypto/open/local_seal.h"
#include "crypto/open/stream.h"
#include "crypto/verify/hash.h"

namespace omzien::crypto {

struct FileSecrets {
  protocol::UploadId upload_id;
  FileKey key;
};

FileSecrets file_secrets(const LocalKey& author, const protocol::Handle& handle,
                         std::uint32_t compartment, std::uint64_t size, const Digest& sha256);

}  // namespace omzien::crypto
