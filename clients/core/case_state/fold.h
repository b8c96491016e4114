// The fold: from a plain list of steps to where a case stands. Knows no keys, no gateway and no
// clock.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <vector>

#include "clients/core/alarm.h"
#include "clients/core/case_state/access_rows.h"
#include "clients/core/case_state/proposals.h"
#include "clients/core/case_state/steps.h"
#include "clients/core/case_state/triage.h"
#include "protocol/calendar.h"

namespace omzien::core {

enum class WaitingFor { kNobody, kAdviser, kReporter };

// A member acted without the reporter's consent: the first thing the reporter is to see.
struct UnconsentedRecord {
  std::uint64_t seq = 0;
  protocol::Day day = 0;
  protocol::MemberId author;
  rules::Cause cause{};
  std::string text;
};

// A member read who the reporter is.
struct IdentityRecord {
  std::uint64_t seq = 0;
  protocol::Day day = 0;
  protocol::MemberId author;
};

struct CaseState {
  std::vector<UnconsentedRecord> unconsented;
  std::optional<rules::CaseKind> kind;  // none when this keyholder can't read how it began
  // None when it does not follow from what this keyholder may read.
  std::optional<rules::CaseState> state = rules::CaseState::kOpened;
  protocol::Day day_opened = 0;
  bool urgent = false;
  WaitingFor waiting_for = WaitingFor::kAdviser;
  std::vector<ProposalRecord> proposals;
  std::vector<IdentityRecord> identity_opened;
  TriageState triage;
  // A question stands open, and the reporter has written nothing since that day; 0: no question.
  protocol::Day silent_since_day = 0;
  protocol::Day may_pause_day = 0;  // from this day the adviser may pause; 0: no question
  protocol::Clocks clocks;          // as the gateway counts them, too
  bool clocked = true;
  std::vector<AccessRow> access;
  std::map<protocol::MemberId, std::string> names;  // of everybody whom the case names
  std::vector<Alarm> alarms;  // of the log, and of steps the table of states forbids
};

// A step that the table forbids changes nothing and is an alarm. `clocks`, `clocked`, `access`,
// `names` and the log's own alarms are the caller's to fill in.
CaseState fold(std::span<const Step>, const protocol::Terms&);

}  // namespace omzien::core
