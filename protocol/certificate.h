// A member's X-Wing key, vouched for by their own signing key (protocol §4).
#pragma once

#include <vector>

#include <tl/expected.hpp>

#include "crypto/verify/xwing_key.h"
#include "protocol/directory.h"

namespace omzien::protocol {

struct CertificateContent {
  ServiceId service_id;
  MemberId member_id;
  std::uint32_t number = 1;  // the highest wins
  crypto::XWingPublicKey xwing_key;
  Day from_day = 0;
  Day last_day = 0;
};

enum class CertificateError {
  kMalformed,
  kNewerVersion,
  kOtherOrganisation,
  kStranger,   // not a member of the directory, or gone
  kSignature,  // not by that member's signing key
  kValidity,   // not valid today, or for too long
};

crypto::Bytes encode_certificate_content(const CertificateContent&);  // what the member signs
crypto::Bytes encode_certificate(crypto::ByteView content, const crypto::Signature&);

// Whether a certificate that ran out is taken, too: only for who has already what is sealed to them
// anew. Somebody who lets theirs run out would otherwise keep everybody in (decision 0036).
enum class Lapsed { kRefused, kTaken };

// A certificate whose signature was checked against the directory, valid on `today`, or until.
class Certificate {
 public:
  static tl::expected<Certificate, CertificateError> parse(crypto::ByteView, const Directory&,
                                                           Day today, Lapsed = Lapsed::kRefused);

  const CertificateContent& content() const { return content_; }
  bool lapsed(Day today) const { return today > content_.last_day; }
  const crypto::Digest& key_hash() const { return key_hash_; }
  const crypto::Bytes& bytes() const { return bytes_; }

 private:
  Certificate(CertificateContent content, crypto::Bytes bytes);

  CertificateContent content_;
  crypto::Bytes bytes_;
  crypto::Digest key_hash_;
};

// What `omzien key new` hands to the administrator. Checked for shape only: the certificate can be
// checked once the person stands in a directory.
struct MemberCard {
  MemberId member_id;
  crypto::SigningPublicKey signing_key;
  crypto::Bytes certificate;
};
crypto::Bytes encode_member_card(const MemberCard&);
std::optional<MemberCard> parse_member_card(crypto::ByteView);

// The file a gateway reads: the signed directory, everybody's first key, and the handbook that the
// directory names (handbook.h).
struct DirectoryBundle {
  crypto::Bytes directory;
  std::vector<crypto::Bytes> certificates;
  crypto::Bytes handbook;  // empty: none
};
crypto::Bytes encode_directory_bundle(const DirectoryBundle&);
std::optional<DirectoryBundle> parse_directory_bundle(crypto::ByteView);

}  // namespace omzien::protocol
