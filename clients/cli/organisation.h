// The administrator's folder: what the next directory will say, in files a person can read and
// change.
//
//   DIR/organisation.toml   name, units, terms, texts; written once by `init`, then by hand
//   DIR/handbook.toml       checklists, glossary, snippets; the same
//   DIR/members/NAME.toml   one person each; written by `add`, `approve` and `remove`
//   DIR/members/NAME-ID.toml   who left, and whose name has gone to somebody who came since
//   DIR/invitations/NAME.toml   written by `invite`, gone when it was answered
//   DIR/root.key            the root's key file: belongs offline
//   DIR/org.toml            for members and reporters: address and fingerprint
//   DIR/directory.omz       what `publish` signed last; the gateway reads this
#pragma once

#include <filesystem>

#include "clients/core/errors.h"
#include "protocol/certificate.h"
#include "protocol/handbook.h"

namespace omzien::cli {

struct OrganisationFolder {
  std::filesystem::path path;
  std::filesystem::path organisation() const { return path / "organisation.toml"; }
  std::filesystem::path member(const std::string& name) const {
    return path / "members" / (name + ".toml");
  }
  std::filesystem::path left_member(const protocol::Person& person) const {
    return member(person.name + "-" + person.member_id.hex().substr(0, 8));
  }
  std::filesystem::path handbook() const { return path / "handbook.toml"; }
  std::filesystem::path invitation(const std::string& name) const {
    return path / "invitations" / (name + ".toml");
  }
  std::filesystem::path root_key() const { return path / "root.key"; }
  std::filesystem::path org() const { return path / "org.toml"; }
  std::filesystem::path directory() const { return path / "directory.omz"; }
};

// A person's file: what the directory says about them, and the certificate that came with their
// card.
struct MemberFile {
  protocol::Person person;
  std::string unit;      // by name, as in organisation.toml
  std::string stand_in;  // by name; empty: nobody
  crypto::Bytes certificate;
};

core::Result<void> write_organisation(const OrganisationFolder&, const std::string& name,
                                      const std::vector<std::string>& units);
// Whether somebody new can have this name: nobody has it, or who had it left, and whoever comes
// back is somebody new. kBadInput otherwise.
core::Result<void> check_free(const OrganisationFolder&, const std::string& name);
// By their name. The file of somebody else who left with that name is put beside it (left_member).
core::Result<void> write_member(const OrganisationFolder&, const MemberFile&);
core::Result<void> write_member_at(const std::filesystem::path&, const MemberFile&);
core::Result<MemberFile> read_member(const std::filesystem::path&);

// What the files say now: everything of a directory but its version, days, root and earlier hashes,
// and the certificates of those who are still here.
struct OrganisationPlan {
  protocol::DirectoryContent content;
  std::vector<crypto::Bytes> certificates;
  std::optional<protocol::Handbook> handbook;  // its version and day are still to be found
  std::uint32_t review_days = rules::kDirectoryReviewDays;
};
core::Result<OrganisationPlan> read_plan(const OrganisationFolder&);

// A file name and a name in the directory: letters, digits, '-', '_', '.'; at most 64, and none
// that stands for somebody who is nobody of the directory.
core::Result<void> check_name(const std::string&);

}  // namespace omzien::cli
