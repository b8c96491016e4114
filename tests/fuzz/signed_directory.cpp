// A directory as it is served (protocol §4): bytes by chance, and contents by chance that the right
// root signed, so that what stands behind the signature is reached too.
#include "protocol/directory.h"
#include "tests/fuzz/target.h"
#include "tests/kit/organisation.h"

namespace omzien::fuzz {
namespace {

void check(crypto::ByteView signed_directory, const protocol::ServiceId& service) {
  (void)protocol::claimed_service(signed_directory);
  const auto parsed = protocol::Directory::parse(signed_directory, service);
  if (!parsed) return;
  must_equal(parsed->bytes(), signed_directory);
  must(parsed->service() == service);
  for (const auto& person : parsed->content().people) {
    must(parsed->person(person.member_id) == &person);
    must(!person.signing_keys.empty());
  }
  (void)parsed->text("door", "nl");
}

}  // namespace

void run(crypto::ByteView input) {
  static const kit::Organisation organisation("fuzz", 20'600);
  check(input, organisation.service());
  const auto signature = organisation.root().sign(rules::kTagDirectorySignature, input);
  check(protocol::encode_signed_directory(input, signature), organisation.service());
}

}  // namespace omzien::fuzz
