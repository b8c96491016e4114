#include "clients/core/event.h"

#include <gtest/gtest.h>

namespace omzien::core {
namespace {

protocol::MemberId member(std::uint8_t number) {
  return *protocol::MemberId::from(crypto::Bytes(protocol::MemberId::kSize, number));
}

bool refused(const Event& event) { return !parse_event(encode_event(event).reveal()); }

TEST(Event, ComesBackAsItWasWritten) {
  const Event events[] = {
      Opening{rules::CaseKind::kWitness, {rules::Want::kStop}, rules::Lead::kAdviserShares, "nl"},
      Report{"what \xe2\x80\xae happened\r\n\t", {{"where", "there"}}},
      Message{"hi"},
      StatusChange{rules::CaseState::kWaiting, ""},
      Outcome{"done", "why"},
      Assessment{"a talk would do"},
      TriageDecision{rules::Ruling::kMeasure, "moved", "so that it stops"},
      Stay{true, "not any more"},
      Sensitive{"it was in the news"},
      Consultation{"wait a week"},
      Proposal{"share_triage",
               "what it means",
               {{member(1), {rules::Compartment::kStory, rules::Compartment::kSummary}, 20'000},
                {member(2), {rules::Compartment::kSummary}, 0}},
               "a draft"},
      Decision{7, crypto::sha256({}), rules::Choice::kYesIf, "conditions"},
      Retraction{7},
      Summary{"short", 7},
      Unconsented{rules::Cause::kDuty, "had to"},
      IdentityOpened{},
      Note{"mine"},
      CheckIn{""}};
  for (const auto& event : events) {
    const auto bytes = encode_event(event);
    const auto back = parse_event(bytes.reveal());
    ASSERT_TRUE(back) << kind_name(event);
    EXPECT_EQ(back->index(), event.index());
    const auto again = encode_event(*back);
    EXPECT_TRUE(crypto::constant_time_equal(again.reveal(), bytes.reveal()));
  }
}

TEST(Event, OfAnUnknownKindIsKeptAsUnknown) {
  const crypto::Bytes bytes{0x08, 0x63, 0x12, 0x01, 0xff};  // kind 99, one byte of body
  const auto event = parse_event(bytes);
  ASSERT_TRUE(event);
  EXPECT_EQ(std::get<UnknownEvent>(*event).kind, 99u);
}

TEST(Event, RefusesBytesBehindTheMessage) {
  const auto plaintext = encode_event(Message{"hi"});
  crypto::Bytes bytes(plaintext.reveal().begin(), plaintext.reveal().end());
  bytes.push_back(0);
  EXPECT_FALSE(parse_event(bytes));
}

TEST(Event, RefusesAnOutcomeWithoutAReason) {
  EXPECT_FALSE(parse_event(encode_event(Outcome{"done", ""}).reveal()));
}

TEST(Event, RefusesAProposalOutOfBounds) {
  const auto with = [](std::vector<ProposedReader> readers) {
    return Proposal{"", "text", std::move(readers), ""};
  };
  using rules::Compartment;
  EXPECT_FALSE(refused(with({{member(1), {Compartment::kStory}, 0}})));
  EXPECT_TRUE(refused(with({{member(1), {}, 0}}))) << "nothing to read";
  EXPECT_TRUE(refused(with({{member(1), {Compartment::kNotes}, 0}})))
      << "not the reporter's to give";
  EXPECT_TRUE(refused(with({{member(1), {Compartment{0}}, 0}})));
  EXPECT_TRUE(refused(with({{member(1), {Compartment::kTalk, Compartment::kStory}, 0}})));
  EXPECT_TRUE(refused(
      with({{member(2), {Compartment::kStory}, 0}, {member(1), {Compartment::kStory}, 0}})));
  EXPECT_TRUE(
      refused(with({{member(1), {Compartment::kStory}, 0}, {member(1), {Compartment::kTalk}, 0}})));
  std::vector<ProposedReader> many;
  for (std::uint8_t i = 0; i <= rules::kMembersPerGrantMax; ++i)
    many.push_back({member(i), {Compartment::kSummary}, 0});
  EXPECT_TRUE(refused(with(many)));
  many.pop_back();
  EXPECT_FALSE(refused(with(many)));
  EXPECT_TRUE(refused(Proposal{"", "", {}, "draft"})) << "neither step nor words";
  EXPECT_TRUE(refused(Proposal{"Share!", "text", {}, ""}));
  EXPECT_TRUE(refused(Proposal{std::string(rules::kStepKeyBytesMax + 1, 'a'), "", {}, ""}));
}

TEST(Event, RefusesAYesIfWithoutConditionsAndAnswersNobodyKnows) {
  EXPECT_TRUE(refused(Decision{7, {}, rules::Choice::kYesIf, ""}));
  EXPECT_TRUE(refused(Decision{7, {}, rules::Choice{9}, "x"}));
  EXPECT_FALSE(refused(Decision{7, {}, rules::Choice::kNo, ""}));
}

TEST(Event, RefusesAnActWithoutConsentThatGivesNoReason) {
  EXPECT_TRUE(refused(Unconsented{rules::Cause::kDanger, ""}));
  EXPECT_TRUE(refused(Unconsented{rules::Cause{3}, "x"}));
}

TEST(Utf8, TakesEveryScriptAndNoBrokenBytes) {
  for (const auto* good :
       {"", "plain", "caf\xc3\xa9", "\xd8\xb3", "\xf0\x9f\x90\xb5", "a\xcc\x81", "\xe2\x80\xae"})
    EXPECT_TRUE(valid_utf8(good)) << good;
  for (const auto* bad :
       {"\xff", "\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x80", "a\x80"})
    EXPECT_FALSE(valid_utf8(bad)) << bad;
}

}  // namespace
}  // namespace omzien::core
