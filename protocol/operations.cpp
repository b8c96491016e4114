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

}  // namespace omzien::protocol
