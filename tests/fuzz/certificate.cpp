// A member's certificate, card and the bundle of all (protocol §4): bytes by chance, and contents
// by chance that a member of the directory signed.
#include "protocol/certificate.h"

#include "tests/fuzz/target.h"
#include "tests/kit/organisation.h"

namespace omzien::fuzz {
namespace {

constexpr protocol::Day kDay = 20'600;

void check(crypto::ByteView bytes, const protocol::Directory& directory) {
  const auto parsed = protocol::Certificate::parse(bytes, directory, kDay);
  if (!parsed) return;
  must_equal(parsed->bytes(), bytes);
  must(directory.person(parsed->content().member_id) != nullptr);
  must(parsed->content().service_id == directory.service());
}

}  // namespace

void run(crypto::ByteView input) {
  static const kit::Organisation organisation("fuzz", kDay);
  static const protocol::Directory directory = organisation.directory();
  check(input, directory);
  const auto& key = *organisation.member("mieke").key;
  check(protocol::encode_certificate(input, key.sign(rules::kTagKeyCertificateSignature, input)),
        directory);

  if (const auto card = protocol::parse_member_card(input))
    must_equal(protocol::encode_member_card(*card), input);
  if (const auto bundle = protocol::parse_directory_bundle(input))
    must_equal(protocol::encode_directory_bundle(*bundle), input);
}

}  // namespace omzien::fuzz
