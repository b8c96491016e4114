#include "clients/cli/organisation.h"

#include <algorithm>

#include "clients/cli/promises/handbook_file.h"
#include "clients/cli/promises/toml_file.h"
#include "protocol/directory_rules.h"

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

// The law's two may be shortened and not lengthened: the first screen says them to everybody,
// before any directory has come in.
constexpr TermRange kTermRanges[] = {
    {"acknowledge_days", &protocol::Terms::acknowledge_days, rules::kAcknowledgeDays},
    {"feedback_months", &protocol::Terms::feedback_months, rules::kFeedbackMonths},
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

}  // namespace

Result<void> check_name(const std::string& name) {
  const auto good = [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
  };
  if (name.empty() || name.size() > 64 || name.front() == '.' ||
      !std::all_of(name.begin(), name.end(), good))
    return core::fail(ErrorKind::kBadInput,
                      "a name has letters, digits, '-', '_' or '.', at most 64");
  if (protocol::is_reserved_name(name))
    return core::fail(ErrorKind::kBadInput,
                      "nobody can be called \"" + name +
                          "\": what they write would look like another one's. \"reporter\", "
                          "\"gateway\" and \"unknown\" stand for who is no member");
  return {};
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
