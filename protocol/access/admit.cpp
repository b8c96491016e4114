// Which rules an entry falls under; and those of Open, events and Withdraw.
#include <algorithm>

#include "protocol/access.h"

namespace omzien::protocol {
namespace {

using rules::Compartment;

tl::unexpected<Breach> breach(Breach which) { return tl::unexpected(which); }

// What happened, to whom, who says so and what a committee gets of it is the reporter's to write;
// members talk and keep notes. Whoever is let in to judge a summary writes beside it what they
// think: the triage committee and the coordinator. (An adviser's draft travels in their proposal.)
bool member_may_write(Compartment compartment, const Person& member) {
  using rules::Role;
  const bool judges = member.role == Role::kTriage || member.role == Role::kTriageChair ||
                      member.role == Role::kCoordinator;
  return compartment == Compartment::kTalk || compartment == Compartment::kNotes ||
         (compartment == Compartment::kSummary && judges);
}

bool owner_may_write(Compartment compartment) {
  return std::find(std::begin(kOwnersCompartments), std::end(kOwnersCompartments), compartment) !=
         std::end(kOwnersCompartments);
}

}  // namespace

tl::expected<void, Breach> Access::admit(const Header& header, const Directory& directory) {
  if (withdrawn_) return breach(Breach::kWithdrawn);
  if (const auto* open = std::get_if<Open>(&header.fields)) return admit_open(header, *open);
  if (!opened()) return breach(Breach::kOpening);
  Asked asked{header, directory, nullptr};
  if (!by_owner(asked))
    asked.member = directory.author(header.author, header.day, header.directory_hash);
  struct {
    Access& access;
    const Asked& asked;
    Verdict operator()(const Open&) const { return breach(Breach::kOpening); }
    Verdict operator()(const Event& event) const { return access.admit_event(asked, event); }
    Verdict operator()(const Grant& grant) const { return access.admit_grant(asked, grant); }
    Verdict operator()(const Revoke& revoke) const { return access.admit_revoke(asked, revoke); }
    Verdict operator()(const Delegate& delegate) const {
      return access.admit_delegate(asked, delegate);
    }
    Verdict operator()(const Release& release) const {
      return access.admit_release(asked, release);
    }
    Verdict operator()(const Withdraw&) const { return access.admit_withdraw(asked); }
    Verdict operator()(const Unknown&) const { return breach(Breach::kNewerVersion); }
  } by_kind{*this, asked};
  return std::visit(by_kind, header.fields);
}

tl::expected<void, Breach> Access::admit_open(const Header& header, const Open& open) {
  if (opened() || header.seq != 0 || header.payload_size != 0) return breach(Breach::kOpening);
  if (handle_of(header.author) != header.handle) return breach(Breach::kAuthor);
  const bool starts_what_it_must =
      std::equal(open.starts.begin(), open.starts.end(), std::begin(kOwnersCompartments),
                 std::end(kOwnersCompartments), [](const EpochStart& start, Compartment owned) {
                   return start.compartment == owned && start.epoch == 1;
                 });
  if (!starts_what_it_must) return breach(Breach::kEpoch);
  for (const auto& start : open.starts)
    epochs_[start.compartment].push_back(
        {start.epoch, start.commitment, header.seq, header.prev_hash});
  owner_ = header.author;
  opening_ = open;
  milestones_.open(header.day, open.unclocked);
  return {};
}

tl::expected<void, Breach> Access::admit_event(const Asked& asked, const Event& event) {
  const Epoch* newest = newest_epoch(event.compartment);
  if (newest == nullptr || event.epoch != newest->number || newest->spent)
    return breach(Breach::kEpoch);
  if (!rules::milestone_of(static_cast<std::uint32_t>(event.milestone)))
    return breach(Breach::kNewerVersion);
  if (auto checked = check_events_author(asked, event); !checked) return checked;
  milestones_.take(asked.header.seq, event.milestone, asked.day());
  if (event.dispute != 0) milestones_.dispute(event.dispute, asked.day());
  return {};
}

tl::expected<void, Breach> Access::check_events_author(const Asked& asked,
                                                       const Event& event) const {
  if (by_owner(asked)) {
    if (!owner_may_write(event.compartment)) return breach(Breach::kCompartment);
    if (event.milestone != rules::Milestone::kNone) return breach(Breach::kMilestone);
    const bool disputes = event.dispute != 0;
    if (disputes &&
        (event.compartment != Compartment::kTalk || !milestones_.may_dispute(event.dispute)))
      return breach(Breach::kDispute);
    return {};
  }
  if (asked.member == nullptr || live(asked.member->member_id, asked.day()).empty())
    return breach(Breach::kAuthor);
  if (!member_may_write(event.compartment, *asked.member) ||
      !may_read(asked.member->member_id, event.compartment, event.epoch, asked.day()))
    return breach(Breach::kCompartment);
  if (event.urgent) return breach(Breach::kUrgent);
  if (event.dispute != 0) return breach(Breach::kDispute);
  if (event.milestone != rules::Milestone::kNone && event.compartment != Compartment::kTalk)
    return breach(Breach::kMilestone);
  return {};
}

tl::expected<void, Breach> Access::admit_withdraw(const Asked& asked) {
  if (!by_owner(asked)) return breach(Breach::kAuthor);
  if (asked.header.payload_size != 0) return breach(Breach::kPayload);
  withdrawn_ = Withdrawal{asked.day(), asked.header.seq};
  return {};
}

}  // namespace omzien::protocol
