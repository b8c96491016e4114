// A member of the triage committee who cheats: ilse, who reads the summary and nothing else.
#include "clients/core/lead/seal_lead.h"
#include "tests/vectors/cheats.h"

namespace omzien::crypto::vectors {
namespace {

using protocol::Breach;
using rules::Compartment;

}  // namespace

void cheating_committee(Cheats& to) {
  const auto& scene = to.scene();
  const auto by_ilse = [&](std::string name, const Log::Seal& seal, Breach breach) {
    auto log = to.log();
    log.smuggle("ilse", seal);
    to.forbidden(std::move(name), std::move(log), {breach});
  };
  by_ilse("a committee's member who talks where she can't read",
          made_up_event(Compartment::kTalk, core::Message{"Wie ben je?"}), Breach::kCompartment);
  by_ilse("a committee's member who says the case was answered",
          made_up_event(Compartment::kTalk, core::Outcome{"Klaar.", "Genoeg."},
                        rules::Milestone::kOutcome),
          Breach::kCompartment);
  by_ilse("a committee's member who lets a colleague in",
          sealed_grant(scene, {"bram"}, {Compartment::kSummary}), Breach::kGrantor);
  by_ilse("a committee's member who takes the lead",
          sealed_grant(scene, {"ilse"}, {Compartment::kSummary}, true), Breach::kReseal);
  by_ilse("a committee's member who takes more than she was given",
          made_up_grant(scene, "ilse", Compartment::kStory), Breach::kReseal);
  by_ilse("a committee's member who starts what she can't read",
          sealed_epoch(scene, {"ilse"}, {Compartment::kStory}), Breach::kCompartment);
  by_ilse("a committee's member who starts notes",
          sealed_epoch(scene, {"ilse"}, {Compartment::kNotes}, false), Breach::kHolder);
  by_ilse(
      "a committee's member who sends the adviser away",
      [&](const auto& self, auto& place, const auto&, auto& random) {
        return core::seal_release(
            self, place, {scene.organisation().member("mieke").id, rules::ReleaseCause::kDeadline},
            random);
      },
      Breach::kRelease);

  // She may write beside the summary; that it is another summary, only who reads it sees.
  auto log = to.log();
  log.smuggle("ilse", sealed_event(Compartment::kSummary, 1, core::Summary{"Anders.", 0}));
  const Alarms seen{{log.size() - 1, "rule_broken"}};
  to.unseen("a committee's member who changes the summary", std::move(log),
            {{"owner", seen}, {"youssef", seen}, {"mieke", seen}});

  log = to.log();
  log.smuggle("bram", made_up_event(Compartment::kSummary, core::Message{"Ik wil meepraten."}));
  to.forbidden("the committee's member who was left out", std::move(log), {Breach::kAuthor},
               rules::Status::kNothing);
}

}  // namespace omzien::crypto::vectors
