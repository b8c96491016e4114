// Strict Ed25519 verification (RFC 8032 §5.1.7, without the cofactor) over a domain tag and a
// message.
#pragma once

#include <string_view>

#include "crypto/verify/bytes.h"

namespace omzien::crypto {

using SigningPublicKey = FixedBytes<struct SigningPublicKeyTag, 32>;
using Signature = FixedBytes<struct SignatureTag, 64>;

// True when `signature` = R ‖ S is `key`'s over tag ‖ message, `tag` being ASCII that ends in 0x00
// (the tags of omzien/rules.h do). Refused besides a wrong signature:
//   - S of the group order or more (a second form of the same signature);
//   - a key or an R that is not the canonical encoding of its point;
//   - a key or an R of small order.
// The equation is R = [S]B − [k]A, compared as bytes. A verifier that multiplies by the cofactor
// (noble does, with zip215: false too) accepts more: tests/vectors/ed25519-edge.json has the cases.
bool verify(const SigningPublicKey& key, std::string_view tag, ByteView message,
            const Signature& signature);

}  // namespace omzien::crypto
