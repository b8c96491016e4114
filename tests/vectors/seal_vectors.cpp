// event.json, local.json, hpke.json

#include "crypto/open/event_seal.h"
#include "crypto/open/hpke.h"
#include "crypto/open/local_seal.h"
#include "tests/vectors/vectors.h"

namespace omzien::crypto::vectors {

namespace {

std::string text_hex(const SecretBytes& bytes) { return to_hex(bytes.reveal()); }

Json refusal(const char* what, const Bytes& sealed,
             const tl::expected<SecretBytes, OpenError>& opened) {
  return {{"what", what}, {"sealed", to_hex(sealed)}, {"answer", verdict(opened)}};
}

}  // namespace

Json event() {
  FixedRandom random("event");
  const auto key = random_key<CompartmentKey>(random);
  const auto share = random_key<CaseShare>(random);
  const EventContext context{random_value<protocol::ServiceId>(random),
                             random_value<protocol::Handle>(random),
                             random_value<SigningPublicKey>(random),
                             1,
                             2,
                             std::uint64_t{1} << 33};
  Json sealed_texts = Json::array();
  Bytes last;
  for (const std::string_view text :
       {"", "Ze zei het weer, waar iedereen bij was.", "\xf0\x9f\x8c\xb1"}) {
    RecordingRandom recorded(random);
    last = seal_event(key, share, context, as_bytes(text), recorded);
    sealed_texts.push_back({{"plaintext", to_hex(as_bytes(text))},
                            {"random", recorded.drawn_hex()},
                            {"sealed", to_hex(last)}});
  }
  Json refused = Json::array();
  const auto refuse = [&](const char* what, const Bytes& sealed) {
    refused.push_back(refusal(what, sealed, open_event(key, share, context, sealed)));
  };
  refuse("a bit of the nonce turned", with_flipped_bit(last, 5));
  refuse("a bit of the ciphertext turned", with_flipped_bit(last, 30));
  refuse("a bit of the tag turned", with_flipped_bit(last, last.size() - 1));
  refuse("cut by a byte", Bytes(last.begin(), last.end() - 1));
  Bytes other_suite = last;
  other_suite[0] = 2;
  refuse("a suite to come", other_suite);
  other_suite[0] = 0;
  refuse("suite 0", other_suite);
  return {{"compartment_key", to_hex(key.reveal())},
          {"case_share", to_hex(share.reveal())},
          {"context",
           {{"service_id", context.service_id.hex()},
            {"handle", context.handle.hex()},
            {"author", context.author.hex()},
            {"compartment", context.compartment},
            {"epoch", context.epoch},
            {"seq", std::to_string(context.seq)}}},
          {"events", sealed_texts},
          {"refused", refused}};
}

Json local() {
  FixedRandom random("local");
  const auto seed = random_key<SigningSeed>(random);
  const auto service = random_value<protocol::ServiceId>(random);
  const LocalKey key = member_local_key(seed, service);
  RecordingRandom recorded(random);
  const Bytes sealed = seal_local(key, "outbox", as_bytes("not sent yet"), recorded);
  return {{"signing_seed", to_hex(seed.reveal())},
          {"service_id", service.hex()},
          {"local_key", to_hex(key.reveal())},
          {"local_name", member_local_name(seed, service).hex()},
          {"purpose", "outbox"},
          {"plaintext", to_hex(as_bytes("not sent yet"))},
          {"random", recorded.drawn_hex()},
          {"sealed", to_hex(sealed)},
          {"other_purpose_answer", verdict(open_local(key, "heads", sealed))}};
}

Json hpke() {
  FixedRandom random("hpke");
  const auto seed = random_key<XWingSeed>(random);
  const XWingPublicKey key = xwing_public_key(seed);
  Json messages = Json::array();
  for (const std::size_t size : {0u, 32u, 200u}) {
    Bytes info(size / 2);
    Bytes aad(size / 4);
    Bytes plaintext(size);
    random.fill(info);
    random.fill(aad);
    random.fill(plaintext);
    RecordingRandom recorded(random);
    const HpkeSealed sealed = hpke_seal(key, info, aad, plaintext, recorded).value();
    const auto opened = hpke_open(seed, sealed.enc, info, aad, sealed.ciphertext);
    messages.push_back({{"info", to_hex(info)},
                        {"aad", to_hex(aad)},
                        {"plaintext", text_hex(opened.value())},
                        {"random", recorded.drawn_hex()},
                        {"enc", sealed.enc.hex()},
                        {"ciphertext", to_hex(sealed.ciphertext)}});
  }
  return {{"seed", to_hex(seed.reveal())},
          {"public_key", key.hex()},
          {"key_hash", xwing_key_hash(key).hex()},
          {"messages", messages}};
}

}  // namespace omzien::crypto::vectors
