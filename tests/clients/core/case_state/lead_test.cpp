// The reporter's lead, as the fold sees it: proposals, answers, silence, and what was done without.
#include "tests/clients/core/case_state/kit.h"

namespace omzien::core {
namespace {

using rules::Choice;
using rules::Compartment;
using testing::ElementsAre;
using testing::IsEmpty;
using State = rules::CaseState;

const auto kSummaryAlone = std::vector{Compartment::kSummary};

TEST(Proposal, WaitsForTheReporterAndNothingHappensBefore) {
  Log log;
  log.by(kLead, proposal({would_read(4, kSummaryAlone)}));
  const auto state = log.folded();
  EXPECT_EQ(state.state, State::kWaiting);
  EXPECT_EQ(state.waiting_for, WaitingFor::kReporter);
  ASSERT_EQ(state.proposals.size(), 1u);
  EXPECT_EQ(state.proposals[0].standing, ProposalStanding::kOpen);
  EXPECT_FALSE(state.proposals[0].decision);
  EXPECT_TRUE(may_answer(state, state.proposals[0]));
}

TEST(Proposal, ThatWasSwappedIsNotAnswered) {
  Log log;
  log.by(kLead, proposal());
  auto decision = decide(log.last_seq(), Choice::kYes);
  decision.proposal_hash = kit::hash_of(77);
  log.by(kReporter, decision);
  EXPECT_THAT(alarmed(log.folded()), ElementsAre(log.last_seq()));
  EXPECT_EQ(log.folded().proposals[0].standing, ProposalStanding::kOpen);
}

TEST(Proposal, IsNotAnsweredByAMemberForTheReporter) {
  Log log;
  log.by(kLead, proposal());
  const auto seq = log.last_seq();
  for (const auto who : {kMember, kLead, kCommittee}) log.by(who, decide(seq, Choice::kYes));
  EXPECT_EQ(alarmed(log.folded()).size(), 3u);
  EXPECT_EQ(log.folded().proposals[0].standing, ProposalStanding::kOpen);
}

TEST(Proposal, PutOffMayBeAnsweredAgainAndAnsweredMayNot) {
  Log log;
  log.by(kLead, proposal());
  const auto seq = log.last_seq();
  log.by(kReporter, decide(seq, Choice::kNotNow));
  EXPECT_EQ(log.folded().proposals[0].standing, ProposalStanding::kPutOff);
  log.by(kReporter, decide(seq, Choice::kNo));
  EXPECT_EQ(log.folded().proposals[0].standing, ProposalStanding::kAnswered);
  EXPECT_THAT(alarmed(log.folded()), IsEmpty());
  log.by(kReporter, decide(seq, Choice::kYes));
  EXPECT_THAT(alarmed(log.folded()), ElementsAre(log.last_seq()));
  EXPECT_EQ(log.folded().proposals[0].decision->choice, Choice::kNo);
}

TEST(Proposal, IsTakenBackByWhoMadeItAlone) {
  Log log;
  log.by(kMember, proposal());
  const auto seq = log.last_seq();
  log.by(kOther, Retraction{seq});
  EXPECT_THAT(alarmed(log.folded()), ElementsAre(log.last_seq()));
  log.by(kMember, Retraction{seq});
  EXPECT_EQ(log.folded().proposals[0].standing, ProposalStanding::kRetracted);
  EXPECT_EQ(log.folded().state, State::kActive);
  log.by(kReporter, decide(seq, Choice::kYes));
  EXPECT_EQ(log.folded().proposals[0].standing, ProposalStanding::kRetracted);
  EXPECT_EQ(alarmed(log.folded()).size(), 2u);
}

TEST(Proposal, LapsesWhenTheCaseEnds) {
  Log log;
  log.by(kMember, proposal());
  const auto seq = log.last_seq();
  log.by(kReporter, Stay{}).by(kMember, Outcome{"x", "x"}).by(kReporter, Message{"it goes on"});
  EXPECT_EQ(log.folded().state, State::kActive);
  EXPECT_EQ(log.folded().proposals[0].standing, ProposalStanding::kLapsed);
  log.by(kReporter, decide(seq, Choice::kYes));
  EXPECT_THAT(alarmed(log.folded()), ElementsAre(log.last_seq()));
}

TEST(Decision, IsCarriedOutWhenEverybodyNamedIsLetIn) {
  Log log;
  log.by(kLead, proposal({would_read(3, {Compartment::kStory, Compartment::kSummary})}));
  log.by(kReporter, decide(log.last_seq(), Choice::kYes));
  const auto carried_out = [&] { return log.folded().proposals[0].decision->carried_out; };
  EXPECT_FALSE(carried_out());
  log.access({kit::holding(3, rules::bit(Compartment::kSummary))});
  EXPECT_FALSE(carried_out());
  log.access({kit::holding(3, rules::bit(Compartment::kSummary)),
              kit::holding(3, rules::bit(Compartment::kStory))});
  EXPECT_TRUE(carried_out());
  log.access({});
  EXPECT_TRUE(carried_out()) << "taken back later: it had been done";
}

TEST(Decision, ThatIsNoYesHasNothingToCarryOut) {
  for (const auto choice : {Choice::kNotNow, Choice::kNo}) {
    Log log;
    log.by(kLead, proposal({would_read(4, {Compartment::kIdentity})}));
    log.by(kReporter, decide(log.last_seq(), choice));
    EXPECT_TRUE(log.folded().proposals[0].decision->carried_out);
  }
}

TEST(Decision, IsNotCarriedOutByAGrantWhoseLastDayPassed) {
  Log log;
  log.access({kit::holding(3, rules::bit(Compartment::kSummary), kOpenedDay)}).later(1);
  log.by(kLead, proposal({would_read(3, kSummaryAlone)}));
  log.by(kReporter, decide(log.last_seq(), Choice::kYesIf, "conditions"));
  EXPECT_FALSE(log.folded().proposals[0].decision->carried_out);
}

TEST(Summary, IsWrittenByNobodyButTheOwner) {
  Log log;
  for (const auto who : {kMember, kLead, kCommittee}) log.by(who, Summary{"swapped", 0});
  EXPECT_EQ(alarmed(log.folded()).size(), 3u);
  log.by(kReporter, Summary{"mine", 0});
  EXPECT_EQ(alarmed(log.folded()).size(), 3u);
}

TEST(Summary, OfAProposalThatDoesNotExistAlarms) {
  Log log;
  log.by(kReporter, Summary{"mine", 7});
  EXPECT_THAT(alarmed(log.folded()), ElementsAre(log.last_seq()));
}

TEST(SilentReporter, IsPausedAfterTheTermAndNotBefore) {
  Log log;
  log.by(kLead, proposal()).later(rules::kSilenceDays - 1);
  EXPECT_FALSE(may_set(log.folded(), State::kPaused, kOpenedDay + rules::kSilenceDays - 1));
  EXPECT_TRUE(may_set(log.folded(), State::kPaused, kOpenedDay + rules::kSilenceDays));
  log.by(kLead, StatusChange{State::kPaused, ""});
  EXPECT_THAT(alarmed(log.folded()), ElementsAre(log.last_seq()));
  log.later(1).by(kLead, StatusChange{State::kPaused, ""});
  EXPECT_EQ(log.folded().state, State::kPaused);
}

TEST(SilentReporter, IsNotSilentWhoWroteAnything) {
  Log log;
  log.by(kLead, proposal()).later(rules::kSilenceDays - 1);
  log.by(kReporter, CheckIn{""}).later(1).by(kLead, StatusChange{State::kPaused, ""});
  EXPECT_THAT(alarmed(log.folded()), ElementsAre(log.last_seq()));
  EXPECT_EQ(log.folded().may_pause_day, kOpenedDay + 2 * rules::kSilenceDays - 1);
}

// Nobody knows the terms of an earlier directory any more: what was right under the law's own when
// it was written does not become a breach.
TEST(SilentReporter, StaysPausedWhateverALaterDirectorySays) {
  protocol::Terms longer;
  longer.silence_days = rules::kSilenceDays + 30;
  Log log;
  log.by(kLead, proposal()).later(rules::kSilenceDays).by(kLead, StatusChange{State::kPaused, ""});
  EXPECT_THAT(alarmed(log.folded(longer)), ElementsAre(log.last_seq()));
  log.under_another_directory();
  EXPECT_THAT(alarmed(log.folded(longer)), IsEmpty());
  EXPECT_EQ(log.folded(longer).state, State::kPaused);
}

TEST(SilentReporter, IsNotPausedWhenNothingWasAsked) {
  Log log;
  log.by(kMember, Message{"read"}).later(10 * rules::kSilenceDays);
  log.by(kMember, StatusChange{State::kPaused, ""});
  EXPECT_THAT(alarmed(log.folded()), ElementsAre(log.last_seq()));
  EXPECT_EQ(log.folded().may_pause_day, 0u);
}

TEST(SilentReporter, WhoComesBackWithAnythingReopensTheCase) {
  for (const Event& event : {Event(Message{"back"}), Event(CheckIn{""}), Event(Summary{"x", 0}),
                             Event(Report{"who I am", {}})}) {
    Log log;
    ASSERT_TRUE(log.reach(State::kPaused));
    log.by(kReporter, event);
    EXPECT_EQ(log.folded().state, State::kActive) << kind_name(event);
    EXPECT_THAT(alarmed(log.folded()), IsEmpty());
  }
}

TEST(SilentReporter, StillAnswersWhatWasAskedBeforeThePause) {
  Log log;
  log.by(kLead, proposal()).later(rules::kSilenceDays);
  const auto seq = log.last_seq();
  log.by(kLead, StatusChange{State::kPaused, ""}).by(kReporter, decide(seq, Choice::kYes));
  EXPECT_EQ(log.folded().state, State::kActive);
  EXPECT_EQ(log.folded().proposals[0].standing, ProposalStanding::kAnswered);
}

TEST(Unconsented, IsKeptWithItsReasonWhateverTheState) {
  for (const auto from : {State::kOpened, State::kPaused, State::kClosed}) {
    Log log;
    ASSERT_TRUE(log.reach(from));
    log.by(kLead, Unconsented{rules::Cause::kDuty, "I had to."});
    const auto state = log.folded();
    ASSERT_EQ(state.unconsented.size(), 1u);
    EXPECT_EQ(state.unconsented[0].text, "I had to.");
    EXPECT_EQ(state.unconsented[0].author, kit::member_id(2));
    EXPECT_EQ(state.state, from);
  }
}

TEST(IdentityOpened, IsWrittenByThoseAloneWhoHoldIt) {
  Log log;
  log.by(kLead, IdentityOpened{});
  EXPECT_EQ(log.folded().identity_opened.size(), 1u);
  log.by(kMember, IdentityOpened{});
  EXPECT_THAT(alarmed(log.folded()), ElementsAre(log.last_seq()));
  EXPECT_EQ(log.folded().identity_opened.size(), 1u);
}

TEST(Withdrawn, IsForEver) {
  Log log;
  log.by(kLead, proposal());
  const auto seq = log.last_seq();
  log.withdraw(kReporter);
  const auto before = log.line();
  log.by(kReporter, Message{"x"}).by(kReporter, decide(seq, Choice::kYes));
  log.by(kMember, StatusChange{State::kActive, ""}).withdraw(kReporter);
  EXPECT_EQ(log.line(), before);
  EXPECT_EQ(alarmed(log.folded()).size(), 4u);
  EXPECT_EQ(log.folded().waiting_for, WaitingFor::kNobody);
}

TEST(Withdrawn, IsSeenByThoseTooWhoNeverReadHowItBegan) {
  auto log = Log::unopened();
  log.unread(kReporter, Compartment::kTalk).withdraw(kReporter);
  EXPECT_EQ(log.folded().state, State::kWithdrawn);
  EXPECT_FALSE(log.folded().kind);
}

TEST(Event, InTheWrongPlaceAlarmsAndChangesNothing) {
  Log log;
  log.by(kMember, Message{"x"}, Compartment::kNotes);
  log.by(kReporter, Report{"x", {}}, Compartment::kSummary);
  log.by(kMember, Note{"x"}, Compartment::kTalk);
  EXPECT_EQ(alarmed(log.folded()).size(), 3u);
  EXPECT_EQ(log.folded().state, State::kOpened);
}

TEST(Event, BeforeTheOpeningAlarms) {
  auto log = Log::unopened();
  log.by(kMember, Message{"x"});
  EXPECT_THAT(alarmed(log.folded()), ElementsAre(log.last_seq()));
  EXPECT_FALSE(log.folded().kind);
}

// Let in later, to `talk` from its second epoch on: what came before can't be judged, nor what
// follows from it.
TEST(Event, ThatCantBeReadIsHeldAgainstNobody) {
  auto log = Log::unopened();
  log.unread(kReporter, Compartment::kTalk).unread(kMember, Compartment::kTalk);
  EXPECT_FALSE(log.folded().state) << "said, asked, closed: who knows";
  log.by(kReporter, decide(2, Choice::kYes)).by(kMember, StatusChange{State::kActive, ""});
  const auto state = log.folded();
  EXPECT_THAT(alarmed(state), IsEmpty());
  EXPECT_EQ(state.state, State::kActive);
  EXPECT_FALSE(state.kind);
}

TEST(Event, ThatCantBeReadStillForbidsWhatNoStateAllows) {
  auto log = Log::unopened();
  log.unread(kReporter, Compartment::kTalk).unread(kMember, Compartment::kTalk);
  log.by(kMember, decide(2, Choice::kYes)).by(kLead, Summary{"swapped", 0});
  EXPECT_EQ(alarmed(log.folded()).size(), 2u);
}

TEST(Event, OfThePersonUnreadInAnotherPartLeavesTheStateKnown) {
  Log log;
  ASSERT_TRUE(log.reach(State::kPaused));
  log.unread(kReporter, Compartment::kIdentity);
  EXPECT_EQ(log.folded().state, State::kActive) << "the reporter came back; the adviser sees that";
}

}  // namespace
}  // namespace omzien::core
