#include "clients/cli/lead/complaint.h"

#include "clients/cli/writing.h"
#include "clients/core/fetch.h"

namespace omzien::cli {

Result<void> add_complaint(Context& context, core::Connection& connection,
                           const core::Reporter& complaint, Rendered& rendered) {
  if (auto sent = deliver_waiting(context, connection, complaint); !sent) return sent;
  const auto opened = core::fetch_case(connection, complaint.handle(), complaint);
  rendered.object["complaint"] = nullptr;
  if (!opened && opened.error().kind == ErrorKind::kRefused) return {};
  if (!opened) return tl::unexpected(opened.error());
  if (auto noted = note_head(context, complaint, *opened); !noted) return noted;
  const auto second = render_case(*opened, core::fold(*opened, connection.directory()));
  rendered.object["complaint"] = second.object;
  rendered.lines += "\nYour complaint, which your adviser does not see:\n" + second.lines;
  return {};
}

}  // namespace omzien::cli
