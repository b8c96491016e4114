// desk.json: statements of availability, handbooks, invitations and enrolment requests, good and
// refused; and the terms that were missed.
#include <stdexcept>

#include "clients/core/desk/papers.h"
#include "protocol/availability.h"
#include "protocol/enrolment.h"
#include "protocol/handbook.h"
#include "tests/kit/organisation.h"
#include "tests/vectors/vectors.h"

namespace omzien::crypto::vectors {
namespace {

using protocol::AvailabilityError;
using protocol::EnrolmentError;

constexpr protocol::Day kDay = 20'600;

std::string_view name_of(AvailabilityError error) {
  switch (error) {
    case AvailabilityError::kMalformed: return "malformed";
    case AvailabilityError::kNewerVersion: return "newer version";
    case AvailabilityError::kOtherOrganisation: return "other organisation";
    case AvailabilityError::kStranger: return "stranger";
    case AvailabilityError::kSignature: return "signature";
    case AvailabilityError::kInvalid: return "invalid";
  }
  throw std::logic_error("an error without a name");
}
std::string_view name_of(EnrolmentError error) {
  switch (error) {
    case EnrolmentError::kMalformed: return "malformed";
    case EnrolmentError::kNewerVersion: return "newer version";
    case EnrolmentError::kOtherOrganisation: return "other organisation";
    case EnrolmentError::kSignature: return "signature";
  }
  throw std::logic_error("an error without a name");
}

template <class Parsed>
std::string answer_of(const Parsed& parsed) {
  return parsed ? "good" : std::string(name_of(parsed.error()));
}
std::string answer_of(bool good) { return good ? "good" : "refused"; }

void check(std::string_view what, std::string_view expected, const std::string& found) {
  if (found != expected) throw std::logic_error(std::string(what) + " is answered " + found);
}

const kit::Organisation& organisation() {
  static const kit::Organisation one("desk vectors", kDay);
  return one;
}

Json availabilities() {
  Json cases = Json::array();
  const auto directory = organisation().directory();
  const auto& mieke = organisation().member("mieke");
  const auto& ruud = organisation().member("ruud");
  const auto add = [&](std::string_view what, std::string_view answer, const Bytes& bytes) {
    check(what, answer, answer_of(protocol::Availability::parse(bytes, directory, kDay)));
    cases.push_back({{"what", what}, {"bytes", to_hex(bytes)}, {"answer", answer}});
  };
  const auto made = [&](auto change, const SigningKey* signer = nullptr) {
    protocol::AvailabilityContent content{
        organisation().service(), mieke.id, 1, kDay, 0x0f, kDay, kDay + 9, ruud.id};
    change(content);
    const auto body = protocol::encode_availability_content(content);
    return protocol::encode_availability(
        body,
        (signer == nullptr ? *mieke.key : *signer).sign(rules::kTagAvailabilitySignature, body));
  };
  using Content = protocol::AvailabilityContent;
  const auto good = made([](Content&) {});
  add("as it should be", "good", good);
  add("nobody stands in, and every day is a working day", "good", made([](Content& content) {
        content.stand_in.reset();
        content.working_days = 0x7f;
        content.away_from_day = content.away_until_day = 0;
      }));
  add("nothing", "malformed", {});
  add("cut by a byte", "malformed", Bytes(good.begin(), good.end() - 1));
  add("a signature with one bit turned", "signature", with_flipped_bit(good, good.size() - 1));
  add("signed by a colleague", "signature", made([](Content&) {}, ruud.key.get()));
  add("number 0", "malformed", made([](Content& content) { content.number = 0; }));
  add("of another organisation", "other organisation",
      made([](Content& content) { content.service_id = {}; }));
  add("of somebody who is not there", "stranger",
      made([](Content& content) { content.member_id = {}; }));
  add("an eighth day of the week", "invalid",
      made([](Content& content) { content.working_days = 0x80; }));
  add("back before leaving", "invalid",
      made([](Content& content) { content.away_until_day = kDay - 1; }));
  add("away without an end", "invalid", made([](Content& content) { content.away_until_day = 0; }));
  add("standing in for oneself", "invalid",
      made([&](Content& content) { content.stand_in = mieke.id; }));
  protocol::AvailabilityContent content{organisation().service(), mieke.id, 1, kDay, 0, 0, 0, {}};
  auto body = protocol::encode_availability_content(content);
  body.at(1) = rules::kSuite + 1;
  add("of a suite to come", "newer version",
      protocol::encode_availability(body, mieke.key->sign(rules::kTagAvailabilitySignature, body)));
  return {{"today", kDay},
          {"service_id", organisation().service().hex()},
          {"directory", to_hex(directory.bytes())},
          {"cases", cases}};
}

Json handbooks() {
  Json cases = Json::array();
  const auto add = [&](std::string_view what, bool good, const Bytes& bytes) {
    check(what, answer_of(good), answer_of(protocol::parse_handbook(bytes).has_value()));
    cases.push_back({{"what", what}, {"bytes", to_hex(bytes)}, {"answer", answer_of(good)}});
  };
  const auto made = [&](auto change) {
    protocol::Handbook book{2, kDay, {}, {}, {}};
    book.checklists = {{rules::CaseKind::kReport, "en", {"Read it.", "Ask."}},
                       {rules::CaseKind::kReport, "nl", {"Lees het."}},
                       {rules::CaseKind::kAdvice, "nl", {}}};
    book.glossary = {{"exclusion", "nl", "Uitsluiting", "Iemand hoort er niet bij."}};
    book.snippets = {{"call", "nl", "Bellen", "Zullen we bellen?"},
                     {"thanks", "en", "Thanks", "It is good that you tell this."}};
    change(book);
    return protocol::encode_handbook(book);
  };
  using Book = protocol::Handbook;
  const auto good = made([](Book&) {});
  add("as it should be", true, good);
  add("without any text", true, protocol::encode_handbook({}));
  add("nothing", false, {});
  add("cut by a byte", false, Bytes(good.begin(), good.end() - 1));
  add("version 0", false, made([](Book& book) { book.version = 0; }));
  add("a checklist twice", false,
      made([](Book& book) { book.checklists[1] = book.checklists[0]; }));
  add("snippets out of order", false,
      made([](Book& book) { std::swap(book.snippets[0], book.snippets[1]); }));
  add("a key with a space", false, made([](Book& book) { book.glossary[0].key = "a b"; }));
  add("a term without a key", false, made([](Book& book) { book.glossary[0].key = ""; }));
  add("more texts than there may be", false,
      made([](Book& book) { book.checklists[0].items.assign(rules::kHandbookTextsMax, "x"); }));
  return cases;
}

protocol::Invitation invitation() {
  FixedRandom random("invitation");
  return {organisation().service(),
          random_value<protocol::InvitationToken>(random),
          "nora",
          rules::Role::kAdviser,
          "Noord",
          std::nullopt,
          kDay + 14};
}

Json invitations() {
  Json cases = Json::array();
  const auto add = [&](std::string_view what, bool good, const std::string& link) {
    check(what, answer_of(good), answer_of(protocol::parse_invitation(link).has_value()));
    cases.push_back({{"what", what}, {"link", link}, {"answer", answer_of(good)}});
  };
  const auto fragment = protocol::invitation_fragment(invitation());
  auto renewal = invitation();
  renewal.member_id = organisation().member("mieke").id;
  auto nameless = invitation();
  nameless.name.clear();
  auto long_name = invitation();
  long_name.name.assign(rules::kNameBytesMax + 1, 'x');
  add("a link", true, "https://desk.example/" + fragment);
  add("what stands after its #join=", true, fragment.substr(6));
  add("of somebody who lost their key file", true, protocol::invitation_fragment(renewal));
  add("nothing", false, "");
  add("cut", false, fragment.substr(0, fragment.size() - 3));
  add("padded", false, fragment + "=");
  add("with a space", false, fragment + " ");
  add("without a name", false, protocol::invitation_fragment(nameless));
  add("a name that is too long", false, protocol::invitation_fragment(long_name));
  return cases;
}

Json enrolments() {
  Json cases = Json::array();
  FixedRandom random("enrolment");
  const auto key = kit::make_key(random);
  const protocol::MemberCard card{random_value<protocol::MemberId>(random), key->public_key(),
                                  Bytes{1, 2, 3}};
  const auto token = invitation().token;
  const auto add = [&](std::string_view what, std::string_view answer, const std::string& text) {
    const auto parsed = protocol::EnrolmentRequest::parse(text, organisation().service());
    check(what, answer, answer_of(parsed));
    cases.push_back({{"what", what}, {"text", text}, {"answer", answer}});
  };
  const auto text_of = [&](const Bytes& content, const SigningKey& signer) {
    return protocol::enrolment_text(content, signer.sign(rules::kTagEnrolmentSignature, content));
  };
  const auto content = protocol::encode_enrolment_content(organisation().service(), card, token);
  const auto good = text_of(content, *key);
  const auto request = protocol::EnrolmentRequest::parse(good, organisation().service());
  if (!request || !request->answers(token) || request->answers({}))
    throw std::logic_error("a request answers its own invitation and no other");
  add("as it should be", "good", good);
  auto broken = good;
  for (std::size_t at = 60; at < broken.size(); at += 61) broken.insert(at, "\r\n ");
  add("broken into lines", "good", broken);
  add("nothing", "malformed", "");
  add("without its beginning", "malformed", good.substr(15));
  add("cut", "malformed", good.substr(0, good.size() - 5));
  add("signed by another key", "signature", text_of(content, *organisation().member("mieke").key));
  add("of another organisation", "other organisation",
      text_of(protocol::encode_enrolment_content({}, card, token), *key));
  auto newer = content;
  newer.at(1) = rules::kSuite + 1;
  add("of a suite to come", "newer version", text_of(newer, *key));
  return {{"service_id", organisation().service().hex()},
          {"token", token.hex()},
          {"fingerprint", protocol::fingerprint(key->public_key()).hex()},
          {"cases", cases}};
}

Json papers() {
  const auto handle = [](std::uint8_t byte) { return *protocol::Handle::from(Bytes(32, byte)); };
  core::Papers all;
  all[handle(9)] = {{"deze week", "ploeg 4"}, {handle(1), handle(7)}, 12};
  all[handle(1)] = {{}, {handle(9)}, 0};
  all[handle(3)] = {};  // of which nothing is kept
  const auto good = core::encode_papers(all);
  const Bytes bytes(good.reveal().begin(), good.reveal().end());
  Json cases = Json::array();
  const auto add = [&](std::string_view what, bool expected, const Bytes& plaintext) {
    check(what, answer_of(expected), answer_of(core::parse_papers(plaintext).has_value()));
    cases.push_back(
        {{"what", what}, {"bytes", to_hex(plaintext)}, {"answer", answer_of(expected)}});
  };
  add("as they should be", true, bytes);
  add("none", true, {});
  add("cut by a byte", false, Bytes(bytes.begin(), bytes.end() - 1));
  core::Papers crowded;
  for (std::size_t i = 0; i <= rules::kLabelsPerCaseMax; ++i)
    crowded[handle(1)].labels.insert("label " + std::to_string(i));
  const auto many = core::encode_papers(crowded);
  add("too many labels", false, {many.reveal().begin(), many.reveal().end()});
  core::Papers long_one;
  long_one[handle(1)].labels.insert(std::string(rules::kLabelBytesMax + 1, 'x'));
  const auto longer = core::encode_papers(long_one);
  add("a label that is too long", false, {longer.reveal().begin(), longer.reveal().end()});
  return cases;
}

}  // namespace

Json desk() {
  return {{"availabilities", availabilities()},
          {"handbooks", handbooks()},
          {"invitations", invitations()},
          {"enrolments", enrolments()},
          {"papers", papers()}};
}

}  // namespace omzien::crypto::vectors
