// What cases may cost (protocol §5), so that a flood of invented ones, or a member who writes
// without end, leaves room for the rest. The numbers stand in limits.h. What takes access away
// passes them all (taking_back.h).
#pragma once

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "gateway/clock.h"
#include "gateway/limits.h"
#include "storage/store.h"

namespace omzien::gateway {

// Whether a member has answered: from then on the case is somebody's work, not a stranger's claim.
bool answered(const storage::CaseInfo&);

// For the writer's thread alone. What it counts itself (new cases in this minute, chunks for cases
// that do not exist, what a member appends beyond what all share, which uploads take access away)
// starts anew with the program; the rest is in the store.
class Quotas {
 public:
  explicit Quotas(const Limits& limits) : limits_(limits) {}

  // What is taken from here on may be given back: nobody pays for what was not kept. No more is
  // remembered for that than one transaction takes.
  void begin();
  void give_back();

  // Whether a new case of `bytes` in all may be opened today, at a `cost` to the day's budget, and
  // taking note that it is.
  bool take_case(const Moment&, const storage::DayBudget& today, std::uint64_t bytes,
                 std::uint64_t cost);

  // Whether an existing case may grow to `bytes_after` in all. The last eighth is the owner's
  // alone, also of the little that a case without an answer may have: chunks that a member stages
  // are no answer and stand in no entry, and could silence the owner all the same.
  bool may_grow(bool is_answered, bool by_owner, std::uint64_t bytes_after) const;
  // Whether it may take `cost` of the day's budget; cases that were answered need none.
  bool within_budget(const storage::CaseInfo&, const storage::DayBudget& today,
                     std::uint64_t cost) const;
  // Whether a member may append `entries` more today, and taking note: of what all of them share,
  // or, when that is used up, of what each has left for themself alone.
  bool take_append_as_member(const protocol::Handle&, const crypto::SigningPublicKey& author,
                             const storage::CaseInfo&, protocol::Day today, std::size_t entries);

  // Whether a chunk of `bytes` may be staged for a handle that has no case, and taking note.
  bool take_stage_before_open(const protocol::Handle&, protocol::Day today,
                              const storage::DayBudget& spent, std::uint64_t bytes);

  // The uploads of a case that its owner staged today beyond all quotas, to take access away
  // (staging.cpp). By name: how much of each is still there, the store says.
  std::set<protocol::UploadId>& staged_beyond(const protocol::Handle&, protocol::Day today);

 private:
  using Author = std::pair<protocol::Handle, crypto::SigningPublicKey>;  // in one case

  const Limits& limits_;
  std::uint64_t minute_ = 0;
  std::uint64_t opened_in_minute_ = 0;
  std::uint64_t opened_before_ = 0;  // of them, by begin()
  protocol::Day staged_day_ = 0;
  std::map<protocol::Handle, std::uint64_t> staged_;  // bytes per handle on staged_day_
  // Since begin(), what stood there before each change. The same for entries below.
  std::vector<std::pair<protocol::Handle, std::uint64_t>> staged_before_;
  protocol::Day beyond_day_ = 0;
  std::map<protocol::Handle, std::set<protocol::UploadId>> beyond_;  // on beyond_day_
  protocol::Day appended_day_ = 0;
  // Entries per case and author on appended_day_, beyond what the case's members share.
  std::map<Author, std::uint64_t> appended_;
  std::vector<std::pair<Author, std::uint64_t>> appended_before_;
};

// What a transaction takes of the quotas: given back unless it is kept, however that comes.
class Taken {
 public:
  explicit Taken(Quotas& quotas) : quotas_(quotas) { quotas_.begin(); }
  ~Taken() {
    if (!kept_) quotas_.give_back();
  }
  Taken(const Taken&) = delete;
  Taken& operator=(const Taken&) = delete;
  void keep() { kept_ = true; }

 private:
  Quotas& quotas_;
  bool kept_ = false;
};

}  // namespace omzien::gateway
