// A whole new case: opened, told and granted in one go.
#include <algorithm>

#include "clients/core/seal.h"

namespace omzien::core {
namespace {

using protocol::CompartmentEpoch;
using rules::Compartment;

constexpr std::uint32_t kFirstEpoch = 1;

KeyRing first_keys(const Reporter& reporter) {
  KeyRing ring;
  for (const auto compartment : {Compartment::kStory, Compartment::kPeople, Compartment::kIdentity,
                                 Compartment::kTalk, Compartment::kSummary})
    ring.emplace(CompartmentEpoch{compartment, kFirstEpoch},
                 *reporter.derive(compartment, kFirstEpoch, {}));
  return ring;
}

// What the role's first grant holds (proto/rules/case.toml).
std::vector<CompartmentEpoch> opening_keys(rules::Role role, bool with_identity) {
  std::vector<CompartmentEpoch> keys;
  const auto add = [&](std::span<const Compartment> compartments) {
    for (const auto compartment : compartments) keys.push_back({compartment, kFirstEpoch});
  };
  switch (role) {
    case rules::Role::kStandIn: add(rules::kOpeningStandIn); break;
    case rules::Role::kCoordinator:
    case rules::Role::kCdo: add(rules::kOpeningCoordinator); break;
    case rules::Role::kReflection: add(rules::kOpeningReflection); break;
    default: add(rules::kOpeningAdviser);
  }
  if (with_identity) keys.push_back({Compartment::kIdentity, kFirstEpoch});
  std::sort(keys.begin(), keys.end());
  return keys;
}

}  // namespace

SealedCase seal_case(const Reporter& reporter, const Story& story, const Readers& readers,
                     const protocol::Directory& directory, protocol::Day today,
                     crypto::Random& random) {
  const bool signal = story.opening.case_kind == rules::CaseKind::kSignal;
  const auto ring = first_keys(reporter);
  SealedCase sealed{crypto::random_key<crypto::CaseShare>(random), {}};
  Place place{protocol::Chain(directory.service(), reporter.handle()), today, directory.hash()};

  sealed.entries.push_back(seal_open(reporter, place, ring, sealed.share, signal, random));
  const auto tell = [&](Compartment compartment, const Event& event) {
    const auto& key = ring.at({compartment, kFirstEpoch});
    const EventTarget target{compartment, kFirstEpoch, rules::Milestone::kNone, false};
    sealed.entries.push_back(seal_event(reporter, place, target, event, key, sealed.share, random));
  };
  tell(Compartment::kTalk, story.opening);
  tell(Compartment::kStory, Report{story.story, {}});
  if (!story.people.empty()) tell(Compartment::kPeople, Report{story.people, {}});
  if (!story.identity.empty()) tell(Compartment::kIdentity, Report{story.identity, {}});

  const auto role_of = [&](const protocol::Certificate& certificate) {
    return directory.person(certificate.content().member_id)->role;
  };
  std::vector<Grantee> grantees;
  for (const auto& adviser : readers.advisers) {
    const bool first = grantees.empty();
    grantees.push_back(
        {adviser, opening_keys(role_of(adviser), first && !story.identity.empty()), first});
  }
  sealed.entries.push_back(seal_grant(reporter, place, grantees, std::nullopt, ring, random));
  if (!readers.stand_in) return sealed;
  const auto lead = readers.advisers.front().content().member_id;
  const std::vector<Grantee> dormant{
      {*readers.stand_in, opening_keys(role_of(*readers.stand_in), false), true}};
  sealed.entries.push_back(seal_grant(reporter, place, dormant, lead, ring, random));
  return sealed;
}

}  // namespace omzien::core
