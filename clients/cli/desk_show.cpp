// `omzien desk show`: one case, as far as it was shared.
#include <algorithm>

#include "clients/cli/desk.h"
#include "clients/cli/promises/shown.h"
#include "clients/cli/render.h"
#include "clients/cli/writing.h"

namespace omzien::cli {
namespace {

// Whether who the reporter is stands here to be read, and this member did not say yet that they
// read it.
bool shows_identity(const core::OpenedCase& opened, const core::CaseState& state,
                    const core::Member& self) {
  std::uint64_t said = 0;
  for (const auto& record : state.identity_opened)
    if (record.author == self.id()) said = record.seq;
  return std::any_of(opened.entries.begin(), opened.entries.end(), [&](const auto& entry) {
    const auto& header = entry.entry.header();
    const auto* event = std::get_if<protocol::Event>(&header.fields);
    return event != nullptr && event->compartment == rules::Compartment::kIdentity && entry.event &&
           header.seq > said;
  });
}

// Opening `identity` is written in the log before it is shown, by whoever may write there.
Result<void> write_identity_opened(Context& context, Desk& desk, const core::OpenedCase& opened,
                                   const core::CaseState& state) {
  const auto live = opened.access.live(desk.self.id(), desk.connection->today());
  const bool talks = std::any_of(live.begin(), live.end(), [](const auto* grant) {
    return grant->holds(rules::Compartment::kTalk);
  });
  const auto role = talks ? rules::StepRole::kMember : rules::StepRole::kReader;
  if (!core::may_open_identity(state, role) || !shows_identity(opened, state, desk.self)) return {};
  const core::EventDraft draft{opened.chain.handle(), rules::Compartment::kTalk,
                               core::IdentityOpened{}, rules::Milestone::kNone, false};
  const auto written = write(context, *desk.connection, desk.self, draft);
  if (!written) return tl::unexpected(written.error());
  return {};
}

}  // namespace

Result<void> desk_show(Context& context, const std::string& name) {
  auto at = open_at(context, name);
  if (!at) return tl::unexpected(at.error());
  auto& [desk, handle, opened] = *at;
  auto state = core::fold(opened, at->directory());
  if (auto written = write_identity_opened(context, desk, opened, state); !written) return written;
  auto rendered = render_case(opened, state);
  if (auto added = add_promises(*desk.connection, opened, state, rendered); !added) return added;
  context.print(rendered.object, rendered.lines);
  return {};
}

}  // namespace omzien::cli
