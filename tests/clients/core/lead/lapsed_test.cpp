// Somebody's key ran out, by neglect or on purpose. Nobody is let in with it; and it keeps nobody
// in, and no word of the reporter's unsaid.
#include "tests/clients/core/lead/fixture.h"

namespace omzien::core {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class LapsedKey : public LeadTest {
 protected:
  static void expect_names_anouk(const Error& error) {
    EXPECT_EQ(error.kind, ErrorKind::kRefused);
    EXPECT_THAT(error.message, HasSubstr("the key of anouk has run out"));
  }
};

TEST_F(LapsedKey, KeepsNobodyElseIn) {
  run_out({"youssef", "ruud"});
  const auto out = revoke({id("mieke")});
  ASSERT_TRUE(out) << out.error().message;
  say(owner_, "after");
  EXPECT_TRUE(is_out(member("mieke")));
  EXPECT_THAT(talk(member("youssef")), ElementsAre("before", "after"));
  expect_no_alarms({"youssef"});
}

TEST_F(LapsedKey, OfAWaitingStandInKeepsNobodyIn) {
  run_out({"ruud"});
  const auto out = revoke({id("youssef")});
  ASSERT_TRUE(out) << out.error().message;
  ASSERT_TRUE(act(member("mieke"),
                  [](Addition& addition, const Certificates&) { return release_self(addition); }));
  EXPECT_THAT(talk(member("ruud")), ElementsAre("before"));
  expect_no_alarms({"ruud"});
}

TEST_F(LapsedKey, AnotherAdviserComesInPlaceOfOneAllTheSame) {
  run_out({"youssef"});
  const auto done = act(owner_, [&](Addition& addition, const Certificates& certificates) {
    return replace(addition, id("mieke"), id("anouk"), certificates);
  });
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_TRUE(is_out(member("mieke")));
  EXPECT_THAT(talk(member("anouk")), ElementsAre("before"));
}

TEST_F(LapsedKey, HoldsUpNoNewEpochNotEvenOfTheirOwn) {
  ASSERT_TRUE(act(member("mieke"), [](Addition& addition, const Certificates& certificates) {
    return ready_notes(addition, certificates);
  }));
  run_out({"mieke", "ruud"});
  ASSERT_TRUE(act(member("youssef"),
                  [](Addition& addition, const Certificates&) { return release_self(addition); }));
  Renewed renewed;
  const auto done = renew(member("mieke"), &renewed);
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_FALSE(renewed.own_key);
  EXPECT_THAT(renewed.epochs, testing::Contains(Compartment::kTalk));
}

TEST_F(LapsedKey, LetsNobodyIn) {
  run_out({"anouk", "youssef"});
  for (const bool from_now : {false, true}) {
    LetIn who{{id("anouk")}, {Compartment::kStory, Compartment::kTalk}};
    who.from_now = from_now;
    const auto given = grant(owner_, who);
    ASSERT_FALSE(given);
    expect_names_anouk(given.error());
  }
  LetIn waits{{id("anouk")}, {Compartment::kTalk}};
  waits.stands_in_for = id("mieke");
  const auto waiting = grant(owner_, waits);
  ASSERT_FALSE(waiting);
  expect_names_anouk(waiting.error());
  EXPECT_FALSE(grant(owner_, {{id("youssef")}, {Compartment::kIdentity}})) << "more than they have";
  const auto instead = act(owner_, [&](Addition& addition, const Certificates& certificates) {
    return replace(addition, id("mieke"), id("anouk"), certificates);
  });
  ASSERT_FALSE(instead);
  expect_names_anouk(instead.error());
  EXPECT_FALSE(is_out(member("mieke"))) << "nothing was sent";
}

TEST_F(LapsedKey, NoReportIsOpenedToIt) {
  run_out({"mieke"});
  auto connection = connect();
  const auto other = reporter("another");
  auto outbox = *Outbox::load(folder(), other);
  const auto item = outbox.add(draft(), random_).id;
  const auto kept = folder();
  const auto told = Delivery(connection, other, outbox, kept, random_).deliver(item);
  ASSERT_FALSE(told);
  EXPECT_EQ(told.error().kind, ErrorKind::kRefused);
  EXPECT_THAT(told.error().message, HasSubstr("the key of mieke has run out"));
}

}  // namespace
}  // namespace omzien::core
