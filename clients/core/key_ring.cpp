#include "clients/core/key_ring.h"

#include "crypto/open/hpke.h"
#include "protocol/wraps.h"

namespace omzien::core {
namespace {

constexpr std::size_t kNumbersBytes = 8;  // compartment and epoch before each key

// The keys as listed in the header, in order: what the plaintext says must be the same list.
bool take_keys(KeyRing& ring, const protocol::Access& access, const protocol::GrantMember& member,
               crypto::ByteView plaintext) {
  bool all_match = true;
  for (const auto& which : member.keys) {
    const auto number = [&](std::size_t at) {
      std::uint32_t value = 0;
      for (std::size_t i = 0; i < 4; ++i) value = value << 8 | plaintext[at + i];
      return value;
    };
    const protocol::CompartmentEpoch said{rules::Compartment{number(0)}, number(4)};
    auto key = crypto::CompartmentKey::from(
        plaintext.subspan(kNumbersBytes, crypto::CompartmentKey::kSize));
    plaintext = plaintext.subspan(protocol::kWrappedKeyBytes);
    const auto* epoch = access.epoch(which.compartment, which.epoch);
    if (said == which && epoch != nullptr && crypto::matches(epoch->commitment, *key))
      ring.insert_or_assign(which, std::move(*key));
    else
      all_match = false;
  }
  return all_match;
}

std::optional<UnwrapProblem> unwrap(KeyRing& ring, const protocol::Access& access,
                                    const protocol::Header& header,
                                    const protocol::GrantMember& member, const protocol::Wrap& wrap,
                                    const Identity& self) {
  const auto* seed = self.seed_for(member.xwing_key_hash);
  if (seed == nullptr) return UnwrapProblem::kStrangersKey;
  const auto enc = crypto::XWingCiphertext::from(wrap.enc);
  const auto info = protocol::grant_info(header.service_id, header.handle, header.author, member);
  const auto plaintext = crypto::hpke_open(*seed, *enc, info, {}, wrap.ciphertext);
  if (!plaintext) return UnwrapProblem::kAltered;
  if (!take_keys(ring, access, member, plaintext->reveal())) return UnwrapProblem::kOtherKey;
  return std::nullopt;
}

// `members`: who the wraps are for, in their order.
std::vector<UnwrapProblem> unwrap_mine(KeyRing& ring, const protocol::Access& access,
                                       const protocol::Header& header,
                                       const std::vector<protocol::GrantMember>& members,
                                       const std::optional<std::vector<protocol::Wrap>>& wraps,
                                       const protocol::MemberId& me, const Identity& self) {
  if (!wraps) return {UnwrapProblem::kAltered};
  std::vector<UnwrapProblem> problems;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (members[i].member_id != me) continue;
    if (const auto problem = unwrap(ring, access, header, members[i], (*wraps)[i], self))
      problems.push_back(*problem);
  }
  return problems;
}

}  // namespace

void derive_keys(KeyRing& ring, const protocol::Access& access, const Identity& self) {
  if (self.member_id()) return;
  for (const auto& [compartment, epochs] : access.epochs()) {
    for (const auto& epoch : epochs) {
      if (!epoch.by_owner || ring.contains({compartment, epoch.number})) continue;
      auto key = self.derive(compartment, epoch.number, epoch.started_after);
      if (key && crypto::matches(epoch.commitment, *key))
        ring.insert_or_assign({compartment, epoch.number}, std::move(*key));
    }
  }
}

std::vector<UnwrapProblem> unwrap_grant(KeyRing& ring, const protocol::Access& access,
                                        const protocol::Header& header,
                                        const protocol::Grant& grant, crypto::ByteView payload,
                                        const Identity& self) {
  const auto me = self.member_id();
  if (!me && grant.owner_keys.empty()) return {};
  const auto wraps = protocol::parse_wraps(grant, payload);
  if (me) return unwrap_mine(ring, access, header, grant.members, wraps, *me, self);
  if (!wraps) return {UnwrapProblem::kAltered};
  const auto owner = protocol::owner_as_member(access.opening(), grant.owner_keys);
  const auto problem = unwrap(ring, access, header, owner, wraps->back(), self);
  return problem ? std::vector{*problem} : std::vector<UnwrapProblem>{};
}

std::vector<UnwrapProblem> unwrap_revoke(KeyRing& ring, const protocol::Access& access,
                                         const protocol::Header& header,
                                         const protocol::Revoke& revoke, crypto::ByteView payload,
                                         const Identity& self) {
  const auto me = self.member_id();
  if (!me) return {};
  return unwrap_mine(ring, access, header, revoke.remaining, protocol::parse_wraps(revoke, payload),
                     *me, self);
}

}  // namespace omzien::core
