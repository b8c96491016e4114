#include "gateway/console_log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace omzien::gateway {
namespace {

spdlog::level::level_enum level_of(LogLevel level) {
  switch (level) {
    case LogLevel::kError: return spdlog::level::err;
    case LogLevel::kWarning: return spdlog::level::warn;
    case LogLevel::kInfo: return spdlog::level::info;
    case LogLevel::kDebug: return spdlog::level::debug;
  }
  return spdlog::level::err;
}

}  // namespace

ConsoleLog::ConsoleLog(LogLevel least)
    : logger_(std::make_shared<spdlog::logger>("omzien-gateway",
                                               std::make_shared<spdlog::sinks::stderr_sink_mt>())) {
  logger_->set_pattern("%n %l: %v");
  logger_->set_level(level_of(least));
}

void ConsoleLog::line(LogLevel level, std::string_view text) {
  logger_->log(level_of(level), spdlog::string_view_t(text.data(), text.size()));
}

}  // namespace omzien::gateway
