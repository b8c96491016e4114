#include "protocol/availability.h"

#include "omzien/directory.pb.h"

#include "protocol/calendar.h"
#include "protocol/strict.h"

namespace omzien::protocol {
namespace {

bool holds(const AvailabilityContent& content) {
  const bool away = content.away_until_day != 0;
  return content.working_days <= kEveryDayOfAWeek && content.stand_in != content.member_id &&
         away == (content.away_from_day != 0) && content.away_from_day <= content.away_until_day;
}

tl::expected<AvailabilityContent, AvailabilityError> take(crypto::ByteView bytes) {
  const auto body = strict::parse<wire::AvailabilityBody>(bytes);
  if (!body) return tl::unexpected(AvailabilityError::kMalformed);
  if (body->suite() != rules::kSuite) return tl::unexpected(AvailabilityError::kNewerVersion);
  const auto service = ServiceId::from(strict::view(body->service_id()));
  const auto member = MemberId::from(strict::view(body->member_id()));
  if (!service || !member || body->number() == 0)
    return tl::unexpected(AvailabilityError::kMalformed);
  AvailabilityContent content{*service,
                              *member,
                              body->number(),
                              body->said_day(),
                              body->working_days(),
                              body->away_from_day(),
                              body->away_until_day(),
                              std::nullopt};
  if (!body->stand_in().empty()) {
    content.stand_in = MemberId::from(strict::view(body->stand_in()));
    if (!content.stand_in) return tl::unexpected(AvailabilityError::kMalformed);
  }
  return content;
}

}  // namespace

crypto::Bytes encode_availability_content(const AvailabilityContent& content) {
  wire::AvailabilityBody message;
  message.set_suite(rules::kSuite);
  message.set_service_id(strict::field(content.service_id.view()));
  message.set_member_id(strict::field(content.member_id.view()));
  message.set_number(content.number);
  message.set_said_day(content.said_day);
  message.set_working_days(content.working_days);
  message.set_away_from_day(content.away_from_day);
  message.set_away_until_day(content.away_until_day);
  if (content.stand_in) message.set_stand_in(strict::field(content.stand_in->view()));
  return strict::encode(message);
}

crypto::Bytes encode_availability(crypto::ByteView content, const crypto::Signature& signature) {
  wire::Availability message;
  message.set_body(strict::field(content));
  message.set_signature(strict::field(signature.view()));
  return strict::encode(message);
}

tl::expected<Availability, AvailabilityError> Availability::parse(crypto::ByteView bytes,
                                                                  const Directory& directory,
                                                                  Day today) {
  const auto outer = strict::parse<wire::Availability>(bytes);
  const auto signature =
      outer ? crypto::Signature::from(strict::view(outer->signature())) : std::nullopt;
  if (!signature) return tl::unexpected(AvailabilityError::kMalformed);
  auto content = take(strict::view(outer->body()));
  if (!content) return tl::unexpected(content.error());
  if (content->service_id != directory.service())
    return tl::unexpected(AvailabilityError::kOtherOrganisation);
  const Person* person = directory.person(content->member_id);
  if (person == nullptr || person->gone(today)) return tl::unexpected(AvailabilityError::kStranger);
  if (!crypto::verify(person->signing_key(), rules::kTagAvailabilitySignature,
                      strict::view(outer->body()), *signature))
    return tl::unexpected(AvailabilityError::kSignature);
  if (!holds(*content)) return tl::unexpected(AvailabilityError::kInvalid);
  return Availability(*content, {bytes.begin(), bytes.end()});
}

Availability::Availability(AvailabilityContent content, crypto::Bytes bytes)
    : content_(content), bytes_(std::move(bytes)) {}

Presence presence_of(const Person& person, const Availability* said, const Directory& directory,
                     Day today) {
  Presence presence{person.working_days, 0, 0, person.stand_in};
  if (said != nullptr) {
    const auto& content = said->content();
    presence = {content.working_days, 0, 0, content.stand_in};
    if (today < content.away_from_day) presence.away_from_day = content.away_from_day;
    if (content.away_from_day <= today && today <= content.away_until_day)
      presence.away_until_day = content.away_until_day;
  }
  const Person* stand_in = presence.stand_in ? directory.person(*presence.stand_in) : nullptr;
  if (stand_in == nullptr || stand_in->gone(today)) presence.stand_in.reset();
  return presence;
}

}  // namespace omzien::protocol
