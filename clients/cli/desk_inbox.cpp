// `omzien desk inbox`: every case shared with this member: urgent and not answered, then what is
// due first.
#include <algorithm>

#include "clients/cli/desk.h"
#include "clients/cli/render.h"
#include "clients/core/case_state.h"
#include "clients/core/case_state/table.h"
#include "clients/core/desk/last_word.h"
#include "clients/core/names.h"

namespace omzien::cli {
namespace {

// What came of reading it. Neither is hidden, and neither hides the others.
enum class Told {
  kWhole,
  kBroken,  // does not check out
  kGone,    // listed, and not shared any more when it was read
};

struct Row {
  protocol::InboxItem item;
  core::CaseState state;
  std::uint64_t unread = 0;
  protocol::Day due_day = 0;  // 0: nothing is due
  bool overdue = false;
  Told told = Told::kWhole;
  bool urgent = false;  // and not answered
};

Row row_of(const protocol::InboxItem& item, const core::OpenedCase& opened,
           const core::Heads& heads, const core::Connection& connection, const core::Member& self) {
  Row row{item, core::fold(opened, connection.directory()), 0, 0, false, Told::kWhole};
  row.urgent = core::urgent_waits(opened) && row.state.waiting_for != core::WaitingFor::kNobody;
  const auto* head = heads.find(item.handle);
  const std::uint64_t from = head == nullptr ? 0 : head->read_seq + 1;
  for (const auto& entry : opened.entries) {
    const auto& header = entry.entry.header();
    if (header.seq >= from && header.author != self.signing_key().public_key() && entry.event)
      ++row.unread;
  }
  const auto state = row.state.state;
  if (!row.state.clocked || (state && (rules::bit(*state) & core::kOver) != 0)) return row;
  const auto& clocks = row.state.clocks;
  for (const auto* clock : {&clocks.acknowledge, &clocks.feedback}) {
    if (clock->met_day != 0) continue;
    row.due_day = clock->due_day;
    row.overdue = clock->overdue(connection.today());
    break;
  }
  return row;
}

bool comes_first(const Row& a, const Row& b) {
  const auto due = [](const Row& row) {
    return row.due_day == 0 ? ~protocol::Day{0} : row.due_day;
  };
  if (a.urgent != b.urgent) return a.urgent;
  if (due(a) != due(b)) return due(a) < due(b);
  return a.item.opened_day < b.item.opened_day;
}

nlohmann::json state_of(const Row& row) {
  if (row.told == Told::kBroken) return "broken";
  if (row.told == Told::kGone) return "gone";
  return row.state.state ? nlohmann::json(rules::name_of(*row.state.state)) : nullptr;
}

nlohmann::json json_of(const Row& row) {
  return {{"handle", row.item.handle.hex()},
          {"handle_words", core::handle_words(row.item.handle)},
          {"kind", row.state.kind ? nlohmann::json(rules::name_of(*row.state.kind))
                                  : nlohmann::json(nullptr)},
          {"state", state_of(row)},
          {"unread", row.unread},
          {"waiting_for", core::name_of(row.state.waiting_for)},
          {"due_day", day_or_null(row.due_day)},
          {"overdue", row.overdue},
          {"urgent", row.urgent},
          {"alarms", row.state.alarms.size()}};
}

std::string line_of(const Row& row) {
  std::string line = core::handle_words(row.item.handle);
  if (row.told == Told::kBroken)
    return line + "  ! does not check out: see \"omzien verify case\"\n";
  if (row.told == Told::kGone) return line + "  was shared with you until just now\n";
  line += "  " + std::string(row.state.kind ? rules::name_of(*row.state.kind) : "?");
  line += "  " + (row.state.state ? std::string(rules::name_of(*row.state.state)) : "?");
  if (row.urgent) line += "  URGENT";
  if (row.unread > 0) line += "  unread: " + std::to_string(row.unread);
  if (row.due_day != 0)
    line += (row.overdue ? "  OVERDUE since " : "  due ") + protocol::iso_date(row.due_day);
  if (!row.state.alarms.empty()) line += "  ! alarms: " + std::to_string(row.state.alarms.size());
  return line + "\n";
}

// A case whose adviser let a legal term pass: nothing of it is theirs to read before they take
// over.
nlohmann::json overdue_json(const protocol::InboxItem& item, const protocol::Directory& directory) {
  const auto* late = directory.person(*item.stands_in_for);
  return {{"handle", item.handle.hex()},
          {"handle_words", core::handle_words(item.handle)},
          {"stands_in_for", late == nullptr ? "unknown" : late->name}};
}

std::string overdue_line(const nlohmann::json& row) {
  return row["handle_words"].get<std::string>() + "  a legal term has passed: \"omzien desk " +
         "take-over\" makes it yours, in place of " + row["stands_in_for"].get<std::string>() +
         "\n";
}

}  // namespace

Result<void> desk_inbox(Context& context) {
  auto desk = open_desk(context);
  if (!desk) return tl::unexpected(desk.error());
  const auto inbox = core::fetch_inbox(*desk->connection, desk->self);
  if (!inbox) return tl::unexpected(inbox.error());
  auto heads = context.keeps_trace() ? core::Heads::load(context.folder(), desk->self)
                                     : Result<core::Heads>();
  if (!heads) return tl::unexpected(heads.error());
  std::vector<Row> rows;
  for (const auto& item : inbox->cases) {
    const auto opened = core::fetch_case(*desk->connection, item.handle, desk->self);
    const bool gone = !opened && opened.error().kind == ErrorKind::kRefused;
    if (!opened && !gone && opened.error().kind != ErrorKind::kVerification)
      return tl::unexpected(opened.error());
    if (opened) {
      heads->note(*opened);
      rows.push_back(row_of(item, *opened, *heads, *desk->connection, desk->self));
    } else {
      rows.push_back({item, {}, 0, 0, false, gone ? Told::kGone : Told::kBroken, false});
    }
  }
  if (context.keeps_trace())
    if (auto saved = heads->save(context.folder(), desk->self, context.random()); !saved)
      return saved;
  std::stable_sort(rows.begin(), rows.end(), comes_first);
  nlohmann::json cases = nlohmann::json::array();
  std::string lines;
  for (const auto& row : rows) {
    cases.push_back(json_of(row));
    lines += line_of(row);
  }
  nlohmann::json to_take_over = nlohmann::json::array();
  for (const auto& item : inbox->to_take_over) {
    to_take_over.push_back(overdue_json(item, desk->connection->directory()));
    lines += overdue_line(to_take_over.back());
  }
  context.print({{"cases", std::move(cases)}, {"to_take_over", std::move(to_take_over)}},
                lines.empty() ? "No cases are shared with you.\n" : lines);
  return {};
}

}  // namespace omzien::cli
