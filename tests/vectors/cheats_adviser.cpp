// An adviser who cheats: mieke, who leads the case, or youssef, who reads along.
#include "clients/core/lead/moves.h"
#include "clients/core/seal_parts.h"
#include "tests/vectors/cheats.h"

namespace omzien::crypto::vectors {
namespace {

using protocol::Breach;
using rules::Compartment;
using rules::EntryKind;
using Keys = std::vector<protocol::CompartmentEpoch>;

const core::Compartments kStory{Compartment::kStory};
const core::Compartments kTalk{Compartment::kTalk};
const core::Compartments kSummary{Compartment::kSummary};
const core::Compartments kNotes{Compartment::kNotes};

void lets_people_in(Cheats& to) {
  const auto& scene = to.scene();
  const auto grant = [&](std::string name, const char* by, const char* whom,
                         const core::Compartments& parts, Breach breach, protocol::Day day = 1,
                         bool holder = false) {
    auto log = to.log();
    log.on(day);
    log.smuggle(by, sealed_grant(scene, {whom}, parts, holder));
    to.forbidden(std::move(name), std::move(log), {breach});
  };
  grant("an adviser lets somebody in without consent", "youssef", "anouk", kStory,
        Breach::kGrantor);
  grant("beyond a delegation's people", "mieke", "bram", kSummary, Breach::kDelegation);
  grant("beyond a delegation's compartments", "mieke", "tarik", kStory, Breach::kDelegation);
  grant("beyond a delegation's last day", "mieke", "tarik", kSummary, Breach::kDelegation,
        kDelegatedDays + 1);
  grant("the lead passed on where nobody said so", "mieke", "tarik", kSummary, Breach::kDelegation,
        1, true);
  grant("the lead taken", "youssef", "youssef", kTalk, Breach::kReseal, 1, true);

  auto log = to.log();
  log.smuggle("mieke", [&](const auto& self, auto& place, const auto&, auto& random) {
    const protocol::Delegate wider{self.member_id().value(),
                                   {scene.organisation().member("bram").id},
                                   {Compartment::kStory, Compartment::kTalk},
                                   kCaseDay + 90,
                                   false,
                                   true};
    return core::seal_delegate(self, place, wider, random);
  });
  to.forbidden("a delegation written by its delegate", std::move(log), {Breach::kGrantor});
}

void lets_people_out(Cheats& to) {
  const auto& scene = to.scene();
  auto log = to.log();
  log.smuggle("mieke", [&](const auto& self, auto& place, const auto&, auto& random) {
    return core::seal_revoke(self, place, {scene.organisation().member("youssef").id}, {}, {},
                             random);
  });
  to.forbidden("a colleague let out by an adviser", std::move(log), {Breach::kGrantor});
  log = to.log();
  log.smuggle("mieke", [](const auto& self, auto& place, const auto&, auto& random) {
    return core::seal_withdraw(self, place, random);
  });
  to.forbidden("a withdrawal by an adviser", std::move(log), {Breach::kAuthor});

  const auto epoch = [&](std::string name, std::vector<std::string> readers, bool to_owner,
                         Breach breach) {
    auto begun = to.log();
    begun.smuggle("mieke", sealed_epoch(scene, std::move(readers), kTalk, to_owner));
    to.forbidden(std::move(name), std::move(begun), {breach});
  };
  epoch("an epoch that leaves the reporter out", {"mieke", "youssef", "ruud"}, false,
        Breach::kOwnerKeys);
  epoch("an epoch that leaves a colleague out", {"mieke", "ruud"}, true, Breach::kRemaining);
  epoch("an epoch that takes somebody along", {"mieke", "youssef", "ruud", "anouk"}, true,
        Breach::kRemaining);
}

// What stands inside the ciphertext, or looks as if another had written it.
void speaks_for_others(Cheats& to) {
  auto log = to.log();
  log.smuggle("mieke",
              sealed_event(Compartment::kSummary, 1, core::Summary{"Het viel wel mee.", 0}));
  to.forbidden("a summary swapped by an adviser", std::move(log), {Breach::kCompartment});
  log = to.log();
  log.smuggle("mieke", sealed_event(Compartment::kStory, 1, core::Report{"Het was anders.", {}}));
  to.forbidden("a story told by an adviser", std::move(log), {Breach::kCompartment});

  log = to.log();
  log.talk("mieke", core::Proposal{"investigation", "", {}, ""});
  const auto asked = log.opened(log.owner()).value().entries.back().entry.hash();
  log.talk("mieke", core::Decision{log.size() - 1, asked, rules::Choice::kYes, ""});
  const auto at = log.size() - 1;
  to.unseen("a decision forged by an adviser", std::move(log),
            {{"owner", {{at, "rule_broken"}}}, {"youssef", {{at, "rule_broken"}}}});
  log = to.log();
  log.talk("mieke", core::IdentityOpened{});
  to.unseen("an identity opened that was never told", std::move(log),
            {{"owner", {{at - 1, "rule_broken"}}}, {"youssef", {{at - 1, "rule_broken"}}}});

  log = to.log();
  log.on(2);
  log.talk("owner", core::Message{"Onderzoek het maar."});
  auto& forged = log.change().entries.back();
  const auto& mieke = *to.scene().organisation().member("mieke").key;
  forged.signature = mieke.sign(rules::kTagEntrySignature, forged.header).to_bytes();
  to.broken("a text in the reporter's name, signed by an adviser", std::move(log));
}

void keeps_keys(Cheats& to) {
  const auto& scene = to.scene();
  auto log = to.log();
  log.smuggle("youssef", sealed_epoch(scene, {"youssef"}, kNotes, false));
  to.forbidden("notes taken over by a colleague", std::move(log), {Breach::kHolder});
  log = to.log();
  log.smuggle("mieke", sealed_epoch(scene, {"mieke", "anouk"}, kNotes, false));
  to.forbidden("notes shared with a stranger", std::move(log), {Breach::kNotes});

  log = to.log();
  log.smuggle("mieke", sealed_grant(scene, {"youssef"}, kTalk));
  to.forbidden("a colleague's part sealed again by an adviser", std::move(log),
               {Breach::kDelegation});
  // The rules see a hash of a key; whose key it is, they can't. The one it should have been sees
  // it.
  log = to.log();
  log.smuggle("mieke", [&](const auto& self, auto& place, const auto& seen, auto& random) {
    const Keys next{{Compartment::kTalk, 2}};
    const auto started = core::random_keys(next, random);
    const auto stranger = scene.certificate("anouk").content().xwing_key;
    const auto& owner_key = seen.access.opening().owner_xwing_key;
    protocol::Grant fields;
    std::vector<protocol::Wrap> wraps;
    for (const auto* name : {"mieke", "youssef", "ruud"}) {
      auto member = scene.grantee(name, next);
      auto key = scene.certificate(name).content().xwing_key;
      if (std::string_view(name) == "youssef") {
        member.xwing_key_hash = xwing_key_hash(stranger);
        key = stranger;
      }
      wraps.push_back(core::seal_wrap(self, place, key, member, started, random));
      fields.members.push_back(std::move(member));
    }
    fields.starts = {{Compartment::kTalk, 2, commit(started.begin()->second)}};
    fields.owner_keys = next;
    const auto owner = protocol::owner_as_member(seen.access.opening(), next);
    wraps.push_back(core::seal_wrap(self, place, owner_key, owner, started, random));
    auto header = core::next_header(self, place, EntryKind::kGrant, std::move(fields), random);
    return core::finish(self, place, std::move(header), protocol::encode_wraps(wraps));
  });
  const auto at = log.size() - 1;
  to.unseen("a colleague's keys sealed to a stranger", std::move(log),
            {{"owner", {}}, {"mieke", {}}, {"youssef", {{at, "strangers_key"}}}});
}

void takes_over(Cheats& to) {
  const auto release = [&](std::string name, const char* by, const char* whom, Breach breach,
                           rules::Status answer) {
    auto log = to.log();
    const auto id = to.scene().organisation().member(whom).id;
    log.smuggle(by, [&](const auto& self, auto& place, const auto&, auto& random) {
      const auto own = self.member_id() == id;
      return core::seal_release(
          self, place, {id, own ? rules::ReleaseCause::kOwn : rules::ReleaseCause::kDeadline},
          random);
    });
    to.forbidden(std::move(name), std::move(log), {breach}, answer);
  };
  release("a release without cause, by a colleague", "youssef", "mieke", Breach::kRelease,
          rules::Status::kForbidden);
  release("a release without cause, by who stands in", "ruud", "mieke", Breach::kRelease,
          rules::Status::kNothing);
  release("a release of somebody nobody stands in for", "mieke", "youssef", Breach::kRelease,
          rules::Status::kForbidden);

  auto log = to.log();
  log.did("owner", [&](core::Addition& addition, const core::Certificates& certificates) {
    return core::revoke(addition, {to.scene().organisation().member("ilse").id}, certificates);
  });
  log.did("owner", [&](core::Addition& addition, const core::Certificates& certificates) {
    return core::let_in(
        addition,
        {{to.scene().organisation().member("anouk").id}, {Compartment::kTalk}, 0, false, true},
        certificates);
  });
  log.smuggle("mieke", sealed_event(Compartment::kTalk, 1, core::Message{"Alleen wij."}));
  to.forbidden("a text under an old epoch", std::move(log), {Breach::kEpoch});
}

}  // namespace

void cheating_adviser(Cheats& to) {
  lets_people_in(to);
  lets_people_out(to);
  speaks_for_others(to);
  keeps_keys(to);
  takes_over(to);
}

}  // namespace omzien::crypto::vectors
