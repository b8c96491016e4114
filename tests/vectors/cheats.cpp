#include "tests/vectors/cheats.h"

#include <stdexcept>

#include "clients/cli/render.h"
#include "clients/core/case_state.h"
#include "clients/core/lead/moves.h"
#include "clients/core/lead/renewal.h"
#include "tests/vectors/access_text.h"

namespace omzien::crypto::vectors {
namespace {

using rules::Compartment;

Log lead_log(const Scene& scene) {
  core::Story story;
  story.opening = {rules::CaseKind::kReport, {rules::Want::kStop}, rules::Lead::kEveryStep, "nl"};
  story.story = "Hij doet het weer.";
  Log log(scene, "the lead", std::move(story), {"mieke", "youssef"}, "ruud");
  const auto id = [&](std::string_view name) { return scene.organisation().member(name).id; };
  log.on(1);
  log.talk("mieke",
           core::Proposal{"share_triage", "", {{id("ilse"), {Compartment::kSummary}, 0}}, "Kort."},
           event_with([](auto& e) { e.milestone = rules::Milestone::kAcknowledged; }));
  const auto seq = log.size() - 1;
  const auto hash = log.opened(log.owner()).value().entries.back().entry.hash();
  log.talk("owner", core::Decision{seq, hash, rules::Choice::kYes, ""});
  log.say("owner", Compartment::kSummary, core::Summary{"Er wordt iets gezegd.", seq});
  log.did("owner", [&](core::Addition& to, const core::Certificates& certificates) {
    return core::let_in(to, {{id("ilse")}, {Compartment::kSummary}}, certificates);
  });
  const protocol::Delegate delegated{
      id("mieke"), {id("tarik")}, {Compartment::kSummary}, kCaseDay + kDelegatedDays, false, false};
  log.did("owner", [&](core::Addition& to, const core::Certificates&) {
    return core::delegate(to, delegated);
  });
  log.did("mieke", core::ready_notes);
  return log;
}

std::vector<core::Grantee> grantees(const std::vector<protocol::Certificate>& certificates,
                                    const std::vector<protocol::CompartmentEpoch>& keys,
                                    bool holder = false) {
  std::vector<core::Grantee> found;
  for (const auto& certificate : certificates) found.push_back({certificate, keys, holder, 0});
  return found;
}

std::vector<protocol::Certificate> certificates_of(const Scene& scene,
                                                   const std::vector<std::string>& names) {
  std::vector<protocol::Certificate> found;
  for (const auto& name : names) found.push_back(scene.certificate(name));
  return found;
}

}  // namespace

Log::Seal sealed_grant(const Scene& scene, std::vector<std::string> names,
                       const core::Compartments& compartments, bool holder) {
  return [=, &scene](const auto& self, auto& place, const auto& seen, auto& random) {
    std::vector<protocol::CompartmentEpoch> keys;
    for (const auto& [which, key] : seen.keys)
      if (compartments.contains(which.compartment)) keys.push_back(which);
    const auto certificates = certificates_of(scene, names);
    return core::seal_grant(self, place, grantees(certificates, keys, holder), std::nullopt,
                            seen.keys, random);
  };
}

Log::Seal sealed_epoch(const Scene& scene, std::vector<std::string> names,
                       const core::Compartments& compartments, bool to_owner) {
  return [=, &scene](const auto& self, auto& place, const auto& seen, auto& random) {
    std::vector<protocol::CompartmentEpoch> starts;
    for (const auto compartment : compartments) {
      const auto* newest = seen.access.newest_epoch(compartment);
      starts.push_back({compartment, newest == nullptr ? 1 : newest->number + 1});
    }
    const auto certificates = certificates_of(scene, names);
    const auto& owner = seen.access.opening().owner_xwing_key;
    return core::seal_epoch(self, place, core::random_keys(starts, random),
                            grantees(certificates, starts), to_owner ? &owner : nullptr, random);
  };
}

Log::Seal sealed_event(Compartment compartment, std::uint32_t epoch, core::Event event) {
  return [=](const auto& self, auto& place, const auto& seen, auto& random) {
    return core::seal_event(self, place, {compartment, epoch}, event,
                            seen.keys.at({compartment, epoch}), *seen.share, random);
  };
}

Log::Seal made_up_grant(const Scene& scene, std::string name, Compartment compartment) {
  return [=, &scene](const auto& self, auto& place, const auto&, auto& random) {
    const std::vector<protocol::CompartmentEpoch> keys{{compartment, 1}};
    const auto certificate = scene.certificate(name);
    return core::seal_grant(self, place, {{certificate, keys, false, 0}}, std::nullopt,
                            core::random_keys(keys, random), random);
  };
}

Log::Seal made_up_event(Compartment compartment, core::Event event, rules::Milestone milestone) {
  return [=](const auto& self, auto& place, const auto& seen, auto& random) {
    const auto key = random_key<CompartmentKey>(random);
    return core::seal_event(self, place, {compartment, 1, milestone}, event, key, *seen.share,
                            random);
  };
}

Cheats::Cheats(const Scene& scene) : scene_(scene), base_(lead_log(scene)) {}

void Cheats::forbidden(std::string name, Log log, std::vector<protocol::Breach> breaches,
                       rules::Status answer) {
  Cheat made{std::move(name), std::move(log), {}, {}, 0, answer};
  made.at = made.log.size() - breaches.size();
  Alarms alarms;
  for (std::size_t i = 0; i < breaches.size(); ++i) {
    made.forbidden.push_back({made.at + i, breaches[i]});
    alarms.emplace_back(made.at + i, "rule_broken");
  }
  made.log.talk("owner", core::Message{"Ik ga verder."});
  made.alarms = {{"owner", alarms}, {"youssef", alarms}};
  all.push_back(std::move(made));
}

void Cheats::unseen(std::string name, Log log, Expected alarms) {
  const auto at = log.size() - 1;
  all.push_back({std::move(name), std::move(log), {}, std::move(alarms), at, rules::Status::kDone});
}

void Cheats::served(std::string name, Log log, Expected alarms) {
  all.push_back({std::move(name), std::move(log), {}, std::move(alarms), 0, {}, true});
}

void Cheats::broken(std::string name, Log log) {
  all.push_back({std::move(name), std::move(log), {}, {}, 0, {}, true, true});
}

std::vector<Cheat> every_cheat(const Scene& scene) {
  Cheats cheats(scene);
  cheating_adviser(cheats);
  cheating_committee(cheats);
  cheating_gateway(cheats);
  cheating_together(cheats);
  return std::move(cheats.all);
}

std::vector<Forbidden> forbidden_in(const Log& log) {
  std::vector<Forbidden> found;
  protocol::Access access;
  for (const auto& entry : log.fetched().entries) {
    const auto header = protocol::parse_header(entry.header).value();
    const auto before = omzien::vectors::text_of(access, log.scene().directory(), header.day);
    const auto admitted = access.admit(header, log.scene().directory());
    if (admitted) continue;
    if (omzien::vectors::text_of(access, log.scene().directory(), header.day) != before)
      throw std::logic_error("a breach that changed something");
    found.push_back({header.seq, admitted.error()});
  }
  return found;
}

Alarms alarms_seen(const Log& log, const std::string& who) {
  const auto self = log.identity(who);
  const auto opened = log.opened(*self).value();
  Alarms seen;
  for (const auto& alarm : fold(opened, log.scene().directory()).alarms)
    seen.emplace_back(alarm.seq, cli::name_of(alarm.kind));
  return seen;
}

}  // namespace omzien::crypto::vectors
