#include "protocol/access.h"

#include <algorithm>

namespace omzien::protocol {
namespace {

using rules::Compartment;

tl::unexpected<Breach> breach(Breach which) { return tl::unexpected(which); }

// What happened, to whom, and who says so is the reporter's to write; members talk, summarise and
// keep notes.
bool member_may_write(Compartment compartment) {
  return compartment == Compartment::kTalk || compartment == Compartment::kSummary ||
         compartment == Compartment::kNotes;
}

// What Open starts: the owner's compartments. Notes belong to the holder, sheets to oversight.
constexpr Compartment kOwned[] = {Compartment::kStory, Compartment::kPeople, Compartment::kIdentity,
                                  Compartment::kTalk, Compartment::kSummary};

}  // namespace

bool LiveGrant::holds(Compartment compartment) const {
  return std::any_of(keys.begin(), keys.end(),
                     [&](const auto& key) { return key.compartment == compartment; });
}

bool LiveGrant::holds(Compartment compartment, std::uint32_t epoch) const {
  return std::find(keys.begin(), keys.end(), CompartmentEpoch{compartment, epoch}) != keys.end();
}

std::vector<const LiveGrant*> Access::live(const MemberId& member, Day today) const {
  std::vector<const LiveGrant*> found;
  for (const auto& grant : grants_)
    if (grant.member_id == member && !grant.dormant && !grant.expired(today))
      found.push_back(&grant);
  return found;
}

bool Access::may_read(const MemberId& member, Compartment compartment, std::uint32_t epoch,
                      Day today) const {
  const auto found = live(member, today);
  return std::any_of(found.begin(), found.end(),
                     [&](const auto* grant) { return grant->holds(compartment, epoch); });
}

const Epoch* Access::newest_epoch(Compartment compartment) const {
  const auto found = epochs_.find(compartment);
  return found == epochs_.end() ? nullptr : &found->second.back();
}

const Epoch* Access::epoch(Compartment compartment, std::uint32_t number) const {
  const auto found = epochs_.find(compartment);
  if (found == epochs_.end() || number == 0 || number > found->second.size()) return nullptr;
  return &found->second[number - 1];
}

tl::expected<void, Breach> Access::admit(const Header& header, const Directory& directory) {
  if (const auto* open = std::get_if<Open>(&header.fields)) return admit_open(header, *open);
  if (!opened()) return breach(Breach::kOpening);
  if (const auto* event = std::get_if<Event>(&header.fields))
    return admit_event(header, *event, directory);
  if (const auto* grant = std::get_if<Grant>(&header.fields))
    return admit_grant(header, *grant, directory);
  return breach(Breach::kNewerVersion);
}

tl::expected<void, Breach> Access::admit_open(const Header& header, const Open& open) {
  if (opened() || header.seq != 0 || header.payload_size != 0) return breach(Breach::kOpening);
  if (handle_of(header.author) != header.handle) return breach(Breach::kAuthor);
  const bool starts_what_it_must =
      std::equal(open.starts.begin(), open.starts.end(), std::begin(kOwned), std::end(kOwned),
                 [](const EpochStart& start, Compartment owned) {
                   return start.compartment == owned && start.epoch == 1;
                 });
  if (!starts_what_it_must) return breach(Breach::kEpoch);
  for (const auto& start : open.starts)
    epochs_[start.compartment].push_back(
        {start.epoch, start.commitment, header.seq, header.prev_hash});
  owner_ = header.author;
  opening_ = open;
  return {};
}

tl::expected<void, Breach> Access::admit_event(const Header& header, const Event& event,
                                               const Directory& directory) {
  const Epoch* newest = newest_epoch(event.compartment);
  if (newest == nullptr || event.epoch != newest->number) return breach(Breach::kEpoch);
  if (!rules::milestone_of(static_cast<std::uint32_t>(event.milestone)))
    return breach(Breach::kNewerVersion);
  if (header.author == owner()) {
    if (event.milestone != rules::Milestone::kNone) return breach(Breach::kMilestone);
    return {};
  }
  const Person* author = directory.author(header.author, header.day, header.directory_hash);
  if (author == nullptr || live(author->member_id, header.day).empty())
    return breach(Breach::kAuthor);
  if (!member_may_write(event.compartment) ||
      !may_read(author->member_id, event.compartment, event.epoch, header.day))
    return breach(Breach::kCompartment);
  if (event.urgent) return breach(Breach::kUrgent);
  if (event.milestone != rules::Milestone::kNone && event.compartment != Compartment::kTalk)
    return breach(Breach::kMilestone);
  return {};
}

tl::expected<void, Breach> Access::admit_grant(const Header& header, const Grant& grant,
                                               const Directory& directory) {
  if (header.author != owner()) return breach(Breach::kGrantor);
  // New epochs come with revocation and with members who keep a case alive; this version has
  // neither.
  if (!grant.starts.empty()) return breach(Breach::kNewerVersion);
  for (const auto& member : grant.members)
    if (auto checked = check_grantee(header, grant, member, directory); !checked) return checked;
  const auto holders = std::count_if(grant.members.begin(), grant.members.end(),
                                     [](const auto& m) { return m.holder; });
  const auto held = std::any_of(grants_.begin(), grants_.end(),
                                [](const auto& g) { return g.holder && !g.dormant; });
  if (!grant.dormant && (holders > 1 || (holders == 1 && held))) return breach(Breach::kHolder);
  for (const auto& member : grant.members)
    grants_.push_back({member.member_id, member.xwing_key_hash, member.keys, member.holder,
                       grant.dormant, grant.stands_in_for, header.day, member.last_day,
                       header.seq});
  return {};
}

tl::expected<void, Breach> Access::check_grantee(const Header& header, const Grant& grant,
                                                 const GrantMember& member,
                                                 const Directory& directory) const {
  const Person* person = directory.person(member.member_id);
  if (person == nullptr || !directory.was_here(*person, header.day, header.directory_hash))
    return breach(Breach::kGrantee);
  if (member.last_day != 0 && member.last_day < header.day) return breach(Breach::kGrantee);
  for (const auto& key : member.keys)
    if (epoch(key.compartment, key.epoch) == nullptr) return breach(Breach::kGrantKeys);
  const auto already = [&](const LiveGrant& other) {
    return other.member_id == member.member_id && other.dormant == grant.dormant &&
           !other.expired(header.day) &&
           std::all_of(member.keys.begin(), member.keys.end(),
                       [&](const auto& key) { return other.holds(key.compartment, key.epoch); });
  };
  if (std::any_of(grants_.begin(), grants_.end(), already)) return breach(Breach::kGrantee);
  if (grant.dormant &&
      (member.member_id == grant.stands_in_for || live(grant.stands_in_for, header.day).empty()))
    return breach(Breach::kDormant);
  return {};
}

}  // namespace omzien::protocol
