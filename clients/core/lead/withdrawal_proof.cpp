#include "clients/core/lead/withdrawal_proof.h"

namespace omzien::core {

WithdrawalProof withdrawal_proof(const Addition& addition) {
  const auto& last = addition.added().back();
  WithdrawalProof proof{last.header_bytes, last.signature, {}};
  for (const auto& entry : addition.opened().entries) proof.before.push_back(entry.entry.hash());
  proof.before.pop_back();  // its own
  return proof;
}

Result<protocol::Header> check(const WithdrawalProof& proof) {
  const auto wrong = [](const char* what) { return fail(ErrorKind::kVerification, what); };
  const auto entry = protocol::Entry::parse(proof.header, proof.signature.view());
  if (!entry) return wrong("the entry is not signed by the one it names, or can't be read");
  if (!entry->by_owner()) return wrong("not signed by the owner of the case");
  const auto& header = entry->header();
  if (!std::holds_alternative<protocol::Withdraw>(header.fields))
    return wrong("the entry is no withdrawal");
  if (proof.before.empty() || header.seq != proof.before.size() ||
      header.prev_hash != proof.before.back())
    return wrong("the entry does not follow the entries listed before it");
  return header;
}

}  // namespace omzien::core
