#include "tests/kit/random_log.h"

#include <algorithm>
#include <iterator>

namespace omzien::kit {
namespace {

using core::Event;
using core::Step;
using rules::bit;
using rules::Compartment;
using rules::EventKind;
using rules::StepRole;

constexpr protocol::Day kFirstDay = 20'000;

// What a step is, beside events: entries that change access or end the case, and what can't be
// read.
enum class What : std::uint32_t { kEvent, kAccess, kWithdraw, kUnread, kNewer };
struct Pick {
  What what;
  EventKind event{};
};
constexpr Pick of(EventKind event) { return {What::kEvent, event}; }
constexpr Pick kPicks[] = {
    of(EventKind::kMessage),
    of(EventKind::kMessage),
    of(EventKind::kMessage),
    of(EventKind::kStatus),
    of(EventKind::kStatus),
    of(EventKind::kStatus),
    of(EventKind::kStatus),
    of(EventKind::kProposal),
    of(EventKind::kProposal),
    of(EventKind::kProposal),
    of(EventKind::kDecision),
    of(EventKind::kDecision),
    of(EventKind::kDecision),
    of(EventKind::kDecision),
    of(EventKind::kRetraction),
    of(EventKind::kSummary),
    of(EventKind::kReport),
    of(EventKind::kNote),
    of(EventKind::kCheckIn),
    of(EventKind::kUnconsented),
    of(EventKind::kIdentityOpened),
    of(EventKind::kOutcome),
    of(EventKind::kOpening),
    of(EventKind::kAssessment),
    of(EventKind::kTriage),
    of(EventKind::kStay),
    of(EventKind::kSensitive),
    of(EventKind::kConsultation),
    of(EventKind::kConsultation),
    of(EventKind::kOutcome),
    {What::kAccess},
    {What::kAccess},
    {What::kUnread},
    {What::kNewer},
    {What::kWithdraw},
};

constexpr rules::Role kOffices[] = {rules::Role::kAdviser, rules::Role::kTriage,
                                    rules::Role::kTriageChair, rules::Role::kCoordinator};
// An investigation; and the two steps whose answers mean something of themselves.
constexpr const char* kSteps[] = {"investigation", "stay", "coordinator"};

bool owners_alone(EventKind event) {
  return event == EventKind::kOpening || event == EventKind::kReport ||
         event == EventKind::kDecision || event == EventKind::kSummary || event == EventKind::kStay;
}
bool anybodys(EventKind event) {
  return event == EventKind::kMessage || event == EventKind::kCheckIn;
}

class Maker {
 public:
  explicit Maker(std::uint32_t index) : random_(index), unreadable_(index % 4 == 0) {}

  RandomLog make() && {
    Step open;
    open.day = kFirstDay;
    open.entry = rules::EntryKind::kOpen;
    for (auto& office : offices_) office = kOffices[random_.below(std::size(kOffices))];
    const auto story = bit(Compartment::kStory) | bit(Compartment::kPeople);
    const auto talk = story | bit(Compartment::kTalk) | bit(Compartment::kNotes);
    holdings_ = {held(1, talk), held(2, talk | bit(Compartment::kIdentity)),
                 held(3, bit(Compartment::kSummary)), held(4, talk)};
    open.holdings = holdings_;
    log_.steps.push_back(open);
    const auto count = 4 + random_.below(20);
    for (std::uint32_t seq = 1; seq <= count; ++seq) add(seq);
    return std::move(log_);
  }

 private:
  void add(std::uint32_t seq) {
    Step step;
    step.seq = seq;
    step.hash = hash_of(seq);
    if (random_.below(4) == 0) day_ += random_.below(40);
    step.day = day_;
    auto who = draw_author();
    const bool begins = seq == 1 && random_.below(16) != 0;
    auto pick = begins ? of(EventKind::kOpening) : kPicks[random_.below(std::size(kPicks))];
    if (pick.what == What::kUnread && !unreadable_) pick = of(EventKind::kMessage);
    if (begins || pick.what == What::kWithdraw || pick.what == What::kAccess) who = 0;
    if (pick.what == What::kEvent && !anybodys(pick.event) && random_.below(4) != 0)
      who = owners_alone(pick.event) ? 0 : std::max<std::uint8_t>(who, 1);
    step.role = who == 0   ? StepRole::kOwner
                : who == 2 ? StepRole::kHolder
                : who == 3 ? StepRole::kReader
                           : StepRole::kMember;
    if (who != 0) step.author = member_id(who);
    if (who != 0) step.office = offices_[who - 1u];
    fill(step, pick);
    log_.steps.push_back(std::move(step));
  }

