#include "clients/core/changed_key.h"

#include <algorithm>

namespace omzien::core {

protocol::Day key_changed_day(const protocol::Person& person) {
  const auto& keys = person.signing_keys;  // the first has none before it
  const auto last = std::find_if(keys.rbegin(), keys.rend() - 1,
                                 [](const auto& entry) { return !entry.signed_by_previous; });
  return last == keys.rend() - 1 ? 0 : last->from_day;
}

}  // namespace omzien::core
