#include "clients/cli/promises/presence_rows.h"

#include "clients/cli/promises/week.h"
#include "clients/cli/render_event.h"

namespace omzien::cli {

using nlohmann::json;

json presence_row(const protocol::Presence& presence, const protocol::Directory& directory) {
  const auto days = week_names(presence.working_days);
  const auto* stand_in = presence.stand_in ? directory.person(*presence.stand_in) : nullptr;
  return {{"works", days.empty() ? json(nullptr) : json(days)},
          {"away_until", day_or_null(presence.away_until_day)},
          {"away_from", day_or_null(presence.away_from_day)},
          {"stand_in", stand_in == nullptr ? json(nullptr) : json(stand_in->name)}};
}

std::string presence_line(const json& row) {
  std::string line;
  const auto add = [&](const std::string& words) { line += (line.empty() ? " " : "; ") + words; };
  if (!row["works"].is_null()) {
    std::string days;
    for (const auto& day : row["works"])
      days += (days.empty() ? "" : ", ") + day.get<std::string>();
    add("works " + days);
  }
  if (!row["away_until"].is_null()) add("away until " + row["away_until"].get<std::string>());
  if (!row["away_from"].is_null()) add("away from " + row["away_from"].get<std::string>());
  if (!row["stand_in"].is_null()) add(row["stand_in"].get<std::string>() + " stands in");
  return line;
}

}  // namespace omzien::cli
