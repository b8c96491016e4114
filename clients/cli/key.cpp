// `omzien key`: a member's key file.
#include <CLI/CLI.hpp>

#include "clients/cli/commands.h"
#include "clients/cli/promises/key_presence.h"
#include "clients/cli/terminal.h"
#include "clients/core/desk/enrolment.h"
#include "protocol/calendar.h"

namespace omzien::cli {
namespace {

constexpr std::size_t kLinkBytesMax = 4'096;

struct KeyOptions {
  std::string out;
  std::string invitation;  // a file with the link
};

// From an invitation: the request for the administrator beside the key file.
Result<void> make_invited(Context& context, const KeyOptions& options, const core::Org& org) {
  const auto link = read_text(options.invitation, kLinkBytesMax);
  if (!link) return tl::unexpected(link.error());
  const auto invitation =
      protocol::parse_invitation(link->substr(0, link->find_last_not_of(" \r\n") + 1));
  if (!invitation) return bad_input("this is not a link of an invitation, or not all of it");
  if (invitation->service_id != org.service_id)
    return core::fail(ErrorKind::kVerification,
                      "this invitation is of another organisation than yours");
  if (core::own_day() > invitation->last_day)
    return bad_input("this invitation ended on " + protocol::iso_date(invitation->last_day) +
                     "; ask for another one");
  const auto passphrase = new_secret("OMZIEN_PASSPHRASE", "A passphrase for the new key: ");
  if (!passphrase) return tl::unexpected(passphrase.error());
  const auto enrolment = core::enrol(*invitation, context.random(), core::own_day());
  const auto sealed = crypto::seal_key_file(enrolment.file, passphrase->reveal(), context.random());
  if (auto written = core::write_file(options.out, sealed); !written) return written;
  const auto request = options.out + ".request";
  if (auto written = core::write_file(request, crypto::as_bytes(enrolment.request + "\n"));
      !written)
    return written;
  const auto fingerprint = enrolment.fingerprint.hex();
  context.print({{"key", options.out},
                 {"request", request},
                 {"name", invitation->name},
                 {"role", rules::name_of(invitation->role)},
                 {"unit", invitation->unit},
                 {"member", enrolment.file.member_id.hex()},
                 {"fingerprint", fingerprint}},
                "Key file: " + options.out +
                    " (keep it, with its passphrase; nobody can replace it)\nSend this to the "
                    "administrator: " +
                    request + "\nAnd read them this fingerprint, by voice or face to face:\n" +
                    fingerprint + "\n");
  return {};
}

Result<void> make(Context& context, const KeyOptions& options) {
  const auto org = context.org();
  if (!org) return tl::unexpected(org.error());
  if (std::filesystem::exists(options.out))
    return bad_input(options.out + " is there already; it is left as it is");
  if (!options.invitation.empty()) return make_invited(context, options, *org);
  const auto passphrase = new_secret("OMZIEN_PASSPHRASE", "A passphrase for the new key: ");
  if (!passphrase) return tl::unexpected(passphrase.error());
  auto& random = context.random();
  crypto::KeyFile file{crypto::KeyFileKind::kMember,
                       crypto::random_value<protocol::MemberId>(random),
                       crypto::random_key<crypto::SigningSeed>(random),
                       {}};
  file.xwing_seeds.push_back(crypto::random_key<crypto::XWingSeed>(random));
  if (auto written =
          core::write_file(options.out, crypto::seal_key_file(file, passphrase->reveal(), random));
      !written)
    return written;
  const auto public_key = crypto::SigningKey(file.signing_seed).public_key();
  const auto card = options.out + ".card";
  const protocol::MemberCard content{file.member_id, public_key,
                                     core::certify(file, org->service_id, core::own_day())};
  if (auto written = core::write_file(card, protocol::encode_member_card(content)); !written)
    return written;
  const auto fingerprint = crypto::sha256(public_key.view()).hex();
  context.print({{"key", options.out},
                 {"card", card},
                 {"member", file.member_id.hex()},
                 {"fingerprint", fingerprint}},
                "Key file: " + options.out +
                    " (keep it, with its passphrase; nobody can replace it)\nCard for the "
                    "administrator: " +
                    card + "\nFingerprint to compare: " + fingerprint + "\n");
  return {};
}

Result<void> show(Context& context) {
  const auto file = context.key_file(context.key_path(), crypto::KeyFileKind::kMember);
  if (!file) return tl::unexpected(file.error());
  const auto fingerprint =
      crypto::sha256(crypto::SigningKey(file->signing_seed).public_key().view()).hex();
  const auto keys = file->xwing_seeds.size();
  context.print(
      {{"member", file->member_id.hex()}, {"fingerprint", fingerprint}, {"encryption_keys", keys}},
      "Member: " + file->member_id.hex() + "\nFingerprint: " + fingerprint +
          "\nEncryption keys, old ones included: " + std::to_string(keys) + "\n");
  return {};
}

// The new key is on disk before the gateway hears of it: nothing is ever sealed to a key that is
// lost. A rotation that was cut off goes on with the key it had made.
Result<void> rotate(Context& context) {
  const auto org = context.org();
  if (!org) return tl::unexpected(org.error());
  auto opened = context.opened_key_file(context.key_path(), crypto::KeyFileKind::kMember);
  if (!opened) return tl::unexpected(opened.error());
  auto* file = &opened->file;
  auto connection = context.connect(*org, protocol::FrameSize::kSmall, nullptr);
  if (!connection) return tl::unexpected(connection.error());
  // The key's days, and its number, are signed: a gateway that counts others would have it
  // outnumber every later one.
  if (!core::same_day((*connection)->today(), (*connection)->day_here()))
    return core::fail(ErrorKind::kVerification,
                      "the gateway counts other days than this device's clock; one of them is "
                      "wrong. Nothing was changed.");
  const auto known = (*connection)->certificates({file->member_id});
  if (!known && known.error().kind == ErrorKind::kUnreachable) return tl::unexpected(known.error());
  const auto newest = crypto::xwing_key_hash(crypto::xwing_public_key(file->xwing_seeds.back()));
  const bool cut_off = known && known->front().key_hash() != newest;
  if (!cut_off) {
    if (file->xwing_seeds.size() == crypto::kKeyFileSeedsMax)
      return bad_input("this key file is full; make a new one");
    file->xwing_seeds.push_back(crypto::random_key<crypto::XWingSeed>(context.random()));
    const auto sealed = crypto::seal_key_file(*file, opened->passphrase.reveal(), context.random());
    if (auto written = core::write_file(context.key_path(), sealed); !written) return written;
  }
  const crypto::SigningKey signer(file->signing_seed);
  const protocol::PublishKey body{core::certify(*file, org->service_id, (*connection)->today())};
  if (auto done = (*connection)->call(rules::OperationKind::kPublishKey, encode(body), &signer);
      !done)
    return tl::unexpected(done.error());
  context.print({{"encryption_keys", file->xwing_seeds.size()}},
                "New encryption key published. Back up the key file again.\n");
  return {};
}

Result<void> change_passphrase(Context& context) {
  auto file = context.key_file(context.key_path(), crypto::KeyFileKind::kMember);
  if (!file) return tl::unexpected(file.error());
  const auto passphrase = new_secret("OMZIEN_NEW_PASSPHRASE", "The new passphrase: ");
  if (!passphrase) return tl::unexpected(passphrase.error());
  const auto sealed = crypto::seal_key_file(*file, passphrase->reveal(), context.random());
  if (auto written = core::write_file(context.key_path(), sealed); !written) return written;
  context.print({{"changed", true}},
                "Passphrase changed. Backups still open with the old one: destroy them.\n");
  return {};
}

}  // namespace

void add_key(CLI::App& app, Options& options) {
  auto* command = app.add_subcommand("key", "your key file, for advisers and others with a role");
  command->require_subcommand(1);
  auto* making =
      command->add_subcommand("new", "make a key file, and a card for the administrator");
  add_options(*making, kNeedsOrg, options);
  const auto own = std::make_shared<KeyOptions>();
  making->add_option("--out", own->out, "the file to make")->required();
  making->add_option("--invitation", own->invitation,
                     "a file with the link of your invitation; - reads the keyboard");
  runs(*making, [own](Context& context) { return make(context, *own); });
  const auto on_file = [&](const char* name, const char* what, unsigned needs,
                           Result<void> (*run)(Context&)) {
    auto* sub = command->add_subcommand(name, what);
    add_options(*sub, needs, options);
    runs(*sub, run);
  };
  on_file("show", "whose it is, and its fingerprint", kNeedsKey, show);
  on_file("rotate", "make and publish a new encryption key", kNeedsKey | kNeedsOrg, rotate);
  add_key_presence(*command, options);
  on_file("passwd", "change its passphrase", kNeedsKey, change_passphrase);
}

}  // namespace omzien::cli
