#include "gateway/quotas.h"

namespace omzien::gateway {
namespace {

// The owner's share of what a case may have that members can't use up.
constexpr std::uint64_t kOwnersPart = 8;
// Handles without a case that may stage on one day: what is counted in memory needs a bound too.
constexpr std::size_t kStagingHandlesMax = 100'000;

// The latest change first, so that what stood there at the beginning is what stays.
template <class Key>
void put_back(std::map<Key, std::uint64_t>& counted,
              const std::vector<std::pair<Key, std::uint64_t>>& before) {
  for (auto at = before.rbegin(); at != before.rend(); ++at) {
    const auto found = counted.find(at->first);
    if (found == counted.end()) continue;
    if (at->second == 0)
      counted.erase(found);
    else
      found->second = at->second;
  }
}

}  // namespace

bool answered(const storage::CaseInfo& info) { return info.member_day != 0; }

void Quotas::begin() {
  opened_before_ = opened_in_minute_;
  staged_before_.clear();
  appended_before_.clear();
}

void Quotas::give_back() {
  opened_in_minute_ = opened_before_;
  put_back(staged_, staged_before_);
  put_back(appended_, appended_before_);
  begin();
}

bool Quotas::take_case(const Moment& now, const storage::DayBudget& today, std::uint64_t bytes,
                       std::uint64_t cost) {
  if (const auto minute = now.steady() / 60; minute != minute_) {
    minute_ = minute;
    opened_in_minute_ = opened_before_ = 0;
  }
  if (opened_in_minute_ >= limits_.cases_opened_per_minute_max ||
      today.cases_opened >= limits_.cases_opened_per_day_max ||
      bytes > limits_.case_unanswered_bytes_max ||
      today.bytes + cost > limits_.unanswered_bytes_per_day_max)
    return false;
  ++opened_in_minute_;
  return true;
}

bool Quotas::may_grow(bool is_answered, bool by_owner, std::uint64_t bytes_after) const {
  const auto max = is_answered ? limits_.case_bytes_max : limits_.case_unanswered_bytes_max;
  return bytes_after <= (by_owner ? max : max - max / kOwnersPart);
}

bool Quotas::within_budget(const storage::CaseInfo& info, const storage::DayBudget& today,
                           std::uint64_t cost) const {
  return answered(info) || today.bytes + cost <= limits_.unanswered_bytes_per_day_max;
}

bool Quotas::take_append_as_member(const protocol::Handle& handle,
                                   const crypto::SigningPublicKey& author,
                                   const storage::CaseInfo& info, protocol::Day today,
                                   std::size_t entries) {
  const std::uint64_t so_far = info.member_day == today ? info.member_appends : 0;
  if (so_far + entries <= limits_.member_appends_per_case_day_max) return true;
  if (today != appended_day_) {
    appended_day_ = today;
    appended_.clear();
    appended_before_.clear();
  }
  if (entries > limits_.own_appends_per_case_day_max) return false;
  auto& own = appended_[{handle, author}];
  if (own + entries > limits_.own_appends_per_case_day_max) return false;
  appended_before_.emplace_back(Author{handle, author}, own);
  own += entries;
  return true;
}

bool Quotas::take_stage_before_open(const protocol::Handle& handle, protocol::Day today,
                                    const storage::DayBudget& spent, std::uint64_t bytes) {
  if (today != staged_day_) {
    staged_day_ = today;
    staged_.clear();
    staged_before_.clear();
  }
  if (spent.bytes + bytes > limits_.unanswered_bytes_per_day_max) return false;
  const auto found = staged_.find(handle);
  if (found == staged_.end()) {
    if (bytes > limits_.staged_before_open_bytes_max || staged_.size() >= kStagingHandlesMax)
      return false;
    staged_before_.emplace_back(handle, 0);
    staged_.emplace(handle, bytes);
    return true;
  }
  if (found->second + bytes > limits_.staged_before_open_bytes_max) return false;
  staged_before_.emplace_back(handle, found->second);
  found->second += bytes;
  return true;
}

std::set<protocol::UploadId>& Quotas::staged_beyond(const protocol::Handle& handle,
                                                    protocol::Day today) {
  if (today != beyond_day_) {
    beyond_day_ = today;
    beyond_.clear();
  }
  return beyond_[handle];  // of cases that are there: no more than the disk holds
}

}  // namespace omzien::gateway
