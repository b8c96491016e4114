// A copy of a case says what whoever took it along saw, and nothing that nobody signed.
#include "clients/core/lead/own_copy.h"

#include "clients/core/case_state.h"
#include "clients/core/seal_parts.h"
#include "crypto/open/envelope.h"
#include "tests/clients/core/lead/fixture.h"

namespace omzien::core {
namespace {

using testing::ElementsAre;
using testing::Pair;
using testing::UnorderedElementsAre;

class Copy : public LeadTest {
 protected:
  // The case as its reporter sees it, and their copy of it.
  OpenedCase live() {
    log_ = fetch(owner_, owner_.handle());
    auto opened = open_log(log_, owner_.handle(), owner_, organisation_.directory());
    EXPECT_TRUE(opened) << opened.error().message;
    return std::move(*opened);
  }
  OwnCopy copied() { return copy_case(log_, live(), organisation_.directory()); }
  OpenedCase read(const OwnCopy& copy) {
    auto opened = open_copy(copy, organisation_.directory());
    EXPECT_TRUE(opened) << opened.error().message;
    return std::move(*opened);
  }
  using Alarms = std::vector<std::pair<std::uint64_t, AlarmKind>>;
  static Alarms pairs(const std::vector<Alarm>& alarms) {
    Alarms found;
    for (const auto& alarm : alarms) found.emplace_back(alarm.seq, alarm.kind);
    return found;
  }

  // As somebody seals it whose client knows no table of states; the gateway is blind to what stands
  // inside.
  using Payload = std::function<crypto::Bytes(const protocol::Header&, const OpenedCase&)>;
  void write(const Identity& author, Compartment where, const Payload& payload) {
    const auto done = act(author, [&](Addition& addition, const Certificates&) {
      const protocol::Event event{where, 1, rules::Milestone::kNone, false, {}, 0};
      auto header = next_header(author, addition.place(), rules::EntryKind::kEvent, event, random_);
      auto sealed = payload(header, addition.opened());
      return addition.take(finish(author, addition.place(), std::move(header), std::move(sealed)));
    });
    ASSERT_TRUE(done) << done.error().message;
  }
  Payload sealed(Event event) {
    return [this, event](const protocol::Header& header, const OpenedCase& opened) {
      const auto where = std::get<protocol::Event>(header.fields).compartment;
      return crypto::seal_event(opened.keys.at({where, 1}), *opened.share,
                                {header.service_id, header.handle, header.author,
                                 static_cast<std::uint32_t>(where), 1, header.seq},
                                encode_event(event).reveal(), random_);
    };
  }
  // The coordinator writes this in the summary, which neither a decision nor advice is, and then
  // that the case is over.
  void end_after(const Payload& payload) {
    const auto coordinator = member("coordinator");
    ASSERT_TRUE(grant(owner_, {{id("coordinator")},
                               {Compartment::kStory, Compartment::kTalk, Compartment::kSummary}}));
    say(coordinator, "Read.");
    write(coordinator, Compartment::kSummary, payload);
    write(coordinator, Compartment::kTalk, sealed(core::Outcome{"Done.", "No."}));
  }

