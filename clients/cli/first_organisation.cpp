#include <sstream>

#include "clients/cli/organisation.h"
#include "clients/cli/promises/handbook_file.h"
#include "clients/cli/promises/toml_file.h"

namespace omzien::cli {
namespace {

// What an organisation begins with, to change: the help line, and the steps an adviser may propose
// (rules: ProposedStep) in words for the reporter.
constexpr std::string_view kFirstTexts = R"([texts.nl]
help_line = "Bij direct gevaar: bel 112."
step_share_triage = "Het verhaal delen met de triagecommissie"
step_team_lead = "Praten met de teamleider"
step_coordinator = "De landelijk coördinator om raad vragen"
step_mediation = "Een gesprek met een bemiddelaar erbij"
step_investigation = "Een formeel onderzoek"
step_close = "De zaak afsluiten"
step_stay = "Bij je vertrouwenspersoon blijven, zonder de triagecommissie"
step_hand_over = "Een andere vertrouwenspersoon neemt het over"

[texts.en]
help_line = "In immediate danger: call 112."
step_share_triage = "Share the story with the triage committee"
step_team_lead = "Talk to the team lead"
step_coordinator = "Ask the national coordinator for advice"
step_mediation = "A talk with a mediator"
step_investigation = "A formal investigation"
step_close = "Close the case"
step_stay = "Stay with your adviser, without the triage committee"
step_hand_over = "Another adviser takes over"
)";

}  // namespace

core::Result<void> write_organisation(const OrganisationFolder& folder, const std::string& name,
                                      const std::vector<std::string>& units) {
  toml::array unit_names;
  for (const auto& unit : units) unit_names.push_back(unit);
  std::ostringstream text;
  text << "# What the directory says about the organisation. Change it, then run `omzien admin "
          "publish`.\n\n"
       << toml::table{{"name", name},
                      {"units", std::move(unit_names)},
                      {"review_days", rules::kDirectoryReviewDays},
                      {"alert_roles", toml::array{"coordinator"}},
                      {"further_alert_roles", toml::array{"cdo"}},
                      {"sensitive_steps", toml::array{"investigation"}}}
       << "\n\n# A missed term is told to alert_roles, after further_days to further_alert_roles, "
          "too. A yes to one of"
          "\n# sensitive_steps asks for the coordinator's consultation before the case closes."
       << "\n# Units keep their place in the list: new ones come last, and none is taken out.\n\n"
       << "[terms]\nacknowledge_days = " << rules::kAcknowledgeDays
       << "\nfeedback_months = " << rules::kFeedbackMonths
       << "\nretention_days = " << rules::kRetentionDays
       << "\nsilence_days = " << rules::kSilenceDays << "\nfurther_days = " << rules::kFurtherDays
       << "\n\n"
       << kFirstTexts;
  if (auto done = write_first_handbook(folder.handbook()); !done) return done;
  return core::write_file(folder.organisation(), crypto::as_bytes(text.str()));
}

}  // namespace omzien::cli
