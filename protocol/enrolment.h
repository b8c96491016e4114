// How somebody new gets into the directory (decisions/0021): the administrator's invitation, as a
// link; the request that the invited person's program makes of it, as text. The gateway has no part
// in either. Whose keys they are is settled by two people who compare a fingerprint.
#pragma once

#include <tl/expected.hpp>

#include "protocol/certificate.h"

namespace omzien::protocol {

using InvitationToken = crypto::FixedBytes<struct InvitationTokenTag, 32>;

struct Invitation {
  ServiceId service_id;
  InvitationToken token;
  std::string name;  // 1 to name_bytes_max bytes
  rules::Role role{};
  std::string unit;
  std::optional<MemberId> member_id;  // of somebody who lost their key file
  Day last_day = 0;
};

// The link's part after the desk's address: "#join=…".
std::string invitation_fragment(const Invitation&);
// From a link, or from what stands after its "#join=". Nothing for anything else.
std::optional<Invitation> parse_invitation(std::string_view link);

enum class EnrolmentError {
  kMalformed,
  kNewerVersion,
  kOtherOrganisation,
  kSignature,  // not by the key that it asks a place for
};

// What the new signing key signs, tag enrolment_signature before it.
crypto::Bytes encode_enrolment_content(const ServiceId&, const MemberCard&, const InvitationToken&);
// "omzien-request:…": what the invited person hands back.
std::string enrolment_text(crypto::ByteView content, const crypto::Signature&);

// A request whose signature was checked. Whose it is: compare fingerprint() with them.
class EnrolmentRequest {
 public:
  // Of text as people send it: white space in it does not count.
  static tl::expected<EnrolmentRequest, EnrolmentError> parse(std::string_view text,
                                                              const ServiceId&);

  const MemberCard& card() const { return card_; }
  // Whether who made it had that invitation in hands.
  bool answers(const InvitationToken&) const;

 private:
  EnrolmentRequest(MemberCard card, crypto::Digest proof) : card_(std::move(card)), proof_(proof) {}

  MemberCard card_;
  crypto::Digest proof_;
};

// SHA-256 of a signing key: what the two people compare.
crypto::Digest fingerprint(const crypto::SigningPublicKey&);

}  // namespace omzien::protocol
