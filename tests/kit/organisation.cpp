#include "tests/kit/organisation.h"

#include <algorithm>
#include <stdexcept>

namespace omzien::kit {

SharedKey make_key(crypto::Random& random) {
  return std::make_shared<const crypto::SigningKey>(
      crypto::random_key<crypto::SigningSeed>(random));
}

Organisation::Organisation(std::string_view seed, protocol::Day day) : day_(day) {
  crypto::FixedRandom random(seed);
  root_ = make_key(random);
  service_ = protocol::service_id_of(root_->public_key());
  using rules::Role;
  const std::pair<const char*, Role> people[] = {
      {"mieke", Role::kAdviser}, {"youssef", Role::kAdviser},        {"anouk", Role::kAdviser},
      {"ruud", Role::kStandIn},  {"ilse", Role::kTriageChair},       {"tarik", Role::kTriage},
      {"bram", Role::kTriage},   {"coordinator", Role::kCoordinator}};
  for (const auto& [name, role] : people)
    members_.push_back({name, role, crypto::random_value<protocol::MemberId>(random),
                        make_key(random), crypto::random_value<crypto::XWingPublicKey>(random)});
  std::sort(members_.begin(), members_.end(),
            [](const Member& a, const Member& b) { return a.id < b.id; });
}

void Organisation::add_extras(std::size_t count) {
  crypto::FixedRandom random("extras");
  for (std::size_t i = 1; i <= count; ++i)
    members_.push_back({"extra " + std::to_string(i), rules::Role::kAdviser,
                        crypto::random_value<protocol::MemberId>(random), make_key(random),
                        crypto::random_value<crypto::XWingPublicKey>(random)});
  std::sort(members_.begin(), members_.end(),
            [](const Member& a, const Member& b) { return a.id < b.id; });
}

const Member& Organisation::member(std::string_view name) const {
  for (const auto& member : members_)
    if (member.name == name) return member;
  throw std::invalid_argument("no such member");
}

protocol::DirectoryContent Organisation::content() const {
  protocol::DirectoryContent content;
  content.version = version_;
  content.root_key = root_->public_key();
  content.previous_hashes = previous_hashes_;
  content.made_day = day_;
  content.review_day = day_ + rules::kDirectoryReviewDays;
  content.name = "Test organisation";
  content.units = {{1, "Noord"}};
  for (const auto& member : members_) {
    protocol::Person person;
    person.member_id = member.id;
    person.name = member.name;
    person.role = member.role;
    person.unit_id = 1;
    person.signing_keys = {{member.key->public_key(), day_, std::nullopt}};
    content.people.push_back(std::move(person));
  }
  if (change) change(content);
  return content;
}

void Organisation::next_version() {
  previous_hashes_.insert(previous_hashes_.begin(), directory().hash());
  ++version_;
}

crypto::Bytes Organisation::sign(const protocol::DirectoryContent& content) const {
  const auto bytes = protocol::encode_directory(content);
  return protocol::encode_signed_directory(bytes,
                                           root_->sign(rules::kTagDirectorySignature, bytes));
}

protocol::Directory Organisation::directory() const {
  return protocol::Directory::parse(sign(content()), service_).value();
}

crypto::Bytes Organisation::certificate(const Member& member, std::uint32_t number) const {
  const auto content = protocol::encode_certificate_content(
      {service_, member.id, number, member.xwing_key, day_,
       member.key_until.value_or(day_ + rules::kKeyValidityDays)});
  return protocol::encode_certificate(
      content, member.key->sign(rules::kTagKeyCertificateSignature, content));
}

crypto::Bytes Organisation::bundle() const {
  protocol::DirectoryBundle bundle{sign(content()), {}, {}};
  for (const auto& member : members_) bundle.certificates.push_back(certificate(member));
  return protocol::encode_directory_bundle(bundle);
}

}  // namespace omzien::kit
