// What was written is kept until it is accepted, and never stands twice.
#include <thread>

#include "clients/core/case_state.h"
#include "tests/clients/core/fixture.h"

namespace omzien::core {
namespace {

using testing::ElementsAre;
using Fault = Wire::Fault;

class DeliveryTest : public ClientTest {
 protected:
  // One try at delivering `draft` for `self` while the wire is cut after `after` frames; the rest
  // later, by a program that was started anew.
  void cut_then_resume(const Identity& self, Draft draft, Fault fault, int after) {
    {
      auto connection = connect();
      auto outbox = *Outbox::load(folder(), self);
      const auto id = outbox.add(std::move(draft), random_).id;
      ASSERT_TRUE(outbox.save(folder(), self, random_));
      wire_->cut(fault, after);
      const auto kept = folder();
      const auto delivered = Delivery(connection, self, outbox, kept, random_).deliver(id);
      if (!delivered) {
        EXPECT_EQ(delivered.error().kind, ErrorKind::kUnreachable);
      }
      wire_->cut(Fault::kNone);
    }
    auto connection = connect();
    auto outbox = *Outbox::load(folder(), self);
    const auto kept = folder();
    const auto resumed = Delivery(connection, self, outbox, kept, random_).deliver_waiting();
    ASSERT_TRUE(resumed) << resumed.error().message;
    EXPECT_TRUE(outbox.items().empty());
  }
};

TEST_F(DeliveryTest, AReportCutOffAnywhereIsThereOnceAfterTheNextTry) {
  std::string story(40'000, 'x');
  for (const auto fault : {Fault::kLostRequest, Fault::kLostAnswer}) {
    for (int after = 0; after < 7; ++after) {
      const auto owner =
          reporter("case" + std::to_string(after) + (fault == Fault::kLostAnswer ? "a" : "r"));
      cut_then_resume(owner, draft(story), fault, after);
      const auto opened = open(owner, owner.handle());
      ASSERT_TRUE(opened) << opened.error().message;
      EXPECT_THAT(texts(*opened, Compartment::kStory), ElementsAre(story));
    }
  }
}

// A gateway that garbles one case must not hold up what its adviser wrote to all others.
TEST_F(DeliveryTest, ACaseThatDoesNotCheckOutKeepsNobodyElsesTextsWaiting) {
  const auto garbled = reporter("garbled");
  const auto sound = reporter("sound");
  report(garbled);
  report(sound);
  const auto mieke = member("mieke");
  auto connection = connect();
  wire_->lie = [&](protocol::Request& request, protocol::Response& response) {
    for (std::size_t i = 0; i < request.operations.size(); ++i) {
      const auto& asked = request.operations[i];
      const auto read = asked.kind == rules::OperationKind::kRead
                            ? protocol::parse<protocol::Read>(asked.body)
                            : std::nullopt;
      if (read && read->handle == garbled.handle()) response.results[i].body = {1};
    }
  };
  auto outbox = *Outbox::load(folder(), mieke);
  for (const auto* owner : {&garbled, &sound})
    outbox.add(EventDraft{owner->handle(), Compartment::kTalk, Message{"Ik lees mee."},
                          rules::Milestone::kNone, false},
               random_);
  const auto kept = folder();
  const auto delivered = Delivery(connection, mieke, outbox, kept, random_).deliver_waiting();
  wire_->lie = nullptr;
  ASSERT_FALSE(delivered);
  EXPECT_EQ(delivered.error().kind, ErrorKind::kVerification);
  ASSERT_EQ(outbox.items().size(), 1u);
  EXPECT_EQ(std::get<EventDraft>(outbox.items().front().draft).handle, garbled.handle());
  const auto opened = open(sound, sound.handle());
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_THAT(texts(*opened, Compartment::kTalk), ElementsAre("Ik lees mee."));
}

TEST_F(DeliveryTest, AMessageWhoseAnswerWasLostStandsOnce) {
  const auto owner = reporter();
  report(owner);
  for (int after = 0; after < 3; ++after) {
    const EventDraft said{owner.handle(), Compartment::kTalk,
                          Message{"number " + std::to_string(after)}, rules::Milestone::kNone,
                          false};
    cut_then_resume(owner, said, Fault::kLostAnswer, after);
  }
  EXPECT_THAT(texts(*open(owner, owner.handle()), Compartment::kTalk),
              ElementsAre("number 0", "number 1", "number 2"));
}

TEST_F(DeliveryTest, AMessageAcceptedBeforeAnotherOneStandsOnceToo) {
  const auto owner = reporter();
  report(owner);
  {
    auto connection = connect();
    auto outbox = *Outbox::load(folder(), owner);
    const auto id = outbox
                        .add(EventDraft{owner.handle(), Compartment::kTalk, Message{"first"},
                                        rules::Milestone::kNone, false},
                             random_)
                        .id;
    wire_->cut(Fault::kLostAnswer,
               1);  // the read passes; the append arrives and its answer is lost
    const auto kept = folder();
    ASSERT_FALSE(Delivery(connection, owner, outbox, kept, random_).deliver(id));
  }
  ASSERT_TRUE(say(member("mieke"), owner.handle(), "second", rules::Milestone::kAcknowledged));
  auto connection = connect();
  auto outbox = *Outbox::load(folder(), owner);
  ASSERT_EQ(outbox.items().size(), 1u);
  const auto kept = folder();
  ASSERT_TRUE(Delivery(connection, owner, outbox, kept, random_).deliver_waiting());
  EXPECT_THAT(texts(*open(owner, owner.handle()), Compartment::kTalk),
              ElementsAre("first", "second"));
}

TEST_F(DeliveryTest, TwoWhoWriteAtOnceBothStand) {
  const auto owner = reporter();
  report(owner);
  const auto mieke = member("mieke");
  auto connection = connect();
  auto outbox = *Outbox::load(folder(), mieke);
  const auto id = outbox
                      .add(EventDraft{owner.handle(), Compartment::kTalk, Message{"hers"},
                                      rules::Milestone::kAcknowledged, false},
                           random_)
                      .id;
  bool interrupted = false;
  wire_->lie = [&](protocol::Request& request, protocol::Response&) {
    if (interrupted || request.operations.empty() ||
        request.operations[0].kind != rules::OperationKind::kRead)
      return;
    interrupted = true;  // between her read and her append
    ASSERT_TRUE(say(owner, owner.handle(), "his"));
  };
  const auto kept = folder();
  ASSERT_TRUE(Delivery(connection, mieke, outbox, kept, random_).deliver(id));
  EXPECT_THAT(texts(*open(owner, owner.handle()), Compartment::kTalk), ElementsAre("his", "hers"));
}

// Sealed before the outcome, it would be sealed again behind it, where no status may stand: an
// alarm for good, and its writer made to look bad.
TEST_F(DeliveryTest, AStatusThatLostTheRaceToAnOutcomeIsKeptAndNotSent) {
  const auto owner = reporter();
  report(owner);
  const auto tell = [&](const Identity& self, Event event) {
    return deliver(self, EventDraft{owner.handle(), Compartment::kTalk, std::move(event),
                                    rules::Milestone::kNone, false});
  };
  ASSERT_TRUE(say(member("mieke"), owner.handle(), "read", rules::Milestone::kAcknowledged));
  ASSERT_TRUE(tell(owner, Stay{false, ""}));
  bool interrupted = false;
  wire_->lie = [&](protocol::Request& request, protocol::Response&) {
    if (interrupted || request.operations.empty() ||
        request.operations[0].kind != rules::OperationKind::kRead)
      return;
    interrupted = true;  // between his read and his append
    ASSERT_TRUE(tell(member("mieke"), Outcome{"Done.", "It stopped."}));
  };
  const auto youssef = member("youssef");
  const auto refused = tell(youssef, StatusChange{rules::CaseState::kActive, "I go on with it."});
  wire_->lie = nullptr;
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kRefused);
  EXPECT_THAT(refused.error().message, testing::HasSubstr("decided otherwise meanwhile"));
  {
    auto kept = *Outbox::load(folder(), youssef);
    ASSERT_EQ(kept.items().size(), 1u);
    EXPECT_TRUE(kept.items().front().refused);
  }
  for (const auto* self :
       {static_cast<const Identity*>(&owner), static_cast<const Identity*>(&youssef)}) {
    const auto state = fold(*open(*self, owner.handle()), organisation_.directory());
    EXPECT_EQ(state.state, rules::CaseState::kClosed);
    EXPECT_TRUE(state.alarms.empty());
  }
  // A plain word always lands.
  ASSERT_TRUE(say(owner, owner.handle(), "It began again."));
}

TEST_F(DeliveryTest, AReportOfYesterdayIsSealedAnew) {
  const auto owner = reporter();
  {
    auto connection = connect();
    auto outbox = *Outbox::load(folder(), owner);
    const auto id = outbox.add(draft("Late."), random_).id;
    wire_->cut(Fault::kLostRequest, 1);  // keys pass; the opening itself is lost
    const auto kept = folder();
    ASSERT_FALSE(Delivery(connection, owner, outbox, kept, random_).deliver(id));
    ASSERT_FALSE(outbox.items().front().entries.empty()) << "sealed, and kept sealed";
  }
  clock_.advance(3 * gateway::kSecondsPerDay);
  auto connection = connect();
  auto outbox = *Outbox::load(folder(), owner);
  const auto kept = folder();
  const auto resumed = Delivery(connection, owner, outbox, kept, random_).deliver_waiting();
  ASSERT_TRUE(resumed) << resumed.error().message;
  const auto opened = open(owner, owner.handle());
  EXPECT_THAT(texts(*opened, Compartment::kStory), ElementsAre("Late."));
  EXPECT_EQ(fold(*opened, organisation_.directory()).day_opened, gateway::kToday + 3);
}

TEST_F(DeliveryTest, ADirectoryThatChangedMeanwhileIsTakenInAndTheTextGoesOut) {
  const auto owner = reporter();
  report(owner);
  auto connection = connect();
  publish_directory();
  auto outbox = *Outbox::load(folder(), owner);
  const auto id = outbox
                      .add(EventDraft{owner.handle(), Compartment::kTalk, Message{"still"},
                                      rules::Milestone::kNone, false},
                           random_)
                      .id;
  const auto kept = folder();
  const auto accepted = Delivery(connection, owner, outbox, kept, random_).deliver(id);
  ASSERT_TRUE(accepted) << accepted.error().message;
  EXPECT_EQ(connection.directory().content().version, 2u);
}

TEST_F(DeliveryTest, ARefusedTextStaysWithThePerson) {
  const auto owner = reporter();
  auto unknown = draft("For nobody.");
  unknown.to = {"stranger"};
  {
    auto connection = connect();
    auto outbox = *Outbox::load(folder(), owner);
    const auto id = outbox.add(unknown, random_).id;
    const auto kept = folder();
    const auto refused = Delivery(connection, owner, outbox, kept, random_).deliver(id);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::kBadInput);
  }
  auto again = *Outbox::load(folder(), owner);
  ASSERT_EQ(again.items().size(), 1u);
  EXPECT_TRUE(again.items().front().refused);
  EXPECT_EQ(std::get<OpeningDraft>(again.items().front().draft).story.story, "For nobody.");
}

TEST_F(DeliveryTest, WhatIsKeptOnDiskShowsNoWordOfIt) {
  const auto owner = reporter();
  {
    auto outbox = *Outbox::load(folder(), owner);
    outbox.add(draft("MARKERSTORY"), random_);
    ASSERT_TRUE(outbox.save(folder(), owner, random_));
  }
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(scratch_ / "state")) {
    ++files;
    const auto bytes = *read_file(entry.path(), 1 << 20);
    const std::string_view all(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    EXPECT_EQ(all.find("MARKER"), std::string_view::npos);
    EXPECT_EQ(all.find("mieke"), std::string_view::npos);
    EXPECT_EQ(std::filesystem::status(entry.path()).permissions() &
                  (std::filesystem::perms::group_all | std::filesystem::perms::others_all),
              std::filesystem::perms::none);
  }
  EXPECT_EQ(files, 1);
}

EventDraft said(const Reporter& owner, std::string text) {
  return {owner.handle(), rules::Compartment::kTalk, Message{std::move(text)},
          rules::Milestone::kNone, false};
}

std::vector<std::string> kept_texts(Outbox& outbox) {
  std::vector<std::string> texts;
  for (const auto& item : outbox.items())
    texts.push_back(std::get<Message>(std::get<EventDraft>(item.draft).event).text);
  return texts;
}

TEST_F(DeliveryTest, WhatTwoProgramsKeepAtOnceIsBothKept) {
  const auto owner = reporter();
  report(owner);
  const auto keep = [&](const char* text) {
    crypto::SystemRandom random;
    auto outbox = *Outbox::load(folder(), owner);
    outbox.add(said(owner, text), random);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    EXPECT_TRUE(outbox.save(folder(), owner, random));
  };
  std::thread beside([&] { keep("one"); });
  keep("another");
  beside.join();
  auto outbox = *Outbox::load(folder(), owner);
  EXPECT_THAT(kept_texts(outbox), testing::UnorderedElementsAre("one", "another"));
}

TEST_F(DeliveryTest, WhatTwoFirstProgramsKeepAtOnceIsBothKept) {
  const auto owner = reporter();
  const LocalFolder fresh(scratch_ / "nobody wrote yet");
  {
    auto one = *Outbox::load(fresh, owner);
    {
      auto another = *Outbox::load(fresh, owner);
      another.add(said(owner, "another"), random_);
      ASSERT_TRUE(another.save(fresh, owner, random_));
    }
    one.add(said(owner, "one"), random_);
    ASSERT_TRUE(one.save(fresh, owner, random_));
    EXPECT_THAT(kept_texts(one), ElementsAre("another", "one"));
    one.items().pop_front();  // sent, say
    ASSERT_TRUE(one.save(fresh, owner, random_));
  }
  auto outbox = *Outbox::load(fresh, owner);
  EXPECT_THAT(kept_texts(outbox), ElementsAre("one"));
}

TEST_F(DeliveryTest, ChunksThatAreRefusedKeepNothingElseWaiting) {
  const auto owner = reporter();
  report(owner);
  auto connection = connect();
  auto outbox = *Outbox::load(folder(), owner);
  outbox.add(said(owner, std::string(30'000, 'x')), random_);
  outbox.add(said(owner, "short"), random_);
  wire_->lie = [](protocol::Request& request, protocol::Response& response) {
    for (std::size_t i = 0; i < request.operations.size(); ++i)
      if (request.operations[i].kind == rules::OperationKind::kPutChunk)
        response.results[i] = {rules::Status::kQuota, {}};
  };
  const auto kept = folder();
  Delivery delivery(connection, owner, outbox, kept, random_);
  const auto refused = delivery.deliver_waiting();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kRefused);
  EXPECT_TRUE(outbox.items().front().refused);
  EXPECT_TRUE(delivery.deliver_waiting());
  EXPECT_THAT(texts(*open(owner, owner.handle()), Compartment::kTalk), ElementsAre("short"));
}

TEST_F(DeliveryTest, WhatWaitsIsSentOnceByTwoProgramsAtOnce) {
  const auto owner = reporter();
  report(owner);
  {
    auto outbox = *Outbox::load(folder(), owner);
    outbox.add(said(owner, "once"), random_);
    ASSERT_TRUE(outbox.save(folder(), owner, random_));
  }
  std::jthread second;
  {
    auto connection = connect();
    auto outbox = *Outbox::load(folder(), owner);
    const auto kept = folder();
    // It is between its read and its append when the second one begins.
    wire_->lie = [&](protocol::Request&, protocol::Response&) {
      if (second.joinable()) return;
      second = std::jthread([&] {
        auto waiting = *Outbox::load(folder(), owner);
        EXPECT_TRUE(waiting.items().empty());
      });
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    };
    const auto sent = Delivery(connection, owner, outbox, kept, random_).deliver_waiting();
    wire_->lie = nullptr;
    ASSERT_TRUE(sent) << sent.error().message;
  }
  second.join();
  EXPECT_THAT(texts(*open(owner, owner.handle()), Compartment::kTalk), ElementsAre("once"));
}

TEST_F(DeliveryTest, WhatCouldNotBeReadAgainIsNotKeptAndTakesNothingElseWithIt) {
  const auto owner = reporter();
  report(owner);
  {
    auto outbox = *Outbox::load(folder(), owner);
    outbox.add(said(owner, "kept"), random_);
    ASSERT_TRUE(outbox.save(folder(), owner, random_));
    auto broken = draft();
    broken.to = {"Andr\xe9"};
    outbox.add(broken, random_);
    const auto saved = outbox.save(folder(), owner, random_);
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().kind, ErrorKind::kBadInput);
  }
  auto outbox = *Outbox::load(folder(), owner);
  EXPECT_THAT(kept_texts(outbox), ElementsAre("kept"));
  const crypto::Bytes too_much(std::size_t{17} << 20);
  EXPECT_FALSE(folder().write(owner, "outbox", too_much, random_));
  EXPECT_TRUE(folder().read(owner, "outbox"));
}

}  // namespace
}  // namespace omzien::core
