#include "protocol/directory.h"

#include <algorithm>

#include "omzien/directory.pb.h"

#include "protocol/directory_codec.h"
#include "protocol/directory_rules.h"
#include "protocol/strict.h"

namespace omzien::protocol {
namespace {

template <class List, class Test>
auto* find(const List& list, Test test) {
  const auto found = std::find_if(list.begin(), list.end(), test);
  return found == list.end() ? nullptr : &*found;
}

}  // namespace

ServiceId service_id_of(const crypto::SigningPublicKey& root) {
  return *ServiceId::from(crypto::sha256(root.view()).view());
}

crypto::Bytes encode_signed_directory(crypto::ByteView directory,
                                      const crypto::Signature& signature) {
  wire::SignedDirectory message;
  message.set_directory(strict::field(directory));
  message.set_signature(strict::field(signature.view()));
  return strict::encode(message);
}

crypto::Bytes succession_bytes(const ServiceId& service, const MemberId& member,
                               const crypto::SigningPublicKey& next, Day from) {
  crypto::FieldList list;
  list.append(service.view());
  list.append(member.view());
  list.append(next.view());
  list.append_u32(from);
  return list.bytes();
}

std::optional<ServiceId> claimed_service(crypto::ByteView signed_directory) {
  const auto outer = strict::parse<wire::SignedDirectory>(signed_directory);
  const auto content = outer ? parse_directory_content(strict::view(outer->directory()))
                             : tl::unexpected(CodecError::kMalformed);
  return content ? std::optional(service_id_of(content->root_key)) : std::nullopt;
}

tl::expected<Directory, DirectoryError> Directory::parse(crypto::ByteView bytes,
                                                         const ServiceId& service) {
  if (bytes.size() > rules::kDirectoryBytesMax) return tl::unexpected(DirectoryError::kMalformed);
  const auto outer = strict::parse<wire::SignedDirectory>(bytes);
  if (!outer) return tl::unexpected(DirectoryError::kMalformed);
  const auto signature = crypto::Signature::from(strict::view(outer->signature()));
  if (!signature) return tl::unexpected(DirectoryError::kMalformed);
  auto content = parse_directory_content(strict::view(outer->directory()));
  if (!content)
    return tl::unexpected(content.error() == CodecError::kNewerVersion
                              ? DirectoryError::kNewerVersion
                              : DirectoryError::kMalformed);
  if (service_id_of(content->root_key) != service)
    return tl::unexpected(DirectoryError::kOtherOrganisation);
  if (!crypto::verify(content->root_key, rules::kTagDirectorySignature,
                      strict::view(outer->directory()), *signature))
    return tl::unexpected(DirectoryError::kSignature);
  if (!content_holds(*content, service)) return tl::unexpected(DirectoryError::kInvalid);
  return Directory(std::move(*content), {bytes.begin(), bytes.end()}, service);
}

Directory::Directory(DirectoryContent content, crypto::Bytes bytes, ServiceId service)
    : content_(std::move(content)),
      bytes_(std::move(bytes)),
      service_(service),
      hash_(crypto::sha256(bytes_)) {}

bool Directory::knows(const crypto::Digest& hash) const {
  const auto& earlier = content_.previous_hashes;
  return hash == hash_ || std::find(earlier.begin(), earlier.end(), hash) != earlier.end();
}

bool Directory::follows(const Directory& older) const {
  return content_.version > older.content_.version && knows(older.hash_);
}

const Person* Directory::person(const MemberId& id) const {
  return find(content_.people, [&](const Person& person) { return person.member_id == id; });
}

const Person* Directory::person_named(std::string_view name) const {
  return find(content_.people,
              [&](const Person& person) { return person.left_day == 0 && person.name == name; });
}

const Person* Directory::person_with_key(const crypto::SigningPublicKey& key, Day day) const {
  return find(content_.people, [&](const Person& person) {
    if (person.gone(day)) return false;
    const SigningKeyEntry* in_force = nullptr;
    for (const auto& entry : person.signing_keys)
      if (entry.from_day <= day) in_force = &entry;
    return in_force != nullptr && in_force->key == key;
  });
}

bool Directory::was_here(const Person& person, Day day, const crypto::Digest& made_under) const {
  return !person.gone(day) || (made_under != hash_ && day - person.left_day < kDirectoryGraceDays);
}

const Person* Directory::author(const crypto::SigningPublicKey& key, Day day,
                                const crypto::Digest& made_under) const {
  return find(content_.people, [&](const Person& person) {
    if (!was_here(person, day, made_under)) return false;
    const auto& keys = person.signing_keys;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (keys[i].key != key) continue;
      const bool begun = keys[i].from_day <= day;
      const bool last = i + 1 == keys.size();
      return begun && (last || day < keys[i + 1].from_day ||
                       (made_under != hash_ && day - keys[i + 1].from_day < kDirectoryGraceDays));
    }
    return false;
  });
}

const Unit* Directory::unit(std::uint32_t id) const {
  return find(content_.units, [&](const Unit& unit) { return unit.id == id; });
}

const Unit* Directory::unit_named(std::string_view name) const {
  return find(content_.units, [&](const Unit& unit) { return unit.name == name; });
}

std::vector<rules::Role> Directory::told(bool further) const {
  const auto& named = further ? content_.further_alert_roles : content_.alert_roles;
  if (!named.empty()) return named;
  return {further ? rules::Role::kCdo : rules::Role::kCoordinator};
}

bool Directory::sensitive(std::string_view step) const {
  const auto& steps = content_.sensitive_steps;
  return std::find(steps.begin(), steps.end(), step) != steps.end();
}

std::string_view Directory::text(std::string_view key, std::string_view language) const {
  const auto* exact =
      find(content_.texts, [&](const Text& t) { return t.key == key && t.language == language; });
  if (exact == nullptr) exact = find(content_.texts, [&](const Text& t) { return t.key == key; });
  return exact == nullptr ? std::string_view{} : std::string_view{exact->text};
}

}  // namespace omzien::protocol
