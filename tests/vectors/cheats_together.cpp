// Two who cheat together, with a gateway that lets them.
#include "clients/core/lead/moves.h"
#include "clients/core/lead/seal_lead.h"
#include "tests/vectors/cheats.h"

namespace omzien::crypto::vectors {
namespace {

using protocol::Breach;
using rules::Compartment;

const core::Compartments kSummary{Compartment::kSummary};

}  // namespace

void cheating_together(Cheats& to) {
  const auto& scene = to.scene();
  const auto id = [&](std::string_view name) { return scene.organisation().member(name).id; };

  auto log = to.log();
  log.smuggle("mieke", sealed_grant(scene, {"anouk"}, {Compartment::kStory, Compartment::kTalk}));
  log.smuggle("anouk", made_up_event(Compartment::kTalk, core::Message{"Ik lees mee."}));
  to.forbidden("an adviser lets a friend in, and the friend writes", std::move(log),
               {Breach::kDelegation, Breach::kAuthor});

  log = to.log();
  log.smuggle("mieke", sealed_grant(scene, {"anouk"}, {Compartment::kTalk}));
  log.smuggle("anouk", made_up_grant(scene, "bram", Compartment::kTalk));
  to.forbidden("the friend lets in another", std::move(log),
               {Breach::kDelegation, Breach::kAuthor});

  // Tarik is let in as the reporter allowed; what was delegated to mieke is not his to pass on.
  log = to.log();
  log.smuggle("mieke", sealed_grant(scene, {"tarik"}, kSummary));
  log.smuggle("tarik", sealed_grant(scene, {"bram"}, kSummary));
  to.forbidden("a delegation passed on", std::move(log), {Breach::kGrantor});

  log = to.log();
  log.did("owner", [&](core::Addition& addition, const core::Certificates& certificates) {
    return core::delegate(addition, {id("mieke"),
                                     {id("youssef")},
                                     {Compartment::kTalk},
                                     kCaseDay + kDelegatedDays,
                                     false,
                                     false})
        .and_then([&] { return core::revoke(addition, {id("youssef")}, certificates); });
  });
  log.smuggle("mieke", sealed_grant(scene, {"youssef"}, {Compartment::kTalk}));
  log.smuggle("youssef", sealed_event(Compartment::kTalk, 1, core::Message{"Terug."}));
  to.forbidden("who was let out is brought back by a colleague", std::move(log),
               {Breach::kDelegation, Breach::kEpoch});
  to.all.back().alarms.erase("youssef");

  log = to.log();
  log.smuggle("mieke", [](const auto& self, auto& place, const auto&, auto& random) {
    return core::seal_delegate(self, place, {self.member_id().value(), {}, {}, 0, true, false},
                               random);
  });
  log.smuggle("ruud", [&](const auto& self, auto& place, const auto&, auto& random) {
    return core::seal_release(self, place, {id("mieke"), rules::ReleaseCause::kDeadline}, random);
  });
  to.forbidden("an adviser and who stands in swap places unasked", std::move(log),
               {Breach::kGrantor, Breach::kRelease});

  log = to.log();
  log.smuggle("mieke", [&](const auto& self, auto& place, const auto&, auto& random) {
    return core::seal_release(self, place, {id("mieke"), rules::ReleaseCause::kOwn}, random);
  });
  log.smuggle("ruud", [&](const auto& self, auto& place, const auto&, auto& random) {
    return core::seal_revoke(self, place, {id("youssef")}, {}, {}, random);
  });
  log.smuggle("mieke", sealed_event(Compartment::kTalk, 1, core::Message{"Ik ben er nog."}));
  to.forbidden("who stands in clears the case, and who left goes on", std::move(log),
               {Breach::kGrantor, Breach::kAuthor});
}

}  // namespace omzien::crypto::vectors
