#include "clients/cli/render.h"

#include "clients/core/attachment.h"
#include "clients/core/names.h"

namespace omzien::cli {
namespace {

using nlohmann::json;

std::string_view name_of(core::AlarmKind kind) {
  switch (kind) {
    case core::AlarmKind::kRuleBroken: return "rule_broken";
    case core::AlarmKind::kAltered: return "altered";
    case core::AlarmKind::kOtherKey: return "other_key";
    case core::AlarmKind::kStrangersKey: return "strangers_key";
    case core::AlarmKind::kUnknownDirectory: return "unknown_directory";
    case core::AlarmKind::kNewerVersion: return "newer_version";
    case core::AlarmKind::kMissing: return "missing";
  }
  return "unknown";
}

void put_event(json& row, const core::Event& event) {
  row["event"] = core::kind_name(event);
  if (const auto* opening = std::get_if<core::Opening>(&event)) {
    row["case_kind"] = rules::name_of(opening->case_kind);
    row["lead"] = rules::name_of(opening->lead);
    row["wants"] = json::array();
    for (const auto want : opening->wants) row["wants"].push_back(rules::name_of(want));
  }
  if (const auto* report = std::get_if<core::Report>(&event)) row["text"] = report->text;
  if (const auto* message = std::get_if<core::Message>(&event)) row["text"] = message->text;
  if (const auto* status = std::get_if<core::StatusChange>(&event)) {
    row["state"] = rules::name_of(status->state);
    row["text"] = status->text;
  }
  if (const auto* attachment = std::get_if<core::Attachment>(&event)) {
    row["files"] = json::array();
    for (const auto& file : attachment->files)
      row["files"].push_back(
          {{"name", core::shown_name(file)}, {"media_type", file.media_type}, {"size", file.size}});
  }
  if (const auto* outcome = std::get_if<core::Outcome>(&event)) {
    row["text"] = outcome->text;
    row["reason"] = outcome->reason;
  }
}

json entry_row(const core::OpenedEntry& entry) {
  const auto& header = entry.entry.header();
  json row{{"seq", header.seq},
           {"kind", rules::name_of(header.kind)},
           {"event", nullptr},
           {"author", entry.author},
           {"day", protocol::iso_date(header.day)}};
  if (!entry.counts) row["counts"] = false;
  if (const auto* event = std::get_if<protocol::Event>(&header.fields)) {
    row["compartment"] = rules::name_of(event->compartment);
    if (event->milestone != rules::Milestone::kNone)
      row["milestone"] = rules::name_of(event->milestone);
    if (event->urgent) row["urgent"] = true;
  }
  if (entry.event) put_event(row, *entry.event);
  return row;
}

json clock_row(const protocol::Clock& clock, bool clocked) {
  if (!clocked) return {{"due_day", nullptr}, {"met_day", nullptr}};
  return {{"due_day", protocol::iso_date(clock.due_day)}, {"met_day", day_or_null(clock.met_day)}};
}

json access_row(const core::AccessRow& access) {
  json compartments = json::array();
  for (const auto compartment : access.compartments)
    compartments.push_back(rules::name_of(compartment));
  return {{"member", access.member_id.hex()},
          {"name", access.name},
          {"compartments", std::move(compartments)},
          {"since_day", protocol::iso_date(access.since_day)},
          {"dormant", access.dormant},
          {"holder", access.holder}};
}

std::string entry_lines(const json& row) {
  std::string line = row["day"].get<std::string>() + "  " + row["author"].get<std::string>() + "  ";
  line += row["event"].is_null() ? row["kind"].get<std::string>() : row["event"].get<std::string>();
  if (row.contains("compartment")) line += " (" + row["compartment"].get<std::string>() + ")";
  if (row.contains("state")) line += ": " + row["state"].get<std::string>();
  if (!row.value("counts", true)) line += "  [not allowed: changes nothing]";
  for (const auto* part : {"text", "reason"})
    if (row.contains(part) && !row[part].get<std::string>().empty())
      line += "\n    " + row[part].get<std::string>();
  if (row.contains("files"))
    for (const auto& file : row["files"])
      line += "\n    " + file["name"].get<std::string>() + " (" +
              std::to_string(file["size"].get<std::uint64_t>()) + " bytes)";
  return line + "\n";
}

std::string lines_for(const json& object) {
  std::string lines = object["handle_words"].get<std::string>() + "  " +
                      object["state"].get<std::string>() + "  opened " +
                      object["day_opened"].get<std::string>() + "\n";
  for (const auto& alarm : object["alarms"])
    lines += "! entry " + std::to_string(alarm["seq"].get<std::uint64_t>()) + ": " +
             alarm["text"].get<std::string>() + "\n";
  lines += "\n";
  for (const auto& row : object["entries"]) lines += entry_lines(row);
  lines += "\nCan read:\n";
  for (const auto& row : object["access"]) {
    lines += "  " + row["name"].get<std::string>() +
             (row["dormant"].get<bool>() ? " (only if needed)" : "") + ": ";
    for (std::size_t i = 0; i < row["compartments"].size(); ++i)
      lines += (i == 0 ? "" : ", ") + row["compartments"][i].get<std::string>();
    lines += ", since " + row["since_day"].get<std::string>() + "\n";
  }
  const auto clock = [&](const char* name, const char* words) {
    const auto& row = object["clocks"][name];
    if (row["due_day"].is_null()) return;
    lines += std::string(words) +
             (row["met_day"].is_null() ? " due " + row["due_day"].get<std::string>()
                                       : " on " + row["met_day"].get<std::string>()) +
             "\n";
  };
  lines += "\n";
  clock("acknowledge", "Acknowledged:");
  clock("feedback", "Feedback:");
  return lines + "Head: " + object["head_words"].get<std::string>() + "\n";
}

}  // namespace

json day_or_null(protocol::Day day) {
  return day == 0 ? json(nullptr) : json(protocol::iso_date(day));
}

Rendered render_case(const core::OpenedCase& opened, const core::CaseState& state) {
  const auto& handle = opened.chain.handle();
  json object{{"handle", handle.hex()},
              {"handle_words", core::handle_words(handle)},
              {"kind", state.kind ? json(rules::name_of(*state.kind)) : json(nullptr)},
              {"state", rules::name_of(state.state)},
              {"day_opened", protocol::iso_date(state.day_opened)},
              {"urgent", state.urgent},
              {"waiting_for", core::name_of(state.waiting_for)},
              {"entries", json::array()},
              {"open_questions", json::array()},
              {"access", json::array()},
              {"clocks",
               {{"acknowledge", clock_row(state.clocks.acknowledge, state.clocked)},
                {"feedback", clock_row(state.clocks.feedback, state.clocked)}}},
              {"alarms", json::array()},
              {"head_words", core::head_words(opened.chain.head_hash())}};
  for (const auto& entry : opened.entries) object["entries"].push_back(entry_row(entry));
  for (const auto& access : state.access) object["access"].push_back(access_row(access));
  for (const auto& alarm : state.alarms)
    object["alarms"].push_back(
        {{"seq", alarm.seq}, {"kind", name_of(alarm.kind)}, {"text", alarm.text}});
  return {object, lines_for(object)};
}

}  // namespace omzien::cli
