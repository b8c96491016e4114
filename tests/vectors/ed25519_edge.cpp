// ed25519-edge.json: strange keys and signatures. `valid` follows from how each is made, not from
// asking the verifier; the test asks. After "Taming the Many EdDSAs" (Chalkias, Garillot,
// Nikolaenko, 2020).

#include <array>
#include <optional>
#include <sodium.h>
#include <stdexcept>

#include "crypto/verify/bytes.h"
#include "omzien/rules.h"
#include "tests/vectors/vectors.h"

namespace omzien::crypto::vectors {

namespace {

using Bytes32 = std::array<std::uint8_t, 32>;

// Points of small order (orders 1, 2, 4, 8); the others of order 8 are its multiples.
constexpr std::string_view kIdentity =
    "0100000000000000000000000000000000000000000000000000000000000000";
constexpr std::string_view kOrder2 =
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f";
constexpr std::string_view kOrder4 =
    "0000000000000000000000000000000000000000000000000000000000000000";
constexpr std::string_view kOrder8 =
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05";
// Second spellings: y = p, y = p + 1, and a sign for x = 0.
constexpr std::string_view kOrder4AsP =
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f";
constexpr std::string_view kIdentityAsP1 =
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f";
constexpr std::string_view kIdentitySigned =
    "0100000000000000000000000000000000000000000000000000000000000080";
// The group order.
constexpr std::string_view kOrder =
    "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";

Bytes32 array_of(std::string_view digits) {
  const Bytes bytes = from_hex(digits).value();
  Bytes32 out{};
  std::copy(bytes.begin(), bytes.end(), out.begin());
  return out;
}

Bytes32 scalar(Random& random) {
  std::uint8_t wide[64];
  random.fill(wide);
  Bytes32 out{};
  crypto_core_ed25519_scalar_reduce(out.data(), wide);
  return out;
}

Bytes32 times_base(const Bytes32& scalar) {
  Bytes32 out{};
  if (crypto_scalarmult_ed25519_base_noclamp(out.data(), scalar.data()) != 0)
    throw std::logic_error("scalar 0");
  return out;
}

Bytes32 sum(const Bytes32& a, const Bytes32& b) {
  Bytes32 out{};
  if (crypto_core_ed25519_add(out.data(), a.data(), b.data()) != 0)
    throw std::logic_error("not on the curve");
  return out;
}

Bytes32 multiply_add(const Bytes32& k, const Bytes32& a, const Bytes32& r) {
  Bytes32 out{};
  crypto_core_ed25519_scalar_mul(out.data(), k.data(), a.data());
  crypto_core_ed25519_scalar_add(out.data(), out.data(), r.data());
  return out;
}

Bytes32 plus_order(const Bytes32& s) {
  const Bytes32 order = array_of(kOrder);
  Bytes32 out{};
  unsigned carry = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    carry += static_cast<unsigned>(s[i]) + order[i];
    out[i] = static_cast<std::uint8_t>(carry);
    carry >>= 8;
  }
  return out;
}

constexpr std::string_view kTag = rules::kTagEntrySignature;

// k = SHA-512(R ‖ A ‖ tag ‖ message) mod L
Bytes32 challenge(const Bytes32& r, const Bytes32& a, const Bytes& message) {
  Bytes input(r.begin(), r.end());
  input.insert(input.end(), a.begin(), a.end());
  input.insert(input.end(), kTag.begin(), kTag.end());
  input.insert(input.end(), message.begin(), message.end());
  std::uint8_t hash[64];
  crypto_hash_sha512(hash, input.data(), input.size());
  Bytes32 out{};
  crypto_core_ed25519_scalar_reduce(out.data(), hash);
  return out;
}

class Edges {
 public:
  Json cases = Json::array();

  // A message whose challenge leaves `k mod 8` = `rest`; any message for a negative one.
  static Bytes message_with(const Bytes32& r, const Bytes32& a, int rest) {
    for (std::uint32_t i = 0;; ++i) {
      Bytes message = to_bytes("message " + std::to_string(i));
      if (rest < 0 || (challenge(r, a, message)[0] & 7) == rest) return message;
    }
  }

