// What the commands of `omzien desk` share.
#pragma once

#include "clients/cli/context.h"
#include "clients/cli/lead/owner.h"
#include "clients/core/case_state.h"
#include "clients/core/fetch.h"
#include "clients/core/outbox.h"

namespace omzien::cli {

// A member at work: their organisation, key and connection.
struct Desk {
  core::Org org;
  core::Member self;
  std::unique_ptr<core::Connection> connection;
};

// Who sits down at it, before any gateway is asked and before anything is typed: a wrong passphrase
// costs nobody a text.
struct Sitting {
  core::Org org;
  core::Member self;
};
Result<Sitting> who_sits(Context&);
// `who` stays as it is where the desk can't be opened.
Result<Desk> open_desk(Context&, Sitting& who);
Result<Desk> open_desk(Context&);

// The case somebody means: 64 hexadecimal digits, the beginning of them, or the words of its handle
// ("kastanje-molen-42"), looked up among the cases shared with this member.
Result<protocol::Handle> find_case(Desk&, const std::string& name);

// A member at one of their cases: fetched, and held against the head they saw last.
struct AtCase {
  Desk desk;
  protocol::Handle handle;
  core::OpenedCase opened;

  const protocol::Directory& directory() const { return desk.connection->directory(); }
  protocol::Day today() const { return desk.connection->today(); }
};
Result<AtCase> open_at(Context&, const std::string& name);

// Makes the event from the case as it stands, then sends it. Where it does not come that far, what
// was typed is kept ("omzien outbox show"), marked so that it is not sent by itself.
using Draft = std::function<Result<core::EventDraft>(const Desk&, const core::CaseState&,
                                                     const protocol::Handle&)>;
Result<void> add_to_case(Context&, Sitting, const std::string& name, const std::optional<Typed>&,
                         const Draft&);

// The first answer is the acknowledgement the law asks for.
rules::Milestone milestone_for(const core::CaseState&, bool feedback);

// kRefused, with the state, when a member can't take this step now.
Result<void> check_step(const core::CaseState&, rules::EventKind, const std::string& what);

Result<void> desk_inbox(Context&);
Result<void> desk_show(Context&, const std::string& name);
void add_desk_lead(CLI::App& desk, Options&);

}  // namespace omzien::cli
