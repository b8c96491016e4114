#include "clients/cli/lead/owner.h"

#include "clients/cli/writing.h"
#include "clients/core/fetch.h"

namespace omzien::cli {

Result<Owner> open_owner(Context& context) {
  auto org = context.org();
  if (!org) return tl::unexpected(org.error());
  auto self = context.reporter(*org);
  if (!self) return tl::unexpected(self.error());
  auto connection = context.connect(*org, protocol::FrameSize::kSmall, &*self);
  if (!connection) return tl::unexpected(connection.error());
  if (auto sent = deliver_waiting(context, **connection, *self); !sent)
    return tl::unexpected(sent.error());
  auto opened = core::fetch_case(**connection, self->handle(), *self);
  if (!opened) return tl::unexpected(opened.error());
  if (auto noted = note_head(context, *self, *opened); !noted) return tl::unexpected(noted.error());
  return Owner{std::move(*org), std::move(*self), std::move(*connection), std::move(*opened)};
}

Result<void> act_and_print(Context& context, core::Connection& connection,
                           const core::Identity& self, const protocol::Handle& handle,
                           const core::Act& change) {
  const auto done = core::act(connection, self, handle, change, context.random());
  if (!done) return tl::unexpected(done.error());
  if (*done) {
    print_accepted(context, handle, **done);
    return {};
  }
  context.print({{"handle", handle.hex()}, {"accepted", false}}, "There was nothing to do.\n");
  return {};
}

Result<void> keep_text(Context& context, const core::Identity& self, core::EventDraft draft,
                       core::Error error) {
  auto outbox = core::Outbox::load(context.folder(), self);
  if (!outbox) return tl::unexpected(outbox.error());
  outbox->add(std::move(draft), context.random()).refused = true;
  if (auto saved = outbox->save(context.folder(), self, context.random()); !saved) return saved;
  error.message +=
      ". Your text is kept on this machine, encrypted: \"omzien outbox show\" gives it back.";
  return tl::unexpected(std::move(error));
}

Result<void> keep_word(Context& context, const core::Identity& self, const protocol::Handle& handle,
                       const std::string& word, core::Error error) {
  if (word.empty()) return tl::unexpected(std::move(error));
  return keep_text(context, self,
                   {handle, rules::Compartment::kTalk, core::Message{word}, {}, false},
                   std::move(error));
}

}  // namespace omzien::cli
