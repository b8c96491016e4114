#include "clients/core/desk/alerts.h"

#include <algorithm>
#include <tuple>

namespace omzien::core {

Result<std::vector<protocol::RaisedAlert>> fetch_alerts(Connection& connection,
                                                        const Identity& self) {
  std::vector<protocol::RaisedAlert> alerts;
  crypto::Bytes cursor;
  do {
    const auto body = connection.call(rules::OperationKind::kAlerts,
                                      encode(protocol::ReadAlerts{cursor}), &self.signing_key());
    if (!body) return tl::unexpected(body.error());
    auto page = protocol::parse<protocol::AlertsPage>(*body);
    if (!page || (!page->next_cursor.empty() && page->next_cursor == cursor))
      return fail(ErrorKind::kVerification, "the gateway's list of alerts does not fit together");
    alerts.insert(alerts.end(), page->alerts.begin(), page->alerts.end());
    cursor = std::move(page->next_cursor);
  } while (!cursor.empty());
  std::sort(alerts.begin(), alerts.end(), [](const auto& a, const auto& b) {
    return std::tie(a.due_day, a.handle, a.clock) < std::tie(b.due_day, b.handle, b.clock);
  });
  return alerts;
}

}  // namespace omzien::core
