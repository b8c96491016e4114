#include "protocol/operations.h"

#include "omzien/exchange.pb.h"

#include "protocol/strict.h"

namespace omzien::protocol {
namespace {

constexpr std::size_t kShareBytes = 32;
// Tags and lengths around one StoredEntry: five fields of at most 1 + 5 bytes.
constexpr std::size_t kStoredEntryOverhead = 30;

// Out of a message, which keeps no copy of it.
crypto::Bytes take_secret(std::string& field) {
  auto secret = strict::bytes(field);
  strict::wipe(field);
  return secret;
}

template <class Messages>
void put(const std::vector<SubmittedEntry>& entries, Messages* list) {
  for (const auto& from : entries) {
    auto* to = list->Add();
    to->set_header(strict::field(from.header));
    to->set_signature(strict::field(from.signature));
    to->set_payload(strict::field(from.payload));
    if (from.staged_upload_id)
      to->set_staged_upload_id(strict::field(from.staged_upload_id->view()));
  }
}

template <class Messages>
std::optional<std::vector<SubmittedEntry>> take(const Messages& list) {
  if (list.empty() || static_cast<std::size_t>(list.size()) > rules::kEntriesPerAppendMax)
    return std::nullopt;
  std::vector<SubmittedEntry> entries;
  for (const auto& from : list) {
    SubmittedEntry entry{strict::bytes(from.header()), strict::bytes(from.signature()),
                         strict::bytes(from.payload()), std::nullopt};
    if (!from.staged_upload_id().empty()) {
      entry.staged_upload_id = UploadId::from(strict::view(from.staged_upload_id()));
      if (!entry.staged_upload_id || !entry.payload.empty()) return std::nullopt;
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

void put(const InboxItem& from, wire::InboxItem* to) {
  to->set_handle(strict::field(from.handle.view()));
  to->set_head_seq(from.head_seq);
  to->set_head_hash(strict::field(from.head_hash.view()));
  to->set_opened_day(from.opened_day);
  to->set_head_day(from.head_day);
  to->set_acknowledged_day(from.acknowledged_day);
  to->set_feedback_day(from.feedback_day);
  to->set_outcome_day(from.outcome_day);
  to->set_urgent(from.urgent);
  to->set_last_by_owner(from.last_by_owner);
  to->set_unclocked(from.unclocked);
  to->set_dormant(from.dormant);
  to->set_acknowledge_due_day(from.acknowledge_due_day);
  to->set_feedback_due_day(from.feedback_due_day);
  to->set_holder(from.holder);
  if (from.stands_in_for) to->set_stands_in_for(strict::field(from.stands_in_for->view()));
}

std::optional<InboxItem> take(const wire::InboxItem& from) {
  const auto handle = Handle::from(strict::view(from.handle()));
  const auto head_seq = strict::count_of(from.head_seq());
  const auto head = crypto::Digest::from(strict::view(from.head_hash()));
  const auto stood_in_for = MemberId::from(strict::view(from.stands_in_for()));
  if (!handle || !head_seq || !head || from.dormant() != stood_in_for.has_value() ||
      (!stood_in_for && !from.stands_in_for().empty()))
    return std::nullopt;
  return InboxItem{*handle,
                   *head_seq,
                   *head,
                   from.opened_day(),
                   from.head_day(),
                   from.acknowledged_day(),
                   from.feedback_day(),
                   from.outcome_day(),
                   from.urgent(),
                   from.last_by_owner(),
                   from.unclocked(),
                   from.dormant(),
                   from.acknowledge_due_day(),
                   from.feedback_due_day(),
                   from.holder(),
                   stood_in_for};
}

// A staged payload is cut into large chunks; what is left is the last one.
bool fits_payload(const wire::PutChunkBody& chunk) {
  const auto size = chunk.bytes().size();
  const bool last = chunk.index() + 1 == chunk.count();
  return chunk.count() <= rules::kChunksPerUploadMax && size != 0 &&
         size <= rules::kChunkBytesMax && (last || size == rules::kChunkBytesMax);
}

// A file's chunks are sealed one by one, and all have one size.
bool fits_file(const wire::PutChunkBody& chunk) {
  return chunk.count() <= rules::kChunksPerFileMax &&
         chunk.bytes().size() == rules::kFileChunkSealedBytes;
}

}  // namespace

crypto::Bytes encode(const OpenCase& body) {
  wire::OpenBody message;
  message.set_case_share(strict::field(body.case_share));
  put(body.entries, message.mutable_entries());
  crypto::Bytes encoded = strict::encode(message);
  strict::wipe(*message.mutable_case_share());
  return encoded;
}

template <>
std::optional<OpenCase> parse(crypto::ByteView bytes) {
  auto message = strict::parse<wire::OpenBody>(bytes);
  if (!message) return std::nullopt;
  auto share = take_secret(*message->mutable_case_share());
  auto entries = take(message->entries());
  if (share.size() == kShareBytes && entries)
    return OpenCase{std::move(share), std::move(*entries)};
  crypto::wipe(share);
  return std::nullopt;
}

crypto::Bytes encode(const Append& body) {
  wire::AppendBody message;
  put(body.entries, message.mutable_entries());
  return strict::encode(message);
}

template <>
std::optional<Append> parse(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::AppendBody>(bytes);
  if (!message) return std::nullopt;
  auto entries = take(message->entries());
  if (!entries) return std::nullopt;
  return Append{std::move(*entries)};
}

crypto::Bytes encode(const Accepted& body) {
  wire::AcceptedBody message;
  message.set_head_seq(body.head_seq);
  message.set_head_hash(strict::field(body.head_hash.view()));
  message.set_receipt(strict::field(body.receipt));
  return strict::encode(message);
}

template <>
std::optional<Accepted> parse(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::AcceptedBody>(bytes);
  if (!message) return std::nullopt;
  const auto head_seq = strict::count_of(message->head_seq());
  const auto head = crypto::Digest::from(strict::view(message->head_hash()));
  if (!head_seq || !head) return std::nullopt;
  return Accepted{*head_seq, *head, strict::bytes(message->receipt())};
}

crypto::Bytes encode(const Read& body) {
  wire::ReadBody message;
  message.set_handle(strict::field(body.handle.view()));
  message.set_from_seq(body.from_seq);
  return strict::encode(message);
}

template <>
std::optional<Read> parse(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::ReadBody>(bytes);
  if (!message) return std::nullopt;
  const auto handle = Handle::from(strict::view(message->handle()));
  const auto from_seq = strict::count_of(message->from_seq());
  return handle && from_seq ? std::optional(Read{*handle, *from_seq}) : std::nullopt;
}

crypto::Bytes encode(const Log& body) {
  wire::LogBody message;
  message.set_case_share(strict::field(body.case_share));
  message.set_head_seq(body.head_seq);
  message.set_head_hash(strict::field(body.head_hash.view()));
  for (const auto& from : body.entries) {
    auto* to = message.add_entries();
    to->set_header(strict::field(from.header));
    to->set_signature(strict::field(from.signature));
    to->set_payload_state(static_cast<std::uint32_t>(from.payload_state));
    to->set_payload(strict::field(from.payload));
  }
  crypto::Bytes encoded = strict::encode(message);
  strict::wipe(*message.mutable_case_share());
  return encoded;
}

template <>
std::optional<Log> parse(crypto::ByteView bytes) {
  auto message = strict::parse<wire::LogBody>(bytes);
  if (!message) return std::nullopt;
  auto share = take_secret(*message->mutable_case_share());
  const auto head_seq = strict::count_of(message->head_seq());
  const auto head = crypto::Digest::from(strict::view(message->head_hash()));
  if (!head_seq || !head || (!share.empty() && share.size() != kShareBytes)) {
    crypto::wipe(share);
    return std::nullopt;
  }
  Log log{std::move(share), *head_seq, *head, {}};
  for (const auto& from : message->entries())
    log.entries.push_back({strict::bytes(from.header()), strict::bytes(from.signature()),
                           rules::PayloadState{from.payload_state()},
                           strict::bytes(from.payload())});
  return log;
}

std::size_t stored_entry_size(const StoredEntry& entry) {
  return entry.header.size() + entry.signature.size() + entry.payload.size() + kStoredEntryOverhead;
}

crypto::Bytes encode(const PutChunk& body) {
  wire::PutChunkBody message;
  message.set_handle(strict::field(body.handle.view()));
  message.set_upload_id(strict::field(body.upload_id.view()));
  message.set_index(body.index);
  message.set_count(body.count);
  message.set_bytes(strict::field(body.bytes));
  return strict::encode(message);
}

template <>
std::optional<PutChunk> parse(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::PutChunkBody>(bytes);
  if (!message) return std::nullopt;
  const auto handle = Handle::from(strict::view(message->handle()));
  const auto upload = UploadId::from(strict::view(message->upload_id()));
  if (!handle || !upload || message->index() >= message->count() ||
      (!fits_payload(*message) && !fits_file(*message)))
    return std::nullopt;
  return PutChunk{*handle, *upload, message->index(), message->count(),
                  strict::bytes(message->bytes())};
}

crypto::Bytes encode(const Upload& body) {
  wire::UploadBody message;
  message.set_chunks_stored(body.chunks_stored);
  return strict::encode(message);
}

template <>
std::optional<Upload> parse(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::UploadBody>(bytes);
  return message ? std::optional(Upload{message->chunks_stored()}) : std::nullopt;
}

crypto::Bytes encode(const GetChunk& body) {
  wire::GetChunkBody message;
  message.set_handle(strict::field(body.handle.view()));
  message.set_seq(body.seq);
  message.set_index(body.index);
  message.set_file(body.file);
  return strict::encode(message);
}

template <>
std::optional<GetChunk> parse(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::GetChunkBody>(bytes);
  if (!message) return std::nullopt;
  const auto handle = Handle::from(strict::view(message->handle()));
  const auto seq = strict::count_of(message->seq());
  if (!handle || !seq) return std::nullopt;
  return GetChunk{*handle, *seq, message->index(), message->file()};
}

crypto::Bytes encode(const Chunk& body) {
  wire::ChunkBody message;
  message.set_bytes(strict::field(body.bytes));
  return strict::encode(message);
}

template <>
std::optional<Chunk> parse(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::ChunkBody>(bytes);
  return message ? std::optional(Chunk{strict::bytes(message->bytes())}) : std::nullopt;
}

crypto::Bytes encode(const Inbox& body) {
  wire::InboxBody message;
  message.set_cursor(strict::field(body.cursor));
  return strict::encode(message);
}

template <>
std::optional<Inbox> parse(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::InboxBody>(bytes);
  return message ? std::optional(Inbox{strict::bytes(message->cursor())}) : std::nullopt;
}

crypto::Bytes encode(const InboxPage& body) {
  wire::InboxPageBody message;
  for (const auto& item : body.items) put(item, message.add_items());
  message.set_next_cursor(strict::field(body.next_cursor));
  return strict::encode(message);
}

template <>
std::optional<InboxPage> parse(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::InboxPageBody>(bytes);
  if (!message) return std::nullopt;
  InboxPage page{{}, strict::bytes(message->next_cursor())};
  for (const auto& from : message->items()) {
    auto item = take(from);
    if (!item) return std::nullopt;
    page.items.push_back(*item);
  }
  return page;
}

}  // namespace omzien::protocol
