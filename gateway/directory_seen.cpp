#include "gateway/directory_seen.h"

#include <string>

#include "gateway/config.h"

namespace omzien::gateway {

storage::Result<void> demand_not_older(storage::Store& store, const PeopleInForce& people) {
  const auto reader = store.reader();
  if (!reader) return tl::unexpected(reader.error());
  const auto seen = (*reader)->directory_seen();
  if (!seen) return tl::unexpected(seen.error());
  if (!*seen || people.directory.knows((*seen)->hash)) return {};
  throw ConfigError(
      "the directory bundle holds version " + std::to_string(people.directory.content().version) +
      ", which is not a later version of version " + std::to_string((*seen)->version) +
      " that this store has served: put the newer one back");
}

storage::Result<void> note_directory(storage::Store& store, const PeopleInForce& people) {
  auto transaction = store.begin();
  if (!transaction) return tl::unexpected(transaction.error());
  const auto seen = (*transaction)->directory_seen();
  if (!seen) return tl::unexpected(seen.error());
  const storage::DirectorySeen now{people.directory.content().version, people.directory.hash()};
  if (*seen == now) return {};
  if (auto put = (*transaction)->put_directory_seen(now); !put) return put;
  return (*transaction)->commit();
}

}  // namespace omzien::gateway
