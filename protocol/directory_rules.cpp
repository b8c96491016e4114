#include "protocol/directory_rules.h"

#include <algorithm>
#include <functional>
#include <set>

#include "protocol/calendar.h"

namespace omzien::protocol {
namespace {

bool is_adviser(rules::Role role) {
  return role == rules::Role::kAdviser || role == rules::Role::kStandIn;
}

// Keys in order, each either vouched for by the one before or openly not.
bool keys_hold(const Person& person, const ServiceId& service) {
  if (person.signing_keys.empty()) return false;
  for (std::size_t i = 0; i < person.signing_keys.size(); ++i) {
    const auto& entry = person.signing_keys[i];
    if (i == 0) {
      if (entry.signed_by_previous) return false;
      continue;
    }
    const auto& before = person.signing_keys[i - 1];
    if (entry.from_day < before.from_day) return false;
    if (!entry.signed_by_previous) continue;
    const auto said = succession_bytes(service, person.member_id, entry.key, entry.from_day);
    if (!crypto::verify(before.key, rules::kTagSigningKeySuccession, said,
                        *entry.signed_by_previous))
      return false;
  }
  return true;
}

// A stand-in is a colleague, who may have left meanwhile.
bool presence_holds(const Person& person, const DirectoryContent& content) {
  const auto named = [&](const Person& other) { return other.member_id == *person.stand_in; };
  return person.working_days <= kEveryDayOfAWeek && person.stand_in != person.member_id &&
         (!person.stand_in || std::any_of(content.people.begin(), content.people.end(), named));
}

// Each after the one before it, so that there is one way to write a set.
template <class T>
bool ascends(const std::vector<T>& list) {
  return std::adjacent_find(list.begin(), list.end(), std::greater_equal<T>()) == list.end();
}

bool people_hold(const DirectoryContent& content, const ServiceId& service) {
  std::set<crypto::SigningPublicKey> keys;
  std::set<std::string> names;
  const Person* before = nullptr;
  for (const auto& person : content.people) {
    if (before != nullptr && !(before->member_id < person.member_id)) return false;
    before = &person;
    if (person.name.empty() || (person.left_day == 0 && !names.insert(person.name).second))
      return false;
    // Nobody with a managing or HR role can be offered to reporters (design §9).
    if (is_adviser(person.role) && person.position != rules::Position::kNone) return false;
    if (!keys_hold(person, service) || !presence_holds(person, content)) return false;
    for (const auto& entry : person.signing_keys)
      if (!keys.insert(entry.key).second) return false;
    const auto unit = [&](const Unit& u) { return u.id == person.unit_id; };
    if (std::none_of(content.units.begin(), content.units.end(), unit)) return false;
  }
  return true;
}

}  // namespace

bool content_holds(const DirectoryContent& content, const ServiceId& service) {
  std::set<std::string> names;
  for (std::size_t i = 0; i < content.units.size(); ++i) {
    if (content.units[i].id == 0 || (i > 0 && content.units[i].id <= content.units[i - 1].id))
      return false;
    if (!names.insert(content.units[i].name).second) return false;
  }
  const auto& terms = content.terms;
  return content.version > 0 && content.previous_hashes.size() == content.version - 1 &&
         terms.acknowledge_days > 0 && terms.feedback_months > 0 && terms.retention_days > 0 &&
         ascends(content.alert_roles) && ascends(content.further_alert_roles) &&
         ascends(content.sensitive_steps) &&
         std::all_of(content.sensitive_steps.begin(), content.sensitive_steps.end(), good_key) &&
         people_hold(content, service);
}

bool good_key(std::string_view key) {
  const auto good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !key.empty() && key.size() <= rules::kStepKeyBytesMax &&
         std::all_of(key.begin(), key.end(), good);
}

}  // namespace omzien::protocol
