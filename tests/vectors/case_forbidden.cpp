// What the rules forbid, and what the table of states forbids.
#include "tests/vectors/case_alarms.h"

namespace omzien::crypto::vectors {
namespace {

using protocol::Breach;
using rules::Compartment;
using rules::EntryKind;

void forbidden_events(AlarmWriter& to) {
  const auto marked = event_with([](auto& e) { e.milestone = rules::Milestone::kAcknowledged; });
  auto log = to.log();
  log.talk("anouk", kText);
  to.breaks("a text by somebody who was not let in", log, Breach::kAuthor);
  log = to.log();
  log.say("mieke", Compartment::kStory, kText);
  to.breaks("a story told by an adviser", log, Breach::kCompartment);
  log = to.log();
  log.add("owner", EntryKind::kEvent, event_in(Compartment::kTalk, 2), {1});
  to.breaks("a text under an epoch that never began", log, Breach::kEpoch);
  log = to.log();
  log.add("owner", EntryKind::kEvent, event_in(Compartment{99}), {1});
  to.breaks("a text in a compartment that nobody knows", log, Breach::kEpoch);
  log = to.log();
  log.talk("owner", kText, marked);
  to.breaks("a milestone set by the owner", log, Breach::kMilestone);
  log = to.log();
  log.say("mieke", Compartment::kSummary, core::Summary{"Anders dan je zei.", 0});
  to.breaks("a summary written by an adviser", log, Breach::kCompartment);
  log = to.log();
  log.talk("mieke", kText, event_with([](auto& e) { e.milestone = rules::Milestone{42}; }));
  to.breaks("a milestone to come", log, Breach::kNewerVersion, "newer_version");
  log = to.log();
  log.talk("mieke", kText, event_with([](auto& e) { e.urgent = true; }));
  to.breaks("urgency claimed by an adviser", log, Breach::kUrgent);
  log = to.log();
  log.add("owner", EntryKind{77}, protocol::Unknown{{1, 2, 3}}, {});
  to.breaks("a kind to come", log, Breach::kNewerVersion, "newer_version");
  log = to.log();
  const auto opening = *protocol::parse_header(log.fetched().entries.front().header);
  log.add("owner", EntryKind::kOpen, opening.fields, {});
  to.breaks("a second opening", log, Breach::kOpening);
}

void forbidden_grants(AlarmWriter& to, const Scene& scene) {
  const auto anouk = scene.grantee("anouk", {{Compartment::kTalk, 1}});
  auto log = to.log();
  protocol::Grant fields;
  fields.members = {anouk};
  log.add("mieke", EntryKind::kGrant, fields, {1});
  to.breaks("somebody let in by an adviser", log, Breach::kGrantor);
  log = to.log();
  log.grant({anouk}, grant_with([](auto& g) { g.members[0].member_id = {}; }));
  to.breaks("somebody let in who is not in the directory", log, Breach::kGrantee);
  log = to.log();
  log.grant({scene.grantee("mieke", {{Compartment::kTalk, 1}})});
  to.breaks("somebody let in who is in", log, Breach::kGrantee);
  log = to.log();
  log.grant({anouk}, grant_with([](auto& g) { g.members[0].last_day = kCaseDay; }));
  to.breaks("somebody let in until yesterday", log, Breach::kGrantee);
  log = to.log();
  log.grant({scene.grantee("anouk", {{Compartment::kTalk, 2}})});
  to.breaks("a key of an epoch that never began", log, Breach::kGrantKeys);
  log = to.log();
  log.grant({anouk, scene.grantee("ilse", {{Compartment::kTalk, 1}})}, grant_with([](auto& g) {
              for (auto& member : g.members) member.holder = true;
            }));
  to.breaks("two holders at once", log, Breach::kHolder);
  const auto stands_in_for = [&](std::string_view name) {
    const auto id = scene.organisation().member(name).id;
    return grant_with([=](auto& g) {
      g.dormant = true;
      g.stands_in_for = id;
    });
  };
  log = to.log();
  log.grant({anouk}, stands_in_for("ilse"));
  to.breaks("standing in for somebody who is not in", log, Breach::kDormant);
  log = to.log();
  log.grant({scene.grantee("mieke", {{Compartment::kStory, 1}})}, stands_in_for("mieke"));
  to.breaks("standing in for oneself", log, Breach::kDormant);
}

// Allowed by the rules, forbidden by the table of states.
void forbidden_steps(AlarmWriter& to) {
  const auto step = [&](std::string_view name, std::string_view by, const core::Event& event,
                        bool closed = false) {
    auto log = to.log();
    if (closed) log.talk("owner", core::Stay{});
    if (closed) log.talk("mieke", core::Outcome{"Gesproken.", "Zo gewild."});
    log.talk(by, event);
    to.alarms(name, log, {{"owner", {{log.size() - 1, "rule_broken"}}}, {"anouk", {}}});
  };
  step("a second beginning", "owner", core::Opening{rules::CaseKind::kAdvice, {}, {}, "nl"});
  step("a status set by the owner", "owner",
       core::StatusChange{rules::CaseState::kPaused, "Even niet."});
  step("an outcome by the owner", "owner", core::Outcome{"Klaar.", "Genoeg."});
  step("a status in a closed case", "mieke", core::StatusChange{rules::CaseState::kActive, "Toch."},
       true);
  step("an outcome before anybody decided", "mieke", core::Outcome{"Gesproken.", "Zo gewild."});
  step("a wish to stay that is not the owner's", "mieke", core::Stay{});
  step("a consultation by an adviser", "mieke", core::Consultation{"Wacht een week."});
  step("a state that a status may not name", "mieke",
       core::StatusChange{rules::CaseState::kWithdrawn, "Weg."});
}

}  // namespace

void forbidden_by_rules(AlarmWriter& to, const Scene& scene) {
  forbidden_events(to);
  forbidden_grants(to, scene);
  forbidden_steps(to);
}

}  // namespace omzien::crypto::vectors
