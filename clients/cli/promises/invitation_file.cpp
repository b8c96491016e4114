#include "clients/cli/promises/invitation_file.h"

#include "clients/cli/promises/toml_file.h"
#include "clients/cli/promises/week.h"

namespace omzien::cli {
namespace {

Result<InvitationFile> read_invitation(const std::filesystem::path& path) {
  const auto table = read_toml(path);
  if (!table) return tl::unexpected(table.error());
  InvitationFile file;
  const auto token = fixed<protocol::InvitationToken>(*table, "token");
  const auto role = rules::role_named((*table)["role"].value_or(std::string{}));
  const auto position = rules::position_named((*table)["position"].value_or(std::string("none")));
  const auto works = read_week(strings(*table, "works"));
  if (!token || !role || !position || !works)
    return bad(path, "needs token, role, position and works");
  file.token = *token;
  file.last_day = number(*table, "last_day", 0);
  file.renew = (*table)["renew"].value_or(false);
  auto& person = file.member.person;
  person.name = (*table)["name"].value_or(std::string{});
  person.role = *role;
  person.position = *position;
  person.languages = strings(*table, "languages");
  person.line = (*table)["line"].value_or(std::string{});
  person.working_days = *works;
  if (const auto id = fixed<protocol::MemberId>(*table, "member_id"); id) person.member_id = *id;
  file.member.unit = (*table)["unit"].value_or(std::string{});
  file.member.stand_in = (*table)["stand_in"].value_or(std::string{});
  return file;
}

}  // namespace

Result<void> write_invitation(const OrganisationFolder& folder, const InvitationFile& file) {
  const auto& person = file.member.person;
  toml::table table{{"token", file.token.hex()},
                    {"last_day", file.last_day},
                    {"renew", file.renew},
                    {"name", person.name},
                    {"role", std::string(rules::name_of(person.role))},
                    {"position", std::string(rules::name_of(person.position))},
                    {"unit", file.member.unit},
                    {"languages", toml_strings(person.languages)},
                    {"line", person.line},
                    {"works", toml_strings(week_names(person.working_days))},
                    {"stand_in", file.member.stand_in}};
  if (file.renew) table.insert("member_id", person.member_id.hex());
  std::error_code error;
  std::filesystem::create_directories(folder.path / "invitations", error);
  if (error) return bad(folder.path / "invitations", "can't be made: " + error.message());
  return write_toml(folder.invitation(person.name), table);
}

Result<std::vector<InvitationFile>> read_invitations(const OrganisationFolder& folder) {
  std::vector<InvitationFile> files;
  std::error_code error;
  for (std::filesystem::directory_iterator at(folder.path / "invitations", error), end;
       !error && at != end; at.increment(error)) {
    if (at->path().extension() != ".toml") continue;
    auto file = read_invitation(at->path());
    if (!file) return tl::unexpected(file.error());
    files.push_back(std::move(*file));
  }
  return files;
}

}  // namespace omzien::cli
