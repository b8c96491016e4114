#include "clients/core/identity.h"

#include "protocol/entry.h"

namespace omzien::core {

Reporter::Reporter(const crypto::Phrase& phrase, const protocol::ServiceId& service,
                   crypto::PhraseCase which)
    : keys_(phrase, service, which),
      xwing_key_(keys_.xwing_public_key()),
      handle_(protocol::handle_of(keys_.public_key())) {}

const crypto::XWingSeed* Reporter::seed_for(const crypto::Digest& hash) const {
  return hash == crypto::xwing_key_hash(xwing_key_) ? &keys_.xwing_seed() : nullptr;
}

std::optional<crypto::CompartmentKey> Reporter::derive(rules::Compartment compartment,
                                                       std::uint32_t epoch,
                                                       const crypto::Digest& started_after) const {
  return keys_.compartment_key(static_cast<std::uint32_t>(compartment), epoch, started_after);
}

Member::Member(crypto::KeyFile file, const protocol::ServiceId& service)
    : file_(std::move(file)),
      signing_key_(file_.signing_seed),
      local_key_(crypto::member_local_key(file_.signing_seed, service)),
      local_name_(crypto::member_local_name(file_.signing_seed, service)) {
  for (const auto& seed : file_.xwing_seeds)
    key_hashes_.push_back(crypto::xwing_key_hash(crypto::xwing_public_key(seed)));
}

const crypto::XWingSeed* Member::seed_for(const crypto::Digest& hash) const {
  for (std::size_t i = 0; i < key_hashes_.size(); ++i)
    if (key_hashes_[i] == hash) return &file_.xwing_seeds[i];
  return nullptr;
}

std::optional<crypto::CompartmentKey> Member::derive(rules::Compartment, std::uint32_t,
                                                     const crypto::Digest&) const {
  return std::nullopt;
}

}  // namespace omzien::core
