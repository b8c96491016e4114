#include "clients/core/event.h"

#include <algorithm>

namespace omzien::core {

using rules::EventKind;

EventKind kind_of(const Event& event) {
  struct {
    EventKind operator()(const Opening&) const { return EventKind::kOpening; }
    EventKind operator()(const Report&) const { return EventKind::kReport; }
    EventKind operator()(const Message&) const { return EventKind::kMessage; }
    EventKind operator()(const StatusChange&) const { return EventKind::kStatus; }
    EventKind operator()(const Outcome&) const { return EventKind::kOutcome; }
    EventKind operator()(const Proposal&) const { return EventKind::kProposal; }
    EventKind operator()(const Decision&) const { return EventKind::kDecision; }
    EventKind operator()(const Retraction&) const { return EventKind::kRetraction; }
    EventKind operator()(const Summary&) const { return EventKind::kSummary; }
    EventKind operator()(const Unconsented&) const { return EventKind::kUnconsented; }
    EventKind operator()(const IdentityOpened&) const { return EventKind::kIdentityOpened; }
    EventKind operator()(const Note&) const { return EventKind::kNote; }
    EventKind operator()(const CheckIn&) const { return EventKind::kCheckIn; }
    EventKind operator()(const Attachment&) const { return EventKind::kAttachment; }
    EventKind operator()(const UnknownEvent& unknown) const { return EventKind{unknown.kind}; }
  } kind;
  return std::visit(kind, event);
}

std::string_view kind_name(const Event& event) { return rules::name_of(kind_of(event)); }

bool good_step_key(std::string_view key) {
  const auto good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !key.empty() && key.size() <= rules::kStepKeyBytesMax &&
         std::all_of(key.begin(), key.end(), good);
}

}  // namespace omzien::core
