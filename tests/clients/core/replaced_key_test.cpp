// A signing key that was replaced after somebody was shown whom they let in: protocol §4 has it
// shown as "changed on (day)" before, so nothing is sealed to it until it was.
#include <algorithm>

#include "clients/core/case_state.h"
#include "tests/clients/core/lead/fixture.h"

namespace omzien::core {
namespace {

using rules::OperationKind;
using testing::HasSubstr;

class ReplacedKey : public LeadTest {
 protected:
  // The administrator gives somebody another signing key, and other keys with it; `vouched`: the
  // one before signed it.
  void replace_key(std::string_view name, bool vouched = false) {
    organisation_.next_version();
    auto& all = organisation_.members();
    auto& whose =
        *std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == name; });
    const auto day = organisation_.day();
    const auto before = std::exchange(whose.key, kit::make_key(random_));
    whose.xwing_key = crypto::xwing_public_key(crypto::random_key<crypto::XWingSeed>(random_));
    protocol::SigningKeyEntry now{whose.key->public_key(), day, std::nullopt};
    if (vouched)
      now.signed_by_previous =
          before->sign(rules::kTagSigningKeySuccession,
                       protocol::succession_bytes(organisation_.service(), whose.id, now.key, day));
    organisation_.change = [=, change = organisation_.change,
                            id = whose.id](protocol::DirectoryContent& content) {
      if (change) change(content);
      for (auto& person : content.people)
        if (person.member_id == id)
          person.signing_keys = {{before->public_key(), day, std::nullopt}, now};
    };
    folder_.write("bundle", organisation_.bundle());
    gateway().tend();
  }
  // Once, when the keys of who comes in were shown and what is sealed to them is about to leave.
  void meanwhile(std::function<void()> happens) {
    wire_->lie = [happens = std::move(happens), done = false](protocol::Request& request,
                                                              protocol::Response&) mutable {
      const auto& asked = request.operations;
      if (done || asked.empty() || asked[0].kind != OperationKind::kKeys) return;
      done = true;
      happens();
    };
  }
  // What a program that was started anew does with what waits.
  Result<std::size_t> deliver_waiting(const Identity& self) {
    auto connection = connect();
    auto outbox = *Outbox::load(folder(), self);
    const auto kept = folder();
    return Delivery(connection, self, outbox, kept, random_).deliver_waiting();
  }
  void expect_given_back(const Identity& self) {
    auto outbox = *Outbox::load(folder(), self);
    ASSERT_EQ(outbox.items().size(), 1u);
    EXPECT_TRUE(outbox.items().front().refused) << "theirs to say again, and not sent by itself";
    outbox.items().clear();
    ASSERT_TRUE(outbox.save(folder(), self, random_));
  }
  template <class T>
  static void expect_not_as_shown(const Result<T>& told, std::string_view name) {
    ASSERT_FALSE(told);
    EXPECT_EQ(told.error().kind, ErrorKind::kRefused);
    EXPECT_THAT(told.error().message, HasSubstr(std::string(name) + "'s key changed on "));
  }
  AnswerDraft yes_to(std::string_view reader) {
    const Proposal proposal{
        "share_triage", "They would advise.", {{id(reader), {Compartment::kStory}, 0}}, ""};
    EXPECT_TRUE(deliver(member("mieke"),
                        EventDraft{owner_.handle(), Compartment::kTalk, proposal, {}, false}));
    const auto record = fold(seen(owner_), organisation_.directory()).proposals.back();
    return {owner_.handle(), {record.seq, record.hash, rules::Choice::kYes, ""}, ""};
  }
  bool is_let_in(std::string_view name) {
    return !seen(owner_).access.live(id(name), gateway::kToday).empty();
  }

  Reporter writer_ = reporter("writer");
};

TEST_F(ReplacedKey, NobodyGetsAReportWhoseKeyWasOpenlyReplacedMeanwhileChosenKnowingItTheyDo) {
  meanwhile([&] { replace_key("mieke"); });
  expect_not_as_shown(deliver(writer_, draft("For mieke as I know her.")), "mieke");
  expect_given_back(writer_);
  EXPECT_FALSE(open(writer_, writer_.handle()));
  EXPECT_TRUE(deliver(writer_, draft("For whoever she is now.")));
}

