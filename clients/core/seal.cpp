#include "clients/core/seal.h"

#include <stdexcept>

#include "crypto/open/event_seal.h"
#include "crypto/open/hpke.h"
#include "protocol/wraps.h"

namespace omzien::core {
namespace {

using protocol::Header;

Header next_header(const Identity& author, const Place& place, rules::EntryKind kind,
                   protocol::Fields fields, crypto::Random& random) {
  Header header;
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

SealedEntry finish(const Identity& author, Place& place, Header header, crypto::Bytes payload) {
  header.payload_hash = protocol::payload_hash(header.salt, payload);
  header.payload_size = static_cast<std::uint32_t>(payload.size());
  SealedEntry sealed{header, protocol::encode_header(header), {}, std::move(payload)};
  sealed.signature = author.signing_key().sign(rules::kTagEntrySignature, sealed.header_bytes);
  const auto extended =
      place.chain.extend(header, protocol::entry_hash(sealed.header_bytes, sealed.signature));
  if (!extended) throw std::logic_error("an entry sealed for another place");
  return sealed;
}

// compartment(4) ‖ epoch(4) ‖ key(32), for each key.
crypto::SecretBytes wrapped_plaintext(const Grantee& grantee, const KeyRing& ring) {
  crypto::SecretBytes plaintext(grantee.keys.size() * protocol::kWrappedKeyBytes);
  auto out = plaintext.reveal_mutable();
  for (const auto& which : grantee.keys) {
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

SealedEntry seal_event(const Identity& author, Place& place, const EventTarget& target,
                       const Event& event, const crypto::CompartmentKey& key,
                       const crypto::CaseShare& share, crypto::Random& random) {
  protocol::Event fields{target.compartment, target.epoch, target.milestone, target.urgent, {}};
  if (const auto* attachment = std::get_if<Attachment>(&event))
    for (const auto& file : attachment->files)
      fields.files.push_back({file.upload_id, file.chunks});
  auto header = next_header(author, place, rules::EntryKind::kEvent, fields, random);
  const crypto::EventContext context{
      header.service_id, header.handle,
      header.author,     static_cast<std::uint32_t>(target.compartment),
      target.epoch,      header.seq};
  const auto plaintext = encode_event(event);
  auto payload = crypto::seal_event(key, share, context, plaintext.reveal(), random);
  return finish(author, place, std::move(header), std::move(payload));
}

SealedEntry seal_grant(const Identity& author, Place& place, const std::vector<Grantee>& grantees,
                       std::optional<protocol::MemberId> stands_in_for, const KeyRing& ring,
                       crypto::Random& random) {
  protocol::Grant grant;
  grant.dormant = stands_in_for.has_value();
  if (stands_in_for) grant.stands_in_for = *stands_in_for;
  std::vector<protocol::Wrap> wraps;
  for (const auto& grantee : grantees) {
    protocol::GrantMember member{grantee.certificate.content().member_id,
                                 grantee.certificate.key_hash(), grantee.keys, grantee.holder, 0};
    const auto info = protocol::grant_info(place.chain.service(), place.chain.handle(),
                                           author.signing_key().public_key(), member);
    const auto plaintext = wrapped_plaintext(grantee, ring);
    auto sealed = crypto::hpke_seal(grantee.certificate.content().xwing_key, info, {},
                                    plaintext.reveal(), random);
    if (!sealed) throw std::runtime_error("a directory key that is no X-Wing key");
    wraps.push_back({sealed->enc.to_bytes(), std::move(sealed->ciphertext)});
    grant.members.push_back(std::move(member));
  }
  auto header = next_header(author, place, rules::EntryKind::kGrant, std::move(grant), random);
  return finish(author, place, std::move(header), protocol::encode_wraps(wraps));
}

SealedEntry seal_open(const Reporter& reporter, Place& place, const KeyRing& ring,
                      const crypto::CaseShare& share, bool unclocked, crypto::Random& random) {
  protocol::Open open;
  open.owner_xwing_key = reporter.xwing_key();
  open.case_share_commitment = crypto::case_share_commitment(share);
  open.unclocked = unclocked;
  for (const auto& [which, key] : ring)
    open.starts.push_back({which.compartment, which.epoch, crypto::commit(key)});
  auto header = next_header(reporter, place, rules::EntryKind::kOpen, std::move(open), random);
  return finish(reporter, place, std::move(header), {});
}

}  // namespace omzien::core
