#include "protocol/certificate.h"

#include "omzien/directory.pb.h"

#include "protocol/strict.h"

namespace omzien::protocol {

crypto::Bytes encode_certificate_content(const CertificateContent& content) {
  wire::CertificateBody message;
  message.set_suite(rules::kSuite);
  message.set_service_id(strict::field(content.service_id.view()));
  message.set_member_id(strict::field(content.member_id.view()));
  message.set_number(content.number);
  message.set_xwing_key(strict::field(content.xwing_key.view()));
  message.set_from_day(content.from_day);
  message.set_last_day(content.last_day);
  return strict::encode(message);
}

crypto::Bytes encode_certificate(crypto::ByteView content, const crypto::Signature& signature) {
  wire::Certificate message;
  message.set_body(strict::field(content));
  message.set_signature(strict::field(signature.view()));
  return strict::encode(message);
}

tl::expected<Certificate, CertificateError> Certificate::parse(crypto::ByteView bytes,
                                                               const Directory& directory,
                                                               Day today, Lapsed lapsed) {
  const auto outer = strict::parse<wire::Certificate>(bytes);
  if (!outer) return tl::unexpected(CertificateError::kMalformed);
  const auto body = strict::parse<wire::CertificateBody>(strict::view(outer->body()));
  const auto signature = crypto::Signature::from(strict::view(outer->signature()));
  if (!body || !signature) return tl::unexpected(CertificateError::kMalformed);
  if (body->suite() != rules::kSuite) return tl::unexpected(CertificateError::kNewerVersion);
  const auto service = ServiceId::from(strict::view(body->service_id()));
  const auto member = MemberId::from(strict::view(body->member_id()));
  const auto key = crypto::XWingPublicKey::from(strict::view(body->xwing_key()));
  if (!service || !member || !key || body->number() == 0)
    return tl::unexpected(CertificateError::kMalformed);
  if (*service != directory.service()) return tl::unexpected(CertificateError::kOtherOrganisation);
  const Person* person = directory.person(*member);
  if (person == nullptr || person->gone(today)) return tl::unexpected(CertificateError::kStranger);
  if (!crypto::verify(person->signing_key(), rules::kTagKeyCertificateSignature,
                      strict::view(outer->body()), *signature))
    return tl::unexpected(CertificateError::kSignature);
  if (today < body->from_day() || (today > body->last_day() && lapsed == Lapsed::kRefused) ||
      body->last_day() < body->from_day() ||
      body->last_day() - body->from_day() > rules::kKeyValidityDaysMax)
    return tl::unexpected(CertificateError::kValidity);
  return Certificate({*service, *member, body->number(), *key, body->from_day(), body->last_day()},
                     {bytes.begin(), bytes.end()});
}

Certificate::Certificate(CertificateContent content, crypto::Bytes bytes)
    : content_(content),
      bytes_(std::move(bytes)),
      key_hash_(crypto::xwing_key_hash(content_.xwing_key)) {}

crypto::Bytes encode_member_card(const MemberCard& card) {
  wire::MemberCard message;
  message.set_member_id(strict::field(card.member_id.view()));
  message.set_signing_key(strict::field(card.signing_key.view()));
  message.set_certificate(strict::field(card.certificate));
  return strict::encode(message);
}

std::optional<MemberCard> parse_member_card(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::MemberCard>(bytes);
  if (!message) return std::nullopt;
  const auto member = MemberId::from(strict::view(message->member_id()));
  const auto key = crypto::SigningPublicKey::from(strict::view(message->signing_key()));
  if (!member || !key) return std::nullopt;
  return MemberCard{*member, *key, strict::bytes(message->certificate())};
}

crypto::Bytes encode_directory_bundle(const DirectoryBundle& bundle) {
  wire::DirectoryBundle message;
  message.set_directory(strict::field(bundle.directory));
  for (const auto& certificate : bundle.certificates)
    message.add_certificates(strict::field(certificate));
  message.set_handbook(strict::field(bundle.handbook));
  return strict::encode(message);
}

std::optional<DirectoryBundle> parse_directory_bundle(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::DirectoryBundle>(bytes);
  if (!message) return std::nullopt;
  DirectoryBundle bundle{
      strict::bytes(message->directory()), {}, strict::bytes(message->handbook())};
  for (const auto& certificate : message->certificates())
    bundle.certificates.push_back(strict::bytes(certificate));
  return bundle;
}

}  // namespace omzien::protocol
