#include "protocol/directory_rules.h"

#include <algorithm>
#include <functional>
#include <set>

#include "protocol/calendar.h"

namespace omzien::protocol {
namespace {

constexpr std::string_view kReservedNames[] = {"reporter", "gateway", "unknown"};

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

// Whether one of these has the id; they ascend by it.
template <class Item, class Id>
bool has(const std::vector<Item>& list, Id Item::*id, const Id& wanted) {
  const auto at =
      std::lower_bound(list.begin(), list.end(), wanted,
                       [&](const Item& item, const Id& other) { return item.*id < other; });
  return at != list.end() && (*at).*id == wanted;
}

// A stand-in is a colleague, who may have left meanwhile.
bool presence_holds(const Person& person, const DirectoryContent& content) {
  return person.working_days <= kEveryDayOfAWeek && person.stand_in != person.member_id &&
         (!person.stand_in || has(content.people, &Person::member_id, *person.stand_in));
}

// Terms of some length, and none so long that a slip of units alone explains it.
bool terms_hold(const Terms& terms) {
  const auto within = [](std::uint32_t term, std::uint32_t max) { return term > 0 && term <= max; };
  return within(terms.acknowledge_days, rules::kTermDaysMax) &&
         within(terms.feedback_months, rules::kFeedbackMonthsMax) &&
         within(terms.retention_days, rules::kRetentionDaysMax) &&
         terms.silence_days <= rules::kTermDaysMax && terms.further_days <= rules::kTermDaysMax;
}

// Each after the one before it, so that there is one way to write a set.
template <class T>
bool ascends(const std::vector<T>& list) {
  return std::adjacent_find(list.begin(), list.end(), std::greater_equal<T>()) == list.end();
}

bool people_hold(const DirectoryContent& content, const ServiceId& service) {
  std::set<crypto::SigningPublicKey> keys;
  std::set<std::string> names;
  const auto misplaced = [](const Person& a, const Person& b) {
    return !(a.member_id < b.member_id);
  };
  const auto& people = content.people;
  if (std::adjacent_find(people.begin(), people.end(), misplaced) != people.end()) return false;
  for (const auto& person : people) {
    if (person.name.empty() || (person.left_day == 0 && !names.insert(person.name).second))
      return false;
    // Those who left, too: what they wrote stands under their name.
    if (is_reserved_name(person.name)) return false;
    // Nobody with a managing or HR role can be offered to reporters (design §9).
    if (is_adviser(person.role) && person.position != rules::Position::kNone) return false;
    if (!keys_hold(person, service) || !presence_holds(person, content)) return false;
    for (const auto& entry : person.signing_keys)
      if (!keys.insert(entry.key).second) return false;
    if (!has(content.units, &Unit::id, person.unit_id)) return false;
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
  return content.version > 0 && content.previous_hashes.size() == content.version - 1 &&
         terms_hold(content.terms) && ascends(content.alert_roles) &&
         ascends(content.further_alert_roles) && ascends(content.sensitive_steps) &&
         std::all_of(content.sensitive_steps.begin(), content.sensitive_steps.end(), good_key) &&
         people_hold(content, service);
}

bool is_reserved_name(std::string_view name) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::any_of(std::begin(kReservedNames), std::end(kReservedNames), [&](auto reserved) {
    return std::equal(name.begin(), name.end(), reserved.begin(), reserved.end(),
                      [&](char given, char c) { return lower(given) == c; });
  });
}

bool good_key(std::string_view key) {
  const auto good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !key.empty() && key.size() <= rules::kStepKeyBytesMax &&
         std::all_of(key.begin(), key.end(), good);
}

}  // namespace omzien::protocol
