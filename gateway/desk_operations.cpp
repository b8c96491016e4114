#include "gateway/desk_operations.h"

#include <algorithm>

#include "gateway/people_operations.h"
#include "protocol/alerts.h"

namespace omzien::gateway {
namespace {

using rules::Status;
using storage::RecordKind;

// Both terms of a case at their largest, with tags and lengths; a page's cursor beside them.
constexpr std::size_t kAlertsOfCaseBytes = 128;
constexpr std::size_t kCursorBytes = 40;
constexpr std::uint32_t kShortestMonthDays = 28;

// Which of the alerts a role is told of.
struct Told {
  bool first = false;   // all of them
  bool second = false;  // those that went further
};

Told told_to(const protocol::Directory& directory, rules::Role role) {
  const auto names = [&](bool further) {
    const auto roles = directory.told(further);
    return std::find(roles.begin(), roles.end(), role) != roles.end();
  };
  return {names(false), names(true)};
}

// Every case whose term may have passed. Months are counted short here and exactly by the rules.
storage::UnmetTerms unmet_terms(const protocol::Terms& terms, protocol::Day today) {
  const auto before = [&](std::uint32_t days) { return today - std::min(days, today); };
  return {before(terms.acknowledge_days), before(terms.feedback_months * kShortestMonthDays)};
}

void add_alerts(protocol::AlertsPage& page, const protocol::Handle& handle,
                const protocol::Access& access, const Context& context, const Told& told) {
  const auto& directory = context.directory();
  const auto today = context.now.day();
  for (const auto& alert : protocol::alerts_of(access, directory.content().terms, today)) {
    if (alert.met_day != 0 || !(told.first || alert.further(today))) continue;
    page.alerts.push_back({handle, protocol::unit_of(access, directory, today), alert.clock,
                           alert.due_day, alert.further_day});
  }
}

bool holds_today(crypto::ByteView statement, const Context& context) {
  const auto today = context.now.day();
  const auto parse = [&] {
    return protocol::Availability::parse(statement, context.directory(), today);
  };
  return context.people.published->statements.get(statement, today, parse).has_value();
}

}  // namespace

Answer read_alerts(storage::Reader& reader, const Context& context,
                   const Signed<protocol::ReadAlerts>& ask) {
  const auto& directory = context.directory();
  const auto today = context.now.day();
  const auto* person = directory.person_with_key(ask.key, today);
  if (person == nullptr) return refuse(Status::kNothing);
  const auto told = told_to(directory, person->role);
  if (!told.first && !told.second) return refuse(Status::kNothing);
  const auto after = ask.body.cursor.empty() ? std::optional(protocol::Handle{})
                                             : protocol::Handle::from(ask.body.cursor);
  if (!after) return refuse(Status::kMalformed);
  if (context.room < kCursorBytes + kAlertsOfCaseBytes) return refuse(Status::kLater);
  const auto rows_max = std::min<std::size_t>(context.limits.inbox_rows_max,
                                              (context.room - kCursorBytes) / kAlertsOfCaseBytes);
  const auto rows = reader.unmet(unmet_terms(directory.content().terms, today), *after, rows_max);
  if (!rows) return tl::unexpected(failure_of(rows.error()));
  protocol::AlertsPage page;
  const protocol::Handle* last = nullptr;
  for (const auto& row : *rows) {
    const auto access =
        context.cases.access(reader, row.handle, row.info, directory, context.handled_left);
    if (!access) return tl::unexpected(failure_of(access.error()));
    if (*access == nullptr) {  // the rest is the next page's
      if (last == nullptr) return refuse(Status::kLater);
      page.next_cursor = last->to_bytes();
      return protocol::encode(page);
    }
    add_alerts(page, row.handle, **access, context, told);
    last = &row.handle;
  }
  if (rows->size() == rows_max) page.next_cursor = rows->back().handle.to_bytes();
  return protocol::encode(page);
}

Answer read_availability(storage::Reader& reader, const Context& context,
                         const protocol::ReadAvailability& ask) {
  protocol::Availabilities answer;
  std::size_t bytes = 0;
  for (const auto& id : ask.member_ids) {
    const auto stored = reader.member_record(id, RecordKind::kAvailability);
    if (!stored) return tl::unexpected(failure_of(stored.error()));
    const bool holds = *stored && holds_today((*stored)->bytes, context);
    answer.statements.push_back(holds ? (*stored)->bytes : crypto::Bytes{});
    bytes += answer.statements.back().size();
    if (bytes > context.room) return refuse(Status::kLater);  // before more signatures are checked
  }
  auto body = protocol::encode(answer);
  if (body.size() > context.room) return refuse(Status::kLater);
  return body;
}

Answer publish_availability(storage::Transaction& transaction, const Context& context,
                            const CheckedAvailability& ask) {
  const auto& content = ask.statement.content();
  const auto stored = transaction.member_record(content.member_id, RecordKind::kAvailability);
  if (!stored) return tl::unexpected(failure_of(stored.error()));
  if (*stored && (*stored)->bytes == ask.statement.bytes()) return crypto::Bytes{};
  const auto number = number_in_store(context.directory(), content.member_id, content.number);
  const auto put = transaction.put_member_record(content.member_id, RecordKind::kAvailability,
                                                 number, ask.statement.bytes());
  if (put) return crypto::Bytes{};
  if (put.error() == storage::Error::kConflict) return refuse(Status::kForbidden);
  return tl::unexpected(failure_of(put.error()));
}

Answer read_papers(storage::Reader& reader, const Context& context,
                   const Signed<protocol::ReadPapers>& ask) {
  const auto* person = context.directory().person_with_key(ask.key, context.now.day());
  if (person == nullptr) return refuse(Status::kNothing);
  auto stored = reader.member_record(person->member_id, RecordKind::kPapers);
  if (!stored) return tl::unexpected(failure_of(stored.error()));
  protocol::SealedPapers papers;
  if (*stored) papers = {(*stored)->number, std::move((*stored)->bytes)};
  auto body = protocol::encode(papers);
  if (body.size() > context.room) return refuse(Status::kLater);
  return body;
}

Answer put_papers(storage::Transaction& transaction, const Context& context,
                  const Signed<protocol::SealedPapers>& ask) {
  const auto* person = context.directory().person_with_key(ask.key, context.now.day());
  if (person == nullptr) return refuse(Status::kNothing);
  const auto stored = transaction.member_record(person->member_id, RecordKind::kPapers);
  if (!stored) return tl::unexpected(failure_of(stored.error()));
  const storage::MemberRecord put{ask.body.number, ask.body.sealed};
  if (*stored == put) return crypto::Bytes{};
  if (put.number != (*stored ? (*stored)->number : 0) + 1) return refuse(Status::kStaleHead);
  const auto done =
      transaction.put_member_record(person->member_id, RecordKind::kPapers, put.number, put.bytes);
  if (!done) return tl::unexpected(failure_of(done.error()));
  return crypto::Bytes{};
}

}  // namespace omzien::gateway
