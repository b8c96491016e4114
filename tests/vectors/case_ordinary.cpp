// Cases as they should be: what each of their readers sees.
#include "tests/vectors/case_scene.h"

namespace omzien::crypto::vectors {
namespace {

using protocol::Event;
using rules::CaseState;
using rules::Compartment;
using rules::Milestone;

core::Story story(rules::CaseKind kind, std::string text) {
  core::Story made;
  made.opening = {kind, {rules::Want::kHeard, rules::Want::kRepair}, rules::Lead::kEveryStep, "nl"};
  made.story = std::move(text);
  return made;
}

Tweak marked(Milestone milestone) {
  return [=](protocol::Header& header) { std::get<Event>(header.fields).milestone = milestone; };
}
void urgent(protocol::Header& header) { std::get<Event>(header.fields).urgent = true; }

Json read_by(std::string_view name, const Log& log, const std::vector<std::string>& readers) {
  auto made = log_json(name, log);
  for (const auto& who : readers) made["reads"][who] = read_of(log, who, log.scene().directory());
  return made;
}

Log closed_log(const Scene& scene) {
  auto log = ordinary_log(scene);
  log.on(3);
  log.talk("owner", core::Message{"Het kan niet wachten."}, urgent);
  log.talk("mieke", core::StatusChange{CaseState::kActive, "Ik praat met Youssef."});
  log.say("owner", Compartment::kSummary, core::Summary{"Kort gezegd: weer.", 0});
  log.on(20);
  log.talk("mieke", core::StatusChange{CaseState::kWaiting, "Ik wacht op jou."},
           marked(Milestone::kFeedback));
  log.talk("owner", core::Stay{false, "Liever met jou alleen."});
  log.talk("youssef", core::Outcome{"Een gesprek met de ploeg.", "Zo wilde je het."},
           marked(Milestone::kOutcome));
  return log;
}

// Somebody else is let in later, until a last day, to part of it; then that day passes.
Log visitor_log(const Scene& scene) {
  auto log = ordinary_log(scene);
  log.on(4);
  auto visitor = scene.grantee("ilse", {{Compartment::kStory, 1}, {Compartment::kSummary, 1}});
  visitor.last_day = kCaseDay + 10;
  log.grant({visitor});
  log.say("owner", Compartment::kSummary, core::Summary{"Kort gezegd: weer.", 0});
  log.say("ilse", Compartment::kSummary, core::Assessment{"Een gesprek kan helpen."});
  log.say("ilse", Compartment::kSummary,
          core::TriageDecision{rules::Ruling::kConversation, "Een gesprek.",
                               "Het kan nog goed komen."});
  log.on(11);
  log.talk("owner", core::Message{"En nu?"});
  return log;
}

// What a reader is not served, and what was destroyed.
Log emptied_log(const Scene& scene) {
  auto log = closed_log(scene);
  auto& entries = log.change().entries;
  entries.at(2).payload.clear();
  entries.at(2).payload_state = rules::PayloadState::kDestroyed;
  return log;
}

// What the gateway leaves of a case that is kept no longer.
Log purged_log(const Scene& scene) {
  auto log = closed_log(scene);
  log.on(20 + rules::kRetentionDays);
  log.add("gateway", rules::EntryKind::kPurge,
          protocol::Purge{rules::RetentionRule::kAfterOutcome, rules::kRetentionDays}, {});
  log.change().case_share = {};
  for (auto& entry : log.change().entries) {
    entry.payload.clear();
    entry.payload_state = rules::PayloadState::kDestroyed;
  }
  return log;
}

}  // namespace

Log ordinary_log(const Scene& scene) {
  auto told = story(rules::CaseKind::kReport, "Vandaag weer. \xc3\xa9\xf0\x9f\x8c\xa7");
  told.people = "De teamchef.";
  Log log(scene, "ordinary", std::move(told), {"mieke", "youssef"}, "ruud");
  log.on(2);
  log.talk("mieke", core::Message{"Goed dat je dit vertelt."}, marked(Milestone::kAcknowledged));
  log.talk("owner", core::Message{"Dank je."});
  return log;
}

Json ordinary_cases(const Scene& scene) {
  const std::vector<std::string> all{"owner", "mieke", "youssef", "ruud", "anouk"};
  Json logs = Json::array();
  logs.push_back(read_by("ordinary", ordinary_log(scene), all));
  logs.push_back(read_by("urgent, and closed with an outcome", closed_log(scene), all));
  auto again = closed_log(scene);
  again.talk("owner", core::Message{"Het is weer begonnen."});
  logs.push_back(read_by("closed, and taken up again by its owner", again, {"owner", "mieke"}));
  logs.push_back(read_by("somebody let in for a while", visitor_log(scene), {"owner", "ilse"}));
  logs.push_back(read_by("a text that was destroyed", emptied_log(scene), {"owner", "mieke"}));
  logs.push_back(read_by("kept long enough, and purged", purged_log(scene), {"owner", "mieke"}));
  auto identity = story(rules::CaseKind::kAdvice, "Alleen praten.");
  identity.identity = "Sam, 4e peloton";
  logs.push_back(read_by("advice, with a name for one",
                         Log(scene, "advice", std::move(identity), {"anouk", "mieke"}),
                         {"owner", "anouk", "mieke"}));
  logs.push_back(read_by(
      "a signal, which nobody waits for",
      Log(scene, "signal", story(rules::CaseKind::kSignal, "In de kantine."), {"coordinator"}),
      {"owner", "coordinator"}));
  logs.push_back(read_by(
      "a witness, with a text of the next size",
      Log(scene, "witness", story(rules::CaseKind::kWitness, std::string(12'300, 'w')), {"mieke"}),
      {"owner", "mieke"}));
  return logs;
}

}  // namespace omzien::crypto::vectors
