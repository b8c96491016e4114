#include "tests/clients/core/case_state/kit.h"

namespace omzien::core {

using rules::bit;
using rules::Compartment;
using State = rules::CaseState;

Compartment place_of(rules::EventKind kind) {
  const auto* rule = rule_of(kind);
  for (const auto& named : rules::kCompartmentNames)
    if (rule != nullptr && (rule->compartments & bit(named.value)) != 0) return named.value;
  return Compartment::kTalk;
}

namespace {

Holdings from_the_beginning() {
  const auto talk = bit(Compartment::kTalk) | bit(Compartment::kStory) | bit(Compartment::kNotes);
  return {kit::holding(1, talk), kit::holding(2, talk | bit(Compartment::kIdentity)),
          summary_for(kCommittee), kit::holding(4, talk)};
}

}  // namespace

Holding summary_for(Who who) {
  auto holding = kit::holding(who.number, bit(Compartment::kSummary));
  holding.office = who.office;
  return holding;
}

Log::Log(Bare) {
  Step& open = add(kReporter);
  open.entry = rules::EntryKind::kOpen;
  open.holdings = from_the_beginning();
}

Log::Log(rules::CaseKind kind) : Log(Bare{}) {
  kind_ = kind;
  Opening opening;
  opening.case_kind = kind;
  by(kReporter, opening);
}

Log Log::unopened() { return Log(Bare{}); }

Step& Log::add(Who who) {
  Step step;
  step.seq = steps_.size();
  step.hash = kit::hash_of(step.seq);
  step.day = day_;
  step.role = who.role;
  if (who.number != 0) step.author = kit::member_id(who.number);
  step.office = who.office;
  return steps_.emplace_back(std::move(step));
}

Log& Log::by(Who who, Event event, std::optional<Compartment> where) {
  Step& step = add(who);
  step.compartment = where.value_or(place_of(kind_of(event)));
  step.event = &events_.emplace_back(std::move(event));
  return *this;
}

Log& Log::unread(Who who, Compartment where) {
  add(who).compartment = where;
  return *this;
}

Log& Log::withdraw(Who who) {
  add(who).entry = rules::EntryKind::kWithdraw;
  return *this;
}

Log& Log::access(Holdings holdings) {
  Step& step = add(kReporter);
  step.entry = rules::EntryKind::kGrant;
  step.holdings = std::move(holdings);
  return *this;
}

Log& Log::let_in(std::vector<Who> people) {
  auto holdings = from_the_beginning();
  for (const auto who : people) holdings.push_back(summary_for(who));
  return access(std::move(holdings));
}

Log& Log::later(protocol::Day days) {
  day_ += days;
  return *this;
}

bool Log::reach(State state) {
  const bool signal = kind_ == rules::CaseKind::kSignal;
  switch (state) {
    case State::kOpened: return true;
    case State::kAcknowledged: by(kMember, Message{"read"}); return true;
    case State::kClosed:
      if (!signal) by(kReporter, Stay{});
      by(kMember, Outcome{"done", "why"});
      return true;
    case State::kWithdrawn: withdraw(kReporter); return true;
    case State::kActive:
    case State::kWaiting:
      if (!signal) by(kMember, StatusChange{state, ""});
      return !signal;
    case State::kPaused:
      if (signal) return false;
      by(kMember, StatusChange{State::kWaiting, ""});
      later(rules::kSilenceDays);
      by(kMember, StatusChange{State::kPaused, ""});
      return true;
  }
  return false;
}

Log& Log::under_another_directory() {
  for (auto& step : steps_) step.earlier = true;
  return *this;
}

CaseState Log::folded(const protocol::Terms& terms) const { return fold(steps_, terms); }

std::string Log::line() const {
  auto state = folded();
  state.alarms.clear();
  return kit::line_of(state);
}

Decision decide(std::uint64_t proposal, rules::Choice choice, std::string text) {
  return {proposal, kit::hash_of(proposal), choice, std::move(text)};
}

Proposal proposal(std::vector<ProposedReader> readers) {
  return {"share_triage", "what it means", std::move(readers), "", false};
}

ProposedReader would_read(std::uint8_t member, std::vector<Compartment> compartments) {
  return {kit::member_id(member), std::move(compartments), 0};
}

std::vector<std::uint64_t> alarmed(const CaseState& state) {
  std::vector<std::uint64_t> seqs;
  for (const auto& alarm : state.alarms) seqs.push_back(alarm.seq);
  return seqs;
}

}  // namespace omzien::core
