// Signed bytes that were read and found to hold, or not, under one directory. They are asked for by
// anybody, as often as they like, and a signature costs more than all the rest of the answer: so
// each is checked once a day.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "crypto/verify/hash.h"
#include "omzien/rules.h"
#include "protocol/ids.h"

namespace omzien::gateway {

// Use from any thread.
template <class Value>
class Verified {
 public:
  // What `parse` made of these very bytes on that day; nothing: they don't hold.
  template <class Parse>
  std::optional<Value> get(crypto::ByteView bytes, protocol::Day today, Parse parse) {
    const std::pair asked(today, crypto::sha256(bytes));
    {
      const std::scoped_lock lock(mutex_);
      if (const auto found = known_.find(asked); found != known_.end()) return found->second;
    }
    auto parsed = parse();
    auto value = parsed ? std::optional<Value>(std::move(*parsed)) : std::nullopt;
    const std::scoped_lock lock(mutex_);
    if (known_.size() >= kKnownMax) known_.clear();
    known_.insert_or_assign(asked, value);
    return value;
  }

 private:
  // One for each person there may be, and as many that they replaced since.
  static constexpr std::size_t kKnownMax = 2 * rules::kPeopleMax;

  std::mutex mutex_;
  std::map<std::pair<protocol::Day, crypto::Digest>, std::optional<Value>> known_;
};

}  // namespace omzien::gateway
