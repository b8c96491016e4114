#include "clients/core/seal_answer.h"

#include <algorithm>

#include "clients/core/case_state.h"
#include "clients/core/lead/moves.h"
#include "clients/core/lead/owners_epochs.h"

namespace omzien::core {
namespace {

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
  // Whether a step is sensitive the directory says, and its author leaves out. It is asked at the
  // answer and not in the fold, so that a later directory changes no old verdict.
  if (directory.sensitive(record->proposal.step) && !record->proposal.sensitive)
    return refuse(
        "your organisation calls this step sensitive, and who proposed it left that out; ask for "
        "it once more");
  for (const auto& reader : record->proposal.readers) {
    if (reader.last_day != 0 && reader.last_day < today)
      return refuse("the last day that this proposal names has passed; ask for another one");
    const bool leads = opened.access.holder(today) == reader.member_id;
    if (!holds_all(opened, reader, today) || (reader.lead && !leads)) newcomers.push_back(reader);
  }
  return newcomers;
}

Result<void> seal_answer(Addition& addition, const AnswerDraft& draft) {
  const auto newcomers =
      newcomers_of(addition.opened(), addition.directory(), draft, addition.place().day);
  if (!newcomers) return tl::unexpected(newcomers.error());
  std::vector<protocol::MemberId> ids;
  Compartments shared;
  for (const auto& newcomer : *newcomers) {
    ids.push_back(newcomer.member_id);
    shared.insert(newcomer.compartments.begin(), newcomer.compartments.end());
  }
  const auto theirs = addition.certificates()(ids, Lapsed::kRefused);
  if (!theirs) return tl::unexpected(theirs.error());
  if (auto begun = start_shut_out(addition, shared); !begun) return begun;
  std::vector<Grantee> grantees;
  for (std::size_t i = 0; i < newcomers->size(); ++i) {
    const auto& [id, compartments, last_day, lead] = (*newcomers)[i];
    auto keys = keys_to_give(addition, {compartments.begin(), compartments.end()});
    if (!keys) return tl::unexpected(keys.error());
    grantees.push_back({theirs->at(i), std::move(*keys), lead, last_day});
  }
  if (!draft.summary.empty()) {
    const Summary summary{draft.summary, draft.decision.proposal_seq};
    if (auto told = addition.tell(Compartment::kSummary, summary); !told) return told;
  }
  if (!grantees.empty()) {
    auto given = seal_grant(addition.author(), addition.place(), grantees, std::nullopt,
                            addition.keys(), addition.random());
    if (auto taken = addition.take(std::move(given)); !taken) return taken;
  }
  return addition.tell(Compartment::kTalk, draft.decision);
}

}  // namespace omzien::core
