// What must be so before a case closes, as the fold sees it.
#include "tests/clients/core/case_state/kit.h"

namespace omzien::core {
namespace {

using rules::Choice;
using rules::Need;
using testing::ElementsAre;
using testing::IsEmpty;
using State = rules::CaseState;

const Outcome kOutcome{"what was done", "why"};
const TriageDecision kDecision{rules::Ruling::kConversation, "a talk", "it can be mended"};

Proposal asks(const char* step, bool sensitive = false) {
  return {step, "what it means", {}, "", sensitive};
}

bool closes(Log& log) {
  log.by(kLead, kOutcome);
  return log.folded().state == State::kClosed;
}

TEST(Triage, AReportDoesNotCloseWithoutADecisionOrTheWishToStay) {
  for (const auto kind : {rules::CaseKind::kReport, rules::CaseKind::kWitness}) {
    Log log(kind);
    EXPECT_THAT(missing_to_close(log.folded(), kOpenedDay), ElementsAre(Need::kTriaged));
    EXPECT_FALSE(may_close(log.folded(), kOpenedDay));
    EXPECT_FALSE(closes(log));
    EXPECT_THAT(alarmed(log.folded()), ElementsAre(log.last_seq()));
  }
}

TEST(Triage, AdviceAndSignalsStayWithTheAdviserAnyway) {
  for (const auto kind : {rules::CaseKind::kAdvice, rules::CaseKind::kSignal}) {
    Log log(kind);
    EXPECT_TRUE(may_close(log.folded(), kOpenedDay));
    EXPECT_TRUE(closes(log));
  }
}

TEST(Triage, TheChairsDecisionLetsItClose) {
  Log log;
  log.let_in({kChair}).by(kCommittee, Assessment{"a talk"}).by(kChair, kDecision);
  const auto state = log.folded();
  EXPECT_THAT(alarmed(state), IsEmpty());
  ASSERT_EQ(state.triage.assessments.size(), 1u);
  EXPECT_EQ(state.triage.assessments[0].author, kit::member_id(kCommittee.number));
  ASSERT_TRUE(state.triage.decision);
  EXPECT_EQ(state.triage.decision->ruling, rules::Ruling::kConversation);
  EXPECT_TRUE(may_close(state, kOpenedDay));
  EXPECT_TRUE(closes(log));
}

TEST(Triage, NobodyButTheChairDecidesWhileOneIsIn) {
  Log log;
  log.let_in({kChair});
  for (const auto who : {kCommittee, kLead, kReporter, kCoordinator}) log.by(who, kDecision);
  EXPECT_EQ(alarmed(log.folded()).size(), 4u);
  EXPECT_FALSE(log.folded().triage.decision);
}

// A chair who was left out, or left themself out, does not keep the case from being decided.
TEST(Triage, AMemberDecidesWhereNoChairIsIn) {
  Log log;
  log.by(kCommittee, kDecision);
  EXPECT_THAT(alarmed(log.folded()), IsEmpty());
  EXPECT_TRUE(log.folded().triage.decision);
}

TEST(Triage, AMemberDecidesWhereTheChairLeftTheOrganisation) {
  Log log;
  auto chair = summary_for(kChair);
  chair.left_day = kOpenedDay + 1;
  log.access({summary_for(kCommittee), chair}).by(kCommittee, kDecision);
  EXPECT_THAT(alarmed(log.folded()), ElementsAre(log.last_seq())) << "the day before";
  log.later(1).by(kCommittee, kDecision);
  EXPECT_TRUE(log.folded().triage.decision);
}

TEST(Triage, NobodyButTheCommitteeAssesses) {
  Log log;
  for (const auto who : {kMember, kLead, kReporter, kCoordinator}) log.by(who, Assessment{"x"});
  EXPECT_EQ(alarmed(log.folded()).size(), 4u);
  EXPECT_THAT(log.folded().triage.assessments, IsEmpty());
}

TEST(Triage, TheWishToStayIsTheReportersAndCanBeTakenBack) {
  Log log;
  log.by(kLead, Stay{});
  EXPECT_THAT(alarmed(log.folded()), ElementsAre(log.last_seq()));
  log.by(kReporter, Stay{});
  EXPECT_TRUE(may_close(log.folded(), kOpenedDay));
  log.by(kReporter, Stay{true, ""});
  EXPECT_FALSE(may_close(log.folded(), kOpenedDay));
}

TEST(Triage, AYesToStayingIsTheWishAndNoOtherAnswerIs) {
  for (const auto choice : {Choice::kYes, Choice::kYesIf, Choice::kNotNow, Choice::kNo}) {
    Log log;
    log.by(kLead, asks("stay"));
    log.by(kReporter, decide(log.last_seq(), choice, "only then"));
    EXPECT_EQ(log.folded().triage.stay.has_value(), choice == Choice::kYes);
  }
}

TEST(Consultation, ASensitiveCaseWaitsForTheCoordinator) {
  Log log(rules::CaseKind::kAdvice);
  log.by(kLead, Sensitive{"it was in the news"});
  EXPECT_THAT(missing_to_close(log.folded(), kOpenedDay), ElementsAre(Need::kConsulted));
  EXPECT_FALSE(closes(log));
  log.let_in({kCoordinator}).by(kCoordinator, Consultation{"wait a week"});
  EXPECT_TRUE(may_close(log.folded(), kOpenedDay));
  log.by(kLead, Sensitive{"and again"});
  EXPECT_FALSE(may_close(log.folded(), kOpenedDay)) << "another reason wants advice of its own";
}

TEST(Consultation, IsTheCoordinatorsAlone) {
  Log log;
  log.by(kLead, Sensitive{"x"});
  for (const auto who : {kMember, kLead, kReporter, kCommittee, kChair})
    log.by(who, Consultation{"fine"});
  EXPECT_EQ(alarmed(log.folded()).size(), 5u);
  EXPECT_FALSE(log.folded().triage.consulted);
}

TEST(Consultation, AYesToASensitiveStepNeedsAdviceSinceItWasProposed) {
  Log log(rules::CaseKind::kAdvice);
  log.by(kLead, asks("investigation", true));
  const auto proposed = log.last_seq();
  EXPECT_TRUE(log.folded().triage.consulted) << "nothing happens before the answer";
  log.by(kReporter, decide(proposed, Choice::kYes));
  EXPECT_FALSE(may_close(log.folded(), kOpenedDay));
  Log asked_first(rules::CaseKind::kAdvice);
  asked_first.by(kLead, asks("investigation", true));
  const auto seq = asked_first.last_seq();
  asked_first.by(kCoordinator, Consultation{"do"}).by(kReporter, decide(seq, Choice::kYes));
  EXPECT_TRUE(may_close(asked_first.folded(), kOpenedDay));
}

// The lead stays with the reporter: a no to asking the coordinator ends the matter, and so does the
// silence after which nothing else waits either.
TEST(Consultation, TheReportersNoIsEnoughAndSoIsTheirSilence) {
  Log refused(rules::CaseKind::kAdvice);
  refused.by(kLead, Sensitive{"x"}).by(kLead, asks("coordinator"));
  refused.by(kReporter, decide(refused.last_seq(), Choice::kNo));
  EXPECT_TRUE(may_close(refused.folded(), kOpenedDay));
  Log silent(rules::CaseKind::kAdvice);
  silent.by(kLead, Sensitive{"x"}).by(kLead, asks("coordinator"));
  const auto from = kOpenedDay + rules::kSilenceDays;
  EXPECT_EQ(silent.folded().triage.consulted_day, from);
  EXPECT_FALSE(may_close(silent.folded(), from - 1));
  EXPECT_TRUE(may_close(silent.folded(), from));
  silent.later(rules::kSilenceDays);
  EXPECT_TRUE(closes(silent));
}

TEST(Consultation, AnAnswerFromBeforeTheCaseWasSensitiveIsNone) {
  Log log(rules::CaseKind::kAdvice);
  log.by(kLead, asks("coordinator"));
  log.by(kReporter, decide(log.last_seq(), Choice::kNo)).by(kLead, Sensitive{"x"});
  EXPECT_FALSE(may_close(log.folded(), kOpenedDay));
  Log asked(rules::CaseKind::kAdvice);
  asked.by(kLead, asks("coordinator"));
  const auto seq = asked.last_seq();
  asked.by(kLead, Sensitive{"x"}).by(kReporter, decide(seq, Choice::kNo));
  EXPECT_FALSE(may_close(asked.folded(), kOpenedDay)) << "nor is one to a question from before";
}

// Somebody who can't read the summary can't hold an outcome against a colleague: the committee's
// decision may stand there.
TEST(Triage, WhatCantBeReadIsNotHeldAgainstAnOutcome) {
  Log log;
  log.unread(kCommittee, rules::Compartment::kSummary);
  EXPECT_TRUE(closes(log));
}

TEST(MayJudge, GoesByOfficeAndByWhoIsIn) {
  using rules::EventKind;
  using rules::Role;
  const auto may = [](EventKind event, Role office, bool chair_is_in) {
    Log log;
    return may_judge(log.folded(), event, rules::StepRole::kReader, office, chair_is_in);
  };
  EXPECT_TRUE(may(EventKind::kAssessment, Role::kTriage, true));
  EXPECT_FALSE(may(EventKind::kAssessment, Role::kAdviser, true));
  EXPECT_TRUE(may(EventKind::kTriage, Role::kTriageChair, true));
  EXPECT_FALSE(may(EventKind::kTriage, Role::kTriage, true));
  EXPECT_TRUE(may(EventKind::kTriage, Role::kTriage, false));
  EXPECT_TRUE(may(EventKind::kConsultation, Role::kCoordinator, false));
  EXPECT_FALSE(may(EventKind::kConsultation, Role::kTriageChair, false));
}

// After a lost key file, or let in to the talk from now on: how it began can't be read, and there
// is an answer to give all the same.
TEST(MayTake, WhoeverReadsFromNowOnMayAnswerAndMayNotClose) {
  using rules::EventKind;
  auto log = Log::unopened();
  log.unread(kReporter, rules::Compartment::kTalk).by(kLead, Message{"from now on"});
  const auto state = log.folded();
  ASSERT_FALSE(state.kind);
  for (const auto event : {EventKind::kMessage, EventKind::kProposal, EventKind::kUnconsented})
    EXPECT_TRUE(may_take(state, event, rules::StepRole::kMember)) << static_cast<int>(event);
  EXPECT_FALSE(may_take(state, EventKind::kMessage, rules::StepRole::kReader)) << "has no talk";
  EXPECT_FALSE(may_close(state, kOpenedDay));
  log.withdraw(kReporter);
  EXPECT_FALSE(may_take(log.folded(), EventKind::kMessage, rules::StepRole::kMember));
}

// A text that does not open to a reader may have led anywhere: where the case stands is not known
// to them then.
TEST(MayLand, ATextThatDoesNotOpenKeepsNobodyFromAnsweringNorFromSayingWhatTheyRead) {
  Log log;
  log.by(kLead, asks("conversation")).unread(kMember, rules::Compartment::kTalk);
  const auto state = log.folded();
  ASSERT_FALSE(state.state);
  ASSERT_EQ(state.proposals.size(), 1u);
  EXPECT_TRUE(may_answer(state, state.proposals[0]));
  EXPECT_TRUE(may_retract(state, state.proposals[0], kit::member_id(kLead.number)));
  EXPECT_TRUE(may_open_identity(state, rules::StepRole::kMember));
  EXPECT_FALSE(may_open_identity(state, rules::StepRole::kReader)) << "has no talk to say it in";
  log.withdraw(kReporter);
  EXPECT_FALSE(may_open_identity(log.folded(), rules::StepRole::kMember));
}

}  // namespace
}  // namespace omzien::core
