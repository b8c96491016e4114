#include "clients/cli/organisation.h"

#include <algorithm>
#include <limits>
#include <sstream>

#include "clients/cli/promises/handbook_file.h"
#include "clients/cli/promises/toml_file.h"
#include "clients/cli/promises/week.h"

namespace omzien::cli {
namespace {

using core::ErrorKind;
using core::Result;

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

Result<std::vector<rules::Role>> read_roles(const toml::table& table, std::string_view key,
                                            const std::filesystem::path& path) {
  std::vector<rules::Role> roles;
  for (const auto& name : strings(table, key)) {
    const auto role = rules::role_named(name);
    if (!role) return bad(path, "there is no role \"" + name + "\"");
    roles.push_back(*role);
  }
  std::sort(roles.begin(), roles.end());
  return roles;
}

constexpr std::uint32_t kReviewDaysMax = 3'650;

struct TermRange {
  const char* key;
  std::uint32_t protocol::Terms::*member;
  std::uint32_t max;
};

constexpr TermRange kTermRanges[] = {
    {"acknowledge_days", &protocol::Terms::acknowledge_days, rules::kTermDaysMax},
    {"feedback_months", &protocol::Terms::feedback_months, rules::kFeedbackMonthsMax},
    {"retention_days", &protocol::Terms::retention_days, rules::kRetentionDaysMax},
    {"silence_days", &protocol::Terms::silence_days, rules::kTermDaysMax},
    {"further_days", &protocol::Terms::further_days, rules::kTermDaysMax}};

Result<std::uint32_t> whole_number(const toml::node& node, const std::string& name,
                                   std::uint32_t max, const std::filesystem::path& path) {
  const auto number = node.is_integer() ? node.value<std::int64_t>() : std::nullopt;
  if (number && *number >= 1 && *number <= max) return static_cast<std::uint32_t>(*number);
  return bad(path, name + " is not a whole number from 1 to " + std::to_string(max));
}

// What is signed is what was written: a term that can't be read is no reason for another one.
Result<protocol::Terms> read_terms(const toml::table& table, const std::filesystem::path& path) {
  protocol::Terms terms;
  const auto* given = table["terms"].as_table();
  if (given == nullptr && table.contains("terms")) return bad(path, "[terms] is no table");
  if (given == nullptr) return terms;
  for (const auto& [key, node] : *given) {
    const std::string_view term = key.str();
    const auto name = "[terms] " + std::string(term);
    const auto* range = std::find_if(std::begin(kTermRanges), std::end(kTermRanges),
                                     [&](const auto& one) { return term == one.key; });
    if (range == std::end(kTermRanges)) return bad(path, name + " is no term");
    const auto number = whole_number(node, name, range->max, path);
    if (!number) return tl::unexpected(number.error());
    terms.*range->member = *number;
  }
  return terms;
}

// A day of a member's file, as a number; 0 where none is said. A date that is written otherwise
// must not read as "never".
Result<protocol::Day> day_at(const toml::table& table, std::string_view key,
                             const std::filesystem::path& path) {
  const auto* node = table.get(key);
  const auto* number = node == nullptr ? nullptr : node->as_integer();
  if (node == nullptr) return protocol::Day{0};
  if (number == nullptr || number->get() < 0 ||
      number->get() > std::numeric_limits<protocol::Day>::max())
    return bad(path, std::string(key) + " is not a day: days since 1970-01-01, as a whole number");
  return static_cast<protocol::Day>(number->get());
}

Result<protocol::SigningKeyEntry> signing_key_in(const toml::node& node,
                                                 const std::filesystem::path& path) {
  const auto* row = node.as_table();
  const auto key = row == nullptr ? std::nullopt : fixed<crypto::SigningPublicKey>(*row, "key");
  if (!key) return bad(path, "a signing key that is none");
  const auto from = day_at(*row, "from_day", path);
  if (!from) return tl::unexpected(from.error());
  const auto vouched = fixed<crypto::Signature>(*row, "signed_by_previous");
  if (!vouched && row->contains("signed_by_previous"))
    return bad(path, "a signing key whose signed_by_previous is no signature");
  return protocol::SigningKeyEntry{*key, *from, vouched};
}

Result<void> name_stand_in(std::vector<protocol::Person>& people, const protocol::MemberId& member,
                           const std::string& name) {
  const auto found = std::find_if(people.begin(), people.end(), [&](const auto& person) {
    return person.left_day == 0 && person.name == name;
  });
  for (auto& person : people) {
    if (person.member_id != member) continue;
    if (found == people.end())
      return core::fail(ErrorKind::kBadInput,
                        "there is nobody called \"" + name + "\" to stand in for " + person.name);
    person.stand_in = found->member_id;
  }
  return {};
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
                                {"works", toml_strings(week_names(person.working_days))},
                                {"stand_in", file.stand_in},
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
  const auto left = day_at(*table, "left_day", path);
  if (!left) return tl::unexpected(left.error());
  person.left_day = *left;
  file.unit = (*table)["unit"].value_or(std::string{});
  file.stand_in = (*table)["stand_in"].value_or(std::string{});
  const auto works = read_week(strings(*table, "works"));
  if (!works) return bad(path, works.error().message);
  person.working_days = *works;
  file.certificate = *certificate;
  if (const auto* languages = (*table)["languages"].as_array())
    for (const auto& language : *languages)
      person.languages.push_back(language.value_or(std::string{}));
  if (const auto* keys = (*table)["signing_keys"].as_array())
    for (const auto& row : *keys) {
      const auto key = signing_key_in(row, path);
      if (!key) return tl::unexpected(key.error());
      person.signing_keys.push_back(*key);
    }
  return file;
}

Result<OrganisationPlan> read_plan(const OrganisationFolder& folder) {
  const auto table = read_toml(folder.organisation());
  if (!table) return tl::unexpected(table.error());
  OrganisationPlan plan;
  auto& content = plan.content;
  content.name = (*table)["name"].value_or(std::string{});
  plan.review_days = rules::kDirectoryReviewDays;
  if (const auto* given = table->get("review_days")) {
    const auto days = whole_number(*given, "review_days", kReviewDaysMax, folder.organisation());
    if (!days) return tl::unexpected(days.error());
    plan.review_days = *days;
  }
  if (const auto* units = (*table)["units"].as_array())
    for (const auto& unit : *units)
      content.units.push_back(
          {static_cast<std::uint32_t>(content.units.size() + 1), unit.value_or(std::string{})});
  const auto terms = read_terms(*table, folder.organisation());
  if (!terms) return tl::unexpected(terms.error());
  content.terms = *terms;
  read_texts(*table, content);
  auto alerted = read_roles(*table, "alert_roles", folder.organisation());
  auto further = read_roles(*table, "further_alert_roles", folder.organisation());
  if (!alerted || !further) return tl::unexpected(alerted ? further.error() : alerted.error());
  content.alert_roles = std::move(*alerted);
  content.further_alert_roles = std::move(*further);
  content.sensitive_steps = strings(*table, "sensitive_steps");
  std::sort(content.sensitive_steps.begin(), content.sensitive_steps.end());
  if (std::filesystem::exists(folder.handbook())) {
    auto book = read_handbook(folder.handbook());
    if (!book) return tl::unexpected(book.error());
    plan.handbook = std::move(*book);
  }
  std::vector<std::pair<protocol::MemberId, std::string>> stand_ins;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path / "members")) {
    if (entry.path().extension() != ".toml") continue;
    auto file = read_member(entry.path());
    if (!file) return tl::unexpected(file.error());
    const auto unit = std::find_if(content.units.begin(), content.units.end(),
                                   [&](const protocol::Unit& u) { return u.name == file->unit; });
    if (unit == content.units.end())
      return bad(entry.path(), "there is no unit \"" + file->unit + "\"");
    file->person.unit_id = unit->id;
    if (!file->stand_in.empty()) stand_ins.push_back({file->person.member_id, file->stand_in});
    if (file->person.left_day == 0) plan.certificates.push_back(file->certificate);
    content.people.push_back(std::move(file->person));
  }
  std::sort(content.people.begin(), content.people.end(),
            [](const auto& a, const auto& b) { return a.member_id < b.member_id; });
  for (const auto& [member, name] : stand_ins)
    if (auto named = name_stand_in(content.people, member, name); !named)
      return tl::unexpected(named.error());
  return plan;
}

}  // namespace omzien::cli
