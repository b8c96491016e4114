#include "gateway/growth.h"

namespace omzien::gateway {
namespace {

using rules::Milestone;
using rules::Status;

Status status_of(protocol::ChainError error) {
  switch (error) {
    case protocol::ChainError::kOtherCase: return Status::kMalformed;
    case protocol::ChainError::kSequence:
    case protocol::ChainError::kLink: return Status::kStaleHead;
    case protocol::ChainError::kDay: return Status::kStaleDay;
  }
  return Status::kMalformed;
}

void meet(protocol::Day& term, protocol::Day day) {
  if (term == 0) term = day;
}

// Whose turn it is, what is urgent, which terms are met. Notes are the members' own: they answer
// nobody.
void take_in(storage::CaseInfo& info, const protocol::Event& event, bool by_owner,
             protocol::Day day) {
  if (by_owner) {
    info.last_by_owner = true;
    info.urgent = info.urgent || event.urgent;
  } else if (event.compartment != rules::Compartment::kNotes) {
    info.last_by_owner = false;
  }
  switch (event.milestone) {
    case Milestone::kNone: break;
    case Milestone::kAcknowledged: meet(info.acknowledged_day, day); break;
    case Milestone::kFeedback: meet(info.feedback_day, day); break;
    case Milestone::kOutcome: meet(info.outcome_day, day); break;
  }
}

void take_in(Growth& growth, const protocol::Entry& entry, std::uint64_t bytes) {
  const auto& header = entry.header();
  auto& info = growth.info;
  const bool by_owner = entry.by_owner();
  if (const auto* open = std::get_if<protocol::Open>(&header.fields)) {
    info.opened_day = header.day;
    info.expects_answer = !open->unclocked;
  } else if (const auto* event = std::get_if<protocol::Event>(&header.fields)) {
    take_in(info, *event, by_owner, header.day);
  } else if (const auto* grant = std::get_if<protocol::Grant>(&header.fields)) {
    for (const auto& member : grant->members) growth.granted.push_back(member.member_id);
  }
  info.head_seq = header.seq;
  info.head_hash = entry.hash();
  info.head_day = header.day;
  info.bytes += bytes;
  growth.bytes += bytes;
}

}  // namespace

tl::expected<Growth, Status> grow(protocol::Chain chain, protocol::Access access,
                                  storage::CaseInfo info, std::span<const CheckedEntry> entries,
                                  const protocol::Directory& directory, const Moment& now) {
  Growth growth{info, nullptr, {}, 0};
  for (const auto& [entry, payload, staged] : entries) {
    const auto& header = entry.header();
    const auto head_day = chain.head_day();
    if (const auto linked = chain.extend(header, entry.hash()); !linked)
      return tl::unexpected(status_of(linked.error()));
    if (!now.accepts(header.day, head_day)) return tl::unexpected(Status::kStaleDay);
    if (header.directory_hash != directory.hash()) return tl::unexpected(Status::kStaleDirectory);
    if (const auto admitted = access.admit(header, directory); !admitted)
      return tl::unexpected(admitted.error() == protocol::Breach::kNewerVersion
                                ? Status::kNewerVersion
                                : Status::kForbidden);
    // Inline payloads were checked before; a staged one is seen here for the first time.
    if (staged && (!entry.payload_matches(payload) || !payload_fits(header, payload)))
      return tl::unexpected(Status::kMalformed);
    take_in(growth, entry, entry.header_bytes().size() + crypto::Signature::kSize + payload.size());
  }
  growth.access = std::make_shared<const protocol::Access>(std::move(access));
  return growth;
}

}  // namespace omzien::gateway
