#include "clients/core/lead/renewal.h"

#include <algorithm>

#include "clients/core/changed_key.h"

namespace omzien::core {
namespace {

using protocol::CompartmentEpoch;
using protocol::MemberId;
using rules::Compartment;

// Re-sealed is what is held by grants and opens; a key that is missing was alarmed before.
Result<bool> reseal(Addition& addition, const MemberId& me, const Certificates& certificates) {
  const auto own = certificates({me}, Lapsed::kTaken);
  if (!own) return tl::unexpected(own.error());
  if (addition.author().seed_for(own->front().key_hash()) == nullptr)
    return fail(ErrorKind::kVerification,
                "the newest encryption key that the gateway shows for you is not in this key file: "
                "use the newest copy of it, or tell the administrator");
  std::set<CompartmentEpoch> held;
  bool older = false;
  for (const auto* grant : addition.access().live(me, addition.day())) {
    for (const auto& key : grant->keys) {
      if (!addition.keys().contains(key)) continue;
      held.insert(key);
      older |= *grant->sealed_to(key) != own->front().key_hash();
    }
  }
  if (!older || held.empty()) return false;
  auto sealed = seal_reseal(addition.author(), addition.place(), own->front(),
                            {held.begin(), held.end()}, addition.keys(), addition.random());
  if (auto taken = addition.take(std::move(sealed)); !taken) return tl::unexpected(taken.error());
  return true;
}

// Those of `which` whose newest key was sealed to a key file that its member lost: their signing
// key became one that the one before did not vouch for (changed_key.h). What is written next is for
// the new keys alone. Asked of what is not exposed, where whoever is out is in by another grant.
Result<Compartments> sealed_to_lost_keys(const Addition& addition, const Compartments& which,
                                         const Certificates& certificates) {
  const auto& access = addition.access();
  std::vector<const protocol::LiveGrant*> all;
  for (const auto& grant : access.grants()) all.push_back(&grant);
  for (const auto& ended : access.ended_grants()) all.push_back(&ended.grant);
  Compartments lost;
  for (const auto* grant : all) {
    const auto* person = addition.directory().person(grant->member_id);
    if (person == nullptr || key_changed_day(*person) == 0) continue;
    std::map<Compartment, crypto::Digest> sealed_to;
    for (const auto compartment : which)
      if (const auto* epoch = access.newest_epoch(compartment))
        if (const auto* key = grant->sealed_to({compartment, epoch->number}))
          sealed_to.emplace(compartment, *key);
    if (sealed_to.empty()) continue;
    const auto newest = certificates({grant->member_id}, Lapsed::kTaken);
    if (!newest) return tl::unexpected(newest.error());
    for (const auto& [compartment, key] : sealed_to)
      if (key != newest->front().key_hash()) lost.insert(compartment);
  }
  return lost;
}

Result<Compartments> start_exposed(Addition& addition, const Certificates& certificates) {
  const auto me = addition.author().member_id();
  auto due = exposed(addition.access(), addition.directory(), addition.day());
  Compartments others;
  for (const auto compartment : protocol::kOwnersCompartments)
    if (!due.contains(compartment)) others.insert(compartment);
  auto lost = sealed_to_lost_keys(addition, others, certificates);
  if (!lost) return lost;
  due.merge(*lost);
  for (const auto compartment : protocol::kOwnersCompartments)
    if (!addition.keys().contains(
            {compartment, addition.access().newest_epoch(compartment)->number}))
      due.insert(compartment);
  std::erase_if(due, [&](const auto compartment) {
    const auto newest = addition.access().newest_epoch(compartment)->number;
    return me && !addition.access().may_read(*me, compartment, newest, addition.day());
  });
  const auto next = next_epochs(addition.access(), addition.directory(), due, addition.day());
  if (next.readers.empty()) return Compartments{};  // then nobody is left to seal it to
  const auto theirs = certificates(ids_of(next), Lapsed::kTaken);
  if (!theirs) return tl::unexpected(theirs.error());
  auto started = me ? random_keys(next.starts, addition.random())
                    : owners_keys(addition.author(), addition.place(), next.starts);
  const auto* owner = me ? &addition.access().opening().owner_xwing_key : nullptr;
  auto sealed = seal_epoch(addition.author(), addition.place(), started, grantees_of(next, *theirs),
                           owner, addition.random());
  if (auto taken = addition.take(std::move(sealed), std::move(started)); !taken)
    return tl::unexpected(taken.error());
  return due;
}

// Who waits to stand in for this member.
std::vector<const protocol::LiveGrant*> stand_ins(const Addition& addition, const MemberId& me) {
  std::vector<const protocol::LiveGrant*> waiting;
  for (const auto& grant : addition.access().grants()) {
    const auto* person = addition.directory().person(grant.member_id);
    const bool gone = person == nullptr || person->gone(addition.day());
    if (grant.dormant && grant.stands_in_for == me && !grant.expired(addition.day()) && !gone)
      waiting.push_back(&grant);
  }
  return waiting;
}

// Whether the newest epoch of notes can't be used any more: spent, never given to this holder,
// sealed to a lost key file, or held by somebody who neither holds the mark nor waits for it: who
// is out, or who had it before and is still in.
Result<bool> notes_are_stale(const Addition& addition, const MemberId& me,
                             const Certificates& certificates) {
  const auto& access = addition.access();
  const auto* newest = access.newest_epoch(Compartment::kNotes);
  if (newest == nullptr) return false;
  if (newest->spent || !addition.keys().contains({Compartment::kNotes, newest->number}) ||
      !access.may_read(me, Compartment::kNotes, newest->number, addition.day()))
    return true;
  const auto is_others = [&](const auto& grant) {
    return grant.holds(Compartment::kNotes, newest->number) && grant.member_id != me &&
           !(grant.dormant && grant.stands_in_for == me);
  };
  if (std::any_of(access.grants().begin(), access.grants().end(), is_others) ||
      is_exposed(access, addition.directory(), Compartment::kNotes, addition.day()))
    return true;
  const auto lost = sealed_to_lost_keys(addition, {Compartment::kNotes}, certificates);
  if (!lost) return tl::unexpected(lost.error());
  return !lost->empty();
}

// For the holder and who waits; for who is in already and waits, too, by the grant that waits
// alone.
Result<void> start_notes(Addition& addition, const MemberId& me, const Certificates& certificates) {
  const auto* before = addition.access().newest_epoch(Compartment::kNotes);
  const CompartmentEpoch next{Compartment::kNotes, before == nullptr ? 1 : before->number + 1};
  std::vector<MemberId> ids{me};
  for (const auto* grant : stand_ins(addition, me))
    if (addition.access().live(grant->member_id, addition.day()).empty() &&
        std::find(ids.begin(), ids.end(), grant->member_id) == ids.end())
      ids.push_back(grant->member_id);
  const auto theirs = certificates(ids, Lapsed::kTaken);
  if (!theirs) return tl::unexpected(theirs.error());
  std::vector<Grantee> readers;
  for (const auto& certificate : *theirs) readers.push_back({certificate, {next}, false, 0});
  auto started = random_keys({next}, addition.random());
  auto sealed =
      seal_epoch(addition.author(), addition.place(), started, readers, nullptr, addition.random());
  return addition.take(std::move(sealed), std::move(started));
}

// Notes of before somebody came to stand in. A key that openly replaced the one they were let in
// with gets none until the reporter lets that one in, too.
Result<bool> share_notes(Addition& addition, const MemberId& me, const Certificates& certificates) {
  bool any = false;
  std::set<MemberId> waiting;
  for (const auto* grant : stand_ins(addition, me)) waiting.insert(grant->member_id);
  for (const auto& id : waiting) {
    auto theirs = stand_ins(addition, me);
    std::erase_if(theirs, [&](const auto* grant) { return grant->member_id != id; });
    std::optional<crypto::Digest> newest;  // no other one is theirs
    if (key_changed_day(*addition.directory().person(id)) != 0) {
      const auto shown = certificates({id}, Lapsed::kTaken);
      if (!shown) return tl::unexpected(shown.error());
      newest = shown->front().key_hash();
    }
    if (std::none_of(theirs.begin(), theirs.end(), [&](const auto* grant) {
          return !newest || grant->given_key_hash == *newest;
        }))
      continue;
    const auto is_held = [&](const CompartmentEpoch& which) {
      return std::any_of(theirs.begin(), theirs.end(), [&](const auto* grant) {
        const auto* key = grant->sealed_to(which);
        return key != nullptr && (!newest || *key == *newest);
      });
    };
    std::vector<CompartmentEpoch> missing;
    for (const auto& keyed : addition.keys()) {
      const auto& which = keyed.first;
      if (which.compartment == Compartment::kNotes && !is_held(which) &&
          addition.access().may_read(me, which.compartment, which.epoch, addition.day()))
        missing.push_back(which);
    }
    if (missing.empty()) continue;
    const auto certificate = certificates({id}, Lapsed::kTaken);
    if (!certificate) return tl::unexpected(certificate.error());
    const std::vector<Grantee> to{{certificate->front(), missing, false, 0}};
    auto sealed =
        seal_grant(addition.author(), addition.place(), to, me, addition.keys(), addition.random());
    if (auto taken = addition.take(std::move(sealed)); !taken) return tl::unexpected(taken.error());
    any = true;
  }
  return any;
}

}  // namespace

Result<Renewed> renew(Addition& addition, const Certificates& certificates) {
  Renewed renewed;
  const auto me = addition.author().member_id();
  // Before anything is re-sealed: afterwards nothing would say what a lost key file of one's own
  // opens.
  auto epochs = start_exposed(addition, certificates);
  if (!epochs) return tl::unexpected(epochs.error());
  renewed.epochs = std::move(*epochs);
  if (me) {
    const auto own = reseal(addition, *me, certificates);
    if (!own) return tl::unexpected(own.error());
    renewed.own_key = *own;
  }
  if (!me || addition.access().holder(addition.day()) != *me) return renewed;
  const auto stale = notes_are_stale(addition, *me, certificates);
  if (!stale) return tl::unexpected(stale.error());
  if (*stale) {
    if (auto begun = start_notes(addition, *me, certificates); !begun)
      return tl::unexpected(begun.error());
    renewed.notes = true;
  }
  const auto shared = share_notes(addition, *me, certificates);
  if (!shared) return tl::unexpected(shared.error());
  renewed.stand_ins = *shared;
  return renewed;
}

Result<void> ready_notes(Addition& addition, const Certificates& certificates) {
  const auto me = addition.author().member_id();
  if (!me || addition.access().holder(addition.day()) != *me)
    return fail(ErrorKind::kRefused, words_for(protocol::Breach::kNotes));
  if (addition.access().newest_epoch(Compartment::kNotes) != nullptr) {
    const auto stale = notes_are_stale(addition, *me, certificates);
    if (!stale) return tl::unexpected(stale.error());
    if (!*stale) return {};
  }
  if (auto begun = start_notes(addition, *me, certificates); !begun) return begun;
  const auto shared = share_notes(addition, *me, certificates);
  return shared ? Result<void>{} : tl::unexpected(shared.error());
}

}  // namespace omzien::core
