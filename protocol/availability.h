// When somebody works, said by themself (decisions/0020): signed by their signing key, so that it
// changes without the root's ceremony, and replaced by whatever they say later.
#pragma once

#include <tl/expected.hpp>

#include "protocol/directory.h"

namespace omzien::protocol {

struct AvailabilityContent {
  ServiceId service_id;
  MemberId member_id;
  std::uint32_t number = 1;  // the highest wins
  Day said_day = 0;
  std::uint32_t working_days = 0;  // a mask, see works_on()
  Day away_from_day = 0;           // first and last day away; both 0: not away
  Day away_until_day = 0;
  std::optional<MemberId> stand_in;
};

enum class AvailabilityError {
  kMalformed,
  kNewerVersion,
  kOtherOrganisation,
  kStranger,   // not a member of the directory, or gone
  kSignature,  // not by that member's signing key
  kInvalid,    // away until before it began; days of a week that are none; their own stand-in
};

crypto::Bytes encode_availability_content(const AvailabilityContent&);  // what the member signs
crypto::Bytes encode_availability(crypto::ByteView content, const crypto::Signature&);

// A statement whose signature was checked against the directory.
class Availability {
 public:
  static tl::expected<Availability, AvailabilityError> parse(crypto::ByteView, const Directory&,
                                                             Day today);

  const AvailabilityContent& content() const { return content_; }
  const crypto::Bytes& bytes() const { return bytes_; }

 private:
  Availability(AvailabilityContent content, crypto::Bytes bytes);

  AvailabilityContent content_;
  crypto::Bytes bytes_;
};

// What counts for a person today: what they said last, or what the directory says.
struct Presence {
  std::uint32_t working_days = 0;
  Day away_until_day = 0;            // their last day away, today or later; 0: not away today
  Day away_from_day = 0;             // the first day of a leave that is still to come; 0: none
  std::optional<MemberId> stand_in;  // who is still here
};
Presence presence_of(const Person&, const Availability* said, const Directory&, Day today);

}  // namespace omzien::protocol
