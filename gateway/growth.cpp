#include "gateway/growth.h"

namespace omzien::gateway {
namespace {

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

// Whose turn it is and what is urgent. Notes are the members' own: they answer nobody.
void take_in(storage::CaseInfo& info, const protocol::Event& event, bool by_owner) {
  if (by_owner) {
    info.last_by_owner = true;
    info.urgent = info.urgent || event.urgent;
  } else if (event.compartment != rules::Compartment::kNotes) {
    info.last_by_owner = false;
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
    take_in(info, *event, by_owner);
  }
  info.head_seq = header.seq;
  info.head_hash = entry.hash();
  info.head_day = header.day;
  info.bytes += bytes;
  growth.bytes += bytes;
}

// Of everybody with a grant that was not ended; one that has run out counts as if it had not, since
// inboxes look at the day themselves.
std::map<protocol::MemberId, Standing> standings(const protocol::Access& access,
                                                 protocol::Day today) {
  std::map<protocol::MemberId, Standing> all;
  for (const auto& grant : access.grants()) {
    const bool waits = grant.dormant && access.live(grant.member_id, today).empty();
    all[grant.member_id] = waits ? Standing::kDormant : Standing::kIn;
  }
  return all;
}

std::map<protocol::MemberId, Standing> moved(std::map<protocol::MemberId, Standing> before,
                                             std::map<protocol::MemberId, Standing> after) {
  for (const auto& [member, was] : before)
    if (!after.contains(member)) after[member] = Standing::kOut;
  std::erase_if(after, [&](const auto& one) {
    const auto was = before.find(one.first);
    return was != before.end() && was->second == one.second;
  });
  return after;
}

}  // namespace

tl::expected<Growth, Status> grow(protocol::Chain chain, protocol::Access access,
                                  storage::CaseInfo info, std::span<const CheckedEntry> entries,
                                  const protocol::Directory& directory, const Moment& now) {
  Growth growth{info, nullptr, {}, 0};
  const auto before = standings(access, now.day());
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
  growth.moved = moved(before, standings(access, now.day()));
  growth.info.acknowledged_day = access.milestones().acknowledged_day();
  growth.info.feedback_day = access.milestones().feedback_day();
  growth.info.outcome_day = access.milestones().outcome_day();
  growth.access = std::make_shared<const protocol::Access>(std::move(access));
  return growth;
}

}  // namespace omzien::gateway
