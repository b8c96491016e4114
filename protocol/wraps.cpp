#include "protocol/wraps.h"

#include "omzien/entry.pb.h"

#include "protocol/strict.h"

namespace omzien::protocol {

crypto::Bytes encode_wraps(const std::vector<Wrap>& wraps) {
  wire::Wraps message;
  for (const auto& from : wraps) {
    auto* to = message.add_wraps();
    to->set_enc(strict::field(from.enc));
    to->set_ciphertext(strict::field(from.ciphertext));
  }
  return strict::encode(message);
}

namespace {

// `key_counts`: how many keys each wrap holds.
std::optional<std::vector<Wrap>> parse(const std::vector<std::size_t>& key_counts,
                                       crypto::ByteView payload) {
  const auto message = strict::parse<wire::Wraps>(payload);
  if (!message || static_cast<std::size_t>(message->wraps_size()) != key_counts.size())
    return std::nullopt;
  std::vector<Wrap> wraps;
  for (std::size_t i = 0; i < key_counts.size(); ++i) {
    const auto& from = message->wraps(static_cast<int>(i));
    const auto expected = key_counts[i] * kWrappedKeyBytes + kWrapTagBytes;
    if (from.enc().size() != kWrapEncBytes || from.ciphertext().size() != expected)
      return std::nullopt;
    wraps.push_back({strict::bytes(from.enc()), strict::bytes(from.ciphertext())});
  }
  return wraps;
}

std::vector<std::size_t> key_counts(const std::vector<GrantMember>& members) {
  std::vector<std::size_t> counts;
  counts.reserve(members.size());
  for (const auto& member : members) counts.push_back(member.keys.size());
  return counts;
}

}  // namespace

std::optional<std::vector<Wrap>> parse_wraps(const Grant& grant, crypto::ByteView payload) {
  auto counts = key_counts(grant.members);
  if (!grant.owner_keys.empty()) counts.push_back(grant.owner_keys.size());
  return parse(counts, payload);
}

std::optional<std::vector<Wrap>> parse_wraps(const Revoke& revoke, crypto::ByteView payload) {
  return parse(key_counts(revoke.remaining), payload);
}

GrantMember owner_as_member(const Open& open, std::vector<CompartmentEpoch> keys) {
  return {{}, crypto::xwing_key_hash(open.owner_xwing_key), std::move(keys), false, 0};
}

crypto::Bytes grant_info(const ServiceId& service, const Handle& handle,
                         const crypto::SigningPublicKey& grantor, const GrantMember& member) {
  crypto::FieldList info;
  info.append(crypto::as_bytes(rules::kTagGrantInfo));
  info.append(service.view());
  info.append(handle.view());
  info.append(grantor.view());
  info.append(member.member_id.view());
  info.append(member.xwing_key_hash.view());
  for (const auto& key : member.keys) {
    info.append_u32(static_cast<std::uint32_t>(key.compartment));
    info.append_u32(key.epoch);
  }
  return info.bytes();
}

}  // namespace omzien::protocol
