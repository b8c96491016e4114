#include "gateway/read_operations.h"

#include <algorithm>

#include "gateway/claim.h"
#include "gateway/files.h"
#include "gateway/wiped.h"

namespace omzien::gateway {
namespace {

using rules::PayloadState;
using rules::Status;

// A case and the insider who asks for it; a stranger gets `nothing`.
struct Seen {
  CaseState state;
  Insider who;
};

Outcome<Seen> look(storage::Reader& reader, const Context& context, const protocol::Handle& handle,
                   const crypto::SigningPublicKey& key) {
  const auto info = reader.case_info(handle);
  if (!info) return tl::unexpected(failure_of(info.error()));
  auto state = case_for(reader, context, handle, *info, key);
  if (!state) return tl::unexpected(state.error());
  if (!*state) return refuse(Status::kNothing);
  const auto who = insider(**state, key, context.directory(), context.now.day());
  if (!who) return refuse(Status::kNothing);
  return Seen{std::move(**state), *who};
}

// An entry as this reader gets it; `room` is for it alone.
protocol::StoredEntry present(storage::Entry&& stored, const Seen& seen, protocol::Day today,
                              std::size_t room) {
  protocol::StoredEntry entry{
      std::move(stored.header), stored.signature.to_bytes(), PayloadState::kInline, {}};
  const auto header = protocol::parse_header(entry.header);
  if (!header || !may_have_payload(*seen.state.access, seen.who, *header, today)) {
    entry.payload_state = PayloadState::kWithheld;
  } else if (!stored.payload) {
    entry.payload_state = PayloadState::kDestroyed;
  } else if (protocol::stored_entry_size(entry) + stored.payload->size() > room) {
    entry.payload_state = PayloadState::kFetch;
  } else {
    entry.payload = std::move(*stored.payload);
  }
  return entry;
}

// Entries from `from_seq` on as Reader::entries gives them, and everything that was read of them
// taken off what the frame has left (handled.h), whether it is sent or not. `later`, and nothing
// was read, when that might be too little for the first of them.
Outcome<std::vector<storage::Entry>> entries_of_frame(storage::Reader& reader,
                                                      const Context& context,
                                                      const protocol::Handle& handle,
                                                      std::uint64_t from_seq,
                                                      std::size_t bytes_max) {
  if (context.handled_left < rules::kPayloadBytesMax) return refuse(Status::kLater);
  auto entries =
      reader.entries(handle, from_seq, std::min<std::uint64_t>(bytes_max, context.handled_left));
  if (!entries) return tl::unexpected(failure_of(entries.error()));
  for (const auto& entry : *entries) {
    const std::uint64_t read = entry.header.size() + (entry.payload ? entry.payload->size() : 0);
    context.handled_left -= std::min(context.handled_left, read);
  }
  return std::move(*entries);
}

crypto::Bytes cursor_at(std::uint64_t position) {
  crypto::Bytes cursor;
  for (int shift = 56; shift >= 0; shift -= 8)
    cursor.push_back(static_cast<std::uint8_t>(position >> shift));
  return cursor;
}

std::optional<std::uint64_t> position_of(crypto::ByteView cursor) {
  if (cursor.empty()) return 0;
  if (cursor.size() != 8) return std::nullopt;
  std::uint64_t position = 0;
  for (const auto byte : cursor) position = (position << 8) | byte;
  return position;
}

protocol::InboxItem item_of(const storage::InboxRow& row, const protocol::Access& access,
                            const protocol::MemberId& member, const Context& context) {
  const auto& info = row.info;
  protocol::InboxItem item{row.handle,         info.head_seq,        info.head_hash,
                           info.opened_day,    info.head_day,        info.acknowledged_day,
                           info.feedback_day,  info.outcome_day,     info.urgent,
                           info.last_by_owner, !info.expects_answer, row.dormant};
  const auto clocks = access.milestones().clocks(context.directory().content().terms);
  const auto due = [&](const protocol::Clock& clock) {
    return item.unclocked || clock.met_day != 0 ? 0 : clock.due_day;
  };
  item.acknowledge_due_day = due(clocks.acknowledge);
  item.feedback_due_day = due(clocks.feedback);
  item.holder = access.holder(context.now.day()) == member;
  return item;
}

// Whether a term may have been missed: spares most of a stand-in's cases the fold.
bool may_be_overdue(const storage::CaseInfo& info) {
  return !info.destroyed && info.expects_answer &&
         (info.acknowledged_day == 0 || info.feedback_day == 0);
}

// An InboxItem at its largest, with its tag and length; a page's cursor beside it.
constexpr std::size_t kInboxItemBytes = 160;
constexpr std::size_t kCursorBytes = 16;

}  // namespace

Answer read_case(storage::Reader& reader, const Context& context,
                 const Signed<protocol::Read>& ask) {
  const auto& [handle, from_seq] = ask.body;
  const auto seen = look(reader, context, handle, ask.key);
  if (!seen) return tl::unexpected(seen.error());
  // For insiders alone: memory for a secret is dear enough to tell a case that is there from one
  // that is not.
  auto share = reader.case_share(handle);
  if (!share) return tl::unexpected(failure_of(share.error()));
  if (!*share && !seen->state.gone()) return refuse(Status::kLater);  // withdrawn this very moment

  const auto head = seen->state.info.head_seq;
  protocol::Log log{{}, head, seen->state.info.head_hash, {}};
  const WipedAtEnd gone(log.case_share);
  if (*share) log.case_share.assign((*share)->reveal().begin(), (*share)->reveal().end());
  auto alone = protocol::encode(log);
  auto used = alone.size();
  crypto::wipe(alone);
  const auto room_alone = context.room_max - std::min(used, context.room_max);
  auto next = from_seq;
  for (bool room_left = used <= context.room; room_left && next <= head;) {
    auto batch = entries_of_frame(reader, context, handle, next, context.room - used);
    if (!batch && batch.error().status != Status::kLater) return tl::unexpected(batch.error());
    if (!batch || batch->empty()) break;
    for (auto& stored : *batch) {
      auto entry = present(std::move(stored), *seen, context.now.day(), room_alone);
      const auto size = protocol::stored_entry_size(entry);
      room_left = used + size <= context.room && next <= head;
      if (!room_left) break;
      used += size;
      ++next;
      log.entries.push_back(std::move(entry));
    }
  }
  // Withdrawn since the share was read: the texts would be gone, and the entry that says so not
  // here.
  if (!seen->state.gone()) {
    const auto now = reader.case_info(handle);
    if (!now) return tl::unexpected(failure_of(now.error()));
    if (!*now || (*now)->destroyed) return refuse(Status::kLater);
  }
  const bool stuck = log.entries.empty() && (from_seq <= head || used > context.room);
  if (stuck) return refuse(Status::kLater);
  return protocol::encode(log);
}

Answer get_chunk(storage::Reader& reader, const Context& context,
                 const Signed<protocol::GetChunk>& ask) {
  const auto& [handle, seq, index, file] = ask.body;
  const auto seen = look(reader, context, handle, ask.key);
  if (!seen) return tl::unexpected(seen.error());
  if (seq > seen->state.info.head_seq) return refuse(Status::kNothing);
  const auto found = entries_of_frame(reader, context, handle, seq, 1);
  if (!found) return tl::unexpected(found.error());
  if (found->empty()) return refuse(Status::kNothing);
  const auto header = protocol::parse_header(found->front().header);
  if (!header || !may_have_payload(*seen->state.access, seen->who, *header, context.now.day()))
    return refuse(Status::kForbidden);
  const auto& payload = found->front().payload;
  if (!payload) return refuse(Status::kNothing);
  if (file != 0) return file_chunk(reader, context, *header, file, index);
  const auto start = std::size_t{index} * rules::kChunkBytesMax;
  if (start >= payload->size()) return refuse(Status::kMalformed);
  const auto size = std::min<std::size_t>(rules::kChunkBytesMax, payload->size() - start);
  const auto slice = crypto::ByteView(*payload).subspan(start, size);
  auto body = protocol::encode(protocol::Chunk{{slice.begin(), slice.end()}});
  if (body.size() > context.room) return refuse(Status::kLater);
  return body;
}

Answer read_inbox(storage::Reader& reader, const Context& context,
                  const Signed<protocol::Inbox>& ask) {
  const auto& directory = context.directory();
  const auto today = context.now.day();
  const auto* person = directory.person_with_key(ask.key, today);
  if (person == nullptr) return refuse(Status::kNothing);
  const auto after = position_of(ask.body.cursor);
  if (!after) return refuse(Status::kMalformed);
  if (context.room < kCursorBytes + kInboxItemBytes) return refuse(Status::kLater);
  const auto rows_max = std::min<std::size_t>(context.limits.inbox_rows_max,
                                              (context.room - kCursorBytes) / kInboxItemBytes);
  const auto rows = reader.inbox(person->member_id, *after, rows_max);
  if (!rows) return tl::unexpected(failure_of(rows.error()));
  protocol::InboxPage page;
  for (const auto& row : *rows) {
    if (row.dormant && !may_be_overdue(row.info)) continue;
    const auto access =
        context.cases.access(reader, row.handle, row.info, directory, context.handled_left);
    if (!access) return tl::unexpected(failure_of(access.error()));
    if (*access == nullptr) {  // the rest is the next page's
      if (row.position == rows->front().position) return refuse(Status::kLater);
      page.next_cursor = cursor_at(row.position - 1);
      return protocol::encode(page);
    }
    // By today: what the link says was so when it was last written, and a grant may have ended
    // since.
    const bool in = !(*access)->live(person->member_id, today).empty();
    if (!in && !may_step_in({row.info, *access}, ask.key, directory, today)) continue;
    auto item = item_of(row, **access, person->member_id, context);
    item.dormant = !in;
    if (!in)
      item.stands_in_for =
          (*access)->overdue_for(person->member_id, directory.content().terms, today);
    page.items.push_back(std::move(item));
  }
  if (rows->size() == rows_max) page.next_cursor = cursor_at(rows->back().position);
  return protocol::encode(page);
}

}  // namespace omzien::gateway
