// The end of a case by the directory's retention rule: what the gateway may do by itself, and no
// sooner than everybody can count.
#include <algorithm>

#include "protocol/access.h"

namespace omzien::protocol {

// A case that has an outcome is kept for as long again after every entry that follows: whoever
// writes on is not done.
bool Access::may_be_purged(std::uint32_t retention_days, Day today) const {
  const auto outcome_day = milestones_.outcome_day();
  if (!opened() || withdrawn_ || purged_ || outcome_day == 0) return false;
  return today >= std::uint64_t{std::max(outcome_day, last_day_)} + retention_days;
}

tl::expected<void, Breach> Access::admit_purge(const Asked& asked, const Purge& purge) {
  const auto breach = [](Breach which) { return tl::unexpected(which); };
  if (by_owner(asked) || asked.member != nullptr) return breach(Breach::kAuthor);
  if (asked.header.payload_size != 0) return breach(Breach::kPayload);
  if (!rules::retention_rule_of(static_cast<std::uint32_t>(purge.rule)))
    return breach(Breach::kNewerVersion);
  // An earlier directory's days nobody can look up any more: they are shown as they are stated.
  const bool made_now = asked.header.directory_hash == asked.directory.hash();
  if ((made_now && purge.days != asked.directory.content().terms.retention_days) ||
      !may_be_purged(purge.days, asked.day()))
    return breach(Breach::kPurge);
  purged_ = PurgeMade{purge.rule, purge.days, asked.day(), asked.header.seq};
  return {};
}

}  // namespace omzien::protocol
