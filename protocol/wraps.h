// The payload of a grant or a revocation: one HPKE message per reader, and what each is bound to
// (protocol §3).
#pragma once

#include <optional>
#include <vector>

#include "protocol/entry.h"

namespace omzien::protocol {

// Sizes of HPKE with X-Wing and ChaCha20-Poly1305.
inline constexpr std::size_t kWrapEncBytes = 1120;
inline constexpr std::size_t kWrapTagBytes = 16;
// compartment(4, big-endian) ‖ epoch(4) ‖ key(32)
inline constexpr std::size_t kWrappedKeyBytes = 40;

struct Wrap {
  crypto::Bytes enc;         // kWrapEncBytes
  crypto::Bytes ciphertext;  // kWrappedKeyBytes a key + kWrapTagBytes
};

crypto::Bytes encode_wraps(const std::vector<Wrap>&);

// The wraps of an entry, in its members' order, the owner's last. Empty when they are not one for
// each, each of the size its keys need.
std::optional<std::vector<Wrap>> parse_wraps(const Grant& grant, crypto::ByteView payload);
std::optional<std::vector<Wrap>> parse_wraps(const Revoke& revoke, crypto::ByteView payload);

// The owner as one more member of a grant that seals `keys` to them: their id is zeros.
GrantMember owner_as_member(const Open&, std::vector<CompartmentEpoch> keys);

// HPKE's info for one member's wrap: the field list (tag grant_info, service id, handle, grantor's
// key, member id, hash of the member's X-Wing key, then compartment u32 and epoch u32 of each key).
crypto::Bytes grant_info(const ServiceId&, const Handle&, const crypto::SigningPublicKey& grantor,
                         const GrantMember&);

}  // namespace omzien::protocol
