// What the commands of `omzien desk` share.
#pragma once

#include "clients/cli/context.h"
#include "clients/core/fetch.h"

namespace omzien::cli {

// A member at work: their organisation, key and connection.
struct Desk {
  core::Org org;
  core::Member self;
  std::unique_ptr<core::Connection> connection;
};
Result<Desk> open_desk(Context&);

// The case somebody means: 64 hexadecimal digits, the beginning of them, or the words of its handle
// ("kastanje-molen-42"), looked up among the cases shared with this member.
Result<protocol::Handle> find_case(Desk&, const std::string& name);

Result<void> desk_inbox(Context&);

}  // namespace omzien::cli
