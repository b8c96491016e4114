// DIR/invitations/NAME.toml: what the administrator remembers of an invitation until it is
// answered.
#pragma once

#include "clients/cli/organisation.h"
#include "protocol/enrolment.h"

namespace omzien::cli {

struct InvitationFile {
  protocol::InvitationToken token;
  protocol::Day last_day = 0;
  MemberFile member;  // with an id when it is a renewal; without keys
  bool renew = false;
};

core::Result<void> write_invitation(const OrganisationFolder&, const InvitationFile&);
// Every one there is.
core::Result<std::vector<InvitationFile>> read_invitations(const OrganisationFolder&);

}  // namespace omzien::cli
