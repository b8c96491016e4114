#include "gateway/refusals.h"

#include "storage/describe.h"

namespace omzien::gateway {
namespace {

std::string said_of(storage::Error error) {
  return "storage: " + std::string(storage::describe(error));
}

}  // namespace

void Refusals::add(Kind kind, storage::Error error, protocol::Day today, std::uint64_t exchanges) {
  std::vector<std::string> lines;
  {
    const std::scoped_lock lock(mutex_);
    lines = turn_to(today);
    const auto [counted, first] = refused_.try_emplace({kind, error}, 0);
    counted->second += exchanges;
    if (first)
      lines.push_back(said_of(error) +
                      (kind == Kind::kRead ? " A read was refused." : " A write was refused.") +
                      " More of this today are only counted.");
  }
  say(lines);
}

void Refusals::tend(protocol::Day today) {
  std::vector<std::string> lines;
  {
    const std::scoped_lock lock(mutex_);
    lines = turn_to(today);
  }
  say(lines);
}

// Under the lock. What there is to say of the day that is over.
std::vector<std::string> Refusals::turn_to(protocol::Day today) {
  std::vector<std::string> lines;
  if (today <= day_) return lines;
  for (const auto& [what, exchanges] : refused_)
    lines.push_back(said_of(what.second) + (what.first == Kind::kRead ? " Reads" : " Writes") +
                    " refused on the day before: " + std::to_string(exchanges));
  day_ = today;
  refused_.clear();
  return lines;
}

void Refusals::say(const std::vector<std::string>& lines) {
  for (const auto& line : lines) log_.line(LogLevel::kError, line);
}

}  // namespace omzien::gateway
