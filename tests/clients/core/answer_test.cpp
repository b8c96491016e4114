// An adviser proposes, the reporter answers: on the real use cases, with real keys.
#include "clients/core/case_state.h"
#include "clients/core/seal_answer.h"
#include "tests/clients/core/fixture.h"

namespace omzien::core {
namespace {

using rules::Choice;
using testing::ElementsAre;
using testing::IsEmpty;

class AnswerTest : public ClientTest {
 protected:
  void SetUp() override {
    ClientTest::SetUp();
    report(owner_, draft("My own words."));
  }

  // Mieke proposes to let these people read; the proposal as the owner sees it.
  ProposalRecord propose(std::vector<ProposedReader> readers, std::string summary = {}) {
    std::sort(readers.begin(), readers.end(),
              [](const auto& a, const auto& b) { return a.member_id < b.member_id; });
    const Proposal proposal{"share_triage", "They would advise.", std::move(readers),
                            std::move(summary)};
    const auto told = deliver(member("mieke"),
                              EventDraft{owner_.handle(), Compartment::kTalk, proposal, {}, false});
    EXPECT_TRUE(told) << told.error().message;
    return state_for(owner_).proposals.back();
  }
  ProposedReader would_read(std::string_view name, std::vector<Compartment> compartments,
                            protocol::Day last_day = 0) {
    return {organisation_.member(name).id, std::move(compartments), last_day};
  }
  AnswerDraft answer(const ProposalRecord& to, Choice choice, std::string text = {},
                     std::string summary = {}) {
    return {owner_.handle(), {to.seq, to.hash, choice, std::move(text)}, std::move(summary)};
  }
  CaseState state_for(const Identity& self) {
    return fold(*open(self, owner_.handle()), organisation_.directory());
  }
  // Every readable text, by compartment.
  static std::vector<std::string> readable(const OpenedCase& opened) {
    std::vector<std::string> found;
    for (const auto& entry : opened.entries)
      if (entry.event) found.emplace_back(kind_name(*entry.event));
    return found;
  }

  Reporter owner_ = reporter("owner");
};

TEST_F(AnswerTest, AYesLetsInWhomItNamesToWhatItNamesAndNoFurther) {
  const auto proposed = propose({would_read("ilse", {Compartment::kSummary})}, "A draft.");
  EXPECT_FALSE(open(member("ilse"), owner_.handle())) << "nothing happens before the answer";
  const auto accepted =
      deliver(owner_, answer(proposed, Choice::kYesIf, "No names.", "A summary without names."));
  ASSERT_TRUE(accepted) << accepted.error().message;

  const auto state = state_for(owner_);
  EXPECT_THAT(state.alarms, IsEmpty());
  EXPECT_EQ(state.proposals[0].standing, ProposalStanding::kAnswered);
  EXPECT_TRUE(state.proposals[0].decision->carried_out);
  EXPECT_EQ(state.proposals[0].decision->text, "No names.");

  const auto seen = open(member("ilse"), owner_.handle());
  ASSERT_TRUE(seen) << seen.error().message;
  EXPECT_THAT(readable(*seen), ElementsAre("summary"));
  EXPECT_THAT(seen->alarms, IsEmpty());
  const auto hers = fold(*seen, organisation_.directory());
  EXPECT_FALSE(hers.kind);
  EXPECT_THAT(hers.alarms, IsEmpty());
}

// Ruud stands in for mieke: he would read, and does not.
TEST_F(AnswerTest, AYesIsNotCarriedOutByADormantGrant) {
  const auto proposed = propose({would_read("ruud", {Compartment::kStory})});
  const auto& decision = answer(proposed, Choice::kYes).decision;
  ASSERT_TRUE(
      deliver(owner_, EventDraft{owner_.handle(), Compartment::kTalk, decision, {}, false}));
  const auto state = state_for(owner_);
  ASSERT_TRUE(state.proposals[0].decision);
  EXPECT_FALSE(state.proposals[0].decision->carried_out);
}

TEST_F(AnswerTest, SummaryGrantAndDecisionStandInOneAppend) {
  const auto proposed = propose({would_read("ilse", {Compartment::kSummary}),
                                 would_read("tarik", {Compartment::kStory, Compartment::kSummary})},
                                "A draft.");
  const auto before = open(owner_, owner_.handle())->entries.size();
  wire_->frames = 0;
  ASSERT_TRUE(deliver(owner_, answer(proposed, Choice::kYes, "", "A draft.")));
  const auto opened = open(owner_, owner_.handle());
  ASSERT_EQ(opened->entries.size(), before + 3);
  EXPECT_EQ(opened->entries[before].entry.header().kind, rules::EntryKind::kEvent);
  EXPECT_EQ(opened->entries[before + 1].entry.header().kind, rules::EntryKind::kGrant);
  EXPECT_TRUE(std::holds_alternative<Decision>(*opened->entries[before + 2].event));
  EXPECT_THAT(readable(*open(member("tarik"), owner_.handle())), ElementsAre("report", "summary"));
}

TEST_F(AnswerTest, AYesToASensitiveStepIsNotGivenWhereItsAuthorLeftThatOut) {
  const auto proposed = propose({});
  const auto opened = open(owner_, owner_.handle());
  organisation_.next_version();
  organisation_.change = [&](auto& content) { content.sensitive_steps = {proposed.proposal.step}; };
  const auto answered = [&](Choice choice) {
    return newcomers_of(*opened, organisation_.directory(), answer(proposed, choice),
                        organisation_.day());
  };
  const auto refused = answered(Choice::kYes);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, testing::HasSubstr("sensitive"));
  EXPECT_TRUE(answered(Choice::kNo));
}

TEST_F(AnswerTest, ANoLetsNobodyInAndEndsIt) {
  const auto proposed = propose({would_read("ilse", {Compartment::kSummary})}, "A draft.");
  ASSERT_TRUE(deliver(owner_, answer(proposed, Choice::kNo, "Not them.")));
  EXPECT_FALSE(open(member("ilse"), owner_.handle()));
  const auto again = deliver(owner_, answer(proposed, Choice::kYes));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::kRefused);
}

