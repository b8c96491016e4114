// Events: what people write, sealed under a compartment's key and the case share.
//
//   key        = HKDF(salt = case share, ikm = compartment key, info = tag event_key), 32 bytes
//   associated = fields (tag event_data, service id, handle, author, u32 compartment, u32 epoch,
//   u64 seq) sealed     = suite (1 byte) ‖ nonce (24, random) ‖ XChaCha20-Poly1305(padded
//   plaintext) ‖ tag (16)
//
// The sealed size is 41 bytes more than a size class of crypto/open/padding.h.
#pragma once

#include <tl/expected.hpp>

#include "crypto/open/commitment.h"
#include "crypto/open/envelope.h"
#include "crypto/open/open_error.h"
#include "crypto/verify/case_share.h"
#include "crypto/verify/random.h"
#include "crypto/verify/signature.h"
#include "protocol/ids.h"

namespace omzien::crypto {

// Where an event stands. An event opens only there: not in another case, compartment, epoch or
// place.
struct EventContext {
  protocol::ServiceId service_id;
  protocol::Handle handle;
  SigningPublicKey author;
  std::uint32_t compartment = 0;
  std::uint32_t epoch = 0;
  std::uint64_t seq = 0;
};

inline constexpr std::size_t kEventOverheadBytes = 1 + 24 + 16;

Bytes seal_event(const CompartmentKey& key, const CaseShare& share, const EventContext& context,
                 ByteView plaintext, Random& random);

// Check `matches` (crypto/open/commitment.h) for the key first.
tl::expected<SecretBytes, OpenError> open_event(const CompartmentKey& key, const CaseShare& share,
                                                const EventContext& context, ByteView sealed);

// The key of this one event, to show it to somebody and nothing else of its compartment: neither
// other events nor, once the share is destroyed, an older copy of them.
//
// It does not commit to its text as an epoch's key does: whoever wrote an event could have made it
// open to two texts under two such keys. Nobody else can.
tl::expected<EnvelopeKey, OpenError> disclose_event(const CompartmentKey& key,
                                                    const CaseShare& share, ByteView sealed);
tl::expected<SecretBytes, OpenError> open_disclosed(const EnvelopeKey& key,
                                                    const EventContext& context, ByteView sealed);

}  // namespace omzien::crypto
