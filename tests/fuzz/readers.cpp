#include "tests/fuzz/readers.h"

#include "clients/core/desk/papers.h"
#include "crypto/open/key_file.h"
#include "crypto/open/local_seal.h"
#include "protocol/availability.h"
#include "protocol/enrolment.h"
#include "protocol/handbook.h"
#include "tests/fuzz/sealed_key_file.h"

namespace omzien::fuzz {
namespace {

using crypto::Bytes;
using crypto::ByteView;

constexpr protocol::Day kDay = 20'600;
constexpr std::string_view kGood = "good";
constexpr std::string_view kPurpose = "outbox";

Bytes copy(ByteView bytes) { return {bytes.begin(), bytes.end()}; }
std::string_view text_of(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

const protocol::Directory& directory() {
  static const protocol::Directory one = organisation().directory();
  return one;
}
crypto::Signature signed_by_mieke(std::string_view tag, ByteView content) {
  return organisation().member("mieke").key->sign(tag, content);
}
crypto::LocalKey local_key() { return *crypto::LocalKey::from(Bytes(crypto::LocalKey::kSize, 5)); }

// The words of clients/web/core.
std::string_view name_of(protocol::DirectoryError error) {
  using enum protocol::DirectoryError;
  switch (error) {
    case kMalformed: return "malformed";
    case kNewerVersion: return "newer version";
    case kOtherOrganisation: return "other organisation";
    case kSignature: return "signature";
    case kInvalid: return "invalid";
  }
  return {};
}
std::string_view name_of(protocol::CertificateError error) {
  using enum protocol::CertificateError;
  switch (error) {
    case kMalformed: return "malformed";
    case kNewerVersion: return "newer version";
    case kOtherOrganisation: return "other organisation";
    case kStranger: return "stranger";
    case kSignature: return "signature";
    case kValidity: return "validity";
  }
  return {};
}
std::string_view name_of(protocol::AvailabilityError error) {
  using enum protocol::AvailabilityError;
  switch (error) {
    case kMalformed: return "malformed";
    case kNewerVersion: return "newer version";
    case kOtherOrganisation: return "other organisation";
    case kStranger: return "stranger";
    case kSignature: return "signature";
    case kInvalid: return "invalid";
  }
  return {};
}
std::string_view name_of(protocol::EnrolmentError error) {
  using enum protocol::EnrolmentError;
  switch (error) {
    case kMalformed: return "malformed";
    case kNewerVersion: return "newer version";
    case kOtherOrganisation: return "other organisation";
    case kSignature: return "signature";
  }
  return {};
}
std::string_view name_of(crypto::KeyFileError error) {
  using enum crypto::KeyFileError;
  switch (error) {
    case kNotAKeyFile: return "not a key file";
    case kNewerVersion: return "newer version";
    case kWrongPassphraseOrAltered: return "wrong passphrase or altered";
    case kNoMemory: return "no memory";
  }
  return {};
}
std::string_view name_of(crypto::OpenError error) {
  using enum crypto::OpenError;
  switch (error) {
    case kMalformed: return "malformed";
    case kWrongKeyOrAltered: return "wrong key or altered";
    case kNewerSuite: return "newer suite";
  }
  return {};
}

template <class Read>
Reading reading(Bytes given, const Read& read) {
  return {std::move(given), read ? kGood : name_of(read.error())};
}
Reading judged(ByteView given, bool taken) { return {copy(given), taken ? kGood : "malformed"}; }

}  // namespace

const kit::Organisation& organisation() {
  static const kit::Organisation one("fuzz", kDay);
  return one;
}

Reading read_directory(ByteView bytes) {
  return reading(copy(bytes), protocol::Directory::parse(bytes, organisation().service()));
}
Reading read_directory_signed(ByteView content) {
  const auto signature = organisation().root().sign(rules::kTagDirectorySignature, content);
  return read_directory(protocol::encode_signed_directory(content, signature));
}

Reading read_certificate(ByteView bytes) {
  return reading(copy(bytes), protocol::Certificate::parse(bytes, directory(), kDay));
}
Reading read_certificate_signed(ByteView content) {
  const auto signature = signed_by_mieke(rules::kTagKeyCertificateSignature, content);
  return read_certificate(protocol::encode_certificate(content, signature));
}
Reading read_member_card(ByteView bytes) {
  return judged(bytes, protocol::parse_member_card(bytes).has_value());
}

Reading read_availability(ByteView bytes) {
  return reading(copy(bytes), protocol::Availability::parse(bytes, directory(), kDay));
}
Reading read_availability_signed(ByteView content) {
  const auto signature = signed_by_mieke(rules::kTagAvailabilitySignature, content);
  return read_availability(protocol::encode_availability(content, signature));
}

Reading read_invitation(ByteView text) {
  return judged(text, protocol::parse_invitation(text_of(text)).has_value());
}
Reading read_enrolment(ByteView text) {
  const auto request = protocol::EnrolmentRequest::parse(text_of(text), organisation().service());
  return reading(copy(text), request);
}
Reading read_enrolment_signed(ByteView content) {
  const auto signature = signed_by_mieke(rules::kTagEnrolmentSignature, content);
  return read_enrolment(crypto::as_bytes(protocol::enrolment_text(content, signature)));
}

Reading read_handbook(ByteView bytes) {
  return judged(bytes, protocol::parse_handbook(bytes).has_value());
}
Reading read_papers(ByteView bytes) { return judged(bytes, core::parse_papers(bytes).has_value()); }

Reading read_key_file(ByteView bytes) {
  auto given = at_the_lowest_cost(bytes);
  const auto opened = crypto::open_key_file(given, crypto::as_bytes(kPassphrase));
  return reading(std::move(given), opened);
}
Reading read_key_file_sealed(ByteView content) { return read_key_file(sealed_by_hand(content)); }

Reading read_local(ByteView bytes) {
  return reading(copy(bytes), crypto::open_local(local_key(), kPurpose, bytes));
}
Reading read_local_sealed(ByteView content) {
  crypto::FixedRandom random("local");
  return read_local(crypto::seal_local(local_key(), kPurpose, content, random));
}

}  // namespace omzien::fuzz
