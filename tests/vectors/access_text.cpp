#include "tests/vectors/access_text.h"

#include <sstream>

#include "protocol/alerts.h"

namespace omzien::vectors {
namespace {

using protocol::Access;

class Line {
 public:
  explicit Line(std::string what) : text_(std::move(what)) {}
  Line& add(const std::string& part) {
    text_ += ' ' + (part.empty() ? "-" : part);
    return *this;
  }
  Line& add(std::uint64_t number) { return add(std::to_string(number)); }
  template <class T>
  requires requires(const T& value) { value.hex(); }
  Line& add(const T& value) { return add(value.hex()); }
  template <class List, class Show>
  Line& add_all(const List& list, Show show) {
    std::string joined;
    for (const auto& item : list) joined += (joined.empty() ? "" : ",") + show(item);
    return add(joined);
  }
  std::string end() && { return std::move(text_) + '\n'; }

 private:
  std::string text_;
};

std::string of(rules::Compartment compartment) {
  return std::to_string(static_cast<std::uint32_t>(compartment));
}

Line& add(Line& line, const protocol::LiveGrant& grant) {
  line.add(grant.member_id).add(grant.xwing_key_hash).add(grant.given_key_hash);
  line.add_all(grant.keys, [](const auto& key) {
    return of(key.compartment) + '/' + std::to_string(key.epoch);
  });
  line.add(grant.holder).add(grant.dormant).add(grant.stands_in_for);
  line.add(grant.since_day).add(grant.last_day).add(grant.seq).add(grant.woken_day);
  line.add(grant.by_delegate ? grant.by_delegate->hex() : "");
  return line.add_all(grant.wrapped_at, [](auto seq) { return std::to_string(seq); });
}

const char* name_of(protocol::GrantEnd end) {
  switch (end) {
    case protocol::GrantEnd::kRevoked: return "revoked";
    case protocol::GrantEnd::kReleased: return "released";
    case protocol::GrantEnd::kNothingToWait: return "nothing_to_wait";
  }
  return "unknown";
}

std::string epochs(const Access& access) {
  std::string text;
  for (const auto& [compartment, all] : access.epochs())
    for (const auto& epoch : all)
      text += std::move(Line("epoch")
                            .add(of(compartment))
                            .add(epoch.number)
                            .add(epoch.commitment)
                            .add(epoch.started_seq)
                            .add(epoch.by_owner)
                            .add(epoch.spent))
                  .end();
  return text;
}

std::string grants(const Access& access) {
  std::string text;
  for (const auto& grant : access.grants()) {
    Line line("grant");
    text += std::move(add(line, grant)).end();
  }
  for (const auto& ended : access.ended_grants()) {
    Line line("ended");
    add(line, ended.grant).add(name_of(ended.why)).add(ended.ended_day).add(ended.ended_seq);
    text += std::move(line).end();
  }
  return text;
}

std::string delegations(const Access& access) {
  std::string text;
  for (const auto& delegation : access.delegations()) {
    Line line("delegation");
    line.add(delegation.delegate_id);
    line.add_all(delegation.people, [](const auto& id) { return id.hex(); });
    line.add_all(delegation.compartments, of);
    line.add(delegation.last_day).add(delegation.may_move_holder);
    text += std::move(line.add(delegation.since_day).add(delegation.seq)).end();
  }
  return text;
}

std::string ends(const Access& access) {
  std::string text;
  for (const auto& made : access.releases())
    text += std::move(Line("release")
                          .add(made.member_id)
                          .add(static_cast<std::uint32_t>(made.cause))
                          .add(made.day)
                          .add(made.seq))
                .end();
  if (const auto& withdrawn = access.withdrawn())
    text += std::move(Line("withdrawn").add(withdrawn->day).add(withdrawn->seq)).end();
  if (const auto& purged = access.purged())
    text += std::move(Line("purged")
                          .add(static_cast<std::uint32_t>(purged->rule))
                          .add(purged->days)
                          .add(purged->day)
                          .add(purged->seq))
                .end();
  return text;
}

std::string milestones(const protocol::Milestones& milestones, const protocol::Terms& terms,
                       protocol::Day today) {
  std::string text;
  for (const auto& made : milestones.all())
    text += std::move(Line("milestone")
                          .add(made.seq)
                          .add(static_cast<std::uint32_t>(made.milestone))
                          .add(made.day)
                          .add(made.disputed_day))
                .end();
  const auto clocks = milestones.clocks(terms);
  Line line("clocks");
  line.add(clocks.acknowledge.due_day).add(clocks.acknowledge.met_day);
  line.add(clocks.feedback.due_day).add(clocks.feedback.met_day);
  line.add(milestones.outcome_day()).add(milestones.missed(terms, today));
  return text + std::move(line).end();
}

}  // namespace

std::string text_of(const Access& access, const protocol::Directory& directory,
                    protocol::Day today) {
  std::string text = epochs(access) + grants(access) + delegations(access) + ends(access) +
                     milestones(access.milestones(), directory.content().terms, today);
  const auto& terms = directory.content().terms;
  if (access.opened())
    for (const auto& alert : protocol::alerts_of(access, terms, today))
      text += std::move(Line("alert")
                            .add(static_cast<std::uint32_t>(alert.clock))
                            .add(alert.due_day)
                            .add(alert.further_day)
                            .add(alert.met_day)
                            .add(alert.further(today)))
                  .end();
  text += std::move(Line("told")
                        .add(protocol::unit_of(access, directory, today))
                        .add(access.may_be_purged(terms.retention_days, today)))
              .end();
  for (const auto& made : access.delegations())
    text += std::move(Line("lets").add(access.may_delegate(made, today))).end();
  const auto holder = access.holder(today);
  text += std::move(Line("holder").add(holder ? holder->hex() : "")).end();
  for (const auto& person : directory.content().people) {
    const auto late = access.overdue_for(person.member_id, directory.content().terms, today);
    Line line("person");
    line.add(person.member_id).add(access.live(person.member_id, today).size());
    text += std::move(line.add(late ? late->hex() : "")).end();
  }
  return text;
}

std::string name_of(const tl::expected<void, protocol::Breach>& verdict) {
  return verdict ? "ok" : name_of(verdict.error());
}

std::string name_of(protocol::Breach breach) {
  using protocol::Breach;
  switch (breach) {
    case Breach::kNewerVersion: return "newer version";
    case Breach::kOpening: return "opening";
    case Breach::kAuthor: return "author";
    case Breach::kPayload: return "payload";
    case Breach::kWithdrawn: return "withdrawn";
    case Breach::kCompartment: return "compartment";
    case Breach::kEpoch: return "epoch";
    case Breach::kMilestone: return "milestone";
    case Breach::kDispute: return "dispute";
    case Breach::kUrgent: return "urgent";
    case Breach::kGrantor: return "grantor";
    case Breach::kGrantee: return "grantee";
    case Breach::kCrowded: return "crowded";
    case Breach::kGrantKeys: return "grant keys";
    case Breach::kHolder: return "holder";
    case Breach::kDormant: return "dormant";
    case Breach::kDelegation: return "delegation";
    case Breach::kRemaining: return "remaining";
    case Breach::kOwnerKeys: return "owner keys";
    case Breach::kNotes: return "notes";
    case Breach::kReseal: return "reseal";
    case Breach::kRevoke: return "revoke";
    case Breach::kPurge: return "purge";
    case Breach::kRelease: return "release";
  }
  return "unknown";
}

}  // namespace omzien::vectors
