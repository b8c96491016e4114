#include "protocol/alerts.h"

namespace omzien::protocol {
namespace {

std::optional<Alert> alert_of(rules::LegalClock which, const Clock& clock, const Terms& terms,
                              Day today) {
  if ((clock.met_day == 0 ? today : clock.met_day) <= clock.due_day) return std::nullopt;
  return Alert{which, clock.due_day, days_after(clock.due_day, terms.days_until_further() + 1),
               clock.met_day};
}

}  // namespace

std::vector<Alert> alerts_of(const Access& access, const Terms& terms, Day today) {
  if (access.withdrawn() || access.milestones().unclocked()) return {};
  const auto clocks = access.milestones().clocks(terms);
  std::vector<Alert> alerts;
  for (const auto& alert :
       {alert_of(rules::LegalClock::kAcknowledge, clocks.acknowledge, terms, today),
        alert_of(rules::LegalClock::kFeedback, clocks.feedback, terms, today)})
    if (alert) alerts.push_back(*alert);
  return alerts;
}

std::uint32_t unit_of(const Access& access, const Directory& directory, Day today) {
  auto member = access.holder(today);
  if (!member) {
    Day led_until = 0;
    const auto led = [&](const LiveGrant& grant, Day until) {
      if (!grant.holder || grant.dormant || until < led_until) return;
      led_until = until;
      member = grant.member_id;
    };
    for (const auto& ended : access.ended_grants()) led(ended.grant, ended.ended_day);
    // Past its last day a grant stands as it was, its mark with it.
    for (const auto& grant : access.grants()) led(grant, grant.last_day);
  }
  std::uint64_t first = 0;
  const auto consider = [&](const LiveGrant& grant) {
    if (grant.dormant || (first != 0 && grant.seq >= first)) return;
    first = grant.seq;
    member = grant.member_id;
  };
  if (!member) {
    for (const auto& grant : access.grants()) consider(grant);
    for (const auto& ended : access.ended_grants()) consider(ended.grant);
  }
  const Person* person = member ? directory.person(*member) : nullptr;
  return person == nullptr ? 0 : person->unit_id;
}

}  // namespace omzien::protocol
