// The table of states, said twice: in proto/rules/case.toml and here, as a grid to read. And every
// step it does not list, tried on a case that stands there.
#include <map>
#include <sstream>

#include "tests/clients/core/case_state/kit.h"

namespace omzien::core {
namespace {

using rules::CaseKind;
using State = rules::CaseState;
using rules::EventKind;
using rules::StepRole;
using testing::ElementsAre;
using testing::IsEmpty;

// Columns: opened, acknowledged, active, waiting, paused, closed, withdrawn. Where to: their first
// letters (K for acknowledged); `=` stays; `.` forbidden. `m` members (the holder is one), `c` the
// same and a committee's readers, `r` the reporter. With every need met.
constexpr const char* kCases = R"(
message         m  K = = = = = .
message         r  = = = A A A .
check_in        m  . = = = = = .
check_in        r  = = = = A = .
status>acknowledged m K K K K K . .
status>active   m  A A A A A . .
status>waiting  m  W W W W W . .
status>paused   m  . P P P . . .
outcome         m  C C C C C . .
proposal        m  W W W W W . .
decision        r  . A A A A . .
retraction      m  . = = A = . .
summary         r  = = = = A = .
unconsented     m  = = = = = = .
identity_opened m  = = = = = = .
report          r  = = = = A = .
attachment      r  = = = = A = .
attachment      m  = = = = = = .
note            m  = = = = = = .
assessment      c  = = = = = . .
triage          c  = = = = = . .
stay            r  = = = = A . .
sensitive       c  = = = = = . .
consultation    c  = = = = = . .
)";
// Nothing waits in a signal: no status, no steps to propose.
constexpr const char* kSignal = R"(
message         m  K = = = = = .
message         r  = = . . . = .
outcome         m  C C C C C . .
unconsented     m  = = = = = = .
identity_opened m  = = = = = = .
report          r  = = = = . = .
attachment      r  = = = = . = .
attachment      m  = = = = = = .
note            m  = = = = = = .
sensitive       c  = = = = = . .
consultation    c  = = = = = . .
)";

// By event and role ("message m"), seven letters.
using Grid = std::map<std::string, std::string>;

Grid read(const char* text) {
  Grid grid;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string event, role, letters, letter;
    if (!(words >> event >> role)) continue;
    while (words >> letter) letters += letter;
    EXPECT_EQ(letters.size(), std::size(rules::kCaseStateNames)) << line;
    grid[event + " " + role] = letters;
  }
  return grid;
}

const Grid& grid_of(CaseKind kind) {
  static const Grid cases = read(kCases);
  static const Grid signal = read(kSignal);
  return kind == CaseKind::kSignal ? signal : cases;
}

std::optional<State> expected(CaseKind kind, const std::string& event, StepRole role, State from) {
  const auto& grid = grid_of(kind);
  auto row = grid.find(event + " c");
  if (row == grid.end() || role == StepRole::kOwner) {
    if (role == StepRole::kReader) return std::nullopt;
    row = grid.find(event + (role == StepRole::kOwner ? " r" : " m"));
  }
  if (row == grid.end()) return std::nullopt;
  switch (row->second[static_cast<std::size_t>(from) - 1]) {
    case '=': return from;
    case 'K': return State::kAcknowledged;
    case 'A': return State::kActive;
    case 'W': return State::kWaiting;
    case 'P': return State::kPaused;
    case 'C': return State::kClosed;
    default: return std::nullopt;
  }
}

// Every event of the table, a status once for each state it may name.
std::vector<Move> every_move() {
  std::vector<Move> moves;
  for (const auto& event : rules::kEventKindNames) {
    if (event.value != EventKind::kStatus)
      moves.push_back({rules::EntryKind::kEvent, event.value, {}, {}});
    else
      for (const auto& wanted : rules::kCaseStateNames)
        moves.push_back({rules::EntryKind::kEvent, event.value, {}, wanted.value});
  }
  return moves;
}

std::string name_of(const Move& move) {
  auto name = std::string(rules::name_of(move.event));
  if (move.wanted) name += ">" + std::string(rules::name_of(*move.wanted));
  return name;
}

template <class Try>
void for_every_step(Try attempt) {
  for (const auto& kind : rules::kCaseKindNames)
    for (const auto& from : rules::kCaseStateNames)
      for (auto move : every_move())
        for (const auto& role : rules::kStepRoleNames) {
          move.role = role.value;
          const auto what = std::string(kind.name) + " " + std::string(from.name) + ": " +
                            name_of(move) + " by " + std::string(role.name);
          SCOPED_TRACE(what);
          attempt(kind.value, from.value, move,
                  expected(kind.value, name_of(move), role.value, from.value));
        }
}

TEST(StateTable, IsTheGridAbove) {
  for_every_step([](CaseKind kind, State from, const Move& move, auto wanted) {
    EXPECT_EQ(only_state(land(move, rules::bit(kind), rules::bit(from), kEveryNeed)), wanted);
  });
}

