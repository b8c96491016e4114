// From an opened log to what people see: a pure function, written once per language, with shared
// vectors.
#pragma once

#include <string>
#include <vector>

#include "clients/core/case_log.h"
#include "protocol/calendar.h"

namespace omzien::core {

// Who is let in, since when, to what.
struct AccessRow {
  protocol::MemberId member_id;
  std::string name;
  std::vector<rules::Compartment> compartments;
  protocol::Day since_day = 0;
  bool dormant = false;
  bool holder = false;
};

enum class WaitingFor { kNobody, kAdviser, kReporter };

struct CaseState {
  std::optional<rules::CaseKind> kind;  // none when this keyholder can't read `talk`
  rules::CaseState state = rules::CaseState::kOpened;
  protocol::Day day_opened = 0;
  bool urgent = false;
  WaitingFor waiting_for = WaitingFor::kAdviser;
  protocol::Clocks clocks;
  bool clocked = true;
  std::vector<AccessRow> access;
  std::vector<Alarm> alarms;  // of the log, and of steps the table of states forbids
};

// Entries that do not count are skipped; an event this keyholder can't read changes only what its
// header shows.
CaseState fold(const OpenedCase&, const protocol::Directory&);

// Whether a member may take this step now: asked before it is sent, so that the person hears it
// first.
bool may_set(const CaseState&, rules::CaseState wanted);
bool may_close(const CaseState&);

std::string_view name_of(WaitingFor);

}  // namespace omzien::core
