// Directories and certificates, good and refused. `answer` follows from how each is made; the
// writer fails when the code says otherwise.
#include <stdexcept>

#include "protocol/certificate.h"
#include "tests/kit/organisation.h"
#include "tests/vectors/parsing.h"

namespace omzien::crypto::vectors {
namespace {

using protocol::CertificateError;
using protocol::DirectoryError;

constexpr protocol::Day kDay = 20'600;

std::string_view name_of(DirectoryError error) {
  switch (error) {
    case DirectoryError::kMalformed: return "malformed";
    case DirectoryError::kNewerVersion: return "newer version";
    case DirectoryError::kOtherOrganisation: return "other organisation";
    case DirectoryError::kSignature: return "signature";
    case DirectoryError::kInvalid: return "invalid";
  }
  throw std::logic_error("an error without a name");
}
std::string_view name_of(CertificateError error) {
  switch (error) {
    case CertificateError::kMalformed: return "malformed";
    case CertificateError::kNewerVersion: return "newer version";
    case CertificateError::kOtherOrganisation: return "other organisation";
    case CertificateError::kStranger: return "stranger";
    case CertificateError::kSignature: return "signature";
    case CertificateError::kValidity: return "validity";
  }
  throw std::logic_error("an error without a name");
}

// "good", or the error's name.
template <class Parsed>
std::string answer_of(const Parsed& parsed) {
  return parsed ? "good" : std::string(name_of(parsed.error()));
}

void check(std::string_view what, std::string_view expected, const std::string& found) {
  if (found != expected) throw std::logic_error(std::string(what) + " is answered " + found);
}

const kit::Organisation& organisation() {
  static const kit::Organisation one("parsing vectors", kDay);
  return one;
}

class Directories {
 public:
  Json cases = Json::array();

