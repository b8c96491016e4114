// Sitting down at the desk, and going to one of its cases.
#include <iostream>

#include "clients/cli/desk.h"
#include "clients/cli/shown.h"
#include "clients/cli/writing.h"
#include "clients/core/names.h"

namespace omzien::cli {
namespace {

// A member's own entry in the directory must be the one this key file holds (protocol §4).
Result<void> check_own_entry(const core::Member& self, const protocol::Directory& directory,
                             protocol::Day today) {
  const auto* person = directory.person(self.id());
  if (person == nullptr || person->gone(today))
    return core::fail(ErrorKind::kRefused,
                      "this key's owner is not (or no longer) in the organisation's directory");
  if (person->signing_key() != self.signing_key().public_key())
    return core::fail(ErrorKind::kVerification,
                      "the directory shows another signing key for you than this key file has. "
                      "Somebody may be posing as "
                      "you: tell the administrator and your colleagues.");
  return {};
}

// The case whose whole handle this is. Its words, or a part, only an inbox tells.
std::optional<protocol::Handle> whole_handle(const std::string& name) {
  const auto bytes = crypto::from_hex(name);
  return bytes ? protocol::Handle::from(*bytes) : std::nullopt;
}

struct Found {
  protocol::Handle handle;
  core::OpenedCase opened;
};

Result<Found> find(Context& context, Desk& desk, const std::string& name) {
  const auto handle = find_case(desk, name);
  if (!handle) return tl::unexpected(handle.error());
  auto opened = core::fetch_case(*desk.connection, *handle, desk.self);
  if (!opened) return tl::unexpected(opened.error());
  if (auto noted = note_head(context, desk.self, *opened); !noted)
    return tl::unexpected(noted.error());
  return Found{*handle, std::move(*opened)};
}

}  // namespace

Result<Sitting> who_sits(Context& context) {
  auto org = context.org();
  if (!org) return tl::unexpected(org.error());
  auto self = context.member(*org);
  if (!self) return tl::unexpected(self.error());
  return Sitting{std::move(*org), std::move(*self)};
}

Result<Desk> open_desk(Context& context, Sitting& who) {
  auto connection = context.connect(who.org, protocol::FrameSize::kLarge, &who.self);
  if (!connection) return tl::unexpected(connection.error());
  if (auto own = check_own_entry(who.self, (*connection)->directory(), (*connection)->today());
      !own)
    return tl::unexpected(own.error());
  if (auto sent = deliver_waiting(context, **connection, who.self); !sent) {
    if (sent.error().kind != ErrorKind::kVerification) return tl::unexpected(sent.error());
    // One case that does not check out closes no other.
    std::cerr << "Note: " << shown(sent.error().message, "") << '\n';
  }
  return Desk{std::move(who.org), std::move(who.self), std::move(*connection)};
}

Result<Desk> open_desk(Context& context) {
  auto who = who_sits(context);
  if (!who) return tl::unexpected(who.error());
  return open_desk(context, *who);
}

Result<AtCase> open_at(Context& context, const std::string& name) {
  auto desk = open_desk(context);
  if (!desk) return tl::unexpected(desk.error());
  auto found = find(context, *desk, name);
  if (!found) return tl::unexpected(found.error());
  return AtCase{std::move(*desk), found->handle, std::move(found->opened)};
}

Result<void> add_to_case(Context& context, Sitting who, const std::string& name,
                         const std::optional<Typed>& typed, const Draft& draft_for) {
  // Zeros where only an inbox would tell: the text is kept all the same.
  const auto named = whole_handle(name).value_or(protocol::Handle());
  auto desk = open_desk(context, who);
  if (!desk) return keep_typed(context, who.self, named, typed, desk.error());
  const auto found = find(context, *desk, name);
  if (!found) return keep_typed(context, desk->self, named, typed, found.error());
  const auto& [handle, opened] = *found;
  const auto draft = draft_for(*desk, core::fold(opened, desk->connection->directory()), handle);
  if (!draft) return keep_typed(context, desk->self, handle, typed, draft.error());
  const auto accepted = write(context, *desk->connection, desk->self, *draft);
  if (!accepted) return tl::unexpected(accepted.error());
  print_accepted(context, handle, *accepted);
  return {};
}

Result<protocol::Handle> find_case(Desk& desk, const std::string& name) {
  if (const auto handle = whole_handle(name)) return *handle;
  const auto inbox = core::fetch_inbox(*desk.connection, desk.self);
  if (!inbox) return tl::unexpected(inbox.error());
  std::vector<protocol::Handle> found;
  for (const auto& item : inbox->cases)
    if (core::handle_words(item.handle) == name ||
        (name.size() >= 6 && item.handle.hex().starts_with(name)))
      found.push_back(item.handle);
  if (found.size() == 1) return found.front();
  if (found.empty())
    return core::fail(ErrorKind::kRefused, "no case \"" + name + "\" is shared with you");
  return bad_input("\"" + name + "\" fits more than one case: use the whole handle");
}

}  // namespace omzien::cli
