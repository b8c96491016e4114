// fields.json, signature.json, commitment.json, padding.json

#include "crypto/open/commitment.h"
#include "crypto/open/padding.h"
#include "crypto/verify/case_share.h"
#include "crypto/verify/hash.h"
#include "crypto/verify/signing.h"
#include "omzien/rules.h"
#include "tests/vectors/vectors.h"

namespace omzien::crypto::vectors {

Json fields() {
  FieldList none;
  FieldList one;
  one.append("");
  FieldList mixed;
  mixed.append(rules::kTagEntryHash).append("ab").append_u32(7).append_u64(std::uint64_t{1} << 40);
  Json cases = Json::array();
  const auto add = [&](const Json& content, const FieldList& list) {
    cases.push_back(
        {{"fields", content}, {"bytes", to_hex(list.bytes())}, {"hash", hash_fields(list).hex()}});
  };
  add(Json::array(), none);
  add(Json::array({{{"bytes", ""}}}), one);
  add(Json::array({{{"bytes", to_hex(as_bytes(rules::kTagEntryHash))}},
                   {{"bytes", "6162"}},
                   {{"u32", 7}},
                   {{"u64", "1099511627776"}}}),
      mixed);
  return {{"cases", cases}};
}

Json signature() {
  FixedRandom random("signature");
  Json cases = Json::array();
  for (const std::string_view tag : {rules::kTagEntrySignature, rules::kTagOperationSignature})
    for (const std::size_t size : {0u, 1u, 300u}) {
      const auto seed = random_key<SigningSeed>(random);
      const SigningKey key(seed);
      Bytes message(size);
      random.fill(message);
      cases.push_back({{"seed", to_hex(seed.reveal())},
                       {"public_key", key.public_key().hex()},
                       {"tag", to_hex(as_bytes(tag))},
                       {"message", to_hex(message)},
                       {"signature", key.sign(tag, message).hex()}});
    }
  return {{"cases", cases}};
}

Json commitment() {
  FixedRandom random("commitment");
  Json keys = Json::array();
  Json shares = Json::array();
  for (int i = 0; i < 3; ++i) {
    const auto key = random_key<CompartmentKey>(random);
    keys.push_back({{"key", to_hex(key.reveal())}, {"commitment", commit(key).hex()}});
    const auto share = random_key<CaseShare>(random);
    shares.push_back({{"case_share", to_hex(share.reveal())},
                      {"commitment", case_share_commitment(share).hex()}});
  }
  return {{"epoch_keys", keys}, {"case_shares", shares}};
}

Json padding() {
  Json sizes = Json::array();
  for (const std::uint64_t size : {0u, 1u, 1020u, 1021u, 4092u, 4093u, 12284u, 12285u, 12796u,
                                   12797u, 61440u, 131072u, 1000000u})
    sizes.push_back({{"data_bytes", size}, {"padded_bytes", padded_size(size)}});
  Json rounded = Json::array();
  for (const std::uint64_t n : {1u, 2u, 3u, 8u, 9u, 17u, 33u, 100u, 1000u, 1025u, 65537u})
    rounded.push_back({{"n", n}, {"padme", padme(n)}});
  const SecretBytes padded = pad(as_bytes("omzien"));
  Bytes good(padded.reveal().begin(), padded.reveal().end());
  Json texts = Json::array();
  const auto add = [&](const char* name, const Bytes& bytes) {
    const auto data = unpad(bytes);
    texts.push_back({{"name", name},
                     {"padded", to_hex(bytes)},
                     {"data", data ? Json(to_hex(*data)) : Json(nullptr)}});
  };
  add("six bytes", good);
  add("filler that is not zero, at the end", with_flipped_bit(good, 1023));
  add("filler that is not zero, after the data", with_flipped_bit(good, 10));
  Bytes long_length = good;
  long_length[0] = 0x80;
  add("a length beyond the end", long_length);
  add("one byte short", Bytes(good.begin(), good.end() - 1));
  good.resize(4096);
  add("a larger class than the data needs", good);
  return {{"sizes", sizes}, {"padme", rounded}, {"unpad", texts}};
}

}  // namespace omzien::crypto::vectors