  void bytes(std::string_view what, std::string_view answer, const Bytes& bytes) {
    check(what, answer, answer_of(protocol::Directory::parse(bytes, organisation().service())));
    cases.push_back({{"what", what}, {"bytes", to_hex(bytes)}, {"answer", answer}});
  }
  // One that the root signed, with `change` made to it before.
  template <class Change>
  void signed_one(std::string_view what, std::string_view answer, Change change) {
    auto content = organisation().content();
    change(content);
    bytes(what, answer, organisation().sign(content));
  }
};

Bytes signed_bytes(const Bytes& directory) {
  return protocol::encode_signed_directory(
      directory, organisation().root().sign(rules::kTagDirectorySignature, directory));
}

void invalid_directories(Directories& to) {
  using Content = protocol::DirectoryContent;
  to.signed_one("an adviser who manages", "invalid", [](Content& content) {
    for (auto& person : content.people) person.position = rules::Position::kManaging;
  });
  to.signed_one("one name for two", "invalid",
                [](Content& content) { content.people[0].name = content.people[1].name; });
  to.signed_one("a name that somebody had who left", "good", [](Content& content) {
    content.people[0].name = content.people[1].name;
    content.people[0].left_day = kDay;
  });
  to.signed_one("one key for two", "invalid", [](Content& content) {
    content.people[0].signing_keys = content.people[1].signing_keys;
  });
  to.signed_one("somebody without a key", "invalid",
                [](Content& content) { content.people[0].signing_keys.clear(); });
  to.signed_one("somebody of a unit that is none", "invalid",
                [](Content& content) { content.people[0].unit_id = 9; });
  to.signed_one("people out of order", "invalid",
                [](Content& content) { std::swap(content.people[0], content.people[1]); });
  to.signed_one("a second version that names no first", "invalid",
                [](Content& content) { content.version = 2; });
  to.signed_one("no term for an acknowledgement", "invalid",
                [](Content& content) { content.terms.acknowledge_days = 0; });
  to.signed_one("terms as long as they may be", "good", [](Content& content) {
    content.terms = {rules::kTermDaysMax, rules::kFeedbackMonthsMax, rules::kRetentionDaysMax,
                     rules::kTermDaysMax, rules::kTermDaysMax};
  });
  using Terms = protocol::Terms;
  const auto too_long = [&](std::string_view what, std::uint32_t Terms::*term, std::uint32_t max) {
    to.signed_one(what, "invalid", [&](Content& content) { content.terms.*term = max + 1; });
  };
  too_long("too long to acknowledge in", &Terms::acknowledge_days, rules::kTermDaysMax);
  too_long("too long for feedback", &Terms::feedback_months, rules::kFeedbackMonthsMax);
  too_long("kept too long", &Terms::retention_days, rules::kRetentionDaysMax);
  too_long("too long a silence", &Terms::silence_days, rules::kTermDaysMax);
  too_long("too long until it goes further", &Terms::further_days, rules::kTermDaysMax);
  to.signed_one("a new key that the old one did not sign", "invalid", [](Content& content) {
    FixedRandom random("another key");
    const auto key = kit::make_key(random)->public_key();
    content.people[0].signing_keys.push_back({key, kDay + 1, Signature()});
  });
  to.signed_one("a new key that says it is not vouched for", "good", [](Content& content) {
    FixedRandom random("another key");
    const auto key = kit::make_key(random)->public_key();
    content.people[0].signing_keys.push_back({key, kDay + 1, std::nullopt});
  });
}

void desk_directories(Directories& to) {
  using Content = protocol::DirectoryContent;
  to.signed_one("with all that a desk finds in it", "good", [](Content& content) {
    content.people[0].working_days = 0x1f;
    content.people[0].stand_in = content.people[1].member_id;
    content.handbook_hash = sha256({});
    content.alert_roles = {rules::Role::kCoordinator, rules::Role::kCdo};
    content.further_alert_roles = {rules::Role::kCdo};
    content.sensitive_steps = {"investigation", "team_lead"};
  });
  to.signed_one("roles out of order", "invalid", [](Content& content) {
    content.alert_roles = {rules::Role::kCdo, rules::Role::kCoordinator};
  });
  to.signed_one("a role twice", "invalid", [](Content& content) {
    content.further_alert_roles = {rules::Role::kCdo, rules::Role::kCdo};
  });
  to.signed_one("a sensitive step that no step can be", "invalid",
                [](Content& content) { content.sensitive_steps = {"Investigation"}; });
  to.signed_one("sensitive steps out of order", "invalid", [](Content& content) {
    content.sensitive_steps = {"team_lead", "investigation"};
  });
  to.signed_one("an eighth day of the week", "invalid",
                [](Content& content) { content.people[0].working_days = 0x80; });
  to.signed_one("standing in for oneself", "invalid",
                [](Content& content) { content.people[0].stand_in = content.people[0].member_id; });
  to.signed_one("a stranger who stands in", "invalid",
                [](Content& content) { content.people[0].stand_in = protocol::MemberId(); });
}

}  // namespace

Json directory_cases() {
  Directories to;
  const auto good = organisation().sign(organisation().content());
  to.bytes("as it should be", "good", good);
  to.bytes("nothing", "malformed", {});
  to.bytes("cut by a byte", "malformed", Bytes(good.begin(), good.end() - 1));
  auto longer = good;
  longer.insert(longer.end(), {0x78, 0x01});
  to.bytes("with a field that nobody knows", "malformed", longer);
  to.bytes("a signature with one bit turned", "signature", with_flipped_bit(good, good.size() - 1));
  const kit::Organisation other("another organisation", kDay);
  to.bytes("of another organisation", "other organisation", other.sign(other.content()));
  auto newer = protocol::encode_directory(organisation().content());
  newer.at(1) = rules::kSuite + 1;
  to.bytes("of a suite to come", "newer version", signed_bytes(newer));
  invalid_directories(to);
  desk_directories(to);
  return {{"service_id", organisation().service().hex()}, {"cases", to.cases}};
}

Json certificate_cases() {
  Json cases = Json::array();
  const auto directory = organisation().directory();
  const auto& mieke = organisation().member("mieke");
  const auto add = [&](std::string_view what, std::string_view answer, const Bytes& bytes,
                       protocol::Day today = kDay) {
    check(what, answer, answer_of(protocol::Certificate::parse(bytes, directory, today)));
    cases.push_back(
        {{"what", what}, {"today", today}, {"bytes", to_hex(bytes)}, {"answer", answer}});
  };
  const auto made = [&](auto change) {
    protocol::CertificateContent content{organisation().service(), mieke.id, 1,
                                         mieke.xwing_key,          kDay,     kDay + 10};
    change(content);
    const auto body = protocol::encode_certificate_content(content);
    return protocol::encode_certificate(body,
                                        mieke.key->sign(rules::kTagKeyCertificateSignature, body));
  };
  const auto good = organisation().certificate(mieke);
  add("as it should be", "good", good);
  add("cut by a byte", "malformed", Bytes(good.begin(), good.end() - 1));
  add("a signature with one bit turned", "signature", with_flipped_bit(good, good.size() - 1));
  auto impostor = mieke;
  impostor.key = organisation().member("anouk").key;
  add("signed by a colleague", "signature", organisation().certificate(impostor));
  add("number 0", "malformed", made([](auto& content) { content.number = 0; }));
  add("of another organisation", "other organisation",
      made([](auto& content) { content.service_id = {}; }));
  add("of somebody who is not there", "stranger",
      made([](auto& content) { content.member_id = {}; }));
  add("before its first day", "validity", good, kDay - 1);
  add("after its last day", "validity", made([](auto&) {}), kDay + 11);
  add("valid for too long", "validity",
      made([](auto& content) { content.last_day = kDay + rules::kKeyValidityDaysMax + 1; }));
  protocol::CertificateContent content{organisation().service(), mieke.id, 1,
                                       mieke.xwing_key,          kDay,     kDay + 10};
  auto body = protocol::encode_certificate_content(content);
  body.at(1) = rules::kSuite + 1;
  add("of a suite to come", "newer version",
      protocol::encode_certificate(body,
                                   mieke.key->sign(rules::kTagKeyCertificateSignature, body)));
  return {{"service_id", organisation().service().hex()},
          {"directory", to_hex(directory.bytes())},
          {"cases", cases}};
}

}  // namespace omzien::crypto::vectors
