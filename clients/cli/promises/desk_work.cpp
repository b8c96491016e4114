#include "clients/cli/promises/desk_work.h"

#include "clients/cli/desk_commands.h"
#include "clients/core/desk/alerts.h"
#include "clients/core/desk/papers.h"
#include "clients/core/names.h"
#include "protocol/calendar.h"

namespace omzien::cli {
namespace {

using nlohmann::json;

struct WorkOptions {
  std::string handle;
  std::string other;
  std::vector<std::string> add;
  std::vector<std::string> remove;
  std::string kind = "report";
  std::string language;
  bool apart = false;
};

Result<void> alerts(Context& context, const WorkOptions&) {
  auto desk = open_desk(context);
  if (!desk) return tl::unexpected(desk.error());
  const auto found = core::fetch_alerts(*desk->connection, desk->self);
  if (!found && found.error().kind == ErrorKind::kRefused)
    return core::fail(ErrorKind::kRefused, "alerts are told to those whom the directory names");
  if (!found) return tl::unexpected(found.error());
  const auto& directory = desk->connection->directory();
  auto rows = json::array();
  std::string lines;
  for (const auto& alert : *found) {
    const auto* unit = directory.unit(alert.unit_id);
    const auto unit_name = unit == nullptr ? std::string("?") : unit->name;
    const bool further = desk->connection->today() >= alert.further_day;
    rows.push_back({{"handle", alert.handle.hex()},
                    {"handle_words", core::handle_words(alert.handle)},
                    {"unit", unit_name},
                    {"clock", rules::name_of(alert.clock)},
                    {"due_day", protocol::iso_date(alert.due_day)},
                    {"further_day", protocol::iso_date(alert.further_day)},
                    {"further", further}});
    lines += core::handle_words(alert.handle) + "  " + unit_name + "  " +
             std::string(rules::name_of(alert.clock)) + " was due " +
             protocol::iso_date(alert.due_day) + (further ? "  !! went further" : "") + "\n";
  }
  context.print({{"alerts", std::move(rows)}}, lines.empty() ? "No term was missed.\n" : lines);
  return {};
}

json papers_row(const protocol::Handle& handle, const core::Papers& papers) {
  const auto found = papers.find(handle);
  json row{{"handle", handle.hex()}, {"labels", json::array()}, {"belongs_with", json::array()}};
  if (found == papers.end()) return row;
  for (const auto& label : found->second.labels) row["labels"].push_back(label);
  for (const auto& other : found->second.belongs_with) row["belongs_with"].push_back(other.hex());
  return row;
}

void print_papers(const Context& context, const protocol::Handle& handle,
                  const core::Papers& papers) {
  const auto row = papers_row(handle, papers);
  std::string line = core::handle_words(handle) + ":";
  for (const auto& label : row["labels"]) line += " " + label.get<std::string>();
  for (const auto& other : row["belongs_with"])
    line +=
        " (belongs with " +
        core::handle_words(*protocol::Handle::from(*crypto::from_hex(other.get<std::string>()))) +
        ")";
  context.print(row, line + "\n");
}

Result<void> label(Context& context, const WorkOptions& options) {
  for (const auto& one : options.add)
    if (!core::good_label(one))
      return bad_input("a label has 1 to " + std::to_string(rules::kLabelBytesMax) + " bytes");
  auto desk = open_desk(context);
  if (!desk) return tl::unexpected(desk.error());
  const auto handle = find_case(*desk, options.handle);
  if (!handle) return tl::unexpected(handle.error());
  if (options.add.empty() && options.remove.empty()) {
    const auto kept = core::fetch_papers(*desk->connection, desk->self);
    if (!kept) return tl::unexpected(kept.error());
    print_papers(context, *handle, kept->papers);
    return {};
  }
  const auto kept = core::change_papers(*desk->connection, desk->self, context.random(),
                                        [&](core::Papers& papers) {
                                          auto& labels = papers[*handle].labels;
                                          for (const auto& one : options.remove) labels.erase(one);
                                          labels.insert(options.add.begin(), options.add.end());
                                        });
  if (!kept) return tl::unexpected(kept.error());
  print_papers(context, *handle, kept->papers);
  return {};
}

// Both sides know of each other.
Result<void> belongs(Context& context, const WorkOptions& options) {
  auto desk = open_desk(context);
  if (!desk) return tl::unexpected(desk.error());
  const auto one = find_case(*desk, options.handle);
  if (!one) return tl::unexpected(one.error());
  const auto other = find_case(*desk, options.other);
  if (!other) return tl::unexpected(other.error());
  if (*one == *other) return bad_input("a case belongs with another one");
  const auto tie = [&](core::Papers& papers, const auto& from, const auto& to) {
    auto& others = papers[from].belongs_with;
    if (options.apart)
      others.erase(to);
    else
      others.insert(to);
  };
  const auto kept = core::change_papers(*desk->connection, desk->self, context.random(),
                                        [&](core::Papers& papers) {
                                          tie(papers, *one, *other);
                                          tie(papers, *other, *one);
                                        });
  if (!kept) return tl::unexpected(kept.error());
  print_papers(context, *one, kept->papers);
  return {};
}

Result<void> handbook(Context& context, const WorkOptions& options) {
  auto desk = open_desk(context);
  if (!desk) return tl::unexpected(desk.error());
  const auto book = desk->connection->handbook();
  if (!book) return tl::unexpected(book.error());
  if (!*book) return bad_input("this organisation has no handbook");
  const auto* list = (*book)->checklist(*rules::case_kind_named(options.kind), options.language);
  json items = json::array(), glossary = json::array(), snippets = json::array();
  std::string lines = "Handbook " + std::to_string((*book)->version) + ", of " +
                      protocol::iso_date((*book)->changed_day) + "\n\n";
  if (list != nullptr)
    for (const auto& item : list->items) {
      items.push_back(item);
      lines += "[ ] " + item + "\n";
    }
  const auto wanted = [&](const std::string& language) {
    return options.language.empty() || language == options.language;
  };
  for (const auto& term : (*book)->glossary) {
    if (!wanted(term.language)) continue;
    glossary.push_back({{"key", term.key},
                        {"language", term.language},
                        {"term", term.term},
                        {"meaning", term.meaning}});
    lines += "\n" + term.term + ": " + term.meaning;
  }
  for (const auto& snippet : (*book)->snippets)
    if (wanted(snippet.language))
      snippets.push_back({{"key", snippet.key},
                          {"language", snippet.language},
                          {"title", snippet.title},
                          {"text", snippet.text}});
  context.print({{"version", (*book)->version},
                 {"changed_day", protocol::iso_date((*book)->changed_day)},
                 {"checklist", std::move(items)},
                 {"glossary", std::move(glossary)},
                 {"snippets", std::move(snippets)}},
                lines + "\n");
  return {};
}

}  // namespace

void add_desk_work(CLI::App& desk, Options& options) {
  const DeskCommands<WorkOptions> commands(desk, options);
  const auto& own = commands.own;
  commands.add("alerts", "terms that were missed, for the coordinator and the CDO", alerts);
  auto* labelling =
      commands.on_case("label", "your own labels of a case; nobody else sees them", label);
  labelling->add_option("--add", own->add, "a label; may stand more than once");
  labelling->add_option("--remove", own->remove, "a label; may stand more than once");
  auto* tying = commands.on_case(
      "belongs", "note for yourself that two cases have to do with each other", belongs);
  tying->add_option("other", own->other, "the other one")->required();
  tying->add_flag("--apart", own->apart, "they have not");
  auto* reading =
      commands.add("handbook", "the organisation's checklist, glossary and snippets", handbook);
  std::vector<std::string> kinds;
  for (const auto& row : rules::kCaseKindNames) kinds.emplace_back(row.name);
  reading->add_option("--kind", own->kind, "the kind of case")->check(CLI::IsMember(kinds));
  reading->add_option("--language", own->language, "nl, en, …; without: whatever there is");
}

}  // namespace omzien::cli
