// Sending what somebody wrote, for every command that writes.
#pragma once

#include "clients/cli/context.h"
#include "clients/core/delivery.h"

namespace omzien::cli {

// Puts the draft into the outbox and delivers it, after whatever waited there before. When it can't
// be delivered the error says that the text is kept, and how to go on.
Result<protocol::Accepted> write(Context&, core::Connection&, const core::Identity&, core::Draft);

// Connects, sends what waited, then this; prints {handle, handle_words, accepted, head_words}. When
// none of it can be sent the text is kept.
Result<void> say_and_print(Context&, const core::Org&, const core::Identity&, protocol::FrameSize,
                           const core::EventDraft&);

void print_accepted(const Context&, const protocol::Handle&, const protocol::Accepted&);

// Remembers the head of a case as it was fetched, which was held against the one before it, and
// that the person read so far.
Result<void> note_head(Context&, const core::Identity&, const core::OpenedCase&);

// Delivers what waited; says so on stderr. Nothing waiting: nothing happens.
Result<void> deliver_waiting(Context&, core::Connection&, const core::Identity&);

// Adds to an error what became of the text, and how to go on.
tl::unexpected<Error> with_fate(Error);

// Keeps a draft without a gateway: for a report written while it can't be reached.
Result<void> keep(Context&, const core::Identity&, core::Draft);

}  // namespace omzien::cli