  // 0 the owner, half of the time.
  std::uint8_t draw_author() {
    constexpr std::uint8_t kAuthors[] = {0, 0, 0, 0, 1, 1, 2, 3, 4, 4};
    return kAuthors[random_.below(std::size(kAuthors))];
  }

  void fill(Step& step, const Pick& pick) {
    switch (pick.what) {
      case What::kAccess:
        step.entry = rules::EntryKind::kGrant;
        change_access();
        step.holdings = holdings_;
        return;
      case What::kWithdraw:
        // Rare: what follows is all forbidden.
        step.entry = random_.below(4) == 0 ? rules::EntryKind::kWithdraw : rules::EntryKind::kGrant;
        return;
      case What::kUnread:
        step.compartment =
            random_.below(2) == 0 ? Compartment::kTalk : Compartment{1 + random_.below(7)};
        break;
      case What::kNewer:
        step.compartment = Compartment::kTalk;
        step.event = &log_.events.emplace_back(core::UnknownEvent{99});
        break;
      case What::kEvent:
        step.compartment = place_of(pick.event);
        step.event = &log_.events.emplace_back(make_event(pick.event, step.seq));
        break;
    }
    const bool by_owner = step.role == StepRole::kOwner;
    if (by_owner && random_.below(16) == 0) step.urgent = true;
  }

  // Where the event belongs, nearly always.
  Compartment place_of(EventKind event) {
    if (random_.below(32) == 0) return Compartment{1 + random_.below(7)};
    switch (event) {
      case EventKind::kReport: return Compartment::kStory;
      case EventKind::kSummary: return Compartment::kSummary;
      case EventKind::kNote: return Compartment::kNotes;
      case EventKind::kAssessment:
      case EventKind::kTriage: return Compartment::kSummary;
      case EventKind::kConsultation:
        return random_.below(2) == 0 ? Compartment::kTalk : Compartment::kSummary;
      default: return Compartment::kTalk;
    }
  }

  void change_access() {
    const auto member = static_cast<std::uint8_t>(1 + random_.below(4));
    const auto compartments = random_.below(128) << 1;
    const auto last_day = random_.below(4) == 0 ? day_ + random_.below(30) : 0;
    holdings_[member - 1u] = held(member, compartments, last_day);
  }
  core::Holding held(std::uint8_t member, std::uint32_t compartments, protocol::Day last_day = 0) {
    auto one = holding(member, compartments, last_day);
    one.office = offices_[member - 1u];
    return one;
  }

  Event make_event(EventKind kind, std::uint64_t seq) {
    switch (kind) {
      case EventKind::kOpening: {
        core::Opening opening;
        opening.case_kind = rules::CaseKind{1 + random_.below(4)};
        return opening;
      }
      case EventKind::kMessage: return core::Message{"x"};
      case EventKind::kStatus:
        return core::StatusChange{rules::CaseState{1 + random_.below(8)}, ""};
      case EventKind::kProposal: return make_proposal(seq);
      case EventKind::kDecision: {
        core::Decision decision;
        decision.proposal_seq = draw_proposal(seq);
        decision.proposal_hash = hash_of(decision.proposal_seq + (random_.below(16) == 0 ? 1 : 0));
        decision.choice = rules::Choice{1 + random_.below(4)};
        return decision;
      }
      case EventKind::kRetraction: return core::Retraction{draw_proposal(seq)};
      case EventKind::kSummary:
        return core::Summary{"x", random_.below(2) == 0 ? 0 : draw_proposal(seq)};
      case EventKind::kReport: return core::Report{"x", {}};
      case EventKind::kNote: return core::Note{"x"};
      case EventKind::kCheckIn: return core::CheckIn{""};
      case EventKind::kUnconsented:
        return core::Unconsented{rules::Cause{1 + random_.below(2)}, "x"};
      case EventKind::kIdentityOpened: return core::IdentityOpened{};
      case EventKind::kAssessment: return core::Assessment{"x"};
      case EventKind::kTriage:
        return core::TriageDecision{rules::Ruling{1 + random_.below(5)}, "x", "x"};
      case EventKind::kStay: return core::Stay{random_.below(4) == 0, ""};
      case EventKind::kSensitive: return core::Sensitive{"x"};
      case EventKind::kConsultation: return core::Consultation{"x"};
      default: return core::Outcome{"x", "x"};
    }
  }

