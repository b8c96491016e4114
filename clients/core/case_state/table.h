// The table of states × events × roles, per kind of case (proto/rules/case.toml), as a function.
//
// States and kinds are sets (masks of rules::bit): a keyholder who can't read all of `talk` knows
// only where a case may stand. For one who reads everything each set has one member.
#pragma once

#include <cstdint>
#include <optional>

#include "omzien/rules.h"

namespace omzien::core {

// One step, as far as the table tells steps apart.
struct Move {
  rules::EntryKind entry = rules::EntryKind::kEvent;
  rules::EventKind event{};  // of an event
  rules::StepRole role{};
  std::optional<rules::CaseState> wanted;  // the state that a status names
};

// States in which a case waits for nobody any more.
inline constexpr std::uint32_t kOver =
    rules::bit(rules::CaseState::kClosed) | rules::bit(rules::CaseState::kWithdrawn);

inline constexpr std::uint32_t kEveryNeed = ~std::uint32_t{0};

// Where the case may stand after the move; 0 when no row lets it. `needs_met`: a mask of
// rules::Need, in which `none` is always met.
std::uint32_t land(const Move&, std::uint32_t kinds, std::uint32_t from, std::uint32_t needs_met);

// The same for an event that can't be read: any that may stand in this compartment. Where none may,
// `from`.
std::uint32_t land_unread(rules::Compartment, rules::StepRole, std::uint32_t kinds,
                          std::uint32_t from, std::uint32_t needs_met);

// Null for an event of a newer version.
const rules::EventRule* rule_of(rules::EventKind);

// Whether entries of this kind stand in the table by themselves.
bool moves_a_case(rules::EntryKind);

// The one member of a set; none when there are more, or none at all.
std::optional<rules::CaseState> only_state(std::uint32_t states);
std::optional<rules::CaseKind> only_kind(std::uint32_t kinds);

}  // namespace omzien::core