  void add(const char* name, const Bytes32& key, const Bytes32& r, const Bytes32& s,
           const Bytes& message, bool valid, std::optional<bool> cofactored = std::nullopt) {
    Json edge = {{"name", name},
                 {"public_key", to_hex(key)},
                 {"tag", to_hex(as_bytes(kTag))},
                 {"message", to_hex(message)},
                 {"signature", to_hex(r) + to_hex(s)},
                 {"valid", valid}};
    if (cofactored) edge["cofactored"] = *cofactored;
    cases.push_back(std::move(edge));
  }
};

// Honest signatures, and S of the group order or more.
void add_scalars(Edges& edges, const Bytes32& secret, const Bytes32& nonce) {
  const Bytes32 key = times_base(secret);
  const Bytes32 r = times_base(nonce);
  const Bytes message = to_bytes("an ordinary message");
  const Bytes32 s = multiply_add(challenge(r, key, message), secret, nonce);
  edges.add("an ordinary signature", key, r, s, message, true);
  edges.add("another message", key, r, s, to_bytes("an ordinary messagE"), false);
  edges.add("S plus the group order", key, r, plus_order(s), message, false);
  Bytes32 high = s;
  high[31] |= 0x20;
  edges.add("S with bit 253 set", key, r, high, message, false);
  high[31] |= 0xe0;
  edges.add("S with its three top bits set", key, r, high, message, false);
  edges.add("S is the group order, R the identity", key, array_of(kIdentity), array_of(kOrder),
            message, false);
  edges.add("all zeros", Bytes32{}, Bytes32{}, Bytes32{}, message, false);
}

// Keys that need no secret: R = [S]B − [k]A holds for every S and R = [S]B where [k]A vanishes.
void add_small_keys(Edges& edges, const Bytes32& nonce) {
  const Bytes32 r = times_base(nonce);
  const std::pair<const char*, std::string_view> keys[] = {
      {"a key of order 1", kIdentity},
      {"a key of order 2", kOrder2},
      {"a key of order 4", kOrder4},
      {"a key of order 8", kOrder8},
      {"a key of order 4, spelt y = p", kOrder4AsP},
      {"a key of order 1, spelt y = p + 1", kIdentityAsP1},
      {"a key of order 1 with a sign", kIdentitySigned},
  };
  for (const auto& [name, digits] : keys) {
    const Bytes32 key = array_of(digits);
    edges.add(name, key, r, nonce, Edges::message_with(r, key, 0), false);
  }
  edges.add("key and R of order 1, S = 0", array_of(kIdentity), array_of(kIdentity), Bytes32{},
            to_bytes("any"), false);
}

// The signer knows the secret but chooses r = 0, or adds a point of small order to R.
void add_small_r(Edges& edges, const Bytes32& secret, const Bytes32& nonce) {
  const Bytes32 key = times_base(secret);
  const std::pair<const char*, std::string_view> rs[] = {
      {"R of order 1, spelt y = p + 1", kIdentityAsP1},
      {"R of order 1 with a sign", kIdentitySigned},
      {"R of order 4, spelt y = p", kOrder4AsP},
  };
  const Bytes message = to_bytes("R is strange");
  const auto signature_for = [&](const Bytes32& r) {
    return multiply_add(challenge(r, key, message), secret, Bytes32{});
  };
  const Bytes32 identity = array_of(kIdentity);
  edges.add("R of order 1", key, identity, signature_for(identity), message, false);
  for (const auto& [name, digits] : rs)
    edges.add(name, key, array_of(digits), signature_for(array_of(digits)), message, false);
  const Bytes32 order8 = array_of(kOrder8);
  edges.add("R of order 8", key, order8, signature_for(order8), message, false, true);
  const Bytes32 mixed = sum(times_base(nonce), order8);
  edges.add("R of mixed order", key, mixed,
            multiply_add(challenge(mixed, key, message), secret, nonce), message, false, true);
}

// Keys with a part of order 8: the equation holds as bytes where the parts cancel, and only there.
void add_mixed_keys(Edges& edges, const Bytes32& secret, const Bytes32& nonce) {
  const Bytes32 order8 = array_of(kOrder8);
  const Bytes32 key = sum(times_base(secret), order8);
  const Bytes32 r = times_base(nonce);
  const auto sign = [&](const Bytes32& r_point, const Bytes& message) {
    return multiply_add(challenge(r_point, key, message), secret, nonce);
  };
  const Bytes cancels = Edges::message_with(r, key, 0);
  edges.add("a key of mixed order, k a multiple of 8", key, r, sign(r, cancels), cancels, true);
  const Bytes stays = Edges::message_with(r, key, 3);
  edges.add("a key of mixed order, k no multiple of 8", key, r, sign(r, stays), stays, false, true);
  const Bytes32 mixed = sum(r, order8);
  const Bytes both = Edges::message_with(mixed, key, 7);
  edges.add("key and R of mixed order that cancel", key, mixed, sign(mixed, both), both, true);
  const Bytes neither = Edges::message_with(mixed, key, 1);
  edges.add("key and R of mixed order that do not", key, mixed, sign(mixed, neither), neither,
            false, true);
}

}  // namespace

Json ed25519_edge() {
  FixedRandom random("ed25519 edge");
  Edges edges;
  const Bytes32 secret = scalar(random);
  const Bytes32 nonce = scalar(random);
  add_scalars(edges, secret, nonce);
  add_small_keys(edges, nonce);
  add_small_r(edges, secret, nonce);
  add_mixed_keys(edges, secret, nonce);
  return {{"cases", edges.cases}};
}

}  // namespace omzien::crypto::vectors
