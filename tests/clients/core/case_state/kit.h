// A log written down as a list: `log.by(member1, Message{"hi"})`.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/core/case_state.h"
#include "clients/core/case_state/table.h"
#include "tests/kit/random_log.h"

namespace omzien::core {

inline constexpr protocol::Day kOpenedDay = 20'000;

// Who acts in these tests.
struct Who {
  rules::StepRole role;
  std::uint8_t number;  // of the member; 0: the owner
  rules::Role office = rules::Role::kAdviser;
};
inline constexpr Who kReporter{rules::StepRole::kOwner, 0, rules::Role{}};
inline constexpr Who kMember{rules::StepRole::kMember, 1};
inline constexpr Who kLead{rules::StepRole::kHolder, 2};
inline constexpr Who kCommittee{rules::StepRole::kReader, 3, rules::Role::kTriage};
inline constexpr Who kOther{rules::StepRole::kMember, 4};
// Let in where a test says so.
inline constexpr Who kChair{rules::StepRole::kReader, 5, rules::Role::kTriageChair};
inline constexpr Who kCoordinator{rules::StepRole::kReader, 6, rules::Role::kCoordinator};
// What they hold when let in to the summary.
Holding summary_for(Who);

// Where an event belongs (proto/rules/case.toml).
rules::Compartment place_of(rules::EventKind);

class Log {
 public:
  // Opened, and begun as a case of this kind.
  explicit Log(rules::CaseKind kind = rules::CaseKind::kReport);
  // A case whose beginning nobody can read, or that has none.
  static Log unopened();

  Log& by(Who, Event, std::optional<rules::Compartment> = std::nullopt);
  Log& unread(Who, rules::Compartment);
  Log& withdraw(Who);
  Log& access(Holdings);
  // Those who are there from the beginning, and these.
  Log& let_in(std::vector<Who>);
  Log& later(protocol::Day days);
  // A newer directory is published: all so far was made under an earlier one.
  Log& under_another_directory();
  // By legal steps, from the beginning: how a case of this kind comes there. False: it can't.
  bool reach(rules::CaseState);

  std::uint64_t last_seq() const { return steps_.back().seq; }
  CaseState folded(const protocol::Terms& = {}) const;
  // As folded, without the alarms.
  std::string line() const;

 private:
  struct Bare {};
  explicit Log(Bare);
  Step& add(Who);

  std::vector<Step> steps_;
  std::deque<Event> events_;
  protocol::Day day_ = kOpenedDay;
  rules::CaseKind kind_ = rules::CaseKind::kReport;

 public:
  Log(const Log&) = delete;
  Log(Log&&) = default;
};

Decision decide(std::uint64_t proposal, rules::Choice, std::string text = {});
Proposal proposal(std::vector<ProposedReader> readers = {});
ProposedReader would_read(std::uint8_t member, std::vector<rules::Compartment>);

// The seqs of the alarms.
std::vector<std::uint64_t> alarmed(const CaseState&);

}  // namespace omzien::core
