// What the writing statements share: what a run or a row of one number says.
#pragma once

#include <optional>

#include "storage/sqlcipher/connection.h"

namespace omzien::storage::sqlcipher {

inline tl::unexpected<Error> conflict() { return tl::unexpected(Error::kConflict); }

inline Result<void> done(const Result<std::uint64_t>& ran) {
  if (!ran) return tl::unexpected(ran.error());
  return {};
}

// The first column of the only row; nothing when there is no row.
inline Result<std::optional<std::uint64_t>> number_of(Use use) {
  const auto row = use.step();
  if (!row) return tl::unexpected(row.error());
  if (!*row) return std::nullopt;
  return use.number<std::uint64_t>(0);
}

inline Result<std::optional<std::uint64_t>> case_id(Connection& connection,
                                                    const protocol::Handle& handle) {
  auto use = connection.use("SELECT id FROM cases WHERE handle = ?1");
  use.bind(handle);
  return number_of(std::move(use));
}

}  // namespace omzien::storage::sqlcipher
