#include "clients/core/event.h"

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
    EventKind operator()(const Assessment&) const { return EventKind::kAssessment; }
    EventKind operator()(const TriageDecision&) const { return EventKind::kTriage; }
    EventKind operator()(const Stay&) const { return EventKind::kStay; }
    EventKind operator()(const Sensitive&) const { return EventKind::kSensitive; }
    EventKind operator()(const Consultation&) const { return EventKind::kConsultation; }
    EventKind operator()(const UnknownEvent& unknown) const { return EventKind{unknown.kind}; }
  } kind;
  return std::visit(kind, event);
}

std::string_view kind_name(const Event& event) { return rules::name_of(kind_of(event)); }

}  // namespace omzien::core
