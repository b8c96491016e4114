// A case as a reporter takes it along, and the proof of its withdrawal: made by their own client,
// once.
#pragma once

#include "clients/core/lead/own_copy.h"
#include "clients/core/lead/withdrawal_proof.h"

namespace omzien::fuzz {

struct Kept {
  core::OwnCopy copy;       // of a case with a story, people, an identity and an answer
  core::OpenedCase opened;  // what it says
  core::WithdrawalProof proof;
};

const Kept& kept();

}  // namespace omzien::fuzz
