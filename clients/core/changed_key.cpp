#include "clients/core/changed_key.h"

#include <algorithm>

#include "protocol/calendar.h"

namespace omzien::core {

protocol::Day key_changed_day(const protocol::Person& person) {
  const auto& keys = person.signing_keys;  // the first has none before it
  const auto last = std::find_if(keys.rbegin(), keys.rend() - 1,
                                 [](const auto& entry) { return !entry.signed_by_previous; });
  return last == keys.rend() - 1 ? 0 : last->from_day;
}

bool key_was_replaced(const crypto::SigningPublicKey& before, const protocol::Person& now) {
  const auto& keys = now.signing_keys;
  const auto theirs = std::find_if(keys.begin(), keys.end(),
                                   [&](const auto& entry) { return entry.key == before; });
  return theirs == keys.end() || std::any_of(theirs + 1, keys.end(), [](const auto& entry) {
           return !entry.signed_by_previous;
         });
}

Error not_as_shown(const protocol::Person& person) {
  const auto day = key_changed_day(person);
  return {ErrorKind::kRefused,
          person.name + "'s key changed" + (day == 0 ? "" : " on " + protocol::iso_date(day)) +
              ", and the one before did not vouch for it. You were not shown that when you chose "
              "them: ask them, then look and say it again. Nothing was sent"};
}

}  // namespace omzien::core
