#include "gateway/staging.h"

#include <algorithm>
#include <iterator>

#include "gateway/claim.h"
#include "gateway/taking_back.h"

namespace omzien::gateway {
namespace {

using rules::Status;

std::uint64_t cost_of(const protocol::PutChunk& chunk) {
  return storage::cost_of_chunk(chunk.bytes.size());
}

// Done, and what there is of the upload now.
Answer done(storage::Reader& reader, const protocol::PutChunk& chunk) {
  const auto upload = reader.upload_info(chunk.handle, chunk.upload_id);
  if (!upload) return tl::unexpected(failure_of(upload.error()));
  return protocol::encode(protocol::Upload{upload->chunks_stored});
}

// Where a chunk finds room.
enum class Room {
  kQuotas,
  kBeyond,  // all quotas, for the owner who takes access away
};

// For a handle that has no case yet.
Outcome<Room> admit_before_open(const Context& context, Quotas& quotas,
                                const storage::DayBudget& budget,
                                const Signed<protocol::PutChunk>& ask) {
  if (!quotas.take_stage_before_open(ask.body.handle, context.now.day(), budget,
                                     ask.body.bytes.size()))
    return refuse(Status::kQuota);
  return Room::kQuotas;
}

// What is there of the uploads that were staged beyond all quotas today, but for `but`. Those that
// became an entry, or never came to be, are over.
Outcome<std::uint64_t> bytes_beyond(storage::Reader& reader, const protocol::Handle& handle,
                                    std::set<protocol::UploadId>& uploads,
                                    const protocol::UploadId& but) {
  std::uint64_t bytes = 0;
  for (auto at = uploads.begin(); at != uploads.end();) {
    const auto upload = reader.upload_info(handle, *at);
    if (!upload) return tl::unexpected(failure_of(upload.error()));
    if (*at != but) bytes += upload->bytes;
    at = upload->chunks_expected == 0 ? uploads.erase(at) : std::next(at);
  }
  return bytes;
}

// Whatever the quotas say, up to one revocation's size; and no upload begins with a crumb. Only
// what came in this way counts: what a member has staged, or the owner for something else, must not
// stand in the way of letting somebody out.
Outcome<Room> admit_for_taking_back(storage::Reader& reader, Quotas& quotas, protocol::Day today,
                                    const protocol::PutChunk& chunk,
                                    const protocol::Access& access) {
  const auto upload = reader.upload_info(chunk.handle, chunk.upload_id);
  if (!upload) return tl::unexpected(failure_of(upload.error()));
  if (upload->chunks_stored == 0 && chunk.bytes.size() < storage::kChunkCostBytesMin)
    return refuse(Status::kQuota);
  const auto others = bytes_beyond(reader, chunk.handle, quotas.staged_beyond(chunk.handle, today),
                                   chunk.upload_id);
  if (!others) return tl::unexpected(others.error());
  const auto bytes = *others + upload->bytes + chunk.bytes.size();
  if (bytes > revocation_bytes_max(members_of(access))) return refuse(Status::kQuota);
  return Room::kBeyond;
}

Outcome<Room> admit_to_case(storage::Reader& reader, Quotas& quotas,
                            const storage::DayBudget& budget, const Signed<protocol::PutChunk>& ask,
                            const CaseState& state, protocol::Day today) {
  const bool by_owner = ask.key == state.access->owner();
  const auto bytes = cost_of(ask.body);
  if (quotas.may_grow(answered(state.info), by_owner, state.info.bytes + bytes) &&
      quotas.within_budget(state.info, budget, bytes))
    return Room::kQuotas;
  if (!by_owner) return refuse(Status::kQuota);
  return admit_for_taking_back(reader, quotas, today, ask.body, *state.access);
}

// Whether this very chunk is here already; refuses another one under its name.
Outcome<bool> already_there(storage::Reader& reader, const protocol::PutChunk& chunk) {
  const auto upload = reader.upload_info(chunk.handle, chunk.upload_id);
  if (!upload) return tl::unexpected(failure_of(upload.error()));
  if (upload->chunks_expected == 0) return false;
  if (upload->chunks_expected != chunk.count) return refuse(Status::kMalformed);
  const auto there = reader.chunk(chunk.handle, chunk.upload_id, chunk.index);
  if (!there) return tl::unexpected(failure_of(there.error()));
  if (!*there) return false;
  if (**there != chunk.bytes) return refuse(Status::kMalformed);
  return true;
}

}  // namespace

Answer put_chunk(storage::Transaction& transaction, const Context& context, Quotas& quotas,
                 const Signed<protocol::PutChunk>& ask) {
  const auto& chunk = ask.body;
  const auto today = context.now.day();
  const auto info = transaction.case_info(chunk.handle);
  if (!info) return tl::unexpected(failure_of(info.error()));
  auto state = case_for(transaction, context, chunk.handle, *info, ask.key);
  if (!state) return tl::unexpected(state.error());
  if (*state && (*state)->gone()) state->reset();  // answered as one that never was
  const auto budget = transaction.day_budget(today);
  if (!budget) return tl::unexpected(failure_of(budget.error()));

  // Strangers learn nothing from what they would collide with, so who asks comes first.
  const bool known = state->has_value()
                         ? insider(**state, ask.key, context.directory(), today).has_value()
                         : protocol::handle_of(ask.key) == chunk.handle;
  if (!known) return refuse(Status::kNothing);
  const auto there = already_there(transaction, chunk);
  if (!there) return tl::unexpected(there.error());
  if (*there) return done(transaction, chunk);
  const auto admitted = *state ? admit_to_case(transaction, quotas, *budget, ask, **state, today)
                               : admit_before_open(context, quotas, *budget, ask);
  if (!admitted) return tl::unexpected(admitted.error());

  const auto put = transaction.put_chunk(chunk.handle, chunk.upload_id, chunk.index, chunk.count,
                                         today, chunk.bytes);
  if (!put && put.error() == storage::Error::kConflict) return refuse(Status::kMalformed);
  if (!put) return tl::unexpected(failure_of(put.error()));
  if (*admitted == Room::kBeyond) quotas.staged_beyond(chunk.handle, today).insert(chunk.upload_id);
  if (*state) {
    auto grown = (*state)->info;
    grown.bytes += cost_of(chunk);
    const auto kept = transaction.append(chunk.handle, grown.head_seq, grown.head_hash, {}, grown);
    if (!kept) return tl::unexpected(failure_of(kept.error()));
  }
  if (!*state || !answered((*state)->info)) {
    const auto spent = transaction.add_to_day_budget(today, 0, cost_of(chunk));
    if (!spent) return tl::unexpected(failure_of(spent.error()));
  }
  return done(transaction, chunk);
}

std::uint64_t cost_at_most(const storage::Staged& staged) {
  const auto full = staged.chunks * rules::kChunkBytesMax;
  const auto lacking = full - std::min(full, staged.bytes);
  constexpr auto kSmallestLacks = rules::kChunkBytesMax - storage::kChunkCostBytesMin;
  return staged.bytes + lacking * storage::kChunkCostBytesMin / kSmallestLacks;
}

Outcome<Assembled> assemble(storage::Reader& reader, const Context& context,
                            const protocol::Handle& handle, std::span<CheckedEntry> entries) {
  Assembled assembled;
  for (auto& entry : entries) {
    if (!entry.staged) continue;
    const auto upload = reader.upload_info(handle, *entry.staged);
    if (!upload) return tl::unexpected(failure_of(upload.error()));
    if (upload->chunks_expected == 0 || upload->chunks_stored != upload->chunks_expected)
      return refuse(Status::kIncomplete);
    if (upload->kept) return refuse(Status::kMalformed);  // a file of another entry
    if (upload->bytes > rules::kPayloadBytesMax) return refuse(Status::kTooLarge);
    if (upload->bytes > context.handled_left) return refuse(Status::kLater);
    context.handled_left -= upload->bytes;
    const bool first = assembled.uploads.insert(*entry.staged).second;
    crypto::Bytes payload;
    payload.reserve(upload->bytes);
    for (std::uint32_t index = 0; index < upload->chunks_expected; ++index) {
      const auto chunk = reader.chunk(handle, *entry.staged, index);
      if (!chunk) return tl::unexpected(failure_of(chunk.error()));
      if (!*chunk) return refuse(Status::kIncomplete);
      payload.insert(payload.end(), (*chunk)->begin(), (*chunk)->end());
      if (first) assembled.cost += storage::cost_of_chunk((*chunk)->size());
    }
    if (first) {
      assembled.staged.chunks += upload->chunks_stored;
      assembled.staged.bytes += upload->bytes;
    }
    entry.payload = std::move(payload);
  }
  return assembled;
}

}  // namespace omzien::gateway
