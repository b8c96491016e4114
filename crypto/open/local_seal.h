// Text kept on the person's own device, encrypted: what was written and is not accepted yet, and
// the last head that was seen.
//
//   sealed = suite (1 byte) ‖ nonce (24, random) ‖ XChaCha20-Poly1305(padded plaintext) ‖ tag (16)
//   associated data = fields (tag local_data, purpose)
#pragma once

#include <tl/expected.hpp>

#include "crypto/open/open_error.h"
#include "crypto/verify/bytes.h"
#include "crypto/verify/random.h"
#include "crypto/verify/secret.h"
#include "crypto/verify/signing.h"
#include "protocol/ids.h"

namespace omzien::crypto {

using LocalKey = SecretKey<struct LocalKeyTag, 32>;

// A file's public name: it tells nothing about the case or the person to whoever has not the key.
using LocalName = FixedBytes<struct LocalNameTag, 16>;

// A member's, grown from their signing seed: HKDF(salt = service id, ikm = seed) → tags
// member_outbox and member_outbox_name. A reporter's are in crypto/open/case_keys.h.
LocalKey member_local_key(const SigningSeed& seed, const protocol::ServiceId& service_id);
LocalName member_local_name(const SigningSeed& seed, const protocol::ServiceId& service_id);

// `purpose` says what the file is ("outbox", "heads"), so that one is not taken for another.
Bytes seal_local(const LocalKey& key, std::string_view purpose, ByteView plaintext, Random& random);
tl::expected<SecretBytes, OpenError> open_local(const LocalKey& key, std::string_view purpose,
                                                ByteView sealed);

}  // namespace omzien::crypto
