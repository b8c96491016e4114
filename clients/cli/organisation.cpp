#include "clients/cli/organisation.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <toml++/toml.h>

#include "clients/core/local_folder.h"

namespace omzien::cli {
namespace {

using core::ErrorKind;
using core::Result;

tl::unexpected<core::Error> bad(const std::filesystem::path& path, const std::string& what) {
  return core::fail(ErrorKind::kBadInput, path.string() + ": " + what);
}

Result<toml::table> read_toml(const std::filesystem::path& path) {
  try {
    return toml::parse_file(path.string());
  } catch (const toml::parse_error& error) {
    return bad(path, std::string(error.description()));
  }
}

Result<void> write_toml(const std::filesystem::path& path, const toml::table& table) {
  std::ostringstream text;
  text << table << '\n';
  return core::write_file(path, crypto::as_bytes(text.str()));
}

template <class Fixed>
std::optional<Fixed> fixed(const toml::table& table, std::string_view key) {
  const auto bytes = crypto::from_hex(table[key].value_or(std::string{}));
  return bytes ? Fixed::from(*bytes) : std::nullopt;
}

std::uint32_t number(const toml::table& table, std::string_view key, std::uint32_t otherwise) {
  return table[key].value_or(otherwise);
}

void read_texts(const toml::table& table, protocol::DirectoryContent& content) {
  const auto* languages = table["texts"].as_table();
  if (languages == nullptr) return;
  for (const auto& [language, texts] : *languages)
    if (const auto* of_language = texts.as_table())
      for (const auto& [key, text] : *of_language)
        content.texts.push_back(
            {std::string(key.str()), std::string(language.str()), text.value_or(std::string{})});
  std::sort(content.texts.begin(), content.texts.end(), [](const auto& a, const auto& b) {
    return std::tie(a.key, a.language) < std::tie(b.key, b.language);
  });
}

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

[texts.en]
help_line = "In immediate danger: call 112."
step_share_triage = "Share the story with the triage committee"
step_team_lead = "Talk to the team lead"
step_coordinator = "Ask the national coordinator for advice"
step_mediation = "A talk with a mediator"
step_investigation = "A formal investigation"
step_close = "Close the case"
)";

}  // namespace

bool good_name(const std::string& name) {
  const auto good = [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
  };
  return !name.empty() && name.size() <= 64 && name.front() != '.' &&
         std::all_of(name.begin(), name.end(), good);
}

Result<void> write_organisation(const OrganisationFolder& folder, const std::string& name,
                                const std::vector<std::string>& units) {
  toml::array unit_names;
  for (const auto& unit : units) unit_names.push_back(unit);
  std::ostringstream text;
  text << "# What the directory says about the organisation. Change it, then run `omzien admin "
          "publish`.\n\n"
       << toml::table{{"name", name},
                      {"units", std::move(unit_names)},
                      {"review_days", rules::kDirectoryReviewDays}}
       << "\n\n# Units keep their place in the list: new ones come last, and none is taken out.\n\n"
       << "[terms]\nacknowledge_days = " << rules::kAcknowledgeDays
       << "\nfeedback_months = " << rules::kFeedbackMonths
       << "\nretention_days = " << rules::kRetentionDays
       << "\nsilence_days = " << rules::kSilenceDays << "\n\n"
       << kFirstTexts;
  return core::write_file(folder.organisation(), crypto::as_bytes(text.str()));
}

Result<void> write_member(const OrganisationFolder& folder, const MemberFile& file) {
  const auto& person = file.person;
  toml::array languages;
  for (const auto& language : person.languages) languages.push_back(language);
  toml::array keys;
  for (const auto& key : person.signing_keys) {
    toml::table row{{"key", key.key.hex()}, {"from_day", key.from_day}};
    if (key.signed_by_previous) row.insert("signed_by_previous", key.signed_by_previous->hex());
    keys.push_back(std::move(row));
  }
  return write_toml(folder.member(person.name),
                    toml::table{{"member_id", person.member_id.hex()},
                                {"name", person.name},
                                {"role", std::string(rules::name_of(person.role))},
                                {"unit", file.unit},
                                {"languages", std::move(languages)},
                                {"line", person.line},
                                {"position", std::string(rules::name_of(person.position))},
                                {"left_day", person.left_day},
                                {"signing_keys", std::move(keys)},
                                {"certificate", crypto::to_hex(file.certificate)}});
}

