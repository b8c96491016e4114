// `omzien admin invite|approve`: how somebody gets into the directory with keys that nobody but
// them ever held (decisions/0021).
#include <algorithm>
#include <cctype>
#include <tuple>

#include "clients/cli/admin.h"
#include "clients/cli/lead/confirm.h"
#include "clients/cli/promises/invitation_file.h"
#include "clients/cli/terminal.h"

namespace omzien::cli {
namespace {

// A request is some 2.5 KiB of text.
constexpr std::size_t kRequestBytesMax = std::size_t{16} << 10;
// A person writes as much about themselves as a directory holds.
constexpr std::size_t kMemberFileBytesMax = 2 * rules::kDirectoryBytesMax;

// Somebody who lost their key file: who they are stays, their keys are to come.
Result<MemberFile> renewed(const OrganisationFolder& folder, const std::string& name) {
  if (!std::filesystem::exists(folder.member(name)))
    return bad_input("\"" + name + "\" does not stand in this folder");
  auto file = read_member(folder.member(name));
  if (!file) return file;
  if (file->person.left_day != 0) return bad_input(name + " has left");
  return file;
}

std::string words_for(protocol::EnrolmentError error) {
  using protocol::EnrolmentError;
  switch (error) {
    case EnrolmentError::kMalformed:
      return "this is not a request made from an invitation, or not all of it";
    case EnrolmentError::kNewerVersion:
      return "this request was made with a newer version of this program";
    case EnrolmentError::kOtherOrganisation: return "this request is for another organisation";
    case EnrolmentError::kSignature: return "this request was altered on the way";
  }
  return "this is not a request";
}

// Grouped as people read it aloud.
std::string spoken(const std::string& fingerprint) {
  std::string groups;
  for (std::size_t i = 0; i < fingerprint.size(); i += 4)
    groups += (i == 0 ? "" : " ") + fingerprint.substr(i, 4);
  return groups;
}

// The two people compare; the machine compares what one of them typed.
Result<void> compare(const AdminOptions& options, const std::string& name,
                     const std::string& fingerprint) {
  if (options.fingerprint.empty())
    return confirm("Ask " + name +
                       " to read their fingerprint to you, by voice or face to face:\n" +
                       spoken(fingerprint) + "\nGo on only when it is the same.",
                   "same", false);
  std::string typed;
  for (const char c : options.fingerprint)
    if (std::isxdigit(static_cast<unsigned char>(c)) != 0)
      typed.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  if (typed == fingerprint) return {};
  return core::fail(ErrorKind::kVerification,
                    "this is not " + name +
                        "'s fingerprint: the request was swapped on the way, or "
                        "it is somebody else's. Nothing was signed.");
}

Result<InvitationFile> invitation_for(const OrganisationFolder& folder,
                                      const protocol::EnrolmentRequest& request) {
  auto files = read_invitations(folder);
  if (!files) return tl::unexpected(files.error());
  const auto found = std::find_if(files->begin(), files->end(),
                                  [&](const auto& file) { return request.answers(file.token); });
  if (found == files->end())
    return bad_input(
        "this request answers no invitation that stands: it was used already, or never "
        "made here");
  if (core::own_day() > found->last_day)
    return bad_input("this invitation ended on " + protocol::iso_date(found->last_day) +
                     "; make another one");
  return std::move(*found);
}

// The member as the next directory will show them.
Result<MemberFile> with_keys(const OrganisationFolder& folder, const InvitationFile& invitation,
                             const protocol::MemberCard& card, const OrganisationPlan& plan) {
  const auto& name = invitation.member.person.name;
  if (invitation.renew) {
    auto file = renewed(folder, name);
    if (!file) return file;
    if (card.member_id != file->person.member_id)
      return bad_input("this request is not for " + name + "'s place");
    file->person.signing_keys.push_back({card.signing_key, core::own_day(), std::nullopt});
    file->certificate = card.certificate;
    return file;
  }
  if (auto free = check_free(folder, name); !free) return tl::unexpected(free.error());
  for (const auto& person : plan.content.people)
    if (person.member_id == card.member_id)
      return bad_input("these keys are " + person.name + "'s already");
  auto file = invitation.member;
  file.person.member_id = card.member_id;
  file.person.signing_keys.push_back({card.signing_key, 0, std::nullopt});
  file.certificate = card.certificate;
  return file;
}

}  // namespace

Result<void> admin_invite(Context& context, const AdminOptions& options) {
  const OrganisationFolder folder{options.dir};
  if (auto checked = check_name(options.name); !checked) return checked;
  const auto org = core::read_org(folder.org());
  if (!org) return tl::unexpected(org.error());
  const auto plan = read_plan(folder);
  if (!plan) return tl::unexpected(plan.error());
  if (!options.renew && (options.role.empty() || options.unit.empty()))
    return bad_input("an invitation needs --role and --unit");
  if (auto free = check_free(folder, options.name); !options.renew && !free)
    return bad_input(free.error().message + "; --renew is for a lost key file");
  auto member = options.renew ? renewed(folder, options.name) : described(options, *plan);
  if (!member) return tl::unexpected(member.error());
  const InvitationFile file{crypto::random_value<protocol::InvitationToken>(context.random()),
                            core::own_day() + rules::kInvitationDays, std::move(*member),
                            options.renew};
  if (auto written = write_invitation(folder, file); !written) return written;
  const auto& person = file.member.person;
  protocol::Invitation invitation{org->service_id,  file.token,   person.name,  person.role,
                                  file.member.unit, std::nullopt, file.last_day};
  if (options.renew) invitation.member_id = person.member_id;
  const auto desk = options.desk.empty() ? org->url : options.desk;
  const auto link = desk + "/" + protocol::invitation_fragment(invitation);
  context.print(
      {{"name", person.name}, {"link", link}, {"last_day", protocol::iso_date(file.last_day)}},
      "Give this link to " + person.name + ", and to nobody else. It works once, until " +
          protocol::iso_date(file.last_day) + ":\n" + link + "\n");
  return {};
}

Result<void> admin_approve(Context& context, const AdminOptions& options) {
  const OrganisationFolder folder{options.dir};
  const auto org = core::read_org(folder.org());
  if (!org) return tl::unexpected(org.error());
  const auto text = read_text(options.request, kRequestBytesMax);
  if (!text) return tl::unexpected(text.error());
  const auto request = protocol::EnrolmentRequest::parse(*text, org->service_id);
  if (!request) return bad_input(words_for(request.error()));
  const auto invitation = invitation_for(folder, *request);
  if (!invitation) return tl::unexpected(invitation.error());
  const auto plan = read_plan(folder);
  if (!plan) return tl::unexpected(plan.error());
  const auto file = with_keys(folder, *invitation, request->card(), *plan);
  if (!file) return tl::unexpected(file.error());
  const auto& name = file->person.name;
  const auto fingerprint = protocol::fingerprint(request->card().signing_key).hex();
  if (auto same = compare(options, name, fingerprint); !same) return same;
  // What can't be signed leaves no trace: the file as it was before comes back.
  const auto path = folder.member(name);
  const auto before = std::filesystem::exists(path) ? core::read_file(path, kMemberFileBytesMax)
                                                    : Result<crypto::Bytes>();
  if (!before) return tl::unexpected(before.error());
  const auto was = before->empty() ? MemberFile{} : read_member(path).value();
  if (auto written = write_member(folder, *file); !written) return written;
  auto published = admin_publish(context, options);
  std::error_code ignored;
  if (published) {
    std::filesystem::remove(folder.invitation(name), ignored);
    return {};
  }
  if (before->empty())
    std::filesystem::remove(path, ignored);
  else
    std::ignore = core::write_file(path, *before);
  if (was.person.member_id != file->person.member_id)
    std::filesystem::remove(folder.left_member(was.person), ignored);
  return published;
}

}  // namespace omzien::cli
