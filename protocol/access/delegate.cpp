// Letting somebody else let people in: by name, compartment and last day, and taken back at any
// time. It cannot be passed on, and it ends when its delegate does.
#include <algorithm>

#include "protocol/access.h"

namespace omzien::protocol {
namespace {

using rules::Compartment;

tl::unexpected<Breach> breach(Breach which) { return tl::unexpected(which); }

// Who the reporter is they say themself; notes are the holder's, sheets oversight's.
bool may_be_delegated(Compartment compartment) {
  return compartment == Compartment::kStory || compartment == Compartment::kPeople ||
         compartment == Compartment::kTalk || compartment == Compartment::kSummary;
}

}  // namespace

tl::expected<void, Breach> Access::admit_delegate(const Asked& asked, const Delegate& delegate) {
  if (!by_owner(asked)) return breach(Breach::kGrantor);
  if (asked.header.payload_size != 0) return breach(Breach::kPayload);
  if (delegate.ended) {
    const bool any = std::any_of(delegations_.begin(), delegations_.end(), [&](const auto& stands) {
      return stands.delegate_id == delegate.delegate_id;
    });
    if (!any) return breach(Breach::kDelegation);
    end_delegations_to(delegate.delegate_id);
    return {};
  }
  if (live(delegate.delegate_id, asked.day()).empty() || delegate.last_day < asked.day() ||
      !std::all_of(delegate.compartments.begin(), delegate.compartments.end(), may_be_delegated))
    return breach(Breach::kDelegation);
  for (const auto& id : delegate.people)
    if (id == delegate.delegate_id || asked.directory.person(id) == nullptr)
      return breach(Breach::kDelegation);
  delegations_.push_back({delegate.delegate_id, delegate.people, delegate.compartments,
                          delegate.last_day, delegate.may_move_holder, asked.day(),
                          asked.header.seq});
  return {};
}

void Access::end_delegations_to(const MemberId& delegate) {
  std::erase_if(delegations_, [&](const auto& stands) { return stands.delegate_id == delegate; });
}

// Before anybody is let in: a delegate whose grants have run out does not get the delegation back
// with a new grant.
void Access::end_lapsed_delegations(Day today) {
  std::erase_if(delegations_,
                [&](const auto& stands) { return live(stands.delegate_id, today).empty(); });
}

}  // namespace omzien::protocol
