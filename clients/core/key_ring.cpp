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

}  // namespace

void derive_keys(KeyRing& ring, const protocol::Access& access, const Identity& self) {
  if (self.member_id() || !access.opened()) return;
  for (const auto& start : access.opening().starts) {
    const auto* epoch = access.epoch(start.compartment, start.epoch);
    auto key = self.derive(start.compartment, start.epoch, epoch->started_after);
    if (key && crypto::matches(epoch->commitment, *key))
      ring.insert_or_assign({start.compartment, start.epoch}, std::move(*key));
  }
}

std::vector<UnwrapProblem> unwrap_grant(KeyRing& ring, const protocol::Access& access,
                                        const protocol::Header& header,
                                        const protocol::Grant& grant, crypto::ByteView payload,
                                        const Identity& self) {
  std::vector<UnwrapProblem> problems;
  const auto me = self.member_id();
  if (!me) return problems;
  const auto wraps = protocol::parse_wraps(grant, payload);
  if (!wraps) return {UnwrapProblem::kAltered};
  for (std::size_t i = 0; i < grant.members.size(); ++i) {
    if (grant.members[i].member_id != *me) continue;
    if (const auto problem = unwrap(ring, access, header, grant.members[i], (*wraps)[i], self))
      problems.push_back(*problem);
  }
  return problems;
}

}  // namespace omzien::core
