#include "clients/core/case_state/fold.h"

#include <algorithm>

#include "clients/core/case_state/table.h"
#include "clients/core/case_state/unread.h"
#include "protocol/calendar.h"

namespace omzien::core {
namespace {

using protocol::Day;
using rules::bit;
using rules::Compartment;
using rules::EntryKind;
using rules::Need;
using rules::Role;

constexpr auto kOpened = bit(rules::CaseState::kOpened);
constexpr auto kWaiting = bit(rules::CaseState::kWaiting);

constexpr std::uint32_t every_kind() {
  std::uint32_t kinds = 0;
  for (const auto& named : rules::kCaseKindNames) kinds |= bit(named.value);
  return kinds;
}

class Folder {
 public:
  explicit Folder(const protocol::Terms& terms) : terms_(terms) {}

  void take(const Step& step) {
    if (step.entry == EntryKind::kOpen) state_.day_opened = step.day;
    if (step.entry == EntryKind::kEvent) take_event(step);
    if (moves_a_case(step.entry) && !move(step, {step.entry, {}, step.role, {}}, 0))
      forbidden(step);
    if (!step.holdings) return;
    holdings_ = *step.holdings;
    proposals_.take_access(holdings_, step.day);
  }

  CaseState finish() && {
    state_.state = only_state(states_);
    state_.kind = only_kind(kinds_);
    state_.proposals = proposals_.records();
    state_.triage = triage_.state();
    state_.triage.decided = triage_.decided();
    state_.triage.consulted = triage_.consulted();
    if (const auto day = silence_counts_from(); day && !state_.triage.consulted)
      state_.triage.consulted_day = *day;
    if (const auto silent = silent_since()) {
      state_.silent_since_day = *silent;
      state_.may_pause_day = protocol::days_after(*silent, terms_.days_of_silence());
    }
    return std::move(state_);
  }

 private:
  void take_event(const Step& step) {
    if (step.event == nullptr) return take_unread(step);
    const auto kind = kind_of(*step.event);
    const auto* rule = rule_of(kind);
    if (rule == nullptr) {
      alarm(step, AlarmKind::kNewerVersion, "made with a newer version of Omzien");
      return take_header(step, step.compartment == Compartment::kTalk);
    }
    if (!rules::compartment_of(static_cast<std::uint32_t>(step.compartment)) ||
        (rule->compartments & bit(step.compartment)) == 0)
      return forbidden(step);
    if (const auto* opening = std::get_if<Opening>(step.event)) {
      if (!begin(step, *opening)) return forbidden(step);
    } else {
      Move made{EntryKind::kEvent, kind, step.role, {}};
      if (const auto* status = std::get_if<StatusChange>(step.event)) made.wanted = status->state;
      if (!move(step, made, needs_met(step))) return forbidden(step);
      std::visit([&](const auto& event) { take_content(step, event); }, *step.event);
    }
    take_header(step, rule->turn);
  }

  // What can't be read was some event that may stand there; where the case stands may then be open.
  void take_unread(const Step& step) {
    const bool talk = step.compartment == Compartment::kTalk;
    if (kinds_ != 0)
      states_ = land_unread(step.compartment, step.role, kinds_, states_, needs_met(step));
    else if (talk)
      kinds_ = every_kind();  // the opening
    unread_.note(step);
    take_header(step, talk);
  }

  bool begin(const Step& step, const Opening& opening) {
    if (kinds_ != 0 || step.role != rules::StepRole::kOwner) return false;
    const auto known = rules::case_kind_of(static_cast<std::uint32_t>(opening.case_kind));
    if (!known) alarm(step, AlarmKind::kNewerVersion, "a case of a kind that is newer than this");
    kinds_ = known ? bit(*known) : every_kind();
    return true;
  }

  bool move(const Step& step, const Move& made, std::uint32_t needs) {
    // Withdrawn by an entry of its own: a case ends so for those too who never read how it began.
    const auto kinds = made.entry == EntryKind::kEvent ? kinds_ : every_kind();
    const auto next = land(made, kinds, states_, needs);
    if (next == 0) return false;
    if (next == kWaiting && states_ != kWaiting) waiting_day_ = step.day;
    states_ = next;
    if ((next & ~kOver) == 0) {
      proposals_.lapse();
      state_.waiting_for = WaitingFor::kNobody;
    }
    return true;
  }

  // What can't be read can't be held against anybody, as far as it may have met a need; and no
  // further, or whoever writes what the others can't read would be let off everything.
  std::uint32_t needs_met(const Step& step) const {
    std::uint32_t met = 0;
    const auto add = [&](Need need, bool is_met) { met |= is_met ? bit(need) : 0; };
    const auto days = days_of_silence(step);
    add(Need::kSilence, is_silent(step.day, days, asked_at_most()));
    const bool unknown = step.event == nullptr;
    const auto* decision = std::get_if<Decision>(step.event);
    add(Need::kOpenProposal, unknown || (decision != nullptr && may_be_open(*decision)));
    const auto* retraction = std::get_if<Retraction>(step.event);
    add(Need::kOwnProposal, unknown || (retraction != nullptr && may_be_own(*retraction, step)));
    const auto* summary = std::get_if<Summary>(step.event);
    add(Need::kKnownProposal, unknown || (summary != nullptr && may_be_known(*summary)));
    const auto held = held_by(holdings_, step.author, step.day);
    add(Need::kIdentityAccess, (held & bit(Compartment::kIdentity)) != 0);
    add(Need::kTriaged, triage_.decided() || unread_.may_have_settled());
    add(Need::kConsulted,
        is_consulted(step.day, days) || unread_.may_have_settled() || unread_.by_coordinator());
    add(Need::kCommittee, sits(step.office));
    add(Need::kChair,
        step.office == Role::kTriageChair || (sits(step.office) && !has_chair(step.day)));
    add(Need::kCoordinator, step.office == Role::kCoordinator);
    return met;
  }