TEST(StateTable, EveryNeedForbidsWhenItIsNotMet) {
  for (const auto& row : rules::kTransitions) {
    if (row.needs == rules::bit(rules::Need::kNone)) continue;
    for (const auto& role : rules::kStepRoleNames) {
      const bool status = row.event == EventKind::kStatus;
      const Move move{row.entry, row.event, role.value,
                      status ? std::optional(State::kPaused) : std::nullopt};
      const bool named = (row.by & rules::bit(role.value)) != 0;
      EXPECT_EQ(land(move, row.kinds, row.from, row.needs) != 0, named);
      // Each of them alone is missed, whatever else is met.
      for (const auto& need : rules::kNeedNames) {
        if ((row.needs & rules::bit(need.value)) == 0) continue;
        EXPECT_EQ(land(move, row.kinds, row.from, kEveryNeed & ~rules::bit(need.value)), 0u);
      }
    }
  }
}

TEST(StateTable, OnlyTheOwnerWithdrawsAndOnce) {
  for (const auto& role : rules::kStepRoleNames)
    for (const auto& from : rules::kCaseStateNames) {
      const Move move{rules::EntryKind::kWithdraw, {}, role.value, {}};
      const bool may = role.value == StepRole::kOwner && from.value != State::kWithdrawn;
      EXPECT_EQ(land(move, ~0u, rules::bit(from.value), 0),
                may ? rules::bit(State::kWithdrawn) : 0u);
    }
}

TEST(StateTable, AStateOfANewerVersionIsNoPlaceToGo) {
  const Move move{rules::EntryKind::kEvent, EventKind::kStatus, StepRole::kMember, State{77}};
  EXPECT_EQ(land(move, ~0u, ~0u, kEveryNeed), 0u);
}

Who who_is(StepRole role) {
  switch (role) {
    case StepRole::kOwner: return kReporter;
    case StepRole::kMember: return kMember;
    case StepRole::kHolder: return kLead;
    case StepRole::kReader: return kCommittee;
  }
  return kReporter;
}

// The event, naming a proposal that does not exist where it names one.
Event event_of(const Move& move, CaseKind kind) {
  switch (move.event) {
    case EventKind::kOpening: {
      Opening opening;
      opening.case_kind = kind;
      return opening;
    }
    case EventKind::kReport: return Report{"x", {}};
    case EventKind::kMessage: return Message{"x"};
    case EventKind::kStatus: return StatusChange{*move.wanted, ""};
    case EventKind::kProposal: return proposal();
    case EventKind::kDecision: return decide(999, rules::Choice::kYes);
    case EventKind::kNote: return Note{"x"};
    case EventKind::kOutcome: return Outcome{"x", "x"};
    case EventKind::kCheckIn: return CheckIn{""};
    case EventKind::kUnconsented: return Unconsented{rules::Cause::kDanger, "x"};
    case EventKind::kIdentityOpened: return IdentityOpened{};
    case EventKind::kSummary: return Summary{"x", 0};
    case EventKind::kRetraction: return Retraction{999};
    case EventKind::kAssessment: return Assessment{"x"};
    case EventKind::kTriage: return TriageDecision{rules::Ruling::kAdviser, "x", "x"};
    case EventKind::kStay: return Stay{};
    case EventKind::kSensitive: return Sensitive{"x"};
    case EventKind::kConsultation: return Consultation{"x"};
    case EventKind::kSheet:
    case EventKind::kAttachment: break;
  }
  return UnknownEvent{static_cast<std::uint32_t>(move.event)};
}

TEST(StateTable, EveryStepItDoesNotListAlarmsAndChangesNothing) {
  std::size_t tried = 0;
  for_every_step([&](CaseKind kind, State from, const Move& move, auto wanted) {
    Log log(kind);
    if (wanted || !log.reach(from)) return;
    ASSERT_THAT(alarmed(log.folded()), IsEmpty());
    ASSERT_EQ(log.folded().state, from);
    const auto before = log.line();
    log.by(who_is(move.role), event_of(move, kind));
    EXPECT_THAT(alarmed(log.folded()), ElementsAre(log.last_seq()));
    EXPECT_EQ(log.line(), before);
    ++tried;
  });
  EXPECT_GT(tried, 1000u);
}

// The same for every step that needs what is not there: no proposal, no silence, no identity, no
// office.
TEST(StateTable, EveryStepWhoseNeedIsNotMetAlarmsAndChangesNothing) {
  for_every_step([&](CaseKind kind, State from, const Move& move, auto wanted) {
    const auto unmet = land(move, rules::bit(kind), rules::bit(from), 0);
    Log log(kind);
    if (!wanted || unmet != 0 || !log.reach(from)) return;
    if (move.event == EventKind::kIdentityOpened && move.role == StepRole::kHolder) return;  // met
    if (move.event == EventKind::kSummary) return;  // names none: met
    const bool triaged = kind == CaseKind::kReport || kind == CaseKind::kWitness;
    if (move.event == EventKind::kOutcome && !triaged) return;  // not sensitive: met
    const bool sits = move.role == StepRole::kReader;           // and no chair is in
    if (sits && (move.event == EventKind::kAssessment || move.event == EventKind::kTriage)) return;
    log.by(kReporter, Report{"no silence", {}});
    ASSERT_THAT(alarmed(log.folded()), IsEmpty());
    const auto before = log.line();
    log.by(who_is(move.role), event_of(move, kind));
    EXPECT_THAT(alarmed(log.folded()), ElementsAre(log.last_seq()));
    EXPECT_EQ(log.line(), before);
  });
}

}  // namespace
}  // namespace omzien::core
