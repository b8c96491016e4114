#include "clients/core/desk/availability.h"

#include <algorithm>

#include "protocol/desk_operations.h"

namespace omzien::core {
namespace {

using protocol::MemberId;

// What is in force for somebody, as they would say it themself.
protocol::AvailabilityContent in_force(const Connection& connection, const MemberId& member,
                                       const protocol::Availability* said) {
  protocol::AvailabilityContent content;
  if (said != nullptr) content = said->content();
  if (const auto* person = connection.directory().person(member); said == nullptr && person) {
    content.working_days = person->working_days;
    content.stand_in = person->stand_in;
  }
  content.service_id = connection.service();
  content.member_id = member;
  content.number = said == nullptr ? 1 : content.number + 1;
  content.said_day = connection.today();
  return content;
}

}  // namespace

Result<std::map<MemberId, protocol::Availability>> fetch_availability(
    Connection& connection, const std::vector<MemberId>& members) {
  std::map<MemberId, protocol::Availability> found;
  for (std::size_t first = 0; first < members.size();) {
    const auto count = std::min(members.size() - first, rules::kMembersPerAvailabilityMax);
    const auto from = members.begin() + static_cast<std::ptrdiff_t>(first);
    const protocol::ReadAvailability ask{{from, from + static_cast<std::ptrdiff_t>(count)}};
    const auto body = connection.call(rules::OperationKind::kAvailability, encode(ask), nullptr);
    if (!body) return tl::unexpected(body.error());
    const auto answer = protocol::parse<protocol::Availabilities>(*body);
    if (!answer || answer->statements.size() != count)
      return fail(ErrorKind::kVerification, "the gateway's answer does not fit what was asked");
    for (std::size_t i = 0; i < count; ++i) {
      auto said = protocol::Availability::parse(answer->statements[i], connection.directory(),
                                                connection.today());
      if (said && said->content().member_id == ask.member_ids[i])
        found.emplace(ask.member_ids[i], std::move(*said));
    }
    first += count;
  }
  return found;
}

Result<std::map<MemberId, protocol::Presence>> fetch_presences(
    Connection& connection, const std::vector<MemberId>& members) {
  const auto said = fetch_availability(connection, members);
  if (!said) return tl::unexpected(said.error());
  std::map<MemberId, protocol::Presence> presences;
  for (const auto& member : members) {
    const auto* person = connection.directory().person(member);
    if (person == nullptr) continue;
    const auto statement = said->find(member);
    presences[member] =
        protocol::presence_of(*person, statement == said->end() ? nullptr : &statement->second,
                              connection.directory(), connection.today());
  }
  return presences;
}

Result<protocol::AvailabilityContent> say_availability(Connection& connection, const Member& self,
                                                       const AvailabilityChange& change) {
  const auto known = fetch_availability(connection, {self.id()});
  if (!known) return tl::unexpected(known.error());
  auto content =
      in_force(connection, self.id(), known->empty() ? nullptr : &known->begin()->second);
  change(content);
  const auto bytes = protocol::encode_availability_content(content);
  const auto statement = protocol::encode_availability(
      bytes, self.signing_key().sign(rules::kTagAvailabilitySignature, bytes));
  if (!protocol::Availability::parse(statement, connection.directory(), connection.today()))
    return fail(ErrorKind::kBadInput, "a leave ends on the day it begins, or later");
  const auto done =
      connection.call(rules::OperationKind::kPublishAvailability,
                      encode(protocol::PublishAvailability{statement}), &self.signing_key());
  if (!done) return tl::unexpected(done.error());
  return content;
}

}  // namespace omzien::core
