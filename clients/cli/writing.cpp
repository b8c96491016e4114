#include "clients/cli/writing.h"

#include <iostream>

#include "clients/core/names.h"

namespace omzien::cli {

tl::unexpected<Error> with_fate(Error error) {
  switch (error.kind) {
    case ErrorKind::kUnreachable:
    case ErrorKind::kVerification:
      error.message +=
          ". Your text is kept on this machine, encrypted. \"omzien outbox send\" tries again; "
          "nothing will be sent twice.";
      break;
    case ErrorKind::kRefused:
    case ErrorKind::kBadInput:
      error.message +=
          ". Your text is kept on this machine, encrypted: \"omzien outbox show\" gives it back.";
      break;
    case ErrorKind::kDefect: break;
  }
  return tl::unexpected(std::move(error));
}

Result<void> keep(Context& context, const core::Identity& self, core::Draft draft) {
  auto outbox = core::Outbox::load(context.folder(), self);
  if (!outbox) return tl::unexpected(outbox.error());
  outbox->add(std::move(draft), context.random());
  return outbox->save(context.folder(), self, context.random());
}

Result<protocol::Accepted> write(Context& context, core::Connection& connection,
                                 const core::Identity& self, core::Draft draft) {
  auto outbox = core::Outbox::load(context.folder(), self);
  if (!outbox) return tl::unexpected(outbox.error());
  const auto id = outbox->add(std::move(draft), context.random()).id;
  if (auto saved = outbox->save(context.folder(), self, context.random()); !saved)
    return tl::unexpected(saved.error());
  core::Delivery delivery(connection, self, *outbox, context.folder(), context.random());
  auto accepted = delivery.deliver(id);
  if (!accepted) return with_fate(accepted.error());
  return accepted;
}

Result<void> deliver_waiting(Context& context, core::Connection& connection,
                             const core::Identity& self) {
  auto outbox = core::Outbox::load(context.folder(), self);
  if (!outbox) return tl::unexpected(outbox.error());
  core::Delivery delivery(connection, self, *outbox, context.folder(), context.random());
  const auto delivered = delivery.deliver_waiting();
  if (!delivered) return with_fate(delivered.error());
  if (*delivered > 0) std::cerr << "Sent what waited on this machine: " << *delivered << ".\n";
  return {};
}

Result<void> note_head(Context& context, const core::Identity& self,
                       const core::OpenedCase& opened) {
  if (!context.keeps_trace()) return {};
  auto heads = core::Heads::load(context.folder(), self);
  if (!heads) return tl::unexpected(heads.error());
  heads->note(opened);
  heads->note_read(opened.chain.handle(), opened.chain.next_seq() - 1);
  return heads->save(context.folder(), self, context.random());
}

void print_accepted(const Context& context, const protocol::Handle& handle,
                    const protocol::Accepted& accepted) {
  const auto words = core::head_words(accepted.head_hash);
  context.print({{"handle", handle.hex()},
                 {"handle_words", core::handle_words(handle)},
                 {"accepted", true},
                 {"seq", accepted.head_seq},
                 {"head_words", words}},
                "Accepted: stored, and safe. Head: " + words + "\n");
}

Result<void> say_and_print(Context& context, const core::Org& org, const core::Identity& self,
                           protocol::FrameSize size, const core::EventDraft& draft) {
  const auto connection = context.connect(org, size, &self);
  if (!connection) {
    if (auto kept = keep(context, self, draft); !kept) return kept;
    return with_fate(connection.error());
  }
  if (auto sent = deliver_waiting(context, **connection, self); !sent) {
    // This text waits with what waited before it.
    if (auto kept = keep(context, self, draft); !kept) return kept;
    return sent;
  }
  const auto accepted = write(context, **connection, self, draft);
  if (!accepted) return tl::unexpected(accepted.error());
  print_accepted(context, draft.handle, *accepted);
  return {};
}

}  // namespace omzien::cli
