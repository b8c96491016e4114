#include "clients/core/fetch.h"

namespace omzien::core {
namespace {

using rules::OperationKind;

tl::unexpected<Error> misfit() {
  return fail(ErrorKind::kVerification,
              "the gateway's answer about this case does not fit together");
}

crypto::SecretBytes take_secret(crypto::Bytes& bytes) {
  auto secret = crypto::SecretBytes::from(bytes);
  crypto::wipe(bytes);
  return secret;
}

// A payload too large for the frame the entry came in, piece by piece.
Result<crypto::Bytes> fetch_payload(Connection& connection, const protocol::Handle& handle,
                                    const Identity& self, const protocol::Header& header) {
  crypto::Bytes payload;
  for (std::uint32_t index = 0; payload.size() < header.payload_size; ++index) {
    auto body =
        connection.call(OperationKind::kGetChunk,
                        encode(protocol::GetChunk{handle, header.seq, index}), &self.signing_key());
    if (!body) return tl::unexpected(body.error());
    const auto chunk = protocol::parse<protocol::Chunk>(*body);
    if (!chunk || chunk->bytes.empty() ||
        payload.size() + chunk->bytes.size() > header.payload_size)
      return misfit();
    payload.insert(payload.end(), chunk->bytes.begin(), chunk->bytes.end());
  }
  return payload;
}

Result<void> complete(Connection& connection, const protocol::Handle& handle, const Identity& self,
                      protocol::StoredEntry& entry) {
  if (rules::PayloadState{entry.payload_state} != rules::PayloadState::kFetch) return {};
  const auto header = protocol::parse_header(entry.header);
  if (!header || header->payload_size == 0) return misfit();
  auto payload = fetch_payload(connection, handle, self, *header);
  if (!payload) return tl::unexpected(payload.error());
  entry.payload = std::move(*payload);
  entry.payload_state = rules::PayloadState::kInline;
  return {};
}

}  // namespace

Result<FetchedLog> fetch_log(Connection& connection, const protocol::Handle& handle,
                             const Identity& self) {
  FetchedLog fetched;
  for (;;) {
    const protocol::Read ask{handle, fetched.entries.size()};
    auto body = connection.call(OperationKind::kRead, encode(ask), &self.signing_key());
    if (!body) return tl::unexpected(body.error());
    auto log = protocol::parse<protocol::Log>(*body);
    crypto::wipe(*body);
    if (log) fetched.case_share = take_secret(log->case_share);
    if (!log || log->entries.empty() ||
        fetched.entries.size() + log->entries.size() > log->head_seq + 1)
      return misfit();
    for (auto& entry : log->entries) {
      if (auto completed = complete(connection, handle, self, entry); !completed)
        return tl::unexpected(completed.error());
      fetched.entries.push_back(std::move(entry));
    }
    if (fetched.entries.size() == log->head_seq + 1) return fetched;
  }
}

Result<OpenedCase> fetch_case(Connection& connection, const protocol::Handle& handle,
                              const Identity& self) {
  const auto before = connection.seen().of(self);
  if (!before) return tl::unexpected(before.error());
  const auto fetched = fetch_log(connection, handle, self);
  if (!fetched) return tl::unexpected(fetched.error());
  auto opened = open_log(*fetched, handle, self, connection.directory());
  if (!opened) return opened;
  if (auto whole = before->check(*opened); !whole) return tl::unexpected(whole.error());
  connection.seen().note(*opened);
  if (auto alarm = other_day(opened->chain, connection.today(), connection.day_here()))
    opened->alarms.push_back(std::move(*alarm));
  return opened;
}

Result<FetchedInbox> fetch_inbox(Connection& connection, const Identity& self) {
  FetchedInbox inbox;
  crypto::Bytes cursor;
  do {
    const auto body = connection.call(OperationKind::kInbox, encode(protocol::Inbox{cursor}),
                                      &self.signing_key());
    if (!body) return tl::unexpected(body.error());
    auto page = protocol::parse<protocol::InboxPage>(*body);
    // A page may be empty and not the last: what is not to be shown still has its place.
    if (!page || (!page->next_cursor.empty() && page->next_cursor == cursor)) return misfit();
    for (const auto& item : page->items)
      (item.dormant ? inbox.to_take_over : inbox.cases).push_back(item);
    cursor = std::move(page->next_cursor);
  } while (!cursor.empty());
  return inbox;
}

}  // namespace omzien::core
