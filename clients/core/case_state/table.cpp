#include "clients/core/case_state/table.h"

#include <algorithm>
#include <bit>
#include <iterator>

namespace omzien::core {
namespace {

// Where one row leads from these states; 0 when it does not apply.
std::uint32_t land_on(const rules::Transition& row, const Move& move, std::uint32_t from) {
  const std::uint32_t hit = row.from & from;
  if (hit == 0 || row.to == 0) return hit;
  if (!move.wanted) return row.to;
  const auto known = rules::case_state_of(static_cast<std::uint32_t>(*move.wanted));
  return known ? row.to & rules::bit(*known) : 0;
}

template <class E>
std::optional<E> only(std::uint32_t set) {
  if (!std::has_single_bit(set)) return std::nullopt;
  return E{static_cast<std::uint32_t>(std::countr_zero(set))};
}

}  // namespace

std::uint32_t land(const Move& move, std::uint32_t kinds, std::uint32_t from,
                   std::uint32_t needs_met) {
  std::uint32_t states = 0;
  for (const auto& row : rules::kTransitions)
    if (row.entry == move.entry && row.event == move.event &&
        (row.by & rules::bit(move.role)) != 0 && (row.kinds & kinds) != 0 &&
        (row.needs & ~(needs_met | rules::bit(rules::Need::kNone))) == 0)
      states |= land_on(row, move, from);
  return states;
}

std::uint32_t land_unread(rules::Compartment compartment, rules::StepRole role, std::uint32_t kinds,
                          std::uint32_t from, std::uint32_t needs_met) {
  if (!rules::compartment_of(static_cast<std::uint32_t>(compartment))) return from;
  std::uint32_t states = 0;
  for (const auto& rule : rules::kEventRules)
    if ((rule.compartments & rules::bit(compartment)) != 0)
      states |=
          land({rules::EntryKind::kEvent, rule.event, role, std::nullopt}, kinds, from, needs_met);
  return states == 0 ? from : states;
}

const rules::EventRule* rule_of(rules::EventKind event) {
  const auto* found = std::find_if(std::begin(rules::kEventRules), std::end(rules::kEventRules),
                                   [&](const auto& rule) { return rule.event == event; });
  return found == std::end(rules::kEventRules) ? nullptr : found;
}

bool moves_a_case(rules::EntryKind entry) {
  return entry != rules::EntryKind::kEvent &&
         std::any_of(std::begin(rules::kTransitions), std::end(rules::kTransitions),
                     [&](const auto& row) { return row.entry == entry; });
}

std::optional<rules::CaseState> only_state(std::uint32_t states) {
  return only<rules::CaseState>(states);
}
std::optional<rules::CaseKind> only_kind(std::uint32_t kinds) {
  return only<rules::CaseKind>(kinds);
}

}  // namespace omzien::core
