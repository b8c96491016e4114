#include "gateway/retention.h"

#include "gateway/growth.h"

namespace omzien::gateway {
namespace {

// In one transaction: what waits beside it should not wait for hundreds.
constexpr std::size_t kCasesAtOnce = 32;

CheckedEntry purge_entry(const Purging& with, const storage::CaseInfo& info,
                         const protocol::Handle& handle, const protocol::Directory& directory,
                         const Moment& now) {
  protocol::Header header;
  header.service_id = directory.service();
  header.handle = handle;
  header.author = with.key.public_key();
  header.seq = info.head_seq + 1;
  header.prev_hash = info.head_hash;
  // As Moment::accepts has it: the head's day may lie ahead of a clock that was set back.
  header.day = std::max(now.day(), info.head_day);
  header.directory_hash = directory.hash();
  with.random.fill(std::span(header.salt.data(), protocol::Salt::kSize));
  header.kind = rules::EntryKind::kPurge;
  header.fields = protocol::Purge{rules::RetentionRule::kAfterOutcome,
                                  directory.content().terms.retention_days};
  header.payload_hash = protocol::payload_hash(header.salt, {});
  const auto bytes = protocol::encode_header(header);
  const auto signature = with.key.sign(rules::kTagEntrySignature, bytes);
  return {protocol::Entry::parse(bytes, signature.view()).value(), {}, std::nullopt};
}

// False: the rules don't allow it after all, and nothing was changed.
storage::Result<bool> purge_case(storage::Transaction& transaction, const Purging& with,
                                 const protocol::Handle& handle,
                                 const protocol::Directory& directory, const Moment& now) {
  const auto state = with.cases.find(transaction, handle, directory);
  if (!state) return tl::unexpected(state.error());
  if (!*state || (*state)->gone()) return false;
  const auto& info = (*state)->info;
  const CheckedEntry made[] = {purge_entry(with, info, handle, directory, now)};
  const auto growth = grow(protocol::Chain::resume(directory.service(), handle, info.head_seq,
                                                   info.head_hash, info.head_day),
                           *(*state)->access, info, made, directory, now);
  if (!growth) return false;
  const auto& entry = made[0].entry;
  const std::vector<storage::Entry> stored{
      {entry.header_bytes(), entry.signature(), entry.hash(), crypto::Bytes()}};
  if (auto appended =
          transaction.append(handle, info.head_seq, info.head_hash, stored, growth->info);
      !appended)
    return tl::unexpected(appended.error());
  if (auto destroyed = transaction.destroy_case(handle); !destroyed)
    return tl::unexpected(destroyed.error());
  with.cases.remember(handle, growth->info.head_hash, directory, growth->access);
  return true;
}

}  // namespace

storage::Result<void> purge_some(const Purging& with, const protocol::Directory& directory,
                                 const Moment& now, PurgeRun& run) try {
  run.over = true;
  const auto days = directory.content().terms.retention_days;
  if (now.day() <= days) return {};
  auto transaction = with.store.begin();
  if (!transaction) return tl::unexpected(transaction.error());
  const auto due = (*transaction)->cases_at_rest(now.day() - days, run.after, kCasesAtOnce);
  if (!due) return tl::unexpected(due.error());
  if (due->empty()) return {};
  std::size_t purged = 0;
  for (const auto& handle : *due) {
    const auto done = purge_case(**transaction, with, handle, directory, now);
    if (!done) return tl::unexpected(done.error());
    if (*done) ++purged;
  }
  if (purged != 0)
    if (const auto committed = (*transaction)->commit(); !committed)
      return tl::unexpected(committed.error());
  run = {run.purged + purged, false, due->back()};
  return {};
} catch (const std::exception&) {
  return tl::unexpected(storage::Error::kFailed);  // no memory; the transaction is gone
}

storage::Result<std::size_t> purge_all(const Purging& with, const protocol::Directory& directory,
                                       const Moment& now) {
  PurgeRun run;
  while (!run.over)
    if (const auto some = purge_some(with, directory, now, run); !some)
      return tl::unexpected(some.error());
  if (run.purged != 0)
    if (const auto scrubbed = with.store.scrub(); !scrubbed)
      return tl::unexpected(scrubbed.error());
  return run.purged;
}

}  // namespace omzien::gateway
