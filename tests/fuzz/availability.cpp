// What a member says of when they work (protocol/availability.h): bytes by chance, and contents by
// chance that the member signed.
#include "protocol/availability.h"

#include "tests/fuzz/target.h"
#include "tests/kit/organisation.h"

namespace omzien::fuzz {
namespace {

constexpr protocol::Day kDay = 20'600;

void check(crypto::ByteView bytes, const protocol::Directory& directory) {
  const auto said = protocol::Availability::parse(bytes, directory, kDay);
  if (!said) return;
  must_equal(said->bytes(), bytes);
  const auto* person = directory.person(said->content().member_id);
  must(person != nullptr && said->content().stand_in != person->member_id);
  for (const auto day : {kDay, kDay + 5, kDay + 4'000})
    (void)presence_of(*person, &*said, directory, day);
}

}  // namespace

void run(crypto::ByteView input) {
  static const kit::Organisation organisation("fuzz", kDay);
  static const protocol::Directory directory = organisation.directory();
  check(input, directory);
  const auto signature =
      organisation.member("mieke").key->sign(rules::kTagAvailabilitySignature, input);
  check(protocol::encode_availability(input, signature), directory);
}

}  // namespace omzien::fuzz
