#include "clients/core/lead/owners_epochs.h"

#include <algorithm>

namespace omzien::core {

Result<void> start_owners(Addition& addition, const Compartments& compartments,
                          const Newcomers& newcomers) {
  const auto next =
      next_epochs(addition.access(), addition.directory(), compartments, addition.day());
  const auto carried = addition.certificates()(ids_of(next), Lapsed::kTaken);
  if (!carried) return tl::unexpected(carried.error());
  auto grantees = grantees_of(next, *carried);
  if (newcomers)
    for (auto& newcomer : newcomers(next.starts)) grantees.push_back(std::move(newcomer));
  if (grantees.empty()) return {};
  auto started = owners_keys(addition.author(), addition.place(), next.starts);
  auto sealed = seal_epoch(addition.author(), addition.place(), started, grantees, nullptr,
                           addition.random());
  return addition.take(std::move(sealed), std::move(started));
}

Result<void> start_shut_out(Addition& addition, const Compartments& needed) {
  const auto shut = addition.shut_out();
  const bool any =
      std::any_of(needed.begin(), needed.end(), [&](const auto one) { return shut.contains(one); });
  return any ? start_owners(addition, shut) : Result<void>{};
}

}  // namespace omzien::core
