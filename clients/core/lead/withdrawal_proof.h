// What a reporter keeps of a case they withdrew: the signed Withdraw entry, and the hash of every
// entry before it. It holds no text and names nobody.
//
// It proves that whoever holds the words of this case withdrew it, on that day, after so many
// entries, of which the last hash pins every one. The hashes before that one can't be checked by
// themselves: they are there to be held against a log that somebody has, whose own chain says which
// of the two is right. It can't prove that the organisation received it: the gateway signs nothing
// yet. Once a ledger gives receipts, one belongs in here.
#pragma once

#include "clients/core/errors.h"
#include "clients/core/lead/addition.h"

namespace omzien::core {

struct WithdrawalProof {
  crypto::Bytes header;
  crypto::Signature signature;
  std::vector<crypto::Digest> before;  // hashes of entries 0, 1, …
};

// `addition` ends in the Withdraw.
WithdrawalProof withdrawal_proof(const Addition& addition);

// The header, once everything fits: signed by the case's owner, a Withdraw, in its place after as
// many hashes, the last of which it names. kVerification otherwise.
Result<protocol::Header> check(const WithdrawalProof&);

}  // namespace omzien::core
