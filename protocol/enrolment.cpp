#include "protocol/enrolment.h"

#include <algorithm>

#include "omzien/directory.pb.h"

#include "protocol/strict.h"

namespace omzien::protocol {
namespace {

constexpr std::string_view kFragment = "#join=";
constexpr std::string_view kRequest = "omzien-request:";

crypto::Digest proof_of(const InvitationToken& token, const crypto::SigningPublicKey& key) {
  crypto::FieldList list;
  list.append(rules::kTagInvitationProof);
  list.append(token.view());
  list.append(key.view());
  return crypto::hash_fields(list);
}

std::string without_space(std::string_view text) {
  std::string kept;
  std::copy_if(text.begin(), text.end(), std::back_inserter(kept),
               [](char c) { return c != ' ' && c != '\n' && c != '\r' && c != '\t'; });
  return kept;
}

}  // namespace

std::string invitation_fragment(const Invitation& invitation) {
  wire::Invitation message;
  message.set_suite(rules::kSuite);
  message.set_service_id(strict::field(invitation.service_id.view()));
  message.set_token(strict::field(invitation.token.view()));
  message.set_name(invitation.name);
  message.set_role(static_cast<std::uint32_t>(invitation.role));
  message.set_unit(invitation.unit);
  if (invitation.member_id) message.set_member_id(strict::field(invitation.member_id->view()));
  message.set_last_day(invitation.last_day);
  return std::string(kFragment) + crypto::to_base64url(strict::encode(message));
}

std::optional<Invitation> parse_invitation(std::string_view link) {
  const auto at = link.find(kFragment);
  if (at != std::string_view::npos) link.remove_prefix(at + kFragment.size());
  const auto bytes = crypto::from_base64url(link);
  const auto message = bytes ? strict::parse<wire::Invitation>(*bytes) : std::nullopt;
  if (!message || message->suite() != rules::kSuite || message->name().empty() ||
      message->name().size() > rules::kNameBytesMax)
    return std::nullopt;
  const auto service = ServiceId::from(strict::view(message->service_id()));
  const auto token = InvitationToken::from(strict::view(message->token()));
  if (!service || !token) return std::nullopt;
  Invitation invitation{
      *service,        *token,       message->name(),    rules::Role{message->role()},
      message->unit(), std::nullopt, message->last_day()};
  if (message->member_id().empty()) return invitation;
  invitation.member_id = MemberId::from(strict::view(message->member_id()));
  return invitation.member_id ? std::optional(std::move(invitation)) : std::nullopt;
}

crypto::Bytes encode_enrolment_content(const ServiceId& service, const MemberCard& card,
                                       const InvitationToken& token) {
  wire::EnrolmentBody message;
  message.set_suite(rules::kSuite);
  message.set_service_id(strict::field(service.view()));
  message.set_card(strict::field(encode_member_card(card)));
  message.set_proof(strict::field(proof_of(token, card.signing_key).view()));
  return strict::encode(message);
}

std::string enrolment_text(crypto::ByteView content, const crypto::Signature& signature) {
  wire::EnrolmentRequest message;
  message.set_body(strict::field(content));
  message.set_signature(strict::field(signature.view()));
  return std::string(kRequest) + crypto::to_base64url(strict::encode(message));
}

tl::expected<EnrolmentRequest, EnrolmentError> EnrolmentRequest::parse(std::string_view text,
                                                                       const ServiceId& service) {
  const auto kept = without_space(text);
  const auto malformed = tl::unexpected(EnrolmentError::kMalformed);
  if (!kept.starts_with(kRequest)) return malformed;
  const auto bytes = crypto::from_base64url(std::string_view(kept).substr(kRequest.size()));
  const auto outer = bytes ? strict::parse<wire::EnrolmentRequest>(*bytes) : std::nullopt;
  const auto signature =
      outer ? crypto::Signature::from(strict::view(outer->signature())) : std::nullopt;
  const auto body =
      signature ? strict::parse<wire::EnrolmentBody>(strict::view(outer->body())) : std::nullopt;
  if (!body) return malformed;
  if (body->suite() != rules::kSuite) return tl::unexpected(EnrolmentError::kNewerVersion);
  auto card = parse_member_card(strict::view(body->card()));
  const auto proof = crypto::Digest::from(strict::view(body->proof()));
  const auto named = ServiceId::from(strict::view(body->service_id()));
  if (!card || !proof || !named) return malformed;
  if (*named != service) return tl::unexpected(EnrolmentError::kOtherOrganisation);
  if (!crypto::verify(card->signing_key, rules::kTagEnrolmentSignature, strict::view(outer->body()),
                      *signature))
    return tl::unexpected(EnrolmentError::kSignature);
  return EnrolmentRequest(std::move(*card), *proof);
}

bool EnrolmentRequest::answers(const InvitationToken& token) const {
  return proof_ == proof_of(token, card_.signing_key);
}

crypto::Digest fingerprint(const crypto::SigningPublicKey& key) {
  return crypto::sha256(key.view());
}

}  // namespace omzien::protocol
