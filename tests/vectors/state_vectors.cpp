// states.json

#include "clients/core/case_state/table.h"
#include "crypto/verify/hash.h"
#include "tests/kit/random_log.h"
#include "tests/vectors/vectors.h"

namespace omzien::crypto::vectors {
namespace {

constexpr std::uint32_t kBatches = 100;
constexpr std::uint32_t kLogsPerBatch = 1000;

std::string text(auto name) { return std::string(rules::name_of(name)); }

// One line: who moves what in a case of that kind, with the need met or not, and where to from each
// state in order; "-" where the table forbids it.
std::string row_of(rules::CaseKind kind, const core::Move& move, bool met) {
  std::string line = text(kind) + " ";
  line += move.entry == rules::EntryKind::kEvent ? text(move.event) : text(move.entry);
  if (move.wanted) line += ">" + text(*move.wanted);
  line += " " + text(move.role) + (met ? " met" : " unmet") + ":";
  for (const auto& from : rules::kCaseStateNames) {
    const auto to = core::only_state(
        core::land(move, rules::bit(kind), rules::bit(from.value), met ? core::kEveryNeed : 0));
    line += " " + (to ? text(*to) : "-");
  }
  return line;
}

Json table() {
  Json rows = Json::array();
  const auto add = [&](core::Move move) {
    for (const auto& kind : rules::kCaseKindNames)
      for (const auto& role : rules::kStepRoleNames)
        for (const bool met : {false, true}) {
          move.role = role.value;
          rows.push_back(row_of(kind.value, move, met));
        }
  };
  for (const auto& event : rules::kEventKindNames) {
    if (event.value != rules::EventKind::kStatus)
      add({rules::EntryKind::kEvent, event.value, {}, {}});
    else
      for (const auto& wanted : rules::kCaseStateNames)
        add({rules::EntryKind::kEvent, event.value, {}, wanted.value});
  }
  add({rules::EntryKind::kWithdraw, {}, {}, {}});
  return rows;
}

std::string batch_digest(std::uint32_t batch) {
  std::string lines;
  for (std::uint32_t i = 0; i < kLogsPerBatch; ++i) {
    const auto log = kit::random_log(batch * kLogsPerBatch + i);
    lines += kit::line_of(core::fold(log.steps, {})) + "\n";
  }
  return sha256(as_bytes(lines)).hex();
}

}  // namespace

Json states() {
  Json first = Json::array();
  for (std::uint32_t i = 0; i < 8; ++i)
    first.push_back(kit::line_of(core::fold(kit::random_log(i).steps, {})));
  Json digests = Json::array();
  for (std::uint32_t batch = 0; batch < kBatches; ++batch) digests.push_back(batch_digest(batch));
  return {{"table", table()},
          {"random",
           {{"logs_per_batch", kLogsPerBatch},
            {"first_lines", std::move(first)},
            {"batch_digests", std::move(digests)}}}};
}

}  // namespace omzien::crypto::vectors
