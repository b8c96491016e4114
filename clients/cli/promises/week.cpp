#include "clients/cli/promises/week.h"

#include <algorithm>
#include <array>
#include <optional>

namespace omzien::cli {
namespace {

constexpr std::array<std::string_view, 7> kDays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::optional<std::size_t> day_named(std::string_view name) {
  const auto found = std::find(kDays.begin(), kDays.end(), name);
  if (found == kDays.end()) return std::nullopt;
  return static_cast<std::size_t>(found - kDays.begin());
}

// "mon", or "mon-fri".
std::optional<std::uint32_t> days_of(std::string_view part) {
  const auto dash = part.find('-');
  const auto first = day_named(part.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : day_named(part.substr(dash + 1));
  if (!first || !last || *last < *first) return std::nullopt;
  std::uint32_t days = 0;
  for (auto day = *first; day <= *last; ++day) days |= std::uint32_t{1} << day;
  return days;
}

}  // namespace

core::Result<std::uint32_t> read_week(const std::vector<std::string>& names) {
  std::uint32_t working_days = 0;
  for (const auto& list : names)
    for (std::size_t at = 0; at <= list.size();) {
      const auto end = std::min(list.find(',', at), list.size());
      const auto days = days_of(std::string_view(list).substr(at, end - at));
      if (!days)
        return core::fail(core::ErrorKind::kBadInput,
                          "\"" + list + "\" are no days of a week: write mon,tue or mon-fri");
      working_days |= *days;
      at = end + 1;
    }
  return working_days;
}

std::vector<std::string> week_names(std::uint32_t working_days) {
  std::vector<std::string> names;
  for (std::size_t day = 0; day < kDays.size(); ++day)
    if ((working_days >> day & 1) != 0) names.emplace_back(kDays[day]);
  return names;
}

}  // namespace omzien::cli
