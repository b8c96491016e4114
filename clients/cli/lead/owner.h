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

// Sends what waited, fetches the case, and holds it against the head that was seen last: nothing is
// done to a case that was cut short. Where it goes no further than that, what was typed is kept.
Result<Owner> open_owner(Context&, const std::optional<Typed>& typed = std::nullopt);

// Acts, and prints {handle, handle_words, accepted, seq, head_words}.
Result<void> act_and_print(Context&, core::Connection&, const core::Identity&,
                           const protocol::Handle&, const core::Act&);

// Adds to the error of an act that a text went with: the text is kept, marked so that it is not
// sent by itself. "omzien outbox show" gives it back.
Result<void> keep_text(Context&, const core::Identity&, core::Draft, core::Error);
// The same for a word in `talk`; nothing is kept of an empty one.
Result<void> keep_word(Context&, const core::Identity&, const protocol::Handle&,
                       const std::string& word, core::Error);

}  // namespace omzien::cli