Result<MemberFile> read_member(const std::filesystem::path& path) {
  const auto table = read_toml(path);
  if (!table) return tl::unexpected(table.error());
  MemberFile file;
  auto& person = file.person;
  const auto id = fixed<protocol::MemberId>(*table, "member_id");
  const auto role = rules::role_named((*table)["role"].value_or(std::string{}));
  const auto position = rules::position_named((*table)["position"].value_or(std::string("none")));
  const auto certificate = crypto::from_hex((*table)["certificate"].value_or(std::string{}));
  if (!id || !role || !position || !certificate)
    return bad(path, "needs member_id, role, position and certificate");
  person.member_id = *id;
  person.name = (*table)["name"].value_or(std::string{});
  person.role = *role;
  person.position = *position;
  person.line = (*table)["line"].value_or(std::string{});
  person.left_day = number(*table, "left_day", 0);
  file.unit = (*table)["unit"].value_or(std::string{});
  file.certificate = *certificate;
  if (const auto* languages = (*table)["languages"].as_array())
    for (const auto& language : *languages)
      person.languages.push_back(language.value_or(std::string{}));
  if (const auto* keys = (*table)["signing_keys"].as_array())
    for (const auto& row : *keys) {
      const auto* entry = row.as_table();
      const auto key =
          entry == nullptr ? std::nullopt : fixed<crypto::SigningPublicKey>(*entry, "key");
      if (!key) return bad(path, "a signing key that is none");
      person.signing_keys.push_back({*key, number(*entry, "from_day", 0),
                                     fixed<crypto::Signature>(*entry, "signed_by_previous")});
    }
  return file;
}

Result<OrganisationPlan> read_plan(const OrganisationFolder& folder) {
  const auto table = read_toml(folder.organisation());
  if (!table) return tl::unexpected(table.error());
  OrganisationPlan plan;
  auto& content = plan.content;
  content.name = (*table)["name"].value_or(std::string{});
  plan.review_days = number(*table, "review_days", rules::kDirectoryReviewDays);
  if (const auto* units = (*table)["units"].as_array())
    for (const auto& unit : *units)
      content.units.push_back(
          {static_cast<std::uint32_t>(content.units.size() + 1), unit.value_or(std::string{})});
  if (const auto* terms = (*table)["terms"].as_table())
    content.terms = {number(*terms, "acknowledge_days", rules::kAcknowledgeDays),
                     number(*terms, "feedback_months", rules::kFeedbackMonths),
                     number(*terms, "retention_days", rules::kRetentionDays),
                     number(*terms, "silence_days", rules::kSilenceDays)};
  read_texts(*table, content);
  for (const auto& entry : std::filesystem::directory_iterator(folder.path / "members")) {
    if (entry.path().extension() != ".toml") continue;
    auto file = read_member(entry.path());
    if (!file) return tl::unexpected(file.error());
    const auto unit = std::find_if(content.units.begin(), content.units.end(),
                                   [&](const protocol::Unit& u) { return u.name == file->unit; });
    if (unit == content.units.end())
      return bad(entry.path(), "there is no unit \"" + file->unit + "\"");
    file->person.unit_id = unit->id;
    if (file->person.left_day == 0) plan.certificates.push_back(file->certificate);
    content.people.push_back(std::move(file->person));
  }
  std::sort(content.people.begin(), content.people.end(),
            [](const auto& a, const auto& b) { return a.member_id < b.member_id; });
  return plan;
}

}  // namespace omzien::cli
