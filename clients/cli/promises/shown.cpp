#include "clients/cli/promises/shown.h"

#include <algorithm>

#include "clients/cli/lead/naming.h"
#include "clients/cli/promises/presence_rows.h"
#include "clients/core/changed_key.h"
#include "clients/core/desk/availability.h"
#include "protocol/alerts.h"
#include "protocol/calendar.h"

namespace omzien::cli {
namespace {

using nlohmann::json;

json said_rows(const std::vector<core::SaidRecord>& records, const core::CaseState& state) {
  auto rows = json::array();
  for (const auto& record : records)
    rows.push_back({{"seq", record.seq},
                    {"day", protocol::iso_date(record.day)},
                    {"author", state.names.at(record.author)},
                    {"text", record.text}});
  return rows;
}

json triage_row(const core::CaseState& state, protocol::Day today) {
  const auto& triage = state.triage;
  json row{{"decided", triage.decided},
           {"decision", nullptr},
           {"stay", triage.stay ? json{{"seq", triage.stay->seq}, {"text", triage.stay->text}}
                                : json(nullptr)},
           {"assessments", said_rows(triage.assessments, state)},
           {"sensitive", said_rows(triage.sensitive, state)},
           {"consultations", said_rows(triage.consultations, state)},
           {"missing_to_close", json::array()}};
  if (triage.decision)
    row["decision"] = {{"seq", triage.decision->seq},
                       {"day", protocol::iso_date(triage.decision->day)},
                       {"author", state.names.at(triage.decision->author)},
                       {"ruling", rules::name_of(triage.decision->ruling)},
                       {"text", triage.decision->text},
                       {"reason", triage.decision->reason}};
  for (const auto need : core::missing_to_close(state, today))
    row["missing_to_close"].push_back(rules::name_of(need));
  return row;
}

json told_of(const protocol::Alert& alert, const protocol::Directory& directory,
             protocol::Day today) {
  auto told = json::array();
  for (const auto role : directory.told(false)) told.push_back(rules::name_of(role));
  if (!alert.further(today)) return told;
  for (const auto role : directory.told(true)) told.push_back(rules::name_of(role));
  return told;
}

json alert_row(const protocol::Alert& alert, const protocol::Directory& directory,
               protocol::Day today) {
  return {{"clock", rules::name_of(alert.clock)},
          {"due_day", protocol::iso_date(alert.due_day)},
          {"met_day", day_or_null(alert.met_day)},
          {"told", told_of(alert, directory, today)},
          {"further_day", protocol::iso_date(alert.further_day)}};
}

std::string alert_line(const json& row) {
  std::string told;
  for (const auto& role : row["told"]) told += (told.empty() ? "" : ", ") + role.get<std::string>();
  return "! " + row["clock"].get<std::string>() + " was due " + row["due_day"].get<std::string>() +
         (row["met_day"].is_null() ? "" : ", came " + row["met_day"].get<std::string>()) +
         "; told: " + told + "\n";
}

// Whom the open proposals would let in.
std::vector<protocol::MemberId> proposed(const core::CaseState& state) {
  std::vector<protocol::MemberId> people;
  for (const auto& record : state.proposals) {
    if (record.standing != core::ProposalStanding::kOpen) continue;
    for (const auto& reader : record.proposal.readers)
      if (std::find(people.begin(), people.end(), reader.member_id) == people.end())
        people.push_back(reader.member_id);
  }
  return people;
}

}  // namespace

core::Result<void> add_promises(core::Connection& connection, const core::OpenedCase& opened,
                                const core::CaseState& state, Rendered& rendered) {
  const auto& directory = connection.directory();
  std::vector<protocol::MemberId> members;
  for (const auto& row : state.access) members.push_back(row.member_id);
  const auto presences = core::fetch_presences(connection, members);
  if (!presences) return tl::unexpected(presences.error());
  std::string lines;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const auto found = presences->find(members[i]);
    if (found == presences->end()) continue;
    const auto row = presence_row(found->second, directory);
    rendered.object["access"][i].update(row);
    const auto changed = core::key_changed_day(*directory.person(members[i]));
    rendered.object["access"][i]["key_changed_day"] = day_or_null(changed);
    lines += changed_keys({members[i]}, directory);
    if (const auto line = presence_line(row); !line.empty())
      lines += "  " + state.access[i].name + ":" + line + "\n";
  }
  auto newcomers = proposed(state);
  std::erase_if(newcomers, [&](const auto& id) {
    return std::find(members.begin(), members.end(), id) != members.end();
  });
  lines += changed_keys(newcomers, directory);
  const auto today = connection.today();
  rendered.object["alerts"] = json::array();
  for (const auto& alert : protocol::alerts_of(opened.access, directory.content().terms, today)) {
    const auto row = alert_row(alert, directory, today);
    rendered.object["alerts"].push_back(row);
    lines += alert_line(row);
  }
  rendered.object["triage"] = triage_row(state, today);
  rendered.lines += lines;
  return {};
}

}  // namespace omzien::cli
