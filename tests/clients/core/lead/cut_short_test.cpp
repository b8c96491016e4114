// A log that is shorter than it was is noticed before anything is added to it, too: what is sealed
// after a log without its last revocation is read by whoever was let out.
#include "tests/clients/core/lead/fixture.h"

namespace omzien::core {
namespace {

using rules::OperationKind;
using testing::ElementsAre;

class CutShort : public LeadTest {
 protected:
  // From now on the gateway shows the case as it was before its last entry; counts what is added.
  void put_back() {
    wire_->lie = [this](protocol::Request& request, protocol::Response& response) {
      for (std::size_t i = 0; i < request.operations.size(); ++i) {
        if (request.operations[i].kind == OperationKind::kAppend) ++appends_;
        if (request.operations[i].kind != OperationKind::kRead) continue;
        auto log = *protocol::parse<protocol::Log>(response.results[i].body);
        log.entries.pop_back();
        --log.head_seq;
        log.head_hash = crypto::sha256({});
        response.results[i].body = encode(log);
      }
    };
  }
  void as_it_is() { wire_->lie = nullptr; }
  // A program of somebody who keeps a trace.
  Connection program() {
    auto connection = connect();
    connection.seen().keep_in(kept_, random_);
    return connection;
  }
  // Acted on the case, and remembered by nothing but that.
  void revoke_in_one_program() {
    auto connection = program();
    const auto done = core::act(
        connection, owner_, owner_.handle(),
        [&](Addition& addition, const Certificates& certificates) {
          return core::revoke(addition, {id("youssef")}, certificates);
        },
        random_);
    ASSERT_TRUE(done) << done.error().message;
  }
  Result<protocol::Accepted> tell(Connection& connection, std::string text) {
    auto outbox = *Outbox::load(kept_, owner_);
    const EventDraft said{owner_.handle(), Compartment::kTalk, Message{std::move(text)}, {}, false};
    const auto id = outbox.add(said, random_).id;
    return Delivery(connection, owner_, outbox, kept_, random_).deliver(id);
  }
  Result<std::size_t> deliver_waiting(Connection& connection) {
    auto outbox = *Outbox::load(kept_, owner_);
    return Delivery(connection, owner_, outbox, kept_, random_).deliver_waiting();
  }
  static ErrorKind kind_of(const auto& told) {
    EXPECT_FALSE(told);
    return told ? ErrorKind::kDefect : told.error().kind;
  }

  const LocalFolder kept_ = folder();
  int appends_ = 0;
};

TEST_F(CutShort, NothingIsSaidToALogWithoutTheRevocationThatWasAccepted) {
  revoke_in_one_program();
  put_back();
  {
    auto connection = program();
    EXPECT_EQ(kind_of(tell(connection, "not for youssef")), ErrorKind::kVerification);
    EXPECT_EQ(appends_, 0);
  }
  as_it_is();
  auto connection = program();
  ASSERT_TRUE(deliver_waiting(connection)) << "the text waited";
  EXPECT_THAT(talk(member("mieke")), ElementsAre("before", "not for youssef"));
  EXPECT_TRUE(is_out(member("youssef")));
}

TEST_F(CutShort, NobodyIsLetInToIt) {
  revoke_in_one_program();
  put_back();
  auto connection = program();
  const auto told = core::act(
      connection, owner_, owner_.handle(),
      [&](Addition& addition, const Certificates& certificates) {
        return let_in(addition, {{id("anouk")}, {Compartment::kTalk}}, certificates);
      },
      random_);
  EXPECT_EQ(kind_of(told), ErrorKind::kVerification);
  EXPECT_EQ(appends_, 0);
}

TEST_F(CutShort, WhatOneSaidOneselfMayNotBeGoneEither) {
  auto connection = program();
  ASSERT_TRUE(tell(connection, "said"));
  put_back();
  auto another = program();
  EXPECT_EQ(kind_of(fetch_case(another, owner_.handle(), owner_)), ErrorKind::kVerification);
}

TEST_F(CutShort, IsNoticedWithoutATraceByTheProgramThatSawMore) {
  auto connection = connect();
  ASSERT_TRUE(fetch_case(connection, owner_.handle(), owner_));
  put_back();
  EXPECT_EQ(kind_of(tell(connection, "not for everybody")), ErrorKind::kVerification);
  EXPECT_EQ(appends_, 0);
  EXPECT_EQ(Heads::load(kept_, owner_)->find(owner_.handle()), nullptr) << "and nothing is kept";
}

TEST_F(CutShort, WhatWaitsIsHeldAgainstWhatIsRememberedWhereNothingElseIsKept) {
  revoke_in_one_program();
  put_back();
  {
    auto connection = program();
    EXPECT_FALSE(tell(connection, "not for youssef"));
  }
  auto connection = connect();
  EXPECT_TRUE(fetch_case(connection, owner_.handle(), owner_)) << "a look without a trace";
  EXPECT_EQ(kind_of(deliver_waiting(connection)), ErrorKind::kVerification);
  EXPECT_EQ(appends_, 0);
  as_it_is();
  auto later = connect();
  ASSERT_TRUE(deliver_waiting(later));
  const auto heads = *Heads::load(kept_, owner_);
  ASSERT_NE(heads.find(owner_.handle()), nullptr);
  EXPECT_EQ(heads.find(owner_.handle())->seq, seen(owner_).chain.next_seq() - 1)
      << "a case that is remembered goes on";
}

TEST_F(CutShort, WhatAnotherProgramSeesMeanwhileCutsNothingShort) {
  auto slow = program();
  bool said = false;
  wire_->lie = [&](protocol::Request& request, protocol::Response&) {
    if (said || request.operations.empty() || request.operations[0].kind != OperationKind::kRead)
      return;
    said = true;  // between its answer and the look at it
    auto quick = program();
    ASSERT_TRUE(tell(quick, "meanwhile"));
  };
  const auto opened = fetch_case(slow, owner_.handle(), owner_);
  EXPECT_TRUE(opened) << opened.error().message;
}

}  // namespace
}  // namespace omzien::core
