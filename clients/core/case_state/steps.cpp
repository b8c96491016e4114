#include "clients/core/case_state/steps.h"

#include <algorithm>

#include "clients/core/case_log.h"

namespace omzien::core {
namespace {

using rules::Compartment;
using rules::StepRole;

Holdings holdings_of(const protocol::Access& access, const protocol::Directory& directory) {
  Holdings holdings;
  for (const auto& grant : access.grants()) {
    if (grant.dormant) continue;
    const auto* person = directory.person(grant.member_id);
    const auto office = person == nullptr ? rules::Role{} : person->role;
    Holding holding{grant.member_id, 0, grant.last_day, office,
                    person == nullptr ? 0 : person->left_day};
    for (const auto& key : grant.keys) holding.compartments |= rules::bit(key.compartment);
    holdings.push_back(holding);
  }
  return holdings;
}

StepRole role_of(const std::vector<const protocol::LiveGrant*>& live) {
  const auto any = [&](auto test) { return std::any_of(live.begin(), live.end(), test); };
  if (!any([](const auto* grant) { return grant->holds(Compartment::kTalk); }))
    return StepRole::kReader;
  return any([](const auto* grant) { return grant->holder; }) ? StepRole::kHolder
                                                              : StepRole::kMember;
}

// Who wrote it, by what they held before it.
void set_author(Step& step, const protocol::Header& header, const protocol::Access& access,
                const protocol::Directory& directory) {
  if (protocol::handle_of(header.author) == header.handle) return;
  step.role = StepRole::kReader;
  const auto* person = directory.author(header.author, header.day, header.directory_hash);
  if (person == nullptr) return;
  step.author = person->member_id;
  step.office = person->role;
  step.role = role_of(access.live(person->member_id, header.day));
}

}  // namespace

std::uint32_t held_by(const Holdings& holdings, const protocol::MemberId& member,
                      protocol::Day day) {
  std::uint32_t held = 0;
  for (const auto& holding : holdings)
    if (holding.member_id == member && (holding.last_day == 0 || day <= holding.last_day))
      held |= holding.compartments;
  return held;
}

std::vector<Step> steps_of(const OpenedCase& opened, const protocol::Directory& directory) {
  std::vector<Step> steps;
  protocol::Access access;  // as it grew: opened.access is how it ended
  for (const auto& entry : opened.entries) {
    const auto& header = entry.entry.header();
    Step step;
    step.seq = header.seq;
    step.day = header.day;
    step.hash = entry.entry.hash();
    step.entry = header.kind;
    step.earlier = header.directory_hash != directory.hash();
    set_author(step, header, access, directory);
    const auto admitted = access.admit(header, directory);
    if (!entry.counts || !admitted) continue;
    if (const auto* event = std::get_if<protocol::Event>(&header.fields)) {
      step.compartment = event->compartment;
      step.urgent = event->urgent;
      step.event = entry.event ? &*entry.event : nullptr;
    } else {
      step.holdings = holdings_of(access, directory);
    }
    steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace omzien::core
