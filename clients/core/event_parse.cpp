#include <algorithm>
#include <sodium.h>

#include "omzien/event.pb.h"

#include "clients/core/event.h"
#include "protocol/directory.h"
#include "protocol/strict.h"

namespace omzien::core {
namespace {

namespace strict = protocol::strict;
using rules::Compartment;
using rules::EventKind;

std::optional<Event> take(const wire::Opening& message) {
  Opening opening{
      rules::CaseKind{message.case_kind()}, {}, rules::Lead{message.lead()}, message.language()};
  for (const auto want : message.wants()) opening.wants.push_back(rules::Want{want});
  return opening;
}

std::optional<Event> take(const wire::Report& message) {
  Report report{message.text(), {}};
  for (const auto& answer : message.answers())
    report.answers.push_back({answer.prompt(), answer.text()});
  return report;
}

std::optional<Event> take(const wire::Message& message) { return Message{message.text()}; }

std::optional<Event> take(const wire::StatusChange& message) {
  return StatusChange{rules::CaseState{message.state()}, message.text()};
}

std::optional<Event> take(const wire::Outcome& message) {
  if (message.text().empty() || message.reason().empty()) return std::nullopt;
  return Outcome{message.text(), message.reason()};
}

std::optional<AttachedFile> take(const wire::AttachedFile& from) {
  const auto sha256 = crypto::Digest::from(strict::view(from.sha256()));
  const auto upload_id = protocol::UploadId::from(strict::view(from.upload_id()));
  auto key = crypto::FileKey::from(strict::view(from.key()));
  if (!sha256 || !upload_id || !key || from.name().empty() ||
      from.name().size() > rules::kFileNameBytesMax || from.media_type().empty() ||
      from.media_type().size() > rules::kMediaTypeBytesMax || from.size() > rules::kFileBytesMax ||
      from.chunks() != crypto::stream_chunks(from.size()))
    return std::nullopt;
  return AttachedFile{from.name(),
                      from.media_type(),
                      from.size(),
                      *sha256,
                      *upload_id,
                      from.chunks(),
                      std::make_shared<const crypto::FileKey>(std::move(*key))};
}

std::optional<Event> take(wire::Attachment& message) {
  Attachment attachment;
  bool good = !message.files().empty() &&
              static_cast<std::size_t>(message.files_size()) <= rules::kFilesPerEventMax;
  for (auto& from : *message.mutable_files()) {
    auto file = good ? take(from) : std::nullopt;
    sodium_memzero(from.mutable_key()->data(), from.key().size());
    good = good && file;
    if (file) attachment.files.push_back(std::move(*file));
  }
  return good ? std::optional<Event>(std::move(attachment)) : std::nullopt;
}

// Notes and coded sheets are the members' own: no reporter can hand them out.
bool can_be_granted(Compartment compartment) {
  return compartment >= Compartment::kStory && compartment <= Compartment::kSummary;
}

std::optional<ProposedReader> take(const wire::ProposedReader& message) {
  const auto id = protocol::MemberId::from(strict::view(message.member_id()));
  if (!id) return std::nullopt;
  ProposedReader reader{*id, {}, message.last_day(), message.lead()};
  for (const auto number : message.compartments()) {
    const Compartment compartment{number};
    const bool ascends = reader.compartments.empty() || reader.compartments.back() < compartment;
    if (!ascends || !can_be_granted(compartment)) return std::nullopt;
    reader.compartments.push_back(compartment);
  }
  return reader.compartments.empty() ? std::nullopt : std::optional(std::move(reader));
}

std::optional<Event> take(const wire::Proposal& message) {
  Proposal proposal{message.step(), message.text(), {}, message.summary(), message.sensitive()};
  if (proposal.step.empty() ? proposal.text.empty() : !protocol::good_key(proposal.step))
    return std::nullopt;
  if (static_cast<std::size_t>(message.readers_size()) > rules::kMembersPerGrantMax)
    return std::nullopt;
  for (const auto& from : message.readers()) {
    auto reader = take(from);
    if (!reader ||
        (!proposal.readers.empty() && !(proposal.readers.back().member_id < reader->member_id)))
      return std::nullopt;
    proposal.readers.push_back(std::move(*reader));
  }
  const auto leads = [](const ProposedReader& reader) { return reader.lead; };
  if (std::count_if(proposal.readers.begin(), proposal.readers.end(), leads) > 1)
    return std::nullopt;
  return proposal;
}

std::optional<Event> take(const wire::Decision& message) {
  const auto hash = crypto::Digest::from(strict::view(message.proposal_hash()));
  const auto seq = strict::count_of(message.proposal_seq());
  const auto choice = rules::choice_of(message.choice());
  if (!seq || !hash || !choice || (*choice == rules::Choice::kYesIf && message.text().empty()))
    return std::nullopt;
  return Decision{*seq, *hash, *choice, message.text()};
}

std::optional<Event> take(const wire::Retraction& message) {
  const auto seq = strict::count_of(message.proposal_seq());
  return seq ? std::optional<Event>(Retraction{*seq}) : std::nullopt;
}

std::optional<Event> take(const wire::Summary& message) {
  const auto seq = strict::count_of(message.proposal_seq());
  if (!seq || message.text().empty()) return std::nullopt;
  return Summary{message.text(), *seq};
}

std::optional<Event> take(const wire::Unconsented& message) {
  const auto cause = rules::cause_of(message.cause());
  if (!cause || message.text().empty()) return std::nullopt;
  return Unconsented{*cause, message.text()};
}

std::optional<Event> take(const wire::IdentityOpened&) { return IdentityOpened{}; }

// An event of one text that must say something.
template <class Told>
std::optional<Event> take_told(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional<Event>(Told{text});
}

std::optional<Event> take(const wire::Note& message) { return take_told<Note>(message.text()); }
std::optional<Event> take(const wire::Assessment& message) {
  return take_told<Assessment>(message.text());
}
std::optional<Event> take(const wire::Sensitive& message) {
  return take_told<Sensitive>(message.text());
}
std::optional<Event> take(const wire::Consultation& message) {
  return take_told<Consultation>(message.text());
}

std::optional<Event> take(const wire::TriageDecision& message) {
  if (message.ruling() == 0 || message.text().empty() || message.reason().empty())
    return std::nullopt;
  return TriageDecision{rules::Ruling{message.ruling()}, message.text(), message.reason()};
}

std::optional<Event> take(const wire::Stay& message) {
  return Stay{message.ended(), message.text()};
}

std::optional<Event> take(const wire::CheckIn& message) { return CheckIn{message.text()}; }

template <class M>
std::optional<Event> take_body(const std::string& body) {
  auto message = strict::parse<M>(strict::view(body));
  return message ? take(*message) : std::nullopt;
}

}  // namespace

std::optional<Event> parse_event(crypto::ByteView plaintext) {
  const auto message = strict::parse<wire::Event>(plaintext);
  if (!message) return std::nullopt;
  const auto& body = message->body();
  switch (EventKind{message->kind()}) {
    case EventKind::kOpening: return take_body<wire::Opening>(body);
    case EventKind::kReport: return take_body<wire::Report>(body);
    case EventKind::kMessage: return take_body<wire::Message>(body);
    case EventKind::kStatus: return take_body<wire::StatusChange>(body);
    case EventKind::kOutcome: return take_body<wire::Outcome>(body);
    case EventKind::kAttachment: return take_body<wire::Attachment>(body);
    case EventKind::kProposal: return take_body<wire::Proposal>(body);
    case EventKind::kDecision: return take_body<wire::Decision>(body);
    case EventKind::kRetraction: return take_body<wire::Retraction>(body);
    case EventKind::kSummary: return take_body<wire::Summary>(body);
    case EventKind::kUnconsented: return take_body<wire::Unconsented>(body);
    case EventKind::kIdentityOpened: return take_body<wire::IdentityOpened>(body);
    case EventKind::kNote: return take_body<wire::Note>(body);
    case EventKind::kCheckIn: return take_body<wire::CheckIn>(body);
    case EventKind::kAssessment: return take_body<wire::Assessment>(body);
    case EventKind::kTriage: return take_body<wire::TriageDecision>(body);
    case EventKind::kStay: return take_body<wire::Stay>(body);
    case EventKind::kSensitive: return take_body<wire::Sensitive>(body);
    case EventKind::kConsultation: return take_body<wire::Consultation>(body);
    default: return UnknownEvent{message->kind()};
  }
}

}  // namespace omzien::core
