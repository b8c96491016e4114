#include <limits>

#include "clients/cli/organisation.h"
#include "clients/cli/promises/toml_file.h"
#include "clients/cli/promises/week.h"

namespace omzien::cli {
namespace {

using core::Result;

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

}  // namespace

Result<void> check_free(const OrganisationFolder& folder, const std::string& name) {
  const auto path = folder.member(name);
  if (!std::filesystem::exists(path)) return {};
  const auto there = read_member(path);
  if (!there) return tl::unexpected(there.error());
  if (there->person.left_day == 0)
    return core::fail(core::ErrorKind::kBadInput, name + " stands in this folder already");
  return {};
}

Result<void> write_member(const OrganisationFolder& folder, const MemberFile& file) {
  const auto path = folder.member(file.person.name);
  if (std::filesystem::exists(path)) {
    const auto there = read_member(path);
    if (!there) return tl::unexpected(there.error());
    if (there->person.member_id != file.person.member_id) {
      if (auto kept = write_member_at(folder.left_member(there->person), *there); !kept)
        return kept;
    }
  }
  return write_member_at(path, file);
}

Result<void> write_member_at(const std::filesystem::path& path, const MemberFile& file) {
  const auto& person = file.person;
  toml::array languages;
  for (const auto& language : person.languages) languages.push_back(language);
  toml::array keys;
  for (const auto& key : person.signing_keys) {
    toml::table row{{"key", key.key.hex()}, {"from_day", key.from_day}};
    if (key.signed_by_previous) row.insert("signed_by_previous", key.signed_by_previous->hex());
    keys.push_back(std::move(row));
  }
  return write_toml(path, toml::table{{"member_id", person.member_id.hex()},
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

}  // namespace omzien::cli
