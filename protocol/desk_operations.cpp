#include "protocol/desk_operations.h"

#include "omzien/exchange.pb.h"

#include "protocol/strict.h"

namespace omzien::protocol {

crypto::Bytes encode(const ReadAlerts& body) {
  wire::AlertsBody message;
  message.set_cursor(strict::field(body.cursor));
  return strict::encode(message);
}

template <>
std::optional<ReadAlerts> parse(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::AlertsBody>(bytes);
  return message ? std::optional(ReadAlerts{strict::bytes(message->cursor())}) : std::nullopt;
}

crypto::Bytes encode(const AlertsPage& body) {
  wire::AlertsPageBody message;
  for (const auto& from : body.alerts) {
    auto* to = message.add_alerts();
    to->set_handle(strict::field(from.handle.view()));
    to->set_unit_id(from.unit_id);
    to->set_clock(static_cast<std::uint32_t>(from.clock));
    to->set_due_day(from.due_day);
    to->set_further_day(from.further_day);
  }
  message.set_next_cursor(strict::field(body.next_cursor));
  return strict::encode(message);
}

template <>
std::optional<AlertsPage> parse(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::AlertsPageBody>(bytes);
  if (!message) return std::nullopt;
  AlertsPage page{{}, strict::bytes(message->next_cursor())};
  for (const auto& from : message->alerts()) {
    const auto handle = Handle::from(strict::view(from.handle()));
    if (!handle) return std::nullopt;
    page.alerts.push_back({*handle, from.unit_id(), rules::LegalClock{from.clock()}, from.due_day(),
                           from.further_day()});
  }
  return page;
}

crypto::Bytes encode(const ReadAvailability& body) {
  wire::AvailabilityReadBody message;
  for (const auto& id : body.member_ids) message.add_member_ids(strict::field(id.view()));
  return strict::encode(message);
}

template <>
std::optional<ReadAvailability> parse(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::AvailabilityReadBody>(bytes);
  if (!message ||
      static_cast<std::size_t>(message->member_ids_size()) > rules::kMembersPerAvailabilityMax)
    return std::nullopt;
  ReadAvailability body;
  for (const auto& from : message->member_ids()) {
    const auto id = MemberId::from(strict::view(from));
    if (!id) return std::nullopt;
    body.member_ids.push_back(*id);
  }
  return body;
}

crypto::Bytes encode(const Availabilities& body) {
  wire::AvailabilitiesBody message;
  for (const auto& statement : body.statements) message.add_statements(strict::field(statement));
  return strict::encode(message);
}

template <>
std::optional<Availabilities> parse(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::AvailabilitiesBody>(bytes);
  if (!message) return std::nullopt;
  Availabilities body;
  for (const auto& statement : message->statements())
    body.statements.push_back(strict::bytes(statement));
  return body;
}

crypto::Bytes encode(const PublishAvailability& body) {
  wire::PublishAvailabilityBody message;
  message.set_statement(strict::field(body.statement));
  return strict::encode(message);
}

template <>
std::optional<PublishAvailability> parse(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::PublishAvailabilityBody>(bytes);
  return message ? std::optional(PublishAvailability{strict::bytes(message->statement())})
                 : std::nullopt;
}

crypto::Bytes encode(const ReadPapers&) { return {}; }

template <>
std::optional<ReadPapers> parse(crypto::ByteView bytes) {
  return bytes.empty() ? std::optional(ReadPapers{}) : std::nullopt;
}

crypto::Bytes encode(const SealedPapers& body) {
  wire::PapersBody message;
  message.set_number(body.number);
  message.set_sealed(strict::field(body.sealed));
  return strict::encode(message);
}

template <>
std::optional<SealedPapers> parse(crypto::ByteView bytes) {
  const auto message = strict::parse<wire::PapersBody>(bytes);
  const auto number = message ? strict::count_of(message->number()) : std::nullopt;
  if (!number || message->sealed().size() > rules::kPapersBytesMax) return std::nullopt;
  return SealedPapers{*number, strict::bytes(message->sealed())};
}

}  // namespace omzien::protocol
