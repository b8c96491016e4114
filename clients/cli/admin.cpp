// `omzien admin`: the organisation's folder and who stands in it. Signing is admin_publish.cpp.
#include "clients/cli/admin.h"

#include <algorithm>

#include <CLI/CLI.hpp>

#include "clients/cli/admin_leave.h"
#include "clients/cli/commands.h"
#include "clients/cli/promises/week.h"
#include "clients/cli/terminal.h"
#include "crypto/open/key_file.h"

namespace omzien::cli {
namespace {

Result<void> init(Context& context, const AdminOptions& options) {
  const OrganisationFolder folder{options.dir};
  if (std::filesystem::exists(folder.root_key()))
    return bad_input(options.dir + " holds an organisation already");
  if (options.name.empty() || options.units.empty())
    return bad_input("an organisation needs --name and at least one --unit");
  const auto passphrase = new_secret("OMZIEN_PASSPHRASE", "A passphrase for the root key: ");
  if (!passphrase) return tl::unexpected(passphrase.error());
  std::error_code error;
  std::filesystem::create_directories(folder.path / "members", error);
  if (error) return bad_input(options.dir + " can't be made: " + error.message());
  auto& random = context.random();
  const crypto::KeyFile root{
      crypto::KeyFileKind::kRoot, {}, crypto::random_key<crypto::SigningSeed>(random), {}};
  const auto service = protocol::service_id_of(crypto::SigningKey(root.signing_seed).public_key());
  const auto org = "url = \"" + options.url + "\"\nservice_id = \"" + service.hex() + "\"\n";
  if (auto done = core::write_file(folder.org(), crypto::as_bytes(org)); !done) return done;
  // What every client would refuse is told now, and leaves nothing.
  if (auto read = core::read_org(folder.org()); !read) {
    for (const auto& made : {folder.org(), folder.path / "members", folder.path})
      std::filesystem::remove(made, error);
    return tl::unexpected(read.error());
  }
  if (auto done = write_organisation(folder, options.name, options.units); !done) return done;
  // Last: a folder with a root key is a folder that is whole.
  if (auto done = core::write_file(folder.root_key(),
                                   crypto::seal_key_file(root, passphrase->reveal(), random));
      !done)
    return done;
  context.print({{"service_id", service.hex()}, {"org", folder.org().string()}},
                "Organisation made in " + options.dir +
                    ".\nFingerprint (for posters, and in org.toml): " + service.hex() +
                    "\nKeep root.key offline.\n");
  return {};
}

Result<void> add(Context& context, const AdminOptions& options) {
  const OrganisationFolder folder{options.dir};
  if (auto checked = check_name(options.name); !checked) return checked;
  if (auto free = check_free(folder, options.name); !free) return free;
  const auto card_bytes = core::read_file(options.card, rules::kHeaderBytesMax);
  if (!card_bytes) return tl::unexpected(card_bytes.error());
  const auto card = protocol::parse_member_card(*card_bytes);
  if (!card) return bad_input(options.card + " is not a card made by \"omzien key new\"");
  const auto plan = read_plan(folder);
  if (!plan) return tl::unexpected(plan.error());
  auto file = described(options, *plan);
  if (!file) return tl::unexpected(file.error());
  file->person.member_id = card->member_id;
  file->person.signing_keys.push_back({card->signing_key, 0, std::nullopt});
  file->certificate = card->certificate;
  for (const auto& person : plan->content.people)
    if (person.member_id == card->member_id)
      return bad_input("this card is " + person.name + "'s already");
  if (auto done = write_member(folder, *file); !done) return done;
  const auto fingerprint = crypto::sha256(card->signing_key.view()).hex();
  context.print(
      {{"name", options.name}, {"member", card->member_id.hex()}, {"fingerprint", fingerprint}},
      options.name + " added. Compare the fingerprint with them, then publish:\n" + fingerprint +
          "\n");
  return {};
}

}  // namespace

Result<MemberFile> described(const AdminOptions& options, const OrganisationPlan& plan) {
  const auto& content = plan.content;
  const auto has_unit = [&](const protocol::Unit& unit) { return unit.name == options.unit; };
  if (std::none_of(content.units.begin(), content.units.end(), has_unit))
    return bad_input("there is no unit \"" + options.unit + "\" in organisation.toml");
  const auto works = read_week(options.works);
  if (!works) return tl::unexpected(works.error());
  MemberFile file;
  file.person.name = options.name;
  file.person.role = *rules::role_named(options.role);
  file.person.position = *rules::position_named(options.position);
  file.person.languages = options.languages;
  file.person.line = options.line;
  file.person.working_days = *works;
  file.unit = options.unit;
  file.stand_in = options.stand_in;
  const bool adviser =
      file.person.role == rules::Role::kAdviser || file.person.role == rules::Role::kStandIn;
  if (adviser && file.person.position != rules::Position::kNone)
    return bad_input("nobody with a managing or HR role can be an adviser");
  return file;
}

void add_description(CLI::App& app, AdminOptions& own) {
  std::vector<std::string> roles, positions;
  for (const auto& row : rules::kRoleNames) roles.emplace_back(row.name);
  for (const auto& row : rules::kPositionNames) positions.emplace_back(row.name);
  app.add_option("--role", own.role, "what they are here for")->check(CLI::IsMember(roles));
  app.add_option("--unit", own.unit, "their unit");
  app.add_option("--language", own.languages, "a language they speak; may stand more than once");
  app.add_option("--line", own.line, "a line about themselves");
  app.add_option("--position", own.position, "what else they are in the organisation")
      ->check(CLI::IsMember(positions));
  app.add_option("--works", own.works, "days of the week, as mon,tue,thu or mon-fri");
  app.add_option("--stand-in", own.stand_in, "who takes over when they are away: a name");
}

void add_admin(CLI::App& app, Options& options) {
  auto* command = app.add_subcommand("admin", "the organisation and its signed directory");
  command->require_subcommand(1);
  const auto own = std::make_shared<AdminOptions>();
  const auto add_command = [&](const char* name, const char* what,
                               Result<void> (*run)(Context&, const AdminOptions&)) {
    auto* sub = command->add_subcommand(name, what);
    add_options(*sub, 0, options);
    sub->add_option("--dir", own->dir, "the organisation's folder")->required();
    runs(*sub, [own, run](Context& context) { return run(context, *own); });
    return sub;
  };
  auto* making =
      add_command("init", "make an organisation: root key, fingerprint, files to fill in", init);
  making->add_option("--name", own->name, "the organisation's name")->required();
  making->add_option("--url", own->url, "where the gateway will be")->required();
  making->add_option("--unit", own->units, "a unit; may stand more than once")->required();
  auto* adding = add_command("add", "add a person by the card they made", add);
  adding->add_option("name", own->name, "unique among those who are here")->required();
  adding->add_option("--card", own->card, "their card")->required();
  add_description(*adding, *own);
  adding->get_option("--role")->required();
  adding->get_option("--unit")->required();
  auto* inviting =
      add_command("invite", "make a link with which a person makes their own keys", admin_invite);
  inviting->add_option("name", own->name, "unique among those who are here")->required();
  add_description(*inviting, *own);
  inviting->add_option("--desk", own->desk, "the desk's address; without: as in org.toml");
  inviting->add_flag("--renew", own->renew,
                     "of somebody who lost their key file: their place stays");
  auto* approving =
      add_command("approve", "let in who answered an invitation, and sign", admin_approve);
  approving->add_option("request", own->request, "a file with their request; - reads the keyboard")
      ->required();
  approving->add_option("--fingerprint", own->fingerprint,
                        "as they read it to you; without: asked");
  auto* removing = add_command("remove", "a person leaves", admin_remove);
  removing->add_option("name", own->name, "who")->required();
  add_command("publish", "sign the next directory with the root key", admin_publish);
  add_command("check", "check what was published", admin_check);
}

}  // namespace omzien::cli