TEST_F(ReplacedKey, ThatItsPredecessorSignedOrOfSomebodyElseIsInNobodysWay) {
  meanwhile([&] {
    replace_key("mieke", true);
    replace_key("anouk");
  });
  const auto told = deliver(writer_, draft());
  EXPECT_TRUE(told) << told.error().message;
}

TEST_F(ReplacedKey, NobodyIsLetInWithIt) {
  meanwhile([&] { replace_key("anouk"); });
  expect_not_as_shown(grant(owner_, {{id("anouk")}, {Compartment::kStory}}), "anouk");
  EXPECT_FALSE(is_let_in("anouk"));
  EXPECT_TRUE(grant(owner_, {{id("anouk")}, {Compartment::kStory}}));
}

TEST_F(ReplacedKey, BetweenTheQuestionAndTheYesIsNoFalseKey) {
  auto connection = connect();  // and people are shown
  replace_key("anouk");
  expect_not_as_shown(connection.certificates({id("anouk")}), "anouk");
  ASSERT_TRUE(connection.greet());  // looked at again
  EXPECT_TRUE(connection.certificates({id("anouk")}));
}

TEST_F(ReplacedKey, OfWhoReadsAlreadyIsSealedToAndTheirCaseTells) {
  auto connection = connect();
  replace_key("youssef");
  expect_not_as_shown(connection.certificates({id("youssef")}), "youssef");
  EXPECT_TRUE(connection.certificates({id("youssef")}, Lapsed::kTaken));
  EXPECT_TRUE(revoke({id("mieke")}));
}

TEST_F(ReplacedKey, AReportThatWaitsIsNotSealedToItHoweverFarItCame) {
  for (const bool sealed : {false, true}) {
    {
      auto connection = connect();
      auto outbox = *Outbox::load(folder(), writer_);
      const auto id = outbox.add(draft(), random_).id;
      wire_->cut(Wire::Fault::kLostRequest, sealed ? 1 : 0);  // the keys, then the opening
      const auto kept = folder();
      ASSERT_FALSE(Delivery(connection, writer_, outbox, kept, random_).deliver(id));
      ASSERT_EQ(outbox.items().front().entries.empty(), !sealed);
    }
    replace_key(sealed ? "youssef" : "ruud");
    expect_not_as_shown(deliver_waiting(writer_), sealed ? "youssef" : "ruud");
    expect_given_back(writer_);
    EXPECT_FALSE(open(writer_, writer_.handle()));
  }
}

TEST_F(ReplacedKey, WhatWaitsForSomebodyShownWithItGoesOut) {
  replace_key("mieke");
  {
    auto connection = connect();
    auto outbox = *Outbox::load(folder(), writer_);
    const auto id = outbox.add(draft(), random_).id;
    wire_->cut(Wire::Fault::kLostRequest, 1);
    const auto kept = folder();
    ASSERT_FALSE(Delivery(connection, writer_, outbox, kept, random_).deliver(id));
  }
  publish_directory();  // what was sealed is sealed anew
  const auto sent = deliver_waiting(writer_);
  EXPECT_TRUE(sent) << sent.error().message;
}

TEST_F(ReplacedKey, AYesThatWaitsLetsNobodyInWithIt) {
  const auto yes = yes_to("ilse");
  wire_->cut(Wire::Fault::kLostRequest, 4);  // beacon, directory, case and keys pass
  const auto cut = deliver(owner_, yes);
  ASSERT_FALSE(cut);
  ASSERT_EQ(cut.error().kind, ErrorKind::kUnreachable);
  replace_key("ilse");
  expect_not_as_shown(deliver_waiting(owner_), "ilse");
  expect_given_back(owner_);
  EXPECT_FALSE(is_let_in("ilse"));
  EXPECT_TRUE(deliver(owner_, yes)) << "said again by somebody who was shown it";
  EXPECT_TRUE(is_let_in("ilse"));
}

}  // namespace
}  // namespace omzien::core
