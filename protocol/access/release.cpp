// Stand-ins: who was given a dormant grant takes over when the adviser says so, or says nothing
// until a legal term has passed.
#include <algorithm>

#include "protocol/access.h"

namespace omzien::protocol {
namespace {

tl::unexpected<Breach> breach(Breach which) { return tl::unexpected(which); }

// The terms that an entry is judged by. Those of an earlier directory are not known any more: then
// the law's own, where the organisation's have been lengthened since, or what was right when it was
// written would become a breach.
Terms terms_for(const Header& header, const Directory& directory) {
  Terms terms = directory.content().terms;
  if (header.directory_hash == directory.hash()) return terms;
  const Terms law;
  terms.acknowledge_days = std::min(terms.acknowledge_days, law.acknowledge_days);
  terms.feedback_months = std::min(terms.feedback_months, law.feedback_months);
  return terms;
}

}  // namespace

tl::expected<void, Breach> Access::admit_release(const Asked& asked, const Release& release) {
  if (!rules::release_cause_of(static_cast<std::uint32_t>(release.cause)))
    return breach(Breach::kNewerVersion);
  if (auto checked = check_release(asked, release); !checked) return checked;
  end_lapsed_delegations(asked.day());
  if (release.cause != rules::ReleaseCause::kDeadline) {
    std::vector<std::pair<std::size_t, GrantEnd>> ending;
    for (std::size_t i = 0; i < grants_.size(); ++i)
      if (grants_[i].member_id == release.member_id) ending.push_back({i, GrantEnd::kReleased});
    end_grants(asked, ending);
    end_delegations_to(release.member_id);
  }
  wake(asked, release.member_id);
  releases_.push_back({release.member_id, release.cause, asked.day(), asked.header.seq});
  return {};
}

tl::expected<void, Breach> Access::check_release(const Asked& asked, const Release& release) const {
  if (asked.member == nullptr) return breach(Breach::kAuthor);
  const auto& author = asked.member->member_id;
  const bool author_is_in = !live(author, asked.day()).empty();
  if (asked.header.payload_size != 0) return breach(Breach::kPayload);
  if (release.cause != rules::ReleaseCause::kDeadline) {
    if (!author_is_in) return breach(Breach::kAuthor);
    return author == release.member_id ? Verdict{} : breach(Breach::kRelease);
  }
  const auto waits = [&](const LiveGrant& grant) {
    return grant.dormant && grant.stands_in_for == release.member_id && !grant.expired(asked.day());
  };
  const bool author_waits = std::any_of(grants_.begin(), grants_.end(), [&](const auto& grant) {
    return waits(grant) && grant.member_id == author;
  });
  if (!author_is_in && !author_waits) return breach(Breach::kAuthor);
  if (author == release.member_id || std::none_of(grants_.begin(), grants_.end(), waits) ||
      !milestones_.missed(terms_for(asked.header, asked.directory), asked.day()))
    return breach(Breach::kRelease);
  return {};
}

// A dormant grant that was marked brings the holder's mark along, from whom it stands in for or
// when nobody has it.
void Access::wake(const Asked& asked, const MemberId& stood_in_for) {
  const auto wakes = [&](const LiveGrant& grant) {
    return grant.dormant && grant.stands_in_for == stood_in_for && !grant.expired(asked.day());
  };
  const bool one_is_marked = std::any_of(grants_.begin(), grants_.end(), [&](const auto& grant) {
    return wakes(grant) && grant.holder;
  });
  for (auto& grant : grants_)
    if (one_is_marked && !grant.dormant && grant.member_id == stood_in_for) grant.holder = false;
  for (auto& grant : grants_) {
    if (!wakes(grant)) continue;
    grant.holder = grant.holder && !holder(asked.day());
    grant.dormant = false;
    grant.woken_day = asked.day();
  }
}

}  // namespace omzien::protocol
