#include "clients/core/seal_answer.h"

#include <algorithm>

#include "clients/core/case_state.h"

namespace omzien::core {
namespace {

using protocol::CompartmentEpoch;
using rules::Compartment;

tl::unexpected<Error> refuse(std::string message) {
  return fail(ErrorKind::kRefused, std::move(message));
}

bool holds_all(const OpenedCase& opened, const ProposedReader& reader, protocol::Day today) {
  const auto live = opened.access.live(reader.member_id, today);
  return std::all_of(
      reader.compartments.begin(), reader.compartments.end(), [&](const auto compartment) {
        const auto* newest = opened.access.newest_epoch(compartment);
        return newest != nullptr && std::any_of(live.begin(), live.end(), [&](const auto* grant) {
                 return grant->holds(compartment, newest->number);
               });
      });
}

// Every epoch of these compartments that the owner holds, ascending as a grant lists them. None
// when the newest of one is missing.
std::optional<std::vector<CompartmentEpoch>> keys_for(const OpenedCase& opened,
                                                      const ProposedReader& reader) {
  std::vector<CompartmentEpoch> keys;
  for (const auto compartment : reader.compartments) {
    const auto* newest = opened.access.newest_epoch(compartment);
    if (newest == nullptr || !opened.keys.contains({compartment, newest->number}))
      return std::nullopt;
    for (const auto& [which, key] : opened.keys)
      if (which.compartment == compartment) keys.push_back(which);
  }
  return keys;
}

// One event into the newest epoch of its compartment.
Result<SealedEntry> seal_into(Compartment compartment, const Event& event, const Identity& owner,
                              Place& place, const OpenedCase& opened, crypto::Random& random) {
  const auto shut = [] { return refuse("this part of the case does not open"); };
  const auto* epoch = opened.access.newest_epoch(compartment);
  if (epoch == nullptr || !opened.share) return shut();
  const auto key = opened.keys.find({compartment, epoch->number});
  if (key == opened.keys.end()) return shut();
  const EventTarget target{compartment, epoch->number, rules::Milestone::kNone, false};
  return seal_event(owner, place, target, event, key->second, *opened.share, random);
}

}  // namespace

Result<std::vector<ProposedReader>> newcomers_of(const OpenedCase& opened,
                                                 const protocol::Directory& directory,
                                                 const AnswerDraft& draft, protocol::Day today) {
  const auto state = fold(opened, directory);
  const auto* record = find_proposal(state, draft.decision.proposal_seq);
  if (record == nullptr) return refuse("there is no proposal under this number");
  if (record->hash != draft.decision.proposal_hash)
    return refuse("this is another proposal than the one you answered");
  if (!may_answer(state, *record))
    return refuse("this proposal is " + std::string(name_of(record->standing)) +
                  " and can't be answered any more");
  std::vector<ProposedReader> newcomers;
  if (!is_yes(draft.decision.choice)) {
    if (!draft.summary.empty()) return refuse("a summary is given with a yes only");
    return newcomers;
  }
  for (const auto& reader : record->proposal.readers) {
    if (reader.last_day != 0 && reader.last_day < today)
      return refuse("the last day that this proposal names has passed; ask for another one");
    const bool leads = opened.access.holder(today) == reader.member_id;
    if (!holds_all(opened, reader, today) || (reader.lead && !leads)) newcomers.push_back(reader);
  }
  return newcomers;
}

Result<std::vector<SealedEntry>> seal_answer(const Identity& owner, Place& place,
                                             const OpenedCase& opened, const AnswerDraft& draft,
                                             const std::vector<ProposedReader>& newcomers,
                                             const std::vector<protocol::Certificate>& certificates,
                                             crypto::Random& random) {
  std::vector<SealedEntry> entries;
  const auto tell = [&](Compartment compartment, const Event& event) -> Result<void> {
    auto sealed = seal_into(compartment, event, owner, place, opened, random);
    if (!sealed) return tl::unexpected(sealed.error());
    entries.push_back(std::move(*sealed));
    return {};
  };
  if (!draft.summary.empty()) {
    const Summary summary{draft.summary, draft.decision.proposal_seq};
    if (auto told = tell(Compartment::kSummary, summary); !told)
      return tl::unexpected(told.error());
  }
  std::vector<Grantee> grantees;
  for (std::size_t i = 0; i < newcomers.size(); ++i) {
    auto keys = keys_for(opened, newcomers[i]);
    if (!keys) return refuse("a part of the case that you would share does not open");
    grantees.push_back(
        {certificates.at(i), std::move(*keys), newcomers[i].lead, newcomers[i].last_day});
  }
  if (!grantees.empty())
    entries.push_back(seal_grant(owner, place, grantees, std::nullopt, opened.keys, random));
  if (auto told = tell(Compartment::kTalk, draft.decision); !told)
    return tl::unexpected(told.error());
  return entries;
}

}  // namespace omzien::core
