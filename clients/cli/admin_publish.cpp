// `omzien admin publish|check`: the directory is signed, and what was signed is checked as a client
// would.
#include <algorithm>
#include <set>

#include "clients/cli/admin_leave.h"
#include "crypto/open/key_file.h"

namespace omzien::cli {
namespace {

constexpr std::size_t kBundleBytesMax = std::size_t{16} << 20;

// What was published last, if anything was.
struct Published {
  protocol::Directory directory;
  std::optional<protocol::Handbook> handbook;
  std::vector<crypto::Bytes> certificates;
};
Result<std::optional<Published>> published(const OrganisationFolder& folder,
                                           const protocol::ServiceId& service) {
  if (!std::filesystem::exists(folder.directory())) return std::optional<Published>{};
  const auto bytes = core::read_file(folder.directory(), kBundleBytesMax);
  if (!bytes) return tl::unexpected(bytes.error());
  auto bundle = protocol::parse_directory_bundle(*bytes);
  auto directory = bundle ? protocol::Directory::parse(bundle->directory, service)
                          : tl::unexpected(protocol::DirectoryError::kMalformed);
  if (!directory)
    return core::fail(ErrorKind::kVerification,
                      folder.directory().string() + " is not a directory that this root signed");
  return std::optional(Published{std::move(*directory), protocol::parse_handbook(bundle->handbook),
                                 std::move(bundle->certificates)});
}

// Whose encryption keys are good today.
std::set<protocol::MemberId> certified(const Published& last) {
  std::set<protocol::MemberId> members;
  for (const auto& bytes : last.certificates)
    if (const auto good = protocol::Certificate::parse(bytes, last.directory, core::own_day()))
      members.insert(good->content().member_id);
  return members;
}

// The handbook's next version, where any of its texts changed.
void number_handbook(protocol::Handbook& book, const std::optional<Published>& before) {
  const auto* last = before && before->handbook ? &*before->handbook : nullptr;
  if (last != nullptr && same_texts(*last, book)) {
    book = *last;
    return;
  }
  book.version = last == nullptr ? 1 : last->version + 1;
  book.changed_day = core::own_day();
}

// A role is part of what somebody wrote: the committee's decisions stand by it. Who takes another
// one leaves, and comes back under a new card.
Result<void> check_roles(const protocol::DirectoryContent& content,
                         const std::optional<Published>& before) {
  for (const auto& person : content.people) {
    const auto* was = before ? before->directory.person(person.member_id) : nullptr;
    if (was != nullptr && was->role != person.role)
      return bad_input(person.name +
                       " has another role than before: let them leave, and invite "
                       "them anew");
  }
  return {};
}

// Everybody fetches all of it: it has bounds, and those who left count.
Result<void> check_size(const protocol::DirectoryContent& content, crypto::ByteView signed_bytes) {
  if (content.people.size() <= rules::kPeopleMax && content.units.size() <= rules::kUnitsMax &&
      signed_bytes.size() <= rules::kDirectoryBytesMax)
    return {};
  return bad_input("a directory has at most " + std::to_string(rules::kPeopleMax) + " people, " +
                   std::to_string(rules::kUnitsMax) + " units and " +
                   std::to_string(rules::kDirectoryBytesMax) + " bytes; this one has " +
                   std::to_string(content.people.size()) + ", " +
                   std::to_string(content.units.size()) + " and " +
                   std::to_string(signed_bytes.size()) + ". Nothing was signed.");
}

Error describe(protocol::DirectoryError error) {
  if (error == protocol::DirectoryError::kInvalid)
    return {
        ErrorKind::kBadInput,
        "the directory would break its own rules: a name or key stands twice, somebody is called "
        "reporter, gateway or unknown, a step has no good key, or an adviser has a managing or "
        "HR role"};
  return {ErrorKind::kDefect, "a directory that can't be read back"};
}

// Certificates that clients would refuse are told now, while the person can still be asked.
Result<void> check_certificates(const std::vector<crypto::Bytes>& certificates,
                                const protocol::Directory& directory) {
  for (const auto& bytes : certificates)
    if (!protocol::Certificate::parse(bytes, directory, core::own_day()))
      return bad_input(
          "somebody's card holds a key that is not valid today or not signed by them; ask for a "
          "new card");
  return {};
}

}  // namespace

Result<void> admin_publish(Context& context, const AdminOptions& options) {
  const OrganisationFolder folder{options.dir};
  auto plan = read_plan(folder);
  if (!plan) return tl::unexpected(plan.error());
  const auto root = context.key_file(folder.root_key(), crypto::KeyFileKind::kRoot);
  if (!root) return tl::unexpected(root.error());
  const crypto::SigningKey signer(root->signing_seed);
  const auto service = protocol::service_id_of(signer.public_key());
  const auto before = published(folder, service);
  if (!before) return tl::unexpected(before.error());

  auto& content = plan->content;
  if (auto checked = check_roles(content, *before); !checked) return checked;
  const auto* last = *before ? &(*before)->directory : nullptr;
  if (auto checked = check_nothing_undone(content, last); !checked) return checked;
  crypto::Bytes handbook;
  if (plan->handbook) {
    number_handbook(*plan->handbook, *before);
    handbook = protocol::encode_handbook(*plan->handbook);
    content.handbook_hash = crypto::sha256(handbook);
  }
  content.root_key = signer.public_key();
  content.made_day = core::own_day();
  content.review_day = content.made_day + plan->review_days;
  const auto moved = settle_leaving(content, last, content.made_day);
  if (last != nullptr) {
    content.version = last->content().version + 1;
    content.previous_hashes = last->content().previous_hashes;
    content.previous_hashes.insert(content.previous_hashes.begin(), last->hash());
  }
  const auto bytes = protocol::encode_directory(content);
  const auto signed_bytes =
      protocol::encode_signed_directory(bytes, signer.sign(rules::kTagDirectorySignature, bytes));
  if (auto checked = check_size(content, signed_bytes); !checked) return checked;
  const auto directory = protocol::Directory::parse(signed_bytes, service);
  if (!directory) return tl::unexpected(describe(directory.error()));
  if (auto checked = check_certificates(plan->certificates, *directory); !checked) return checked;
  const auto bundle =
      protocol::encode_directory_bundle({signed_bytes, plan->certificates, handbook});
  // The files first: a day that was published stays, and so they must say it.
  if (auto written = write_leaving(folder, moved); !written) return written;
  if (auto written = core::write_file(folder.directory(), bundle); !written) return written;
  context.print({{"version", content.version},
                 {"hash", directory->hash().hex()},
                 {"review_day", protocol::iso_date(content.review_day)},
                 {"handbook", plan->handbook ? nlohmann::json(plan->handbook->version)
                                             : nlohmann::json(nullptr)},
                 {"directory", folder.directory().string()}},
                "Directory " + std::to_string(content.version) +
                    " signed: " + folder.directory().string() + "\nTo be reviewed by " +
                    protocol::iso_date(content.review_day) + ".\n" +
                    leaving_lines(content, last, content.made_day));
  return {};
}

Result<void> admin_check(Context& context, const AdminOptions& options) {
  const OrganisationFolder folder{options.dir};
  const auto org = core::read_org(folder.org());
  if (!org) return tl::unexpected(org.error());
  const auto last = published(folder, org->service_id);
  if (!last) return tl::unexpected(last.error());
  if (!*last) return bad_input("nothing was published yet");
  const auto* directory = &(*last)->directory;
  const auto members = certified(**last);
  const auto& content = directory->content();
  nlohmann::json people = nlohmann::json::array();
  std::string lines = content.name + ", directory " + std::to_string(content.version) +
                      ", to be reviewed by " + protocol::iso_date(content.review_day) + "\n";
  bool all_valid = true;
  for (const auto& person : content.people) {
    const bool valid = members.contains(person.member_id);
    const bool here = person.left_day == 0;
    all_valid = all_valid && (valid || !here);
    people.push_back({{"name", person.name},
                      {"role", rules::name_of(person.role)},
                      {"unit", directory->unit(person.unit_id)->name},
                      {"key_valid", valid},
                      {"left", !here}});
    lines += "  " + person.name + "  " + std::string(rules::name_of(person.role)) + "  " +
             directory->unit(person.unit_id)->name +
             (here ? (valid ? "" : "  ! no valid encryption key") : "  (left)") + "\n";
  }
  context.print({{"version", content.version},
                 {"service_id", org->service_id.hex()},
                 {"hash", directory->hash().hex()},
                 {"review_day", protocol::iso_date(content.review_day)},
                 {"overdue", core::own_day() > content.review_day},
                 {"people", std::move(people)}},
                lines);
  if (!all_valid)
    return core::fail(ErrorKind::kVerification, "somebody has no valid encryption key");
  return {};
}

}  // namespace omzien::cli
