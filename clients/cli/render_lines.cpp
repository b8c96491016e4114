// A case's JSON as lines for people.
#include "clients/cli/render.h"
#include "clients/cli/shown.h"

namespace omzien::cli {
namespace {

using nlohmann::json;

// Under whatever stands to the left of it.
std::string text_of(const json& row, const char* key) {
  return shown(row[key].get<std::string>(), "    ");
}

std::string number_of(const json& row, const char* key) {
  return std::to_string(row[key].get<std::uint64_t>());
}

std::string joined(const json& words) {
  std::string line;
  for (const auto& word : words) line += (line.empty() ? "" : ", ") + word.get<std::string>();
  return line;
}

// Who would read what, each on a line of their own.
std::string reader_lines(const json& row) {
  std::string lines;
  for (const auto& reader : row["readers"])
    lines += "\n    would read " + joined(reader["compartments"]) + ": " + text_of(reader, "name") +
             (reader["last_day"].is_null() ? "" : ", until " + text_of(reader, "last_day"));
  return lines;
}

// What stands in an entry beside its first line.
std::string entry_texts(const json& row) {
  std::string lines;
  for (const auto* part : {"text", "reason"})
    if (row.contains(part) && !text_of(row, part).empty()) lines += "\n    " + text_of(row, part);
  if (row.contains("answers"))
    for (const auto& answer : row["answers"])
      lines += "\n    " + text_of(answer, "prompt") + ": " + text_of(answer, "text");
  if (row.contains("rule"))
    lines += "\n    all that was written here has been erased: it was kept for " +
             number_of(row, "days") + " days after the last entry";
  if (row.contains("readers")) lines += reader_lines(row);
  if (row.contains("summary") && !text_of(row, "summary").empty())
    lines += "\n    the summary they would read: " + text_of(row, "summary");
  return lines;
}

std::string entry_lines(const json& row) {
  std::string line = text_of(row, "day") + "  " + text_of(row, "author") + "  ";
  line += row["event"].is_null() ? text_of(row, "kind") : text_of(row, "event");
  if (row.contains("compartment")) line += " (" + text_of(row, "compartment") + ")";
  for (const auto* part : {"state", "step", "choice", "cause", "ruling"})
    if (row.contains(part) && !text_of(row, part).empty()) line += ": " + text_of(row, part);
  if (row.value("ended", false)) line += ": not any more";
  if (row.value("sensitive", false)) line += " (sensitive)";
  if (row.contains("proposal_seq") && row["proposal_seq"] != 0)
    line += ", of proposal " + number_of(row, "proposal_seq");
  // By its number, which a reporter who says that it is none has to name.
  if (row.contains("milestone"))
    line += "  [entry " + number_of(row, "seq") + ": " + text_of(row, "milestone") + "]";
  if (!row.value("counts", true)) line += "  [not allowed: changes nothing]";
  return line + entry_texts(row) + "\n";
}

std::string question_lines(const json& row) {
  const auto step = text_of(row, "step");
  return "? proposal " + number_of(row, "seq") + " of " + text_of(row, "author") + ", since " +
         text_of(row, "since_day") + (step.empty() ? "" : ": " + step) + entry_texts(row) +
         "\n    answer " + number_of(row, "seq") + ": yes, yes-if, not-now or no\n";
}

std::string access_lines(const json& row) {
  return "  " + text_of(row, "name") + (row["dormant"].get<bool>() ? " (only if needed)" : "") +
         ": " + joined(row["compartments"]) + ", since " + text_of(row, "since_day") + "\n";
}

std::string clock_line(const json& row, const std::string& words) {
  if (row["due_day"].is_null()) return {};
  return words +
         (row["met_day"].is_null() ? " due " + text_of(row, "due_day")
                                   : " on " + text_of(row, "met_day")) +
         "\n";
}

}  // namespace

std::string lines_of(const json& object) {
  std::string lines = text_of(object, "handle_words") + "  " +
                      (object["state"].is_null() ? "?" : text_of(object, "state")) + "  opened " +
                      text_of(object, "day_opened") + "\n";
  for (const auto& row : object["unconsented"])
    lines += "!! done without the reporter's consent (" + text_of(row, "cause") +
             "): " + text_of(row, "author") + ", " + text_of(row, "day") + "\n    " +
             text_of(row, "text") + "\n";
  for (const auto& alarm : object["alarms"])
    lines += "! entry " + number_of(alarm, "seq") + ": " + text_of(alarm, "text") + "\n";
  for (const auto& row : object["open_questions"]) lines += question_lines(row);
  lines += "\n";
  for (const auto& row : object["entries"]) lines += entry_lines(row);
  if (object["state"] == "withdrawn") {
    lines += "\nNobody can read it any more: everything in it was destroyed.\n\n";
  } else {
    lines += "\nCan read:\n";
    for (const auto& row : object["access"]) lines += access_lines(row);
    lines += "\n" + clock_line(object["clocks"]["acknowledge"], "Acknowledged:") +
             clock_line(object["clocks"]["feedback"], "Feedback:");
  }
  return lines + "Head: " + text_of(object, "head_words") + "\n";
}

}  // namespace omzien::cli
