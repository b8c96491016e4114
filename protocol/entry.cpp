#include "protocol/entry.h"

#include "omzien/entry.pb.h"

#include "protocol/entry_fields.h"
#include "protocol/strict.h"

namespace omzien::protocol {

crypto::Bytes encode_header(const Header& header) {
  wire::Header message;
  message.set_suite(rules::kSuite);
  message.set_service_id(strict::field(header.service_id.view()));
  message.set_handle(strict::field(header.handle.view()));
  message.set_author_key(strict::field(header.author.view()));
  message.set_seq(header.seq);
  message.set_prev_hash(strict::field(header.prev_hash.view()));
  message.set_day(header.day);
  message.set_directory_hash(strict::field(header.directory_hash.view()));
  message.set_salt(strict::field(header.salt.view()));
  message.set_kind(static_cast<std::uint32_t>(header.kind));
  message.set_fields(strict::field(encode_fields(header.fields)));
  message.set_payload_hash(strict::field(header.payload_hash.view()));
  message.set_payload_size(header.payload_size);
  return strict::encode(message);
}

tl::expected<Header, EntryError> parse_header(crypto::ByteView bytes) {
  if (bytes.size() > rules::kHeaderBytesMax) return tl::unexpected(EntryError::kMalformed);
  const auto message = strict::parse<wire::Header>(bytes);
  if (!message) return tl::unexpected(EntryError::kMalformed);
  if (message->suite() != rules::kSuite) return tl::unexpected(EntryError::kNewerVersion);

  const auto service = ServiceId::from(strict::view(message->service_id()));
  const auto handle = Handle::from(strict::view(message->handle()));
  const auto author = crypto::SigningPublicKey::from(strict::view(message->author_key()));
  const auto seq = strict::count_of(message->seq());
  const auto prev = crypto::Digest::from(strict::view(message->prev_hash()));
  const auto directory = crypto::Digest::from(strict::view(message->directory_hash()));
  const auto salt = Salt::from(strict::view(message->salt()));
  const auto payload = crypto::Digest::from(strict::view(message->payload_hash()));
  const rules::EntryKind kind{message->kind()};
  auto fields = parse_fields(kind, strict::view(message->fields()));
  if (!service || !handle || !author || !seq || !prev || !directory || !salt || !payload ||
      !fields || message->kind() == 0 || message->payload_size() > rules::kPayloadBytesMax)
    return tl::unexpected(EntryError::kMalformed);
  return Header{*service,   *handle,
                *author,    *seq,
                *prev,      message->day(),
                *directory, *salt,
                kind,       std::move(*fields),
                *payload,   message->payload_size()};
}

crypto::Digest entry_hash(crypto::ByteView header, const crypto::Signature& signature) {
  crypto::FieldList list;
  list.append(crypto::as_bytes(rules::kTagEntryHash));
  list.append(header);
  list.append(signature.view());
  return crypto::hash_fields(list);
}

crypto::Digest payload_hash(const Salt& salt, crypto::ByteView payload) {
  crypto::FieldList list;
  list.append(crypto::as_bytes(rules::kTagPayloadHash));
  list.append(salt.view());
  list.append(payload);
  return crypto::hash_fields(list);
}

Handle handle_of(const crypto::SigningPublicKey& owner) {
  return *Handle::from(crypto::sha256(owner.view()).view());
}

tl::expected<Entry, EntryError> Entry::parse(crypto::ByteView header, crypto::ByteView signature) {
  const auto signed_by = crypto::Signature::from(signature);
  if (!signed_by) return tl::unexpected(EntryError::kMalformed);
  auto parsed = parse_header(header);
  if (!parsed) return tl::unexpected(parsed.error());
  if (!crypto::verify(parsed->author, rules::kTagEntrySignature, header, *signed_by))
    return tl::unexpected(EntryError::kSignature);
  return Entry(std::move(*parsed), {header.begin(), header.end()}, *signed_by);
}

}  // namespace omzien::protocol
