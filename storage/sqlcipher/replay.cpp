#include "storage/sqlcipher/replay.h"

#include "storage/sqlcipher/writes.h"

namespace omzien::storage::sqlcipher {
namespace {

// Cases that still have a share, or those that have none.
Result<std::vector<protocol::Handle>> handles(Connection& connection, std::string_view sql) {
  std::vector<protocol::Handle> found;
  auto use = connection.use(sql);
  while (true) {
    const auto row = use.step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return found;
    found.push_back(use.fixed<protocol::Handle>(0));
  }
}

Result<void> destroy_all(Connection& writer, const std::vector<protocol::Handle>& which) {
  if (auto begun = writer.execute("BEGIN IMMEDIATE"); !begun) return begun;
  Result<void> done;
  for (const auto& handle : which)
    if (done) done = writes::destroy_case(writer, handle);
  if (done) done = writer.execute("COMMIT");
  if (!done && writer.in_transaction()) (void)writer.execute("ROLLBACK");
  return done;
}

}  // namespace

Result<std::vector<protocol::Handle>> destroyed_cases(Connection& connection) {
  return handles(connection,
                 "SELECT handle FROM cases WHERE id NOT IN (SELECT case_id FROM case_shares)");
}

Result<void> replay(Connection& writer, Tombstones& tombstones) {
  const auto destroyed = destroyed_cases(writer);
  if (!destroyed) return tl::unexpected(destroyed.error());
  tombstones.add(tombstones.room_for(*destroyed));
  if (auto flushed = tombstones.flush(); !flushed) return flushed;
  if (tombstones.empty()) return {};

  auto standing =
      handles(writer, "SELECT handle FROM cases WHERE id IN (SELECT case_id FROM case_shares)");
  if (!standing) return tl::unexpected(standing.error());
  std::erase_if(*standing, [&](const auto& handle) { return !tombstones.contains(handle); });
  if (!standing->empty()) {
    if (auto done = destroy_all(writer, *standing); !done) return done;
  }
  // A crash may have come between a case's destruction and the scrubbing. Whoever makes a backup
  // just now keeps nobody from starting: the gateway scrubs again.
  const auto scrubbed = checkpoint(writer);
  if (!scrubbed && scrubbed.error() != Error::kFailed) return scrubbed;
  return {};
}

Result<void> checkpoint(Connection& writer) {
  // Its row says first whether somebody was in the way.
  auto use = writer.use("PRAGMA wal_checkpoint(TRUNCATE)");
  const auto row = use.step();
  if (!row) return tl::unexpected(row.error());
  if (!*row || use.flag(0)) return tl::unexpected(Error::kFailed);
  return {};
}

}  // namespace omzien::storage::sqlcipher
