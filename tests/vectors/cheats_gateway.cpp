// A gateway that cheats: it hides, swaps and keeps back.
#include "clients/core/lead/moves.h"
#include "tests/vectors/cheats.h"

namespace omzien::crypto::vectors {
namespace {

using rules::Compartment;
using rules::EntryKind;
using rules::PayloadState;

// The newest entry of this kind, or event of this compartment.
protocol::StoredEntry& newest(Log& log, EntryKind kind, std::optional<Compartment> in = {}) {
  auto& entries = log.change().entries;
  for (auto it = entries.rbegin(); it != entries.rend(); ++it) {
    const auto header = protocol::parse_header(it->header).value();
    const auto* event = std::get_if<protocol::Event>(&header.fields);
    if (header.kind == kind && (!in || (event != nullptr && event->compartment == *in))) return *it;
  }
  throw std::logic_error("no such entry");
}
std::uint64_t seq_of(const protocol::StoredEntry& entry) {
  return protocol::parse_header(entry.header)->seq;
}

// Youssef is let out, and the reporter goes on.
Log after_revoking(const Cheats& to) {
  auto log = to.log();
  log.did("owner", [&](core::Addition& addition, const core::Certificates& certificates) {
    return core::revoke(addition, {to.scene().organisation().member("youssef").id}, certificates);
  });
  log.talk("owner", core::Message{"Zonder Youssef."});
  return log;
}

}  // namespace

void cheating_gateway(Cheats& to) {
  auto log = after_revoking(to);
  auto& entries = log.change().entries;
  entries.erase(entries.end() - 2);
  to.broken("a revocation that is hidden", std::move(log));

  log = after_revoking(to);
  auto& revocation = newest(log, EntryKind::kRevoke);
  auto at = seq_of(revocation);
  revocation.payload.clear();
  revocation.payload_state = PayloadState::kWithheld;
  to.served("a revocation whose keys are kept back", std::move(log),
            {{"owner", {}}, {"mieke", {{at, "missing"}}}});

  log = to.log();
  auto& summary = newest(log, EntryKind::kEvent, Compartment::kSummary);
  at = seq_of(summary);
  summary.payload.back() ^= 1;
  const Alarms altered{{at, "altered"}};
  to.served("a summary swapped by the gateway", std::move(log),
            {{"owner", altered}, {"mieke", altered}, {"youssef", altered}, {"ilse", altered}});

  log = to.log();
  auto& decision = newest(log, EntryKind::kEvent, Compartment::kTalk);
  at = seq_of(decision);
  decision.payload.clear();
  decision.payload_state = PayloadState::kWithheld;
  to.served("a decision kept back", std::move(log),
            {{"owner", {{at, "missing"}}}, {"youssef", {{at, "missing"}}}, {"ilse", {}}});

  log = to.log();
  auto& all = log.change().entries;
  all.erase(all.begin() + static_cast<std::ptrdiff_t>(at));
  to.broken("a decision that is hidden", std::move(log));

  log = to.log();
  newest(log, EntryKind::kDelegate).header.at(200) ^= 1;
  to.broken("a delegation that was altered", std::move(log));

  log = to.log();
  auto& grant = newest(log, EntryKind::kGrant);
  at = seq_of(grant);
  grant.payload.at(1'200) ^= 1;
  to.served("keys that were altered", std::move(log),
            {{"mieke", {{at, "altered"}}}, {"ruud", {{at, "altered"}}}});
}

}  // namespace omzien::crypto::vectors
