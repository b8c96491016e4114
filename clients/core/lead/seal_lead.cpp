#include "clients/core/lead/seal_lead.h"

#include "clients/core/seal_parts.h"

namespace omzien::core {
namespace {

using rules::EntryKind;

std::vector<protocol::EpochStart> starts_of(const KeyRing& started) {
  std::vector<protocol::EpochStart> starts;
  for (const auto& [which, key] : started)
    starts.push_back({which.compartment, which.epoch, crypto::commit(key)});
  return starts;
}

// What travels for each reader of what starts: who carries on, and their wrap.
struct Carried {
  std::vector<protocol::GrantMember> members;
  std::vector<protocol::Wrap> wraps;
};

Carried carry(const Identity& author, const Place& place, const KeyRing& started,
              const std::vector<Grantee>& readers, crypto::Random& random) {
  Carried carried;
  for (const auto& reader : readers) {
    auto member = member_of(reader);
    carried.wraps.push_back(
        seal_wrap(author, place, reader.certificate.content().xwing_key, member, started, random));
    carried.members.push_back(std::move(member));
  }
  return carried;
}

}  // namespace

KeyRing owners_keys(const Identity& owner, const Place& place,
                    const std::vector<protocol::CompartmentEpoch>& starts) {
  KeyRing ring;
  for (const auto& start : starts)
    ring.emplace(start,
                 owner.derive(start.compartment, start.epoch, place.chain.head_hash()).value());
  return ring;
}

KeyRing random_keys(const std::vector<protocol::CompartmentEpoch>& starts, crypto::Random& random) {
  KeyRing ring;
  for (const auto& start : starts)
    ring.emplace(start, crypto::random_key<crypto::CompartmentKey>(random));
  return ring;
}

SealedEntry seal_epoch(const Identity& author, Place& place, const KeyRing& started,
                       const std::vector<Grantee>& readers, const crypto::XWingPublicKey* owner,
                       crypto::Random& random) {
  auto carried = carry(author, place, started, readers, random);
  protocol::Grant grant;
  grant.members = std::move(carried.members);
  grant.starts = starts_of(started);
  if (owner != nullptr) {
    protocol::GrantMember to{{}, crypto::xwing_key_hash(*owner), {}, false, 0};
    for (const auto& [which, key] : started) to.keys.push_back(which);
    carried.wraps.push_back(seal_wrap(author, place, *owner, to, started, random));
    grant.owner_keys = std::move(to.keys);
  }
  auto header = next_header(author, place, EntryKind::kGrant, std::move(grant), random);
  return finish(author, place, std::move(header), protocol::encode_wraps(carried.wraps));
}

SealedEntry seal_revoke(const Identity& owner, Place& place, std::vector<protocol::MemberId> out,
                        const KeyRing& started, const std::vector<Grantee>& remaining,
                        crypto::Random& random) {
  auto carried = carry(owner, place, started, remaining, random);
  protocol::Revoke revoke{std::move(out), starts_of(started), std::move(carried.members)};
  auto header = next_header(owner, place, EntryKind::kRevoke, std::move(revoke), random);
  return finish(owner, place, std::move(header), protocol::encode_wraps(carried.wraps));
}

SealedEntry seal_delegate(const Identity& owner, Place& place, const protocol::Delegate& delegate,
                          crypto::Random& random) {
  return finish(owner, place, next_header(owner, place, EntryKind::kDelegate, delegate, random),
                {});
}

SealedEntry seal_release(const Identity& author, Place& place, const protocol::Release& release,
                         crypto::Random& random) {
  return finish(author, place, next_header(author, place, EntryKind::kRelease, release, random),
                {});
}

SealedEntry seal_withdraw(const Identity& owner, Place& place, crypto::Random& random) {
  return finish(owner, place,
                next_header(owner, place, EntryKind::kWithdraw, protocol::Withdraw{}, random), {});
}

SealedEntry seal_reseal(const Identity& member, Place& place, const protocol::Certificate& own,
                        const std::vector<protocol::CompartmentEpoch>& keys, const KeyRing& ring,
                        crypto::Random& random) {
  const std::vector<Grantee> self{{own, keys, false, 0}};
  return seal_grant(member, place, self, std::nullopt, ring, random);
}

}  // namespace omzien::core
