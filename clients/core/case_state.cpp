#include "clients/core/case_state.h"

#include <algorithm>

namespace omzien::core {
namespace {

using protocol::Day;

// The table's row for this step, if it stands there (proto/rules/case.toml).
const rules::Transition* row_for(rules::EventKind event, bool by_owner, rules::CaseState from,
                                 rules::CaseKind kind) {
  for (const auto& row : rules::kTransitions)
    if (row.event == event && row.by_owner == by_owner && (row.from & rules::bit(from)) != 0 &&
        (row.kinds & rules::bit(kind)) != 0)
      return &row;
  return nullptr;
}

class Folder {
 public:
  explicit Folder(const OpenedCase& opened) : opened_(opened) { state_.alarms = opened.alarms; }

  CaseState fold(const protocol::Directory& directory) {
    for (const auto& entry : opened_.entries)
      if (entry.counts) take(entry);
    for (const auto& grant : opened_.access.grants())
      state_.access.push_back(row_of(grant, directory));
    if (opened_.access.withdrawn()) {
      state_.state = rules::CaseState::kWithdrawn;
      state_.waiting_for = WaitingFor::kNobody;
    }
    state_.clocked = !opened_.access.opening().unclocked;
    state_.clocks =
        protocol::clocks(directory.content().terms, state_.day_opened, acknowledged_, feedback_);
    return std::move(state_);
  }

 private:
  void take(const OpenedEntry& entry) {
    const auto& header = entry.entry.header();
    if (std::holds_alternative<protocol::Open>(header.fields)) state_.day_opened = header.day;
    const auto* event = std::get_if<protocol::Event>(&header.fields);
    if (event == nullptr) return;
    const bool by_owner = header.author == opened_.access.owner();
    take_header(*event, header.day, by_owner);
    if (entry.event) take_event(header, *event, *entry.event, by_owner);
  }

  // What the gateway sees too: milestones, urgency, whose turn it is.
  void take_header(const protocol::Event& event, Day day, bool by_owner) {
    using rules::Milestone;
    const auto met = [&](Day& when) {
      if (when == 0) when = day;
    };
    if (event.milestone != Milestone::kNone) met(acknowledged_);
    if (event.milestone == Milestone::kFeedback || event.milestone == Milestone::kOutcome)
      met(feedback_);
    if (event.urgent) state_.urgent = true;
    if (event.compartment == rules::Compartment::kTalk)
      state_.waiting_for = by_owner ? WaitingFor::kAdviser : WaitingFor::kReporter;
  }

  void take_event(const protocol::Header& header, const protocol::Event& fields, const Event& event,
                  bool by_owner) {
    if (fields.compartment != rules::Compartment::kTalk) return;
    if (const auto* opening = std::get_if<Opening>(&event)) {
      if (state_.kind || !by_owner) return forbidden(header);
      state_.kind = opening->case_kind;
      return;
    }
    if (std::holds_alternative<Message>(event))
      step(header, rules::EventKind::kMessage, by_owner, std::nullopt);
    if (const auto* status = std::get_if<StatusChange>(&event))
      step(header, rules::EventKind::kStatus, by_owner, status->state);
    if (std::holds_alternative<Outcome>(event))
      step(header, rules::EventKind::kOutcome, by_owner, std::nullopt);
  }

  // `wanted`: the state a status event names. A message that the table does not list changes no
  // state; anything else that it does not list is a breach.
  void step(const protocol::Header& header, rules::EventKind event, bool by_owner,
            std::optional<rules::CaseState> wanted) {
    if (!state_.kind) return forbidden(header);
    const auto* row = row_for(event, by_owner, state_.state, *state_.kind);
    if (row == nullptr) {
      if (event != rules::EventKind::kMessage) forbidden(header);
      return;
    }
    for (const auto& named : rules::kCaseStateNames) {
      const bool listed = (row->to & rules::bit(named.value)) != 0;
      if (listed && (!wanted || *wanted == named.value)) {
        state_.state = named.value;
        if (state_.state == rules::CaseState::kClosed) state_.waiting_for = WaitingFor::kNobody;
        return;
      }
    }
    forbidden(header);
  }

  void forbidden(const protocol::Header& header) {
    state_.alarms.push_back({header.seq, AlarmKind::kRuleBroken,
                             "a step that is not possible here; it changes nothing"});
  }

  static AccessRow row_of(const protocol::LiveGrant& grant, const protocol::Directory& directory) {
    const auto* person = directory.person(grant.member_id);
    AccessRow row{grant.member_id,
                  person == nullptr ? "unknown" : person->name,
                  {},
                  grant.since_day,
                  grant.dormant,
                  grant.holder};
    for (const auto& key : grant.keys)
      if (row.compartments.empty() || row.compartments.back() != key.compartment)
        row.compartments.push_back(key.compartment);
    return row;
  }

  const OpenedCase& opened_;
  CaseState state_;
  Day acknowledged_ = 0;
  Day feedback_ = 0;
};

}  // namespace

CaseState fold(const OpenedCase& opened, const protocol::Directory& directory) {
  return Folder(opened).fold(directory);
}

bool may_set(const CaseState& state, rules::CaseState wanted) {
  if (!state.kind) return false;
  const auto* row = row_for(rules::EventKind::kStatus, false, state.state, *state.kind);
  return row != nullptr && (row->to & rules::bit(wanted)) != 0;
}

bool may_close(const CaseState& state) {
  return state.kind &&
         row_for(rules::EventKind::kOutcome, false, state.state, *state.kind) != nullptr;
}

std::string_view name_of(WaitingFor whom) {
  switch (whom) {
    case WaitingFor::kNobody: return "nobody";
    case WaitingFor::kAdviser: return "adviser";
    case WaitingFor::kReporter: return "reporter";
  }
  return "nobody";
}

}  // namespace omzien::core
