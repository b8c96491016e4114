// What a desk reads: statements of availability, handbooks, invitations, enrolment requests, papers
// and the operations about them: bytes by chance, and contents by chance that a member of the
// directory signed.
#include "clients/core/desk/papers.h"
#include "protocol/availability.h"
#include "protocol/desk_operations.h"
#include "protocol/enrolment.h"
#include "protocol/handbook.h"
#include "tests/fuzz/target.h"
#include "tests/kit/organisation.h"

namespace omzien::fuzz {
namespace {

constexpr protocol::Day kDay = 20'600;

void check_availability(crypto::ByteView bytes, const protocol::Directory& directory) {
  const auto parsed = protocol::Availability::parse(bytes, directory, kDay);
  if (!parsed) return;
  must_equal(parsed->bytes(), bytes);
  const auto* person = directory.person(parsed->content().member_id);
  must(person != nullptr && parsed->content().stand_in != person->member_id);
  const auto presence = protocol::presence_of(*person, &*parsed, directory, kDay);
  must(presence.away_until_day == 0 || presence.away_until_day >= kDay);
}

template <class Body>
void check_body(crypto::ByteView bytes) {
  if (const auto body = protocol::parse<Body>(bytes)) must_equal(encode(*body), bytes);
}

void check_texts(crypto::ByteView input, const protocol::ServiceId& service) {
  const std::string_view text{reinterpret_cast<const char*>(input.data()), input.size()};
  if (const auto invitation = protocol::parse_invitation(text)) {
    const auto again = protocol::parse_invitation(protocol::invitation_fragment(*invitation));
    must(again && again->token == invitation->token && again->name == invitation->name);
  }
  (void)protocol::EnrolmentRequest::parse(text, service);
}

}  // namespace

void run(crypto::ByteView input) {
  static const kit::Organisation organisation("fuzz", kDay);
  static const protocol::Directory directory = organisation.directory();
  const auto& key = *organisation.member("mieke").key;
  check_availability(input, directory);
  check_availability(
      protocol::encode_availability(input, key.sign(rules::kTagAvailabilitySignature, input)),
      directory);
  check_texts(input, organisation.service());
  const auto request =
      protocol::enrolment_text(input, key.sign(rules::kTagEnrolmentSignature, input));
  check_texts(crypto::as_bytes(request), organisation.service());
  if (const auto book = protocol::parse_handbook(input))
    must_equal(protocol::encode_handbook(*book), input);
  if (const auto papers = core::parse_papers(input))
    must(core::parse_papers(core::encode_papers(*papers).reveal()).has_value());
  check_body<protocol::ReadAlerts>(input);
  check_body<protocol::AlertsPage>(input);
  check_body<protocol::ReadAvailability>(input);
  check_body<protocol::Availabilities>(input);
  check_body<protocol::PublishAvailability>(input);
  check_body<protocol::SealedPapers>(input);
}

}  // namespace omzien::fuzz
