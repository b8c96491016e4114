#include "clients/core/case_state.h"

namespace omzien::core {
namespace {

std::map<protocol::MemberId, std::string> names_in(const CaseState& state,
                                                   const protocol::Directory& directory) {
  std::map<protocol::MemberId, std::string> names;
  const auto add = [&](const protocol::MemberId& member) {
    const auto* person = directory.person(member);
    names.emplace(member, person == nullptr ? "unknown" : person->name);
  };
  for (const auto& row : state.access) add(row.member_id);
  for (const auto& record : state.unconsented) add(record.author);
  for (const auto& record : state.identity_opened) add(record.author);
  for (const auto* said :
       {&state.triage.assessments, &state.triage.sensitive, &state.triage.consultations})
    for (const auto& record : *said) add(record.author);
  if (state.triage.decision) add(state.triage.decision->author);
  for (const auto& record : state.proposals) {
    add(record.author);
    for (const auto& reader : record.proposal.readers) add(reader.member_id);
  }
  return names;
}

}  // namespace

void judge(OpenedCase& opened, const protocol::Directory& directory) {
  for (auto& alarm : fold(steps_of(opened, directory), directory.content().terms).alarms) {
    auto& entry = opened.entries[alarm.seq];
    if (alarm.kind != AlarmKind::kRuleBroken ||
        entry.entry.header().kind != rules::EntryKind::kEvent)
      continue;
    entry.counts = false;
    opened.alarms.push_back(std::move(alarm));
  }
}

CaseState fold(const OpenedCase& opened, const protocol::Directory& directory) {
  const auto& terms = directory.content().terms;
  auto state = fold(steps_of(opened, directory), terms);
  state.clocks = opened.access.milestones().clocks(terms);
  state.clocked = !opened.access.opening().unclocked;
  state.access = access_rows(opened.access, directory);
  state.names = names_in(state, directory);
  state.alarms.insert(state.alarms.begin(), opened.alarms.begin(), opened.alarms.end());
  return state;
}

}  // namespace omzien::core
