#include "clients/cli/lead/proof.h"

#include "clients/cli/lead/hex_field.h"
#include "clients/core/names.h"
#include "protocol/calendar.h"

namespace omzien::cli {
nlohmann::json to_json(const core::WithdrawalProof& proof) {
  const auto header = protocol::parse_header(proof.header).value();
  auto before = nlohmann::json::array();
  for (const auto& hash : proof.before) before.push_back(hash.hex());
  return {{"omzien", "withdrawal"},
          {"version", 1},
          {"service_id", header.service_id.hex()},
          {"handle", header.handle.hex()},
          {"handle_words", core::handle_words(header.handle)},
          {"day", protocol::iso_date(header.day)},
          {"header", crypto::to_hex(proof.header)},
          {"signature", proof.signature.hex()},
          {"before", std::move(before)}};
}

std::optional<core::WithdrawalProof> proof_from(const nlohmann::json& object) {
  if (!says_it_is(object, "withdrawal")) return std::nullopt;
  const auto header = bytes_at(object, "header");
  const auto signature = value_at<crypto::Signature>(object, "signature");
  const auto before = object.find("before");
  if (!header || !signature || before == object.end() || !before->is_array()) return std::nullopt;
  core::WithdrawalProof proof{*header, *signature, {}};
  for (const auto& one : *before) {
    const auto bytes = bytes_in(one);
    const auto hash = bytes ? crypto::Digest::from(*bytes) : std::optional<crypto::Digest>();
    if (!hash) return std::nullopt;
    proof.before.push_back(*hash);
  }
  return proof;
}

}  // namespace omzien::cli
