// Log lines on stderr. No time stands in them; whatever collects them may add its own.
#pragma once

#include <memory>

#include "gateway/log.h"

namespace spdlog {
class logger;
}

namespace omzien::gateway {

class ConsoleLog final : public Log {
 public:
  explicit ConsoleLog(LogLevel least);
  void line(LogLevel level, std::string_view text) override;

 private:
  std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace omzien::gateway
