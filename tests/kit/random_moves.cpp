#include "tests/kit/random_moves.h"

#include <algorithm>

namespace omzien::kit {
namespace {

using enum rules::Compartment;
using protocol::Access;
using protocol::Day;

constexpr const char* kNames[] = {"mieke", "youssef", "anouk", "ruud",
                                  "ilse",  "tarik",   "bram",  "coordinator"};

std::string name_of(const Organisation& organisation, const protocol::MemberId& id) {
  for (const char* name : kNames)
    if (id_of(organisation, name) == id) return name;
  throw std::invalid_argument("no such member");
}

}  // namespace

Move RandomMoves::next(const Access& access, Day today, std::uint64_t next_seq, bool may_withdraw) {
  auto made = may_withdraw && once_in(40) ? protocol::Fields(protocol::Withdraw{})
                                          : fields(access, today, next_seq);
  if (once_in(4)) {
    auto* grant = std::get_if<protocol::Grant>(&made);
    auto* revoke = std::get_if<protocol::Revoke>(&made);
    if (grant != nullptr) spoil(access, *grant);
    if (revoke != nullptr) spoil(access, *revoke);
  }
  const auto name = once_in(3) ? somebody() : somebody_in(access);
  const bool owners = once_in(2);
  const auto chosen = std::exchange(author_, std::nullopt);
  if (chosen) return {*chosen, std::move(made)};
  return {owners ? std::nullopt : std::optional(name), std::move(made)};
}

std::string RandomMoves::somebody() { return kNames[below(std::size(kNames))]; }

std::string RandomMoves::somebody_in(const Access& access) {
  if (access.grants().empty()) return somebody();
  return name_of(organisation_, access.grants()[below(access.grants().size())].member_id);
}

Names RandomMoves::two_people(const Access& access) {
  const auto one = somebody_in(access);
  const auto other = somebody_in(access);
  return one == other ? Names{one} : Names{one, other};
}

Compartments RandomMoves::some_of_the_owners() {
  Compartments some;
  for (const auto compartment : protocol::kOwnersCompartments)
    if (once_in(2)) some.push_back(compartment);
  return some.empty() ? Compartments{kTalk} : some;
}

Compartments RandomMoves::notes_if_any(const Access& access) {
  return access.newest_epoch(kNotes) == nullptr ? some_of_the_owners() : Compartments{kNotes};
}

protocol::Fields RandomMoves::fields(const Access& access, Day today, std::uint64_t next_seq) {
  switch (below(14)) {
    case 0: {
      const auto names = once_in(3) ? two_people(access) : Names{somebody_in(access)};
      return revoke(access, organisation_, names, today);
    }
    case 1: return keep_alive(access, organisation_, some_of_the_owners(), today);
    case 2: {
      auto made = keep_alive(access, organisation_, some_of_the_owners(), today);
      made.owner_keys.clear();
      return made;
    }
    case 3:
      return notes(access, organisation_,
                   once_in(2) ? Names{somebody_in(access)} : two_people(access));
    case 4: {
      const auto name = somebody_in(access);
      const auto whom = somebody();
      const auto what = some_of_the_owners();
      const auto other = somebody();
      const auto people = whom == other ? Names{whom} : Names{whom, other};
      auto made = delegate(organisation_, name, people, what, soon(today));
      made.may_move_holder = once_in(2);
      return made;
    }
    case 5: return take_back(organisation_, somebody_in(access));
    case 6: return random_release(access);
    case 7: return milestone_or_dispute(access);
    case 8: return event(access, next_seq);
    case 9:
      if (!access.delegations().empty()) return delegated_grant(access, today);
      return grant(access, today);
    case 10:
      if (!access.grants().empty()) return reseal(access);
      return grant(access, today);
    case 11:
      if (access.newest_epoch(kNotes) != nullptr) return stand_ins_notes(access, today);
      return grant(access, today);
    default: return grant(access, today);
  }
}

protocol::Event RandomMoves::event(const Access& access, std::uint64_t next_seq) {
  protocol::Event made;
  made.compartment = rules::Compartment{static_cast<std::uint32_t>(1 + below(7))};
  const auto* newest = access.newest_epoch(made.compartment);
  const bool of_now = once_in(2) && newest != nullptr;
  made.epoch = of_now ? newest->number : static_cast<std::uint32_t>(1 + below(3));
  made.urgent = once_in(9);
  if (once_in(4)) made.dispute = below(next_seq);
  return made;
}

protocol::Event RandomMoves::milestone_or_dispute(const Access& access) {
  protocol::Event made{kTalk, access.newest_epoch(kTalk)->number, {}, false, {}};
  const auto& all = access.milestones().all();
  if (once_in(2) && !all.empty()) {
    made.dispute = all[below(all.size())].seq;
    if (!once_in(4)) author_.emplace(std::nullopt);
  } else {
    made.milestone = rules::Milestone{static_cast<std::uint32_t>(below(4))};
  }
  return made;
}

protocol::Release RandomMoves::random_release(const Access& access) {
  using enum rules::ReleaseCause;
  const auto& grants = access.grants();
  const auto waits =
      std::find_if(grants.begin(), grants.end(), [](const auto& grant) { return grant.dormant; });
  if (once_in(2) && waits != grants.end()) {
    author_.emplace(name_of(organisation_, waits->member_id));
    return {waits->stands_in_for, kDeadline};
  }
  return release(organisation_, somebody_in(access), once_in(2) ? kOwn : kDeadline);
}

protocol::Grant RandomMoves::grant(const Access& access, Day today) {
  const auto name = somebody();
  protocol::Grant made;
  if (once_in(4)) {
    const auto what = once_in(3) ? notes_if_any(access) : some_of_the_owners();
    made = stand_in(access, organisation_, name, what, somebody_in(access));
  } else {
    made = kit::grant(access, organisation_, name, some_of_the_owners());
  }
  auto& member = made.members[0];
  member.holder = once_in(4);
  if (once_in(4)) member.last_day = soon(today);
  if (once_in(6)) member.xwing_key_hash = crypto::sha256(crypto::as_bytes("another"));
  // Two at once, each as likely to be marked.
  if (!made.dormant && once_in(4)) {
    auto second = kit::grant(access, organisation_, somebody(), some_of_the_owners()).members[0];
    second.holder = once_in(4);
    if (second.member_id != made.members[0].member_id) made.members.push_back(std::move(second));
  }
  return made;
}

protocol::Grant RandomMoves::reseal(const Access& access) {
  const auto& stands = access.grants()[below(access.grants().size())];
  author_.emplace(name_of(organisation_, stands.member_id));
  auto keys = stands.keys;
  if (keys.size() > 1 && once_in(3)) keys.pop_back();
  const char* const key = once_in(2) ? "another" : "a third";
  return {{{stands.member_id, crypto::sha256(crypto::as_bytes(key)), std::move(keys), false, 0}},
          {},
          false,
          {},
          {}};
}

protocol::Grant RandomMoves::stand_ins_notes(const Access& access, Day today) {
  const auto holder = access.holder(today);
  const auto& grants = access.grants();
  const auto waits = std::find_if(grants.begin(), grants.end(), [&](const auto& grant) {
    return grant.dormant && holder && grant.stands_in_for == *holder;
  });
  const auto by = holder && !once_in(4) ? name_of(organisation_, *holder) : somebody_in(access);
  const auto whom =
      waits != grants.end() && !once_in(4) ? name_of(organisation_, waits->member_id) : somebody();
  author_.emplace(by);
  return stand_in(access, organisation_, whom, {kNotes}, by);
}

protocol::Grant RandomMoves::delegated_grant(const Access& access, Day today) {
  const auto& by = access.delegations()[below(access.delegations().size())];
  author_.emplace(name_of(organisation_, by.delegate_id));
  auto made =
      kit::grant(access, organisation_, name_of(organisation_, by.people[below(by.people.size())]),
                 by.compartments);
  if (once_in(3))
    for (const auto& id : by.people)
      if (id != made.members[0].member_id) {
        made.members.push_back(made.members[0]);
        made.members.back().member_id = id;
      }
  if (once_in(4)) made.members[0].last_day = soon(today);
  return made;
}

void RandomMoves::spoil(const Access& access, protocol::Grant& grant) {
  switch (below(5)) {
    case 0:
      if (!grant.members.empty()) grant.members.pop_back();
      break;
    case 1: add_stranger(access, grant.members); break;
    case 2: grant.starts.clear(); break;
    case 3:
      if (!grant.members.empty()) grant.members[0].keys.back().epoch += 1;
      break;
    default:
      if (!grant.starts.empty()) grant.starts[0].epoch += 1;
  }
  if (grant.members.empty()) add_stranger(access, grant.members);
}

void RandomMoves::spoil(const Access& access, protocol::Revoke& revoke) {
  switch (below(4)) {
    case 0:
      if (!revoke.remaining.empty()) revoke.remaining.pop_back();
      break;
    case 1: add_stranger(access, revoke.remaining); break;
    case 2:
      if (!revoke.starts.empty()) revoke.starts.pop_back();
      break;
    default: revoke.starts.clear(); revoke.remaining.clear();
  }
}

void RandomMoves::add_stranger(const Access& access, std::vector<protocol::GrantMember>& members) {
  const auto stranger = sealed_to(organisation_, somebody(), newest(access, {kStory}));
  const bool is_there = std::any_of(members.begin(), members.end(), [&](const auto& member) {
    return member.member_id == stranger.member_id;
  });
  if (!is_there) members.push_back(stranger);
}

}  // namespace omzien::kit
