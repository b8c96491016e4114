// What the commands of `omzien case` share that act on a case: its owner, connected, and the case
// as it stands.
#pragma once

#include "clients/cli/context.h"
#include "clients/core/lead/act.h"
#include "clients/core/outbox.h"

namespace omzien::cli {

struct Owner {
  core::Org org;
  core::Reporter self;
  std::unique_ptr<core::Connection> connection;
  core::OpenedCase opened;

  const protocol::Directory& directory() const { return connection->directory(); }
  protocol::Day today() const { return connection->today(); }
};

// What was typed along with an act, and where it would stand.
struct Typed {
  rules::Compartment compartment{};
  core::Event event;
};

// Whose words these are, before any gateway is asked and before anything is typed: a wrong word
// costs nobody a text.
struct Reporting {
  core::Org org;
  core::Reporter self;
};
Result<Reporting> who_reports(Context&);

// Sends what waited, fetches the case, and holds it against the head that was seen last: nothing is
// done to a case that was cut short. Where it goes no further than that, what was typed is kept.
Result<Owner> open_owner(Context&, Reporting, const std::optional<Typed>& typed);
// `who` stays as it is where the case can't be opened; what was typed is the caller's to keep.
Result<Owner> open_owner(Context&, Reporting& who);
// The same for an act that nothing is typed with.
Result<Owner> open_owner(Context&);

// Acts, and prints {handle, handle_words, accepted, seq, head_words}.
Result<void> act_and_print(Context&, core::Connection&, const core::Identity&,
                           const protocol::Handle&, const core::Act&);

// Adds to the error of an act that a text went with: the text is kept, marked so that it is not
// sent by itself. "omzien outbox show" gives it back.
Result<void> keep_text(Context&, const core::Identity&, core::Draft, core::Error);
// The same for what was typed along with an act; the error as it is where that was nothing.
Result<void> keep_typed(Context&, const core::Identity&, const protocol::Handle&,
                        const std::optional<Typed>&, core::Error);
// The same for a word in `talk`; nothing is kept of an empty one.
Result<void> keep_word(Context&, const core::Identity&, const protocol::Handle&,
                       const std::string& word, core::Error);

}  // namespace omzien::cli
