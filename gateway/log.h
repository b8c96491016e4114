// Where the gateway says what goes wrong. A line has counts and kinds of errors, and never a
// handle, a member, an address, a time or anything that somebody sent (design §1, no trace).
#pragma once

#include <string_view>

#include "gateway/config.h"

namespace omzien::gateway {

class Log {
 public:
  virtual ~Log() = default;
  // From any thread.
  virtual void line(LogLevel level, std::string_view text) = 0;
};

}  // namespace omzien::gateway
