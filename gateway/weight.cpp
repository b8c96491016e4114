#include "gateway/weight.h"

namespace omzien::gateway {
namespace {

// An allocation costs a copy as much time as so many bytes.
constexpr std::uint64_t kAllocationBytes = 64;

template <class Item>
std::uint64_t weight_of(const std::vector<Item>& items) {
  return items.empty() ? 0 : kAllocationBytes + items.size() * sizeof(Item);
}

std::uint64_t weight_inside(const protocol::LiveGrant& grant) {
  return weight_of(grant.keys) + weight_of(grant.key_hashes) + weight_of(grant.wrapped_at);
}

}  // namespace

std::uint64_t weight_of(const protocol::Access& access) {
  auto weight = weight_of(access.grants()) + weight_of(access.ended_grants()) +
                weight_of(access.delegations()) + weight_of(access.releases()) +
                weight_of(access.milestones().all());
  for (const auto& grant : access.grants()) weight += weight_inside(grant);
  for (const auto& ended : access.ended_grants()) weight += weight_inside(ended.grant);
  for (const auto& delegation : access.delegations())
    weight += weight_of(delegation.people) + weight_of(delegation.compartments);
  for (const auto& [compartment, epochs] : access.epochs()) weight += weight_of(epochs);
  return weight;
}

}  // namespace omzien::gateway
