#include "clients/core/desk/enrolment.h"

namespace omzien::core {
namespace {

// More than a key file has keys.
constexpr std::uint32_t kNumbersPerDay = 64;
static_assert(crypto::kKeyFileSeedsMax < kNumbersPerDay);

}  // namespace

Enrolment enrol(const protocol::Invitation& invitation, crypto::Random& random,
                protocol::Day today) {
  crypto::KeyFile file{crypto::KeyFileKind::kMember,
                       invitation.member_id ? *invitation.member_id
                                            : crypto::random_value<protocol::MemberId>(random),
                       crypto::random_key<crypto::SigningSeed>(random),
                       {}};
  file.xwing_seeds.push_back(crypto::random_key<crypto::XWingSeed>(random));
  const crypto::SigningKey signer(file.signing_seed);
  const protocol::MemberCard card{file.member_id, signer.public_key(),
                                  certify(file, invitation.service_id, today)};
  const auto content =
      protocol::encode_enrolment_content(invitation.service_id, card, invitation.token);
  auto request =
      protocol::enrolment_text(content, signer.sign(rules::kTagEnrolmentSignature, content));
  return {std::move(file), std::move(request), protocol::fingerprint(signer.public_key())};
}

crypto::Bytes certify(const crypto::KeyFile& file, const protocol::ServiceId& service,
                      protocol::Day from) {
  const auto keys = static_cast<std::uint32_t>(file.xwing_seeds.size());
  const protocol::CertificateContent content{service,
                                             file.member_id,
                                             from * kNumbersPerDay + keys,
                                             crypto::xwing_public_key(file.xwing_seeds.back()),
                                             from,
                                             from + rules::kKeyValidityDays};
  const auto bytes = protocol::encode_certificate_content(content);
  return protocol::encode_certificate(
      bytes, crypto::SigningKey(file.signing_seed).sign(rules::kTagKeyCertificateSignature, bytes));
}

}  // namespace omzien::core