  Event make_proposal(std::uint64_t seq) {
    core::Proposal proposal{kSteps[random_.below(std::size(kSteps))], "x", {}, "", false};
    proposal.sensitive = random_.below(4) == 0;
    const auto readers = random_.below(3);
    for (std::uint32_t i = 0; i < readers; ++i) {
      core::ProposedReader reader{member_id(static_cast<std::uint8_t>(3 + i)), {}, 0};
      if (random_.below(2) == 0) reader.compartments.push_back(Compartment::kStory);
      reader.compartments.push_back(Compartment::kSummary);
      proposal.readers.push_back(std::move(reader));
    }
    proposed_.push_back(seq);
    return proposal;
  }

  // One that was made, nearly always.
  std::uint64_t draw_proposal(std::uint64_t seq) {
    if (proposed_.empty() || random_.below(8) == 0)
      return random_.below(static_cast<std::uint32_t>(seq) + 1);
    return proposed_[random_.below(static_cast<std::uint32_t>(proposed_.size()))];
  }

  Xorshift random_;
  bool unreadable_;
  RandomLog log_;
  core::Holdings holdings_;
  rules::Role offices_[4] = {};  // of members 1 to 4
  protocol::Day day_ = kFirstDay;
  std::vector<std::uint64_t> proposed_;
};

template <class E>
std::string name_or_dash(const std::optional<E>& value) {
  return value ? std::string(rules::name_of(*value)) : "-";
}

std::string line_of(const core::ProposalRecord& record) {
  std::string line = " p" + std::to_string(record.seq) + ":" +
                     std::to_string(static_cast<int>(record.standing)) + ":" +
                     std::to_string(record.since_day);
  if (record.decision)
    line += ":" + std::to_string(record.decision->seq) + ":" +
            std::string(rules::name_of(record.decision->choice)) +
            (record.decision->carried_out ? ":done" : ":due");
  return line;
}

std::string line_of(const core::TriageState& triage) {
  std::string line;
  for (const auto& record : triage.assessments) line += " a" + std::to_string(record.seq);
  if (triage.decision)
    line += " t" + std::to_string(triage.decision->seq) + ":" +
            std::string(rules::name_of(triage.decision->ruling));
  if (triage.stay) line += " y" + std::to_string(triage.stay->seq);
  for (const auto& record : triage.sensitive) line += " s" + std::to_string(record.seq);
  for (const auto& record : triage.consultations) line += " c" + std::to_string(record.seq);
  line += triage.decided ? " decided" : "";
  line += triage.consulted ? " consulted" : " " + std::to_string(triage.consulted_day);
  return line;
}

}  // namespace

std::uint32_t Xorshift::next() {
  state_ ^= state_ << 13;
  state_ ^= state_ >> 17;
  state_ ^= state_ << 5;
  return state_;
}

RandomLog random_log(std::uint32_t index) { return Maker(index).make(); }

protocol::MemberId member_id(std::uint8_t member) {
  return *protocol::MemberId::from(crypto::Bytes(protocol::MemberId::kSize, member));
}

core::Holding holding(std::uint8_t member, std::uint32_t compartments, protocol::Day last_day) {
  return {member_id(member), compartments, last_day, {}};
}

crypto::Digest hash_of(std::uint64_t seq) {
  return *crypto::Digest::from(
      crypto::Bytes(crypto::Digest::kSize, static_cast<std::uint8_t>(seq & 0xff)));
}

std::string line_of(const core::CaseState& state) {
  std::string line = name_or_dash(state.kind) + " " + name_or_dash(state.state);
  for (const std::uint32_t number :
       {state.day_opened, static_cast<std::uint32_t>(state.urgent),
        static_cast<std::uint32_t>(state.waiting_for), state.silent_since_day,
        state.may_pause_day})
    line += " " + std::to_string(number);
  for (const auto& record : state.proposals) line += line_of(record);
  for (const auto& record : state.unconsented)
    line += " u" + std::to_string(record.seq) + ":" + std::string(rules::name_of(record.cause));
  for (const auto& record : state.identity_opened) line += " i" + std::to_string(record.seq);
  line += line_of(state.triage);
  for (const auto& alarm : state.alarms)
    line += (alarm.kind == core::AlarmKind::kRuleBroken ? " broken" : " newer") +
            std::to_string(alarm.seq);
  return line;
}

}  // namespace omzien::kit
