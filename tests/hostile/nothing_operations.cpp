#include "tests/hostile/nothing_operations.h"

#include "protocol/entry.h"
#include "protocol/operations.h"

namespace omzien::hostile {
namespace {

using rules::OperationKind;

constexpr std::size_t kPayloadBytes = 100;

crypto::Bytes append_body(const protocol::Handle& handle, const crypto::SigningKey& key,
                          const Now& now, crypto::Random& random) {
  crypto::Bytes payload(kPayloadBytes, 1);
  protocol::Header header;
  header.service_id = now.service_id;
  header.handle = handle;
  header.author = key.public_key();
  header.seq = 1;
  header.prev_hash = crypto::random_value<crypto::Digest>(random);
  header.day = now.day;
  header.directory_hash = now.directory_hash;
  header.salt = crypto::random_value<protocol::Salt>(random);
  header.kind = rules::EntryKind::kEvent;
  protocol::Event event;
  event.compartment = rules::Compartment::kTalk;
  event.epoch = 1;
  header.fields = event;
  header.payload_hash = protocol::payload_hash(header.salt, payload);
  header.payload_size = static_cast<std::uint32_t>(payload.size());
  auto bytes = protocol::encode_header(header);
  const auto signature = key.sign(rules::kTagEntrySignature, bytes);
  return protocol::encode(
      protocol::Append{{{std::move(bytes), signature.to_bytes(), std::move(payload), {}}}});
}

}  // namespace

std::optional<OperationKind> operation_named(std::string_view name) {
  if (name == "read") return OperationKind::kRead;
  if (name == "append") return OperationKind::kAppend;
  if (name == "get_chunk") return OperationKind::kGetChunk;
  if (name == "put_chunk") return OperationKind::kPutChunk;
  if (name == "inbox") return OperationKind::kInbox;
  return std::nullopt;
}

crypto::Bytes body_of(OperationKind kind, const protocol::Handle& handle,
                      const crypto::SigningKey& key, const Now& now, crypto::Random& random) {
  switch (kind) {
    case OperationKind::kAppend: return append_body(handle, key, now, random);
    case OperationKind::kGetChunk: return protocol::encode(protocol::GetChunk{handle, 0, 0, 0});
    case OperationKind::kPutChunk:
      return protocol::encode(protocol::PutChunk{handle,
                                                 crypto::random_value<protocol::UploadId>(random),
                                                 0, 1, crypto::Bytes(kPayloadBytes, 1)});
    case OperationKind::kInbox: return protocol::encode(protocol::Inbox{});
    default: return protocol::encode(protocol::Read{handle, 0});
  }
}

}  // namespace omzien::hostile