TEST_F(AnswerTest, WhoReadsAlreadyIsLetInToTheRestAlone) {
  const auto proposed = propose({would_read("youssef", {Compartment::kStory}),
                                 would_read("ilse", {Compartment::kStory, Compartment::kSummary})});
  ASSERT_TRUE(deliver(owner_, answer(proposed, Choice::kYes)));
  const auto state = state_for(owner_);
  EXPECT_THAT(state.alarms, IsEmpty());
  EXPECT_TRUE(state.proposals[0].decision->carried_out);
  EXPECT_EQ(state.access.size(), 4u) << "mieke, youssef, ruud, and now ilse";
}

TEST_F(AnswerTest, ASwappedProposalIsRefusedBeforeAnythingIsSent) {
  auto proposed = propose({would_read("ilse", {Compartment::kSummary})});
  proposed.hash = crypto::sha256({});
  const auto told = deliver(owner_, answer(proposed, Choice::kYes));
  ASSERT_FALSE(told);
  EXPECT_EQ(told.error().kind, ErrorKind::kRefused);
  EXPECT_EQ(state_for(owner_).proposals[0].standing, ProposalStanding::kOpen);
}

TEST_F(AnswerTest, ALastDayThatPassedIsRefused) {
  const auto proposed = propose({would_read("ilse", {Compartment::kSummary}, gateway::kToday - 1)});
  EXPECT_FALSE(deliver(owner_, answer(proposed, Choice::kYes)));
}

TEST_F(AnswerTest, ALastDayIsKeptInTheGrant) {
  const auto proposed = propose({would_read("ilse", {Compartment::kSummary}, gateway::kToday + 5)});
  ASSERT_TRUE(deliver(owner_, answer(proposed, Choice::kYes)));
  EXPECT_EQ(open(owner_, owner_.handle())->access.grants().back().last_day, gateway::kToday + 5);
}

TEST_F(AnswerTest, AWholeOrganisationIsLetInFromTheReportersSmallFrame) {
  std::vector<ProposedReader> readers;
  for (const auto& person : organisation_.members())
    if (readers.size() < rules::kMembersPerGrantMax)
      readers.push_back(would_read(person.name, {Compartment::kSummary}));
  const auto proposed = propose(readers, "A draft.");
  ASSERT_TRUE(deliver(owner_, answer(proposed, Choice::kYes, "", "A draft.")));
  EXPECT_TRUE(state_for(owner_).proposals[0].decision->carried_out);
}

// The phone is locked between yes and the wraps: what is kept is the whole answer, and sent again
// it stands once.
TEST_F(AnswerTest, CutOffWhileSendingItIsCarriedOutOnceAndWhole) {
  const auto proposed = propose({would_read("ilse", {Compartment::kSummary})}, "A draft.");
  for (const auto fault : {Wire::Fault::kLostRequest, Wire::Fault::kLostAnswer}) {
    auto connection = connect();
    auto outbox = *Outbox::load(folder(), owner_);
    if (outbox.items().empty()) outbox.add(answer(proposed, Choice::kYes, "", "A draft."), random_);
    const auto kept = folder();
    const bool sealed = !outbox.items().front().entries.empty();
    wire_->cut(fault, sealed ? 0 : 2);  // the case, the keys, then the append
    EXPECT_FALSE(
        Delivery(connection, owner_, outbox, kept, random_).deliver(outbox.items().front().id));
  }
  auto connection = connect();
  auto outbox = *Outbox::load(folder(), owner_);
  ASSERT_EQ(outbox.items().size(), 1u);
  const auto kept = folder();
  ASSERT_TRUE(Delivery(connection, owner_, outbox, kept, random_).deliver_waiting());
  const auto state = state_for(owner_);
  EXPECT_THAT(state.alarms, IsEmpty());
  EXPECT_TRUE(state.proposals[0].decision->carried_out);
  EXPECT_THAT(readable(*open(member("ilse"), owner_.handle())), ElementsAre("summary"));
}

// Their own program sends no such thing; what another one sends: HostileLog.
TEST_F(AnswerTest, AMemberCantAnswerForTheReporter) {
  const auto proposed = propose({});
  const auto refused = deliver(
      member("mieke"),
      EventDraft{
          owner_.handle(), Compartment::kTalk, answer(proposed, Choice::kYes).decision, {}, false});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kRefused);
  const auto state = state_for(owner_);
  EXPECT_THAT(state.alarms, IsEmpty());
  EXPECT_EQ(state.proposals[0].standing, ProposalStanding::kOpen);
}

}  // namespace
}  // namespace omzien::core
