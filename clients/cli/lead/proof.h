// A withdrawal's proof as a file: one JSON object.
//
//   {omzien: "withdrawal", version: 1, service_id, handle, handle_words, day, header, signature,
//    before: [hash, …]}
//
// Bytes are hexadecimal. Only header, signature and before are checked; the rest repeats them, for
// people.
#pragma once

#include <nlohmann/json.hpp>

#include "clients/core/lead/withdrawal_proof.h"

namespace omzien::cli {

nlohmann::json to_json(const core::WithdrawalProof&);

// Nothing when it is no such object.
std::optional<core::WithdrawalProof> proof_from(const nlohmann::json&);

}  // namespace omzien::cli
