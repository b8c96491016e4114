#include "clients/core/lead/replace.h"

#include <algorithm>
#include <limits>

#include "clients/core/lead/moves.h"
#include "clients/core/seal_parts.h"
#include "protocol/grants.h"

namespace omzien::core {
namespace {

using protocol::Day;
using protocol::MemberId;
using rules::Compartment;

// With what a share may need before it, an epoch that begins, and the word that goes with it all,
// so many fit one append.
constexpr std::size_t kSharesMax = 6;
static_assert(1 + 2 * kSharesMax + 2 <= rules::kEntriesPerAppendMax);

constexpr Day kForever = std::numeric_limits<Day>::max();
Day length_of(Day last_day) { return last_day == 0 ? kForever : last_day; }

bool is_personal(Compartment compartment) {
  return compartment == Compartment::kNotes || compartment == Compartment::kIdentity;
}

bool reads_newest(const Addition& addition, const MemberId& member, Compartment compartment) {
  const auto newest = addition.access().newest_epoch(compartment)->number;
  return addition.access().may_read(member, compartment, newest, addition.day());
}

Result<void> hand_on(Addition& addition, Share share, const Compartments& missed,
                     const protocol::Certificate& to, const Certificates& certificates) {
  // What of it had its newest epoch begun without them, because they had left: it begins anew for
  // whoever comes, who else could not read on.
  const auto& id = to.content().member_id;
  LetIn from_now{{id}, {}, share.last_day, false, true};
  for (const auto compartment : share.compartments())
    if (missed.contains(compartment) && !reads_newest(addition, id, compartment))
      from_now.compartments.insert(compartment);
  if (!from_now.compartments.empty())
    if (auto begun = let_in(addition, from_now, certificates); !begun) return begun;
  for (const auto compartment : share.compartments()) {
    const auto newest = addition.access().newest_epoch(compartment)->number;
    if (share.keys.contains({compartment, newest - 1}))
      share.keys.insert({compartment, newest});  // which the revocation began
  }
  std::erase_if(share.keys, [&](const auto& key) { return !addition.keys().contains(key); });
  const Grantee grantee{to, {share.keys.begin(), share.keys.end()}, share.holder, share.last_day};
  // A grant of what they have already the rules refuse.
  const auto live = addition.access().live(id, addition.day());
  const bool has_it = std::any_of(live.begin(), live.end(), [&](const auto* stands) {
    return protocol::covers(*stands, {}, member_of(grantee));
  });
  if (share.keys.empty() || has_it) return {};
  return addition.take(seal_grant(addition.author(), addition.place(), {grantee}, std::nullopt,
                                  addition.keys(), addition.random()));
}

}  // namespace

Compartments Share::compartments() const {
  Compartments found;
  for (const auto& key : keys) found.insert(key.compartment);
  return found;
}

std::vector<Share> shares_of(const protocol::Access& access, const MemberId& member, Day today) {
  std::map<Day, Share, std::greater<>> longest_first;
  std::optional<Day> marked;
  for (const auto* grant : access.live(member, today)) {
    if (grant->holder) marked = grant->last_day;
    for (const auto& key : grant->keys)
      if (!is_personal(key.compartment)) longest_first[length_of(grant->last_day)].keys.insert(key);
  }
  std::vector<Share> shares;
  for (auto& [length, share] : longest_first) {
    share.last_day = length == kForever ? 0 : length;
    share.holder = marked == share.last_day;
    shares.push_back(std::move(share));
  }
  // Sooner over than `from` had it, where there are too many.
  while (shares.size() > kSharesMax) {
    auto& shortest = shares.back();
    auto& longer = shares[shares.size() - 2];
    longer.keys.merge(shortest.keys);
    longer.last_day = shortest.last_day;
    longer.holder |= shortest.holder;
    shares.pop_back();
  }
  const bool none =
      std::none_of(shares.begin(), shares.end(), [](const auto& share) { return share.holder; });
  if (marked && none && !shares.empty()) shares.front().holder = true;
  return shares;
}

Result<void> replace(Addition& addition, const MemberId& from, const MemberId& to,
                     const Certificates& certificates) {
  const auto shares = shares_of(addition.access(), from, addition.day());
  if (shares.empty()) return fail(ErrorKind::kRefused, words_for(protocol::Breach::kRevoke));
  Compartments missed;
  for (const auto& share : shares)
    for (const auto compartment : share.compartments())
      if (!reads_newest(addition, from, compartment)) missed.insert(compartment);
  if (auto out = revoke(addition, {from}, certificates); !out) return out;
  const auto theirs = certificates({to}, Lapsed::kRefused);
  if (!theirs) return tl::unexpected(theirs.error());
  for (const auto& share : shares)
    if (auto given = hand_on(addition, share, missed, theirs->front(), certificates); !given)
      return given;
  return {};
}

}  // namespace omzien::core
