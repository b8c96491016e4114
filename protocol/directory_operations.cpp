// The operations about people: directory, keys, publish_key.
#include "omzien/exchange.pb.h"

#include "protocol/operations.h"
#include "protocol/strict.h"

namespace omzien::protocol {

crypto::Bytes encode(const ReadDirectory& body) {
  wire::DirectoryReadBody message;
  if (body.hash) message.set_directory_hash(strict::field(body.hash->view()));
  message.set_offset(body.offset);
  return strict::encode(message);
}

template <>
std::optional<ReadDirectory> parse(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::DirectoryReadBody>(bytes);
  if (!message) return std::nullopt;
  ReadDirectory body{std::nullopt, message->offset()};
  if (!message->directory_hash().empty()) {
    body.hash = crypto::Digest::from(strict::view(message->directory_hash()));
    if (!body.hash) return std::nullopt;
  }
  return body;
}

crypto::Bytes encode(const DirectoryPart& body) {
  wire::DirectoryPartBody message;
  message.set_directory_hash(strict::field(body.hash.view()));
  message.set_total(body.total);
  message.set_bytes(strict::field(body.bytes));
  return strict::encode(message);
}

template <>
std::optional<DirectoryPart> parse(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::DirectoryPartBody>(bytes);
  if (!message || message->total() > rules::kDirectoryBytesMax) return std::nullopt;
  const auto hash = crypto::Digest::from(strict::view(message->directory_hash()));
  return hash ? std::optional(
                    DirectoryPart{*hash, message->total(), strict::bytes(message->bytes())})
              : std::nullopt;
}

crypto::Bytes encode(const Keys& body) {
  wire::KeysBody message;
  for (const auto& id : body.member_ids) message.add_member_ids(strict::field(id.view()));
  return strict::encode(message);
}

template <>
std::optional<Keys> parse(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::KeysBody>(bytes);
  if (!message || static_cast<std::size_t>(message->member_ids_size()) > rules::kMembersPerKeysMax)
    return std::nullopt;
  Keys keys;
  for (const auto& from : message->member_ids()) {
    const auto id = MemberId::from(strict::view(from));
    if (!id) return std::nullopt;
    keys.member_ids.push_back(*id);
  }
  return keys;
}

crypto::Bytes encode(const Certificates& body) {
  wire::CertificatesBody message;
  for (const auto& certificate : body.certificates)
    message.add_certificates(strict::field(certificate));
  return strict::encode(message);
}

template <>
std::optional<Certificates> parse(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::CertificatesBody>(bytes);
  if (!message) return std::nullopt;
  Certificates body;
  for (const auto& certificate : message->certificates())
    body.certificates.push_back(strict::bytes(certificate));
  return body;
}

crypto::Bytes encode(const PublishKey& body) {
  wire::PublishKeyBody message;
  message.set_certificate(strict::field(body.certificate));
  return strict::encode(message);
}

template <>
std::optional<PublishKey> parse(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::PublishKeyBody>(bytes);
  return message ? std::optional(PublishKey{strict::bytes(message->certificate())}) : std::nullopt;
}

}  // namespace omzien::protocol
