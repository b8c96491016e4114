#include "clients/cli/render_event.h"

#include "clients/core/attachment.h"
#include "protocol/calendar.h"

namespace omzien::cli {
namespace {

using nlohmann::json;

struct Fields {
  json& row;

  void operator()(const core::Opening& opening) const {
    row["case_kind"] = rules::name_of(opening.case_kind);
    row["lead"] = rules::name_of(opening.lead);
    row["wants"] = json::array();
    for (const auto want : opening.wants) row["wants"].push_back(rules::name_of(want));
  }
  void operator()(const core::Report& report) const {
    row["text"] = report.text;
    if (report.answers.empty()) return;
    row["answers"] = json::array();
    for (const auto& answer : report.answers)
      row["answers"].push_back({{"prompt", answer.prompt}, {"text", answer.text}});
  }
  void operator()(const core::Message& message) const { row["text"] = message.text; }
  void operator()(const core::Note& note) const { row["text"] = note.text; }
  void operator()(const core::Assessment& it) const { row["text"] = it.text; }
  void operator()(const core::Sensitive& it) const { row["text"] = it.text; }
  void operator()(const core::Consultation& it) const { row["text"] = it.text; }
  void operator()(const core::TriageDecision& it) const {
    row["ruling"] = rules::name_of(it.ruling);
    row["text"] = it.text;
    row["reason"] = it.reason;
  }
  void operator()(const core::Stay& it) const {
    row["ended"] = it.ended;
    row["text"] = it.text;
  }
  void operator()(const core::CheckIn& check_in) const { row["text"] = check_in.text; }
  void operator()(const core::StatusChange& status) const {
    row["state"] = rules::name_of(status.state);
    row["text"] = status.text;
  }
  void operator()(const core::Attachment& attachment) const {
    row["files"] = json::array();
    for (const auto& file : attachment.files)
      row["files"].push_back(
          {{"name", core::shown_name(file)}, {"media_type", file.media_type}, {"size", file.size}});
  }
  void operator()(const core::Outcome& outcome) const {
    row["text"] = outcome.text;
    row["reason"] = outcome.reason;
  }
  void operator()(const core::Proposal& proposal) const {
    row["step"] = proposal.step;
    row["text"] = proposal.text;
    row["readers"] = json::array();
    for (const auto& reader : proposal.readers) row["readers"].push_back(reader_row(reader));
    row["summary"] = proposal.summary;
    if (proposal.sensitive) row["sensitive"] = true;
  }
  void operator()(const core::Decision& decision) const {
    row["proposal_seq"] = decision.proposal_seq;
    row["choice"] = rules::name_of(decision.choice);
    row["text"] = decision.text;
  }
  void operator()(const core::Retraction& retraction) const {
    row["proposal_seq"] = retraction.proposal_seq;
  }
  void operator()(const core::Summary& summary) const {
    row["text"] = summary.text;
    row["proposal_seq"] = summary.proposal_seq;
  }
  void operator()(const core::Unconsented& unconsented) const {
    row["cause"] = rules::name_of(unconsented.cause);
    row["text"] = unconsented.text;
  }
  void operator()(const core::IdentityOpened&) const {}
  void operator()(const core::UnknownEvent&) const {}
};

}  // namespace

void put_event(json& row, const core::Event& event) {
  row["event"] = core::kind_name(event);
  std::visit(Fields{row}, event);
}

json reader_row(const core::ProposedReader& reader) {
  json compartments = json::array();
  for (const auto compartment : reader.compartments)
    compartments.push_back(rules::name_of(compartment));
  json row{{"member", reader.member_id.hex()},
           {"compartments", std::move(compartments)},
           {"last_day", day_or_null(reader.last_day)}};
  if (reader.lead) row["lead"] = true;
  return row;
}

json day_or_null(protocol::Day day) {
  return day == 0 ? json(nullptr) : json(protocol::iso_date(day));
}

}  // namespace omzien::cli
