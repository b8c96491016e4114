#include "clients/core/desk/last_word.h"

#include <algorithm>

#include "clients/core/case_state/table.h"

namespace omzien::core {

bool urgent_waits(const OpenedCase& opened) {
  bool waits = false;
  for (const auto& [entry, payload_state, counts, event, author] : opened.entries) {
    const auto* fields = std::get_if<protocol::Event>(&entry.header().fields);
    if (!counts || fields == nullptr) continue;
    const auto* rule = event ? rule_of(kind_of(*event)) : nullptr;
    if (entry.by_owner())
      waits = waits || fields->urgent;
    else if (rule != nullptr ? rule->turn : fields->compartment == rules::Compartment::kTalk)
      waits = false;
  }
  return waits;
}

const DecisionRecord* no_since(const CaseState& state, const protocol::MemberId& member,
                               std::uint64_t since) {
  const DecisionRecord* last = nullptr;
  for (const auto& [seq, hash, author, day, proposal, standing, decision] : state.proposals) {
    const auto names = [&](const ProposedReader& reader) { return reader.member_id == member; };
    if (!decision || decision->seq <= (last == nullptr ? since : last->seq)) continue;
    if (std::any_of(proposal.readers.begin(), proposal.readers.end(), names)) last = &*decision;
  }
  return last != nullptr && !is_yes(last->choice) ? last : nullptr;
}

}  // namespace omzien::core
