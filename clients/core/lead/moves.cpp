#include "clients/core/lead/moves.h"

#include <algorithm>

#include "clients/core/lead/owners_epochs.h"

namespace omzien::core {
namespace {

using protocol::CompartmentEpoch;
using protocol::MemberId;

tl::unexpected<Error> refuse(std::string message) {
  return fail(ErrorKind::kRefused, std::move(message));
}

// Newcomers in epochs that begin with them, beside all who carry on.
Result<void> let_in_from_now(Addition& addition, const LetIn& who,
                             const Certificates& certificates) {
  if (addition.author().member_id())
    return refuse("only the reporter lets people in from now on alone");
  const auto next =
      next_epochs(addition.access(), addition.directory(), who.compartments, addition.day());
  for (const auto& id : who.people)
    if (next.readers.contains(id)) return refuse("they read a part of this already");
  const auto new_ones = certificates(who.people, Lapsed::kRefused);
  if (!new_ones) return tl::unexpected(new_ones.error());
  return start_owners(addition, who.compartments, [&](const auto& keys) {
    std::vector<Grantee> newcomers;
    for (const auto& certificate : *new_ones)
      newcomers.push_back({certificate, keys, who.holder, who.last_day});
    return newcomers;
  });
}

}  // namespace

Result<std::vector<CompartmentEpoch>> keys_to_give(const Addition& addition,
                                                   const Compartments& compartments) {
  const auto me = addition.author().member_id();
  std::vector<CompartmentEpoch> keys;
  for (const auto& [which, key] : addition.keys())
    if (compartments.contains(which.compartment) &&
        (!me || addition.access().may_read(*me, which.compartment, which.epoch, addition.day())))
      keys.push_back(which);
  for (const auto compartment : compartments) {
    const auto* newest = addition.access().newest_epoch(compartment);
    if (newest == nullptr || !std::binary_search(keys.begin(), keys.end(),
                                                 CompartmentEpoch{compartment, newest->number}))
      return refuse("you hold no key to the newest of \"" +
                    std::string(rules::name_of(compartment)) + "\", so you can't share it");
  }
  return keys;
}

Result<void> let_in(Addition& addition, const LetIn& who, const Certificates& certificates) {
  if (who.people.size() > rules::kMembersPerGrantMax)
    return refuse("at most " + std::to_string(rules::kMembersPerGrantMax) +
                  " people can be let in at once");
  if ((who.holder || who.stands_in_for) && who.people.size() != 1)
    return refuse("one person leads, and one stands in");
  if (who.from_now) return let_in_from_now(addition, who, certificates);
  if (auto begun = start_shut_out(addition, who.compartments); !begun) return begun;
  // Where nobody is left to carry on, it begins with the newcomer.
  const auto shut = addition.shut_out();
  if (std::any_of(who.compartments.begin(), who.compartments.end(),
                  [&](const auto one) { return shut.contains(one); }))
    if (auto now = let_in_from_now(addition, who, certificates); !now) return now;
  const auto keys = keys_to_give(addition, who.compartments);
  if (!keys) return tl::unexpected(keys.error());
  const auto theirs = certificates(who.people, Lapsed::kRefused);
  if (!theirs) return tl::unexpected(theirs.error());
  std::vector<Grantee> grantees;
  for (const auto& certificate : *theirs)
    grantees.push_back({certificate, *keys, who.holder, who.last_day});
  return addition.take(seal_grant(addition.author(), addition.place(), grantees, who.stands_in_for,
                                  addition.keys(), addition.random()));
}

Result<void> revoke(Addition& addition, std::vector<MemberId> out,
                    const Certificates& certificates) {
  if (addition.author().member_id()) return refuse(words_for(protocol::Breach::kGrantor));
  std::sort(out.begin(), out.end());
  const auto next =
      epochs_after_revoking(addition.access(), addition.directory(), out, addition.day());
  const auto theirs = certificates(ids_of(next), Lapsed::kTaken);
  if (!theirs) return tl::unexpected(theirs.error());
  auto started = owners_keys(addition.author(), addition.place(), next.starts);
  auto sealed = seal_revoke(addition.author(), addition.place(), std::move(out), started,
                            grantees_of(next, *theirs), addition.random());
  return addition.take(std::move(sealed), std::move(started));
}

Result<void> say_who_i_am(Addition& addition, const MemberId& to, const std::string& text,
                          const Certificates& certificates) {
  constexpr auto kIdentity = rules::Compartment::kIdentity;
  const auto& access = addition.access();
  const auto newest = access.newest_epoch(kIdentity)->number;
  if (text.empty() || !access.may_read(to, kIdentity, newest, addition.day())) {
    auto given = let_in(addition, {{to}, {kIdentity}}, certificates);
    if (text.empty() || !given) return given;
  }
  return addition.tell(kIdentity, Report{text, {}});
}

Result<void> delegate(Addition& addition, const protocol::Delegate& delegate) {
  return addition.take(
      seal_delegate(addition.author(), addition.place(), delegate, addition.random()));
}

Result<void> take_back(Addition& addition, const MemberId& from) {
  return delegate(addition, {from, {}, {}, 0, true, false});
}

Result<void> dispute(Addition& addition, std::uint64_t seq, const std::string& text) {
  return addition.tell(rules::Compartment::kTalk, Message{text}, {.dispute = seq});
}

namespace {

Result<void> release_for(Addition& addition, rules::ReleaseCause cause) {
  const auto me = addition.author().member_id();
  if (!me) return refuse("a reporter withdraws; only a member is released");
  return addition.take(
      seal_release(addition.author(), addition.place(), {*me, cause}, addition.random()));
}

}  // namespace

Result<void> release_self(Addition& addition) {
  return release_for(addition, rules::ReleaseCause::kOwn);
}

Result<void> recuse(Addition& addition) {
  return release_for(addition, rules::ReleaseCause::kRecused);
}

Result<void> withdraw(Addition& addition) {
  return addition.take(seal_withdraw(addition.author(), addition.place(), addition.random()));
}

}  // namespace omzien::core