 private:
  FetchedLog log_;
};

// Whoever reads a text holds the key that it was sealed with, and can seal another one.
TEST_F(Copy, AnotherTextUnderTheSameKeyIsNotTakenForItsAuthors) {
  say(member("mieke"), "What she said.");
  const auto& directory = organisation_.directory();
  const auto fetched = fetch(owner_, owner_.handle());
  const auto opened = open_log(fetched, owner_.handle(), owner_, directory);
  ASSERT_TRUE(opened);
  auto copy = copy_case(fetched, *opened, directory);
  const auto whole = open_copy(copy, directory);
  ASSERT_TRUE(whole) << whole.error().message;
  EXPECT_EQ(texts(*whole, Compartment::kTalk).back(), "What she said.");

  const auto& header = opened->entries.back().entry.header();
  const crypto::EventContext context{header.service_id,
                                     header.handle,
                                     header.author,
                                     static_cast<std::uint32_t>(Compartment::kTalk),
                                     1,
                                     header.seq};
  const auto& key = opened->keys.at({Compartment::kTalk, 1});
  auto& last = copy.entries.back();
  last.payload =
      crypto::seal_event(key, *opened->share, context,
                         encode_event(Message{"What she never said."}).reveal(), random_);
  last.key = *crypto::disclose_event(key, *opened->share, last.payload);
  const auto forged = open_copy(copy, directory);
  ASSERT_FALSE(forged);
  EXPECT_EQ(forged.error().kind, ErrorKind::kVerification);
}

// Left out, nonsense in the summary passes for a decision of the committee, and lets anybody close.
class CopyOfNonsense : public Copy {
 protected:
  void expect_the_same_as_live(AlarmKind kind) {
    const auto seen = live();
    const auto end = seen.entries.back().entry.header().seq;
    const auto said = read(copied());
    for (const auto* opened : {&seen, &said}) {
      const auto all = fold(*opened, organisation_.directory());
      EXPECT_EQ(all.state, rules::CaseState::kAcknowledged);
      EXPECT_THAT(pairs(all.alarms),
                  UnorderedElementsAre(Pair(end - 1, kind), Pair(end, AlarmKind::kRuleBroken)));
      EXPECT_FALSE(opened->entries.back().counts);
    }
  }
};

TEST_F(CopyOfNonsense, ThatIsNoEnvelope) {
  end_after([](const auto&, const auto&) {
    return crypto::Bytes(crypto::kEnvelopeOverheadBytes + rules::kPaddingSmallBytes, 0);
  });
  expect_the_same_as_live(AlarmKind::kAltered);
}

TEST_F(CopyOfNonsense, ThatIsShapedAsAnEnvelope) {
  end_after([](const auto&, const auto&) {
    return crypto::Bytes(crypto::kEnvelopeOverheadBytes + rules::kPaddingSmallBytes,
                         std::uint8_t{rules::kSuite});
  });
  expect_the_same_as_live(AlarmKind::kAltered);
}

TEST_F(CopyOfNonsense, ThatCallsItselfNewer) {
  end_after([](const auto&, const auto&) {
    return crypto::Bytes(crypto::kEnvelopeOverheadBytes + rules::kPaddingSmallBytes,
                         std::uint8_t{rules::kSuite + 1});
  });
  expect_the_same_as_live(AlarmKind::kNewerVersion);
}

TEST_F(CopyOfNonsense, ThatNamesAFileItsHeaderDoesNot) {
  const auto key = std::make_shared<crypto::FileKey>(crypto::random_key<crypto::FileKey>(random_));
  const AttachedFile file{"a.txt", "text/plain", 1, {}, {}, 1, key};
  end_after(sealed(Attachment{{file}}));
  expect_the_same_as_live(AlarmKind::kAltered);
}

// Nobody can tell a copier who lies from an author who wrote nonsense: it is no copy that checks
// out.
TEST_F(Copy, WithAnotherKeyForATextIsAnAlarm) {
  say(member("mieke"), "What she said.");
  const auto head = live().chain.next_seq() - 1;
  auto copy = copied();
  copy.entries.back().key->reveal_mutable()[0] ^= 1;
  const auto said = read(copy);
  EXPECT_THAT(pairs(said.alarms), ElementsAre(Pair(head, AlarmKind::kAltered)));
  EXPECT_FALSE(said.entries.back().counts);
  EXPECT_FALSE(said.entries.back().event);
}

// What the gateway made of a text is not its author's doing, and goes along as unread.
TEST_F(Copy, OfATextThatTheGatewayAlteredLeavesItOut) {
  say(member("mieke"), "What she said.");
  auto log = fetch(owner_, owner_.handle());
  log.entries.back().payload.back() ^= 1;
  const auto& directory = organisation_.directory();
  const auto opened = open_log(log, owner_.handle(), owner_, directory);
  ASSERT_TRUE(opened);
  const auto copy = copy_case(log, *opened, directory);
  EXPECT_FALSE(copy.entries.back().key);
  EXPECT_TRUE(read(copy).entries.back().counts);
}

}  // namespace
}  // namespace omzien::core
