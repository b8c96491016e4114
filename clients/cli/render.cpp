#include "clients/cli/render.h"

#include "clients/core/attachment.h"
#include "clients/core/names.h"

namespace omzien::cli {
namespace {

using nlohmann::json;

// Adds names to rows that name members by their ids.
void put_names(json& rows, const core::CaseState& state) {
  for (auto& row : rows) {
    const auto id = crypto::from_hex(row["member"].get<std::string>());
    const auto found = state.names.find(*protocol::MemberId::from(*id));
    row["name"] = found == state.names.end() ? "unknown" : found->second;
  }
}

json entry_row(const core::OpenedEntry& entry, const core::CaseState& state) {
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
  if (const auto* purge = std::get_if<protocol::Purge>(&header.fields)) {
    row["rule"] = rules::name_of(purge->rule);
    row["days"] = purge->days;
  }
  if (entry.event) put_event(row, *entry.event);
  if (row.contains("readers")) put_names(row["readers"], state);
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

json decision_row(const core::DecisionRecord& decision) {
  return {{"seq", decision.seq},
          {"day", protocol::iso_date(decision.day)},
          {"choice", rules::name_of(decision.choice)},
          {"text", decision.text},
          {"carried_out", decision.carried_out}};
}

json proposal_row(const core::ProposalRecord& record, const core::CaseState& state) {
  json row{{"seq", record.seq},
           {"author", state.names.at(record.author)},
           {"since_day", protocol::iso_date(record.since_day)},
           {"standing", core::name_of(record.standing)},
           {"decision", record.decision ? decision_row(*record.decision) : json(nullptr)}};
  put_event(row, record.proposal);
  put_names(row["readers"], state);
  return row;
}

// Proposals, acts without consent and openings of the identity.
void put_lead(json& object, const core::CaseState& state) {
  for (const auto* list : {"unconsented", "open_questions", "proposals", "identity_opened"})
    object[list] = json::array();
  for (const auto& record : state.unconsented)
    object["unconsented"].push_back({{"seq", record.seq},
                                     {"day", protocol::iso_date(record.day)},
                                     {"author", state.names.at(record.author)},
                                     {"cause", rules::name_of(record.cause)},
                                     {"text", record.text}});
  for (const auto& record : state.proposals) {
    object["proposals"].push_back(proposal_row(record, state));
    if (record.standing == core::ProposalStanding::kOpen)
      object["open_questions"].push_back(proposal_row(record, state));
  }
  for (const auto& record : state.identity_opened)
    object["identity_opened"].push_back({{"seq", record.seq},
                                         {"day", protocol::iso_date(record.day)},
                                         {"author", state.names.at(record.author)}});
}

}  // namespace

std::string_view name_of(core::AlarmKind kind) {
  switch (kind) {
    case core::AlarmKind::kRuleBroken: return "rule_broken";
    case core::AlarmKind::kAltered: return "altered";
    case core::AlarmKind::kOtherKey: return "other_key";
    case core::AlarmKind::kStrangersKey: return "strangers_key";
    case core::AlarmKind::kUnknownDirectory: return "unknown_directory";
    case core::AlarmKind::kNewerVersion: return "newer_version";
    case core::AlarmKind::kMissing: return "missing";
    case core::AlarmKind::kOtherDay: return "other_day";
  }
  return "unknown";
}

Rendered render_case(const core::OpenedCase& opened, const core::CaseState& state) {
  const auto& handle = opened.chain.handle();
  json object{{"handle", handle.hex()},
              {"handle_words", core::handle_words(handle)},
              {"kind", state.kind ? json(rules::name_of(*state.kind)) : json(nullptr)},
              {"state", state.state ? json(rules::name_of(*state.state)) : json(nullptr)},
              {"day_opened", protocol::iso_date(state.day_opened)},
              {"urgent", state.urgent},
              {"waiting_for", core::name_of(state.waiting_for)},
              {"entries", json::array()},
              {"access", json::array()},
              {"clocks",
               {{"acknowledge", clock_row(state.clocks.acknowledge, state.clocked)},
                {"feedback", clock_row(state.clocks.feedback, state.clocked)}}},
              {"alarms", json::array()},
              {"head_words", core::head_words(opened.chain.head_hash())}};
  for (const auto& entry : opened.entries) object["entries"].push_back(entry_row(entry, state));
  put_lead(object, state);
  for (const auto& access : state.access) object["access"].push_back(access_row(access));
  for (const auto& alarm : state.alarms)
    object["alarms"].push_back(
        {{"seq", alarm.seq}, {"kind", name_of(alarm.kind)}, {"text", alarm.text}});
  return {object, lines_of(object)};
}

}  // namespace omzien::cli
