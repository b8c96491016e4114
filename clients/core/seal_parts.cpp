#include "clients/core/seal_parts.h"

#include <stdexcept>

#include "crypto/open/hpke.h"

namespace omzien::core {
namespace {

// compartment(4) ‖ epoch(4) ‖ key(32), for each of the member's keys.
crypto::SecretBytes wrapped_plaintext(const protocol::GrantMember& member, const KeyRing& ring) {
  crypto::SecretBytes plaintext(member.keys.size() * protocol::kWrappedKeyBytes);
  auto out = plaintext.reveal_mutable();
  for (const auto& which : member.keys) {
    const auto put = [&](std::uint32_t number) {
      for (std::size_t i = 0; i < 4; ++i)
        out[i] = static_cast<std::uint8_t>(number >> (24 - 8 * i));
      out = out.subspan(4);
    };
    put(static_cast<std::uint32_t>(which.compartment));
    put(which.epoch);
    const auto key = ring.at(which).reveal();
    std::copy(key.begin(), key.end(), out.begin());
    out = out.subspan(key.size());
  }
  return plaintext;
}

}  // namespace

protocol::Header next_header(const Identity& author, const Place& place, rules::EntryKind kind,
                             protocol::Fields fields, crypto::Random& random) {
  protocol::Header header;
  header.service_id = place.chain.service();
  header.handle = place.chain.handle();
  header.author = author.signing_key().public_key();
  header.seq = place.chain.next_seq();
  header.prev_hash = place.chain.head_hash();
  header.day = std::max(place.day, place.chain.head_day());
  header.directory_hash = place.directory_hash;
  header.salt = crypto::random_value<protocol::Salt>(random);
  header.kind = kind;
  header.fields = std::move(fields);
  return header;
}

SealedEntry finish(const Identity& author, Place& place, protocol::Header header,
                   crypto::Bytes payload) {
  header.payload_hash = protocol::payload_hash(header.salt, payload);
  header.payload_size = static_cast<std::uint32_t>(payload.size());
  SealedEntry sealed{header, protocol::encode_header(header), {}, std::move(payload)};
  sealed.signature = author.signing_key().sign(rules::kTagEntrySignature, sealed.header_bytes);
  const auto extended =
      place.chain.extend(header, protocol::entry_hash(sealed.header_bytes, sealed.signature));
  if (!extended) throw std::logic_error("an entry sealed for another place");
  return sealed;
}

protocol::GrantMember member_of(const Grantee& grantee) {
  const auto& certificate = grantee.certificate;
  return {certificate.content().member_id, certificate.key_hash(), grantee.keys, grantee.holder,
          grantee.last_day};
}

protocol::Wrap seal_wrap(const Identity& author, const Place& place,
                         const crypto::XWingPublicKey& to, const protocol::GrantMember& member,
                         const KeyRing& ring, crypto::Random& random) {
  const auto info = protocol::grant_info(place.chain.service(), place.chain.handle(),
                                         author.signing_key().public_key(), member);
  const auto plaintext = wrapped_plaintext(member, ring);
  auto sealed = crypto::hpke_seal(to, info, {}, plaintext.reveal(), random);
  if (!sealed) throw std::runtime_error("a directory key that is no X-Wing key");
  return {sealed->enc.to_bytes(), std::move(sealed->ciphertext)};
}

}  // namespace omzien::core
