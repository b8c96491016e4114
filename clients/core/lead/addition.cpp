#include "clients/core/lead/addition.h"

#include <algorithm>

#include "clients/core/case_state.h"
#include "clients/core/key_ring.h"
#include "clients/core/lead/owners_epochs.h"

namespace omzien::core {

Addition::Addition(OpenedCase opened, const Identity& author, const protocol::Directory& directory,
                   protocol::Day today, crypto::Random& random, Certificates certificates)
    : opened_(std::move(opened)),
      author_(author),
      directory_(directory),
      random_(random),
      certificates_(std::move(certificates)),
      place_{opened_.chain, today, directory.hash()} {}

protocol::Day Addition::day() const { return std::max(place_.day, place_.chain.head_day()); }

Compartments Addition::shut_out() const {
  Compartments found;
  if (author_.member_id()) return found;
  for (const auto compartment : protocol::kOwnersCompartments)
    if (!keys().contains({compartment, access().newest_epoch(compartment)->number}))
      found.insert(compartment);
  return found;
}

Result<void> Addition::take(SealedEntry entry, KeyRing started, std::optional<Event> event) {
  const auto admitted = opened_.access.admit(entry.header, directory_);
  if (!admitted) return fail(ErrorKind::kRefused, words_for(admitted.error()));
  opened_.keys.merge(std::move(started));
  derive_keys(opened_.keys, opened_.access, author_);
  auto stands = protocol::Entry::parse(entry.header_bytes, entry.signature.view());
  if (!stands) return fail(ErrorKind::kDefect, "an entry that was not sealed here");
  opened_.entries.push_back(
      {std::move(*stands), rules::PayloadState::kInline, true, std::move(event), {}});
  entries_.push_back(std::move(entry));
  return {};
}

Result<void> Addition::tell(rules::Compartment compartment, const Event& event, const Told& how) {
  if (auto begun = start_shut_out(*this, {compartment}); !begun) return begun;
  const auto* epoch = access().newest_epoch(compartment);
  const auto key = epoch == nullptr ? keys().end() : keys().find({compartment, epoch->number});
  if (epoch == nullptr || key == keys().end() || !opened_.share)
    return fail(ErrorKind::kRefused, "this part of the case is not shared with you");
  const EventTarget target{compartment, epoch->number, how.milestone, how.urgent, how.dispute};
  auto sealed = seal_event(author_, place_, target, event, key->second, *opened_.share, random_);
  const auto seq = sealed.header.seq;
  if (auto taken = take(std::move(sealed), {}, event); !taken) return taken;
  const auto alarms = fold(opened_, directory_).alarms;
  if (std::any_of(alarms.begin(), alarms.end(), [&](const auto& one) { return one.seq == seq; }))
    return fail(ErrorKind::kRefused, "decided otherwise meanwhile: look at the case again");
  return {};
}

std::string words_for(protocol::Breach breach) {
  using protocol::Breach;
  switch (breach) {
    case Breach::kWithdrawn:
      return "this case was withdrawn, or its time to be kept is over; nothing can be added";
    case Breach::kAuthor: return "this case is not shared with you (any more)";
    case Breach::kCompartment: return "this part of the case is not yours to write in";
    case Breach::kDispute: return "there is no such milestone, or it was disputed already";
    case Breach::kGrantor: return "only the reporter, or whom they named for it, lets people in";
    case Breach::kGrantee:
      return "they read all of this already, or have left the organisation, or the last day has "
             "passed";
    case Breach::kCrowded:
      return "at most " + std::to_string(rules::kMembersPerCaseMax) + " people can be in a case";
    case Breach::kGrantKeys: return "a part of the case that can't be given";
    case Breach::kHolder: return "the lead can't go to several people, and is not yours to move";
    case Breach::kDormant: return "somebody can stand in only for another person who is in";
    case Breach::kDelegation:
      return "this goes beyond what was delegated: its people, parts and last day";
    case Breach::kNotes: return "only the lead adviser starts notes, for people who are in";
    case Breach::kReseal: return "this case is sealed to your newest key already";
    case Breach::kRevoke: return "they are not in this case";
    case Breach::kRelease:
      return "nobody stands in for them here, or no legal term was missed: they are still at it";
    default: return "the rules of a case do not allow this";
  }
}

}  // namespace omzien::core
