#include "protocol/directory_codec.h"

#include "omzien/directory.pb.h"

#include "protocol/strict.h"

namespace omzien::protocol {
namespace {

std::uint32_t number(auto value) { return static_cast<std::uint32_t>(value); }

void put(const Person& from, wire::Person* to) {
  to->set_member_id(strict::field(from.member_id.view()));
  to->set_name(from.name);
  to->set_role(number(from.role));
  to->set_unit_id(from.unit_id);
  for (const auto& language : from.languages) to->add_languages(language);
  to->set_line(from.line);
  for (const auto& key : from.signing_keys) {
    auto* entry = to->add_signing_keys();
    entry->set_key(strict::field(key.key.view()));
    entry->set_from_day(key.from_day);
    if (key.signed_by_previous)
      entry->set_signed_by_previous(strict::field(key.signed_by_previous->view()));
  }
  to->set_position(number(from.position));
  to->set_left_day(from.left_day);
  to->set_working_days(from.working_days);
  if (from.stand_in) to->set_stand_in(strict::field(from.stand_in->view()));
}

std::optional<SigningKeyEntry> take(const wire::SigningKey& from) {
  const auto key = crypto::SigningPublicKey::from(strict::view(from.key()));
  if (!key) return std::nullopt;
  SigningKeyEntry entry{*key, from.from_day(), std::nullopt};
  if (!from.signed_by_previous().empty()) {
    entry.signed_by_previous = crypto::Signature::from(strict::view(from.signed_by_previous()));
    if (!entry.signed_by_previous) return std::nullopt;
  }
  return entry;
}

std::optional<Person> take(const wire::Person& from) {
  const auto id = MemberId::from(strict::view(from.member_id()));
  if (!id) return std::nullopt;
  Person person;
  person.member_id = *id;
  person.name = from.name();
  person.role = rules::Role{from.role()};
  person.unit_id = from.unit_id();
  person.languages = {from.languages().begin(), from.languages().end()};
  person.line = from.line();
  person.position = rules::Position{from.position()};
  person.left_day = from.left_day();
  person.working_days = from.working_days();
  if (!from.stand_in().empty()) {
    person.stand_in = MemberId::from(strict::view(from.stand_in()));
    if (!person.stand_in) return std::nullopt;
  }
  for (const auto& key : from.signing_keys()) {
    auto entry = take(key);
    if (!entry) return std::nullopt;
    person.signing_keys.push_back(*entry);
  }
  return person;
}

}  // namespace

crypto::Bytes encode_directory(const DirectoryContent& content) {
  wire::Directory message;
  message.set_suite(rules::kSuite);
  message.set_version(content.version);
  message.set_root_key(strict::field(content.root_key.view()));
  for (const auto& hash : content.previous_hashes)
    message.add_previous_hashes(strict::field(hash.view()));
  message.set_made_day(content.made_day);
  message.set_review_day(content.review_day);
  message.set_name(content.name);
  for (const auto& from : content.units) {
    auto* unit = message.add_units();
    unit->set_id(from.id);
    unit->set_name(from.name);
  }
  for (const auto& person : content.people) put(person, message.add_people());
  message.mutable_terms()->set_acknowledge_days(content.terms.acknowledge_days);
  message.mutable_terms()->set_feedback_months(content.terms.feedback_months);
  message.mutable_terms()->set_retention_days(content.terms.retention_days);
  message.mutable_terms()->set_silence_days(content.terms.silence_days);
  message.mutable_terms()->set_further_days(content.terms.further_days);
  for (const auto& from : content.texts) {
    auto* text = message.add_texts();
    text->set_key(from.key);
    text->set_language(from.language);
    text->set_text(from.text);
  }
  if (content.handbook_hash)
    message.set_handbook_hash(strict::field(content.handbook_hash->view()));
  for (const auto role : content.alert_roles) message.add_alert_roles(number(role));
  for (const auto role : content.further_alert_roles) message.add_further_alert_roles(number(role));
  for (const auto& step : content.sensitive_steps) message.add_sensitive_steps(step);
  return strict::encode(message);
}

tl::expected<DirectoryContent, CodecError> parse_directory_content(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::Directory>(bytes);
  if (!message) return tl::unexpected(CodecError::kMalformed);
  if (message->suite() != rules::kSuite) return tl::unexpected(CodecError::kNewerVersion);
  DirectoryContent content;
  const auto root = crypto::SigningPublicKey::from(strict::view(message->root_key()));
  if (!root || static_cast<std::size_t>(message->people_size()) > rules::kPeopleMax ||
      static_cast<std::size_t>(message->units_size()) > rules::kUnitsMax)
    return tl::unexpected(CodecError::kMalformed);
  content.version = message->version();
  content.root_key = *root;
  for (const auto& from : message->previous_hashes()) {
    const auto hash = crypto::Digest::from(strict::view(from));
    if (!hash) return tl::unexpected(CodecError::kMalformed);
    content.previous_hashes.push_back(*hash);
  }
  content.made_day = message->made_day();
  content.review_day = message->review_day();
  content.name = message->name();
  for (const auto& unit : message->units()) content.units.push_back({unit.id(), unit.name()});
  for (const auto& from : message->people()) {
    auto person = take(from);
    if (!person) return tl::unexpected(CodecError::kMalformed);
    content.people.push_back(std::move(*person));
  }
  content.terms = {message->terms().acknowledge_days(), message->terms().feedback_months(),
                   message->terms().retention_days(), message->terms().silence_days(),
                   message->terms().further_days()};
  for (const auto& text : message->texts())
    content.texts.push_back({text.key(), text.language(), text.text()});
  if (!message->handbook_hash().empty()) {
    content.handbook_hash = crypto::Digest::from(strict::view(message->handbook_hash()));
    if (!content.handbook_hash) return tl::unexpected(CodecError::kMalformed);
  }
  for (const auto role : message->alert_roles()) content.alert_roles.push_back(rules::Role{role});
  for (const auto role : message->further_alert_roles())
    content.further_alert_roles.push_back(rules::Role{role});
  content.sensitive_steps = {message->sensitive_steps().begin(), message->sensitive_steps().end()};
  return content;
}

}  // namespace omzien::protocol