  static bool sits(Role office) { return office == Role::kTriage || office == Role::kTriageChair; }
  bool has_chair(Day day) const {
    return std::any_of(holdings_.begin(), holdings_.end(), [&](const Holding& holding) {
      return holding.office == Role::kTriageChair && holding.compartments != 0 &&
             (holding.last_day == 0 || day <= holding.last_day) &&
             (holding.left_day == 0 || day < holding.left_day);
    });
  }

  bool may_be_open(const Decision& it) const {
    return proposals_.is_open(it) || unread_.in_talk(it.proposal_seq);
  }
  bool may_be_own(const Retraction& it, const Step& step) const {
    return proposals_.is_own(it, step.author) || unread_.in_talk(it.proposal_seq);
  }
  bool may_be_known(const Summary& it) const {
    return proposals_.is_known(it) || unread_.in_talk(it.proposal_seq);
  }

  // Under an earlier directory the law's own, where the organisation's was lengthened since: what
  // was right when it was written stays so (as protocol/access/release.cpp has it).
  std::uint32_t days_of_silence(const Step& step) const {
    const auto days = terms_.days_of_silence();
    return step.earlier ? std::min(days, std::uint32_t{rules::kSilenceDays}) : days;
  }
  // Whether the reporter wrote nothing for that long since it was asked.
  bool is_silent(Day day, std::uint32_t days, std::optional<Day> asked) const {
    return asked && day >= protocol::days_after(std::max(*asked, owner_day_), days);
  }
  // From when on the reporter's silence about asking the coordinator counts as a no.
  std::optional<Day> silence_counts_from() const {
    const auto asked = triage_.asked_day(proposals_.records());
    if (!asked) return std::nullopt;
    return protocol::days_after(std::max(*asked, owner_day_), terms_.days_of_silence());
  }
  bool is_consulted(Day day, std::uint32_t days) const {
    return triage_.consulted() || is_silent(day, days, triage_.asked_day(proposals_.records())) ||
           is_silent(day, days, unread_.asked_day());
  }

  void take_content(const Step& step, const Proposal& it) { proposals_.propose(step, it); }
  void take_content(const Step& step, const Decision& it) {
    if (const auto* record = proposals_.find(it.proposal_seq);
        record != nullptr && proposals_.is_open(it))
      triage_.take_answer(step, it, *record);
    else
      unread_.answered();  // what was asked can't be read
    proposals_.decide(step, it, holdings_);
  }
  void take_content(const Step& step, const Assessment& it) { triage_.assess(step, it); }
  void take_content(const Step& step, const TriageDecision& it) { triage_.rule(step, it); }
  void take_content(const Step& step, const Stay& it) { triage_.wish(step, it); }
  void take_content(const Step& step, const Sensitive& it) { triage_.mark(step, it); }
  void take_content(const Step& step, const Consultation& it) { triage_.advise(step, it); }
  void take_content(const Step& step, const Retraction& it) { proposals_.retract(step, it); }
  void take_content(const Step& step, const Unconsented& it) {
    state_.unconsented.push_back({step.seq, step.day, step.author, it.cause, it.text});
  }
  void take_content(const Step& step, const IdentityOpened&) {
    state_.identity_opened.push_back({step.seq, step.day, step.author});
  }
  template <class Other>
  void take_content(const Step&, const Other&) {}

  // What the header shows: urgency, whose turn it is.
  void take_header(const Step& step, bool turn) {
    const bool by_owner = step.role == rules::StepRole::kOwner;
    if (step.urgent) state_.urgent = true;
    if (by_owner) owner_day_ = step.day;
    if (turn && (states_ & ~kOver) != 0)
      state_.waiting_for = by_owner ? WaitingFor::kAdviser : WaitingFor::kReporter;
  }

  // From when on a question stands and the reporter wrote nothing.
  std::optional<Day> silent_since() const {
    auto asked = proposals_.oldest_open_day();
    if (states_ == kWaiting) asked = std::min(asked.value_or(waiting_day_), waiting_day_);
    return asked ? std::optional(std::max(*asked, owner_day_)) : std::nullopt;
  }
  // The earliest day since which a question may stand.
  std::optional<Day> asked_at_most() const {
    auto asked = proposals_.oldest_open_day();
    const auto may_stand_since = [&](Day day) { asked = std::min(asked.value_or(day), day); };
    if ((states_ & kWaiting) != 0 && waiting_day_ != 0) may_stand_since(waiting_day_);
    if (unread_.asked_day()) may_stand_since(*unread_.asked_day());
    return asked;
  }

  void alarm(const Step& step, AlarmKind kind, std::string text) {
    state_.alarms.push_back({step.seq, kind, std::move(text)});
  }
  void forbidden(const Step& step) {
    alarm(step, AlarmKind::kRuleBroken, "a step that is not possible here; it changes nothing");
  }

  const protocol::Terms& terms_;
  CaseState state_;
  std::uint32_t kinds_ = 0;         // the kinds of case it may be; 0 before it began
  std::uint32_t states_ = kOpened;  // where it may stand
  Unread unread_;
  Proposals proposals_;
  Triage triage_;
  Holdings holdings_;
  Day waiting_day_ = 0;  // since when it waits, when it does
  Day owner_day_ = 0;    // the reporter's last
};

}  // namespace

CaseState fold(std::span<const Step> steps, const protocol::Terms& terms) {
  Folder folder(terms);
  for (const auto& step : steps) folder.take(step);
  return std::move(folder).finish();
}

}  // namespace omzien::core
