#include "clients/cli/lead/owner.h"

#include "clients/cli/writing.h"
#include "clients/core/fetch.h"

namespace omzien::cli {
namespace {

struct Found {
  std::unique_ptr<core::Connection> connection;
  core::OpenedCase opened;
};

Result<Found> find(Context& context, const core::Org& org, const core::Reporter& self) {
  auto connection = context.connect(org, protocol::FrameSize::kSmall, &self);
  if (!connection) return tl::unexpected(connection.error());
  if (auto sent = deliver_waiting(context, **connection, self); !sent)
    return tl::unexpected(sent.error());
  auto opened = core::fetch_case(**connection, self.handle(), self);
  if (!opened) return tl::unexpected(opened.error());
  if (auto noted = note_head(context, self, *opened); !noted) return tl::unexpected(noted.error());
  return Found{std::move(*connection), std::move(*opened)};
}

}  // namespace

Result<Reporting> who_reports(Context& context) {
  auto org = context.org();
  if (!org) return tl::unexpected(org.error());
  auto self = context.reporter(*org);
  if (!self) return tl::unexpected(self.error());
  return Reporting{std::move(*org), std::move(*self)};
}

Result<Owner> open_owner(Context& context, Reporting& who) {
  auto found = find(context, who.org, who.self);
  if (!found) return tl::unexpected(found.error());
  return Owner{std::move(who.org), std::move(who.self), std::move(found->connection),
               std::move(found->opened)};
}

Result<Owner> open_owner(Context& context, Reporting who, const std::optional<Typed>& typed) {
  auto owner = open_owner(context, who);
  if (owner) return owner;
  return tl::unexpected(
      keep_typed(context, who.self, who.self.handle(), typed, owner.error()).error());
}

Result<Owner> open_owner(Context& context) {
  auto who = who_reports(context);
  if (!who) return tl::unexpected(who.error());
  return open_owner(context, *who);
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

Result<void> keep_text(Context& context, const core::Identity& self, core::Draft draft,
                       core::Error error) {
  auto outbox = core::Outbox::load(context.folder(), self);
  if (!outbox) return tl::unexpected(outbox.error());
  outbox->add(std::move(draft), context.random()).refused = true;
  if (auto saved = outbox->save(context.folder(), self, context.random()); !saved) return saved;
  error.message +=
      ". Your text is kept on this machine, encrypted: \"omzien outbox show\" gives it back.";
  return tl::unexpected(std::move(error));
}

Result<void> keep_typed(Context& context, const core::Identity& self,
                        const protocol::Handle& handle, const std::optional<Typed>& typed,
                        core::Error error) {
  if (!typed) return tl::unexpected(std::move(error));
  return keep_text(context, self,
                   core::EventDraft{handle, typed->compartment, typed->event, {}, false},
                   std::move(error));
}

Result<void> keep_word(Context& context, const core::Identity& self, const protocol::Handle& handle,
                       const std::string& word, core::Error error) {
  if (word.empty()) return tl::unexpected(std::move(error));
  return keep_text(
      context, self,
      core::EventDraft{handle, rules::Compartment::kTalk, core::Message{word}, {}, false},
      std::move(error));
}

}  // namespace omzien::cli
