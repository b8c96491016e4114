#include "clients/core/seal.h"

#include "clients/core/seal_parts.h"
#include "crypto/open/event_seal.h"

namespace omzien::core {

SealedEntry seal_event(const Identity& author, Place& place, const EventTarget& target,
                       const Event& event, const crypto::CompartmentKey& key,
                       const crypto::CaseShare& share, crypto::Random& random) {
  protocol::Event fields{target.compartment, target.epoch, target.milestone,
                         target.urgent,      {},           target.dispute};
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
    auto member = member_of(grantee);
    wraps.push_back(
        seal_wrap(author, place, grantee.certificate.content().xwing_key, member, ring, random));
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
