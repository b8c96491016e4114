// One frame's operations, done in order, and how much room each result has.
#pragma once

#include "gateway/checked_frame.h"
#include "gateway/outcome.h"
#include "gateway/quotas.h"

namespace omzien::gateway {

// What the use cases share. `quotas` is the writer's alone.
struct UseCases {
  const Limits& limits;
  Cases& cases;
  Quotas& quotas;
};

using Results = std::vector<protocol::OperationResult>;

// A frame that only reads. An operation that meets a failing store is answered `storage`; `failed`
// says what the last one met.
Results run_reads(CheckedFrame&, storage::Reader&, const UseCases&,
                  std::optional<storage::Error>& failed);

// A frame within a transaction: later operations see what earlier ones wrote. A failing store makes
// the whole transaction worthless. `wrote` becomes true when there is something to commit.
storage::Result<Results> run_writes(CheckedFrame&, storage::Transaction&, const UseCases&,
                                    bool& wrote);

// Of results that are not handed on nothing is left: a case share may be in one.
void wipe_bodies(Results&);

// What to answer when the store failed: what was refused anyway keeps its reason.
Results storage_failed(const CheckedFrame&);

}  // namespace omzien::gateway
