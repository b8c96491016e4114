// A gateway that lies about a log, and members who write what they may not: refused or alarmed,
// never silently taken.
#include "clients/core/case_state.h"
#include "crypto/open/envelope.h"
#include "crypto/open/hpke.h"
#include "protocol/wraps.h"
#include "tests/clients/core/fixture.h"

namespace omzien::core {
namespace {

using testing::IsEmpty;

class HostileLog : public ClientTest {
 protected:
  void SetUp() override {
    ClientTest::SetUp();
    report(owner_);
    ASSERT_TRUE(say(member("mieke"), owner_.handle(), "one", rules::Milestone::kAcknowledged));
    ASSERT_TRUE(say(owner_, owner_.handle(), "two"));
    log_of_owner_ = fetch(owner_, owner_.handle());
  }

  Result<OpenedCase> read(const FetchedLog& log, const Identity& self) {
    return open_log(log, owner_.handle(), self, organisation_.directory());
  }
  void expect_broken(const FetchedLog& log) {
    const auto opened = read(log, owner_);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, ErrorKind::kVerification) << opened.error().message;
  }
  // The log as the owner sees it, and one more entry by `author` that no gateway would take.
  FetchedLog with(const Identity& author, protocol::Fields fields, rules::EntryKind kind,
                  crypto::Bytes payload) {
    auto log = log_of_owner_.copy();
    const auto end = read(log, owner_)->chain;
    protocol::Header header{organisation_.service(),
                            owner_.handle(),
                            author.signing_key().public_key(),
                            end.next_seq(),
                            end.head_hash(),
                            end.head_day(),
                            organisation_.directory().hash(),
                            {},
                            kind,
                            std::move(fields),
                            {},
                            static_cast<std::uint32_t>(payload.size())};
    header.payload_hash = protocol::payload_hash(header.salt, payload);
    const auto bytes = protocol::encode_header(header);
    const auto signature = author.signing_key().sign(rules::kTagEntrySignature, bytes);
    log.entries.push_back(
        {bytes, signature.to_bytes(), rules::PayloadState::kInline, std::move(payload)});
    return log;
  }
  void expect_alarm(const FetchedLog& log, const Identity& self, AlarmKind kind) {
    const auto opened = read(log, self);
    ASSERT_TRUE(opened) << opened.error().message;
    ASSERT_EQ(opened->alarms.size(), 1u);
    EXPECT_EQ(opened->alarms[0].kind, kind);
    EXPECT_EQ(opened->alarms[0].seq, log.entries.size() - 1);
  }

  Reporter owner_ = reporter("owner");
  FetchedLog log_of_owner_;
};

TEST_F(HostileLog, ADroppedEntryIsSeen) {
  for (std::size_t i = 0; i + 1 < log_of_owner_.entries.size(); ++i) {
    auto log = log_of_owner_.copy();
    log.entries.erase(log.entries.begin() + static_cast<std::ptrdiff_t>(i));
    expect_broken(log);
  }
}

TEST_F(HostileLog, ReorderedEntriesAreSeen) {
  auto log = log_of_owner_.copy();
  std::swap(log.entries[log.entries.size() - 1], log.entries[log.entries.size() - 2]);
  expect_broken(log);
}

TEST_F(HostileLog, AReplayedEntryIsSeen) {
  auto log = log_of_owner_.copy();
  log.entries.push_back(log.entries.back());
  expect_broken(log);
}

TEST_F(HostileLog, AForgedSignatureIsSeen) {
  for (auto& entry : log_of_owner_.entries) {
    entry.signature[40] ^= 1;
    expect_broken(log_of_owner_);
    entry.signature[40] ^= 1;
  }
}

TEST_F(HostileLog, AnEntryOfAnotherCaseIsSeen) {
  const auto other = reporter("other");
  report(other);
  expect_broken(fetch(other, other.handle()));
}

TEST_F(HostileLog, ATruncatedLogIsSeenByWhoeverSawMore) {
  auto heads = *Heads::load(folder(), owner_);
  ASSERT_TRUE(heads.check_and_note(*read(log_of_owner_, owner_)));
  auto log = log_of_owner_.copy();
  log.entries.pop_back();
  const auto cut_short = read(log, owner_);
  ASSERT_TRUE(cut_short) << "a prefix is a log by itself";
  const auto noticed = heads.check_and_note(*cut_short);
  ASSERT_FALSE(noticed);
  EXPECT_EQ(noticed.error().kind, ErrorKind::kVerification);
}

TEST_F(HostileLog, ARememberedHeadSurvivesOnDisk) {
  {
    auto heads = *Heads::load(folder(), owner_);
    ASSERT_TRUE(heads.check_and_note(*read(log_of_owner_, owner_)));
    ASSERT_TRUE(heads.save(folder(), owner_, random_));
  }
  auto heads = *Heads::load(folder(), owner_);
  auto log = log_of_owner_.copy();
  log.entries.pop_back();
  EXPECT_FALSE(heads.check_and_note(*read(log, owner_)));
  EXPECT_TRUE(heads.check_and_note(*read(log_of_owner_, owner_)));
}

TEST_F(HostileLog, WhatAnotherProgramSawMeanwhileIsRememberedToo) {
  auto shorter = log_of_owner_.copy();
  shorter.entries.pop_back();
  auto slow = *Heads::load(folder(), owner_);
  ASSERT_TRUE(slow.check_and_note(*read(shorter, owner_)));
  auto quick = *Heads::load(folder(), owner_);
  ASSERT_TRUE(quick.check_and_note(*read(log_of_owner_, owner_)));
  quick.note_read(owner_.handle(), 1);
  ASSERT_TRUE(quick.save(folder(), owner_, random_));
  ASSERT_TRUE(slow.save(folder(), owner_, random_));
  auto heads = *Heads::load(folder(), owner_);
  EXPECT_FALSE(heads.check_and_note(*read(shorter, owner_)));
  EXPECT_EQ(heads.find(owner_.handle())->read_seq, 1U);
}

TEST_F(HostileLog, AnAlteredTextIsNotShown) {
  auto log = log_of_owner_.copy();
  log.entries.back().payload.back() ^= 1;
  expect_alarm(log, owner_, AlarmKind::kAltered);
  EXPECT_EQ(texts(*read(log, owner_), Compartment::kTalk).size(), 1u);
}

// Or a member would only have to write nonsense to be let off everything a case needs before it
// closes: what can't be read can't be held against anybody, and this could be.
TEST_F(HostileLog, WhatOpensToNobodyLetsNobodyCloseTheCase) {
  const auto mieke = member("mieke");
  const auto untouched = log_of_owner_.copy();
  const auto newer = static_cast<std::uint8_t>(rules::kSuite + 1);
  for (const auto& [suite, kind] :
       {std::pair{static_cast<std::uint8_t>(rules::kSuite), AlarmKind::kAltered},
        std::pair{newer, AlarmKind::kNewerVersion}}) {
    log_of_owner_ = untouched.copy();
    crypto::Bytes nonsense(crypto::kEnvelopeOverheadBytes + 256, 7);
    nonsense[0] = suite;
    log_of_owner_ = with(mieke, protocol::Event{Compartment::kTalk, 1, {}, false, {}},
                         rules::EntryKind::kEvent, nonsense);
    const auto before = read(log_of_owner_, mieke);
    Place place{before->chain, before->chain.head_day(), organisation_.directory().hash()};
    const auto outcome =
        seal_event(mieke, place, {Compartment::kTalk, 1}, Outcome{"Done.", "No."},
                   before->keys.at({Compartment::kTalk, 1}), *before->share, random_);
    log_of_owner_.entries.push_back({outcome.header_bytes, outcome.signature.to_bytes(),
                                     rules::PayloadState::kInline, outcome.payload});
    for (const Identity* reader :
         {static_cast<const Identity*>(&owner_), static_cast<const Identity*>(&mieke)}) {
      const auto opened = read(log_of_owner_, *reader);
      ASSERT_TRUE(opened) << opened.error().message;
      const auto state = fold(*opened, organisation_.directory());
      EXPECT_EQ(state.state, rules::CaseState::kAcknowledged);
      std::vector<AlarmKind> kinds;
      for (const auto& alarm : state.alarms) kinds.push_back(alarm.kind);
      EXPECT_THAT(kinds, testing::UnorderedElementsAre(kind, AlarmKind::kRuleBroken));
    }
  }
}

// Only the gateway can be at fault: its author is not made to look as if they had broken a rule.
TEST_F(HostileLog, WhatTheGatewayAlteredCountsAsItWasSigned) {
  auto log = log_of_owner_.copy();
  log.entries.back().payload.back() ^= 1;
  const auto opened = read(log, owner_);
  ASSERT_TRUE(opened);
  EXPECT_TRUE(opened->entries.back().counts);
  EXPECT_FALSE(opened->entries.back().event);
}

TEST_F(HostileLog, WhatTheTableForbidsIsNobodysWord) {
  const auto mieke = member("mieke");
  const auto before = read(log_of_owner_, mieke);
  Place place{before->chain, before->chain.head_day(), organisation_.directory().hash()};
  const auto seal = [&](const Event& event) {
    const auto sealed =
        seal_event(mieke, place, {Compartment::kTalk, 1}, event,
                   before->keys.at({Compartment::kTalk, 1}), *before->share, random_);
    log_of_owner_.entries.push_back({sealed.header_bytes, sealed.signature.to_bytes(),
                                     rules::PayloadState::kInline, sealed.payload});
  };
  const auto first = log_of_owner_.entries.size();
  seal(Decision{1, {}, rules::Choice::kYes, "Go ahead."});
  seal(Outcome{"Done.", "No."});
  for (const Identity* reader :
       {static_cast<const Identity*>(&owner_), static_cast<const Identity*>(&mieke)}) {
    const auto opened = read(log_of_owner_, *reader);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->alarms.size(), 2u);
    for (std::size_t i = first; i < opened->entries.size(); ++i)
      EXPECT_FALSE(opened->entries[i].counts) << i;
    EXPECT_EQ(fold(*opened, organisation_.directory()).alarms.size(), 2u) << "told once each";
  }
}

TEST_F(HostileLog, AnotherCaseShareIsSeen) {
  log_of_owner_.case_share.reveal_mutable()[0] ^= 1;
  expect_broken(log_of_owner_);
}

TEST_F(HostileLog, AWithheldTextIsMissed) {
  auto log = log_of_owner_.copy();
  log.entries.back().payload_state = rules::PayloadState::kWithheld;
  log.entries.back().payload.clear();
  expect_alarm(log, owner_, AlarmKind::kMissing);
}

TEST_F(HostileLog, ATextThatIsGoneThoughNobodyWithdrewIsMissed) {
  auto log = log_of_owner_.copy();
  log.entries.back().payload_state = rules::PayloadState::kDestroyed;
  log.entries.back().payload.clear();
  expect_alarm(log, owner_, AlarmKind::kMissing);
  expect_alarm(log, member("mieke"), AlarmKind::kMissing);
}

TEST_F(HostileLog, AStrangersEventChangesNothingAndAlarms) {
  expect_alarm(with(member("anouk"), protocol::Event{Compartment::kTalk, 1, {}, false, {}},
                    rules::EntryKind::kEvent, {1}),
               owner_, AlarmKind::kRuleBroken);
}

TEST_F(HostileLog, AnAdviserWhoLetsSomebodyInAlarmsAndLetsNobodyIn) {
  const auto mieke = member("mieke");
  const auto anouk = organisation_.member("anouk");
  protocol::Grant grant;
  grant.members.push_back(
      {anouk.id, crypto::xwing_key_hash(anouk.xwing_key), {{Compartment::kStory, 1}}, false, 0});
  const auto log = with(mieke, grant, rules::EntryKind::kGrant, {1});
  expect_alarm(log, owner_, AlarmKind::kRuleBroken);
  expect_alarm(log, member("youssef"), AlarmKind::kRuleBroken);
  EXPECT_EQ(read(log, owner_)->access.grants().size(), 3u);
}

TEST_F(HostileLog, AnEventUnderAnEpochThatNeverBeganAlarms) {
  expect_alarm(with(owner_, protocol::Event{Compartment::kTalk, 2, {}, false, {}},
                    rules::EntryKind::kEvent, {1}),
               owner_, AlarmKind::kRuleBroken);
}

TEST_F(HostileLog, AnEntryOfAnUnknownKindIsKeptAndSaysNewer) {
  const auto log = with(owner_, protocol::Unknown{{1, 2, 3}}, rules::EntryKind{77}, {});
  expect_alarm(log, owner_, AlarmKind::kNewerVersion);
  EXPECT_EQ(read(log, owner_)->entries.size(), log.entries.size());
}

TEST_F(HostileLog, AnEntryUnderADirectoryNobodyPublishedAlarms) {
  // What the log names is version 1; a reader whose directory is of another line does not know it.
  auto content = organisation_.content();
  content.made_day += 1;
  const auto another_line =
      protocol::Directory::parse(organisation_.sign(content), organisation_.service());
  ASSERT_TRUE(another_line);
  const auto opened = open_log(log_of_owner_, owner_.handle(), owner_, *another_line);
  ASSERT_TRUE(opened);
  ASSERT_FALSE(opened->alarms.empty());
  EXPECT_EQ(opened->alarms[0].kind, AlarmKind::kUnknownDirectory);
}

// A cheating reporter's client (or whoever took their phrase) gives one adviser another key than
// the case committed to, so that two readers would be shown two texts.
TEST_F(HostileLog, AKeyTheCaseNeverCommittedToOpensNothing) {
  const auto anouk = organisation_.member("anouk");
  protocol::GrantMember to{
      anouk.id, crypto::xwing_key_hash(anouk.xwing_key), {{Compartment::kTalk, 1}}, false, 0};
  crypto::Bytes plaintext(protocol::kWrappedKeyBytes, 9);
  std::fill_n(plaintext.begin(), 8, std::uint8_t{0});
  plaintext[3] = static_cast<std::uint8_t>(Compartment::kTalk);
  plaintext[7] = 1;
  const auto info = protocol::grant_info(organisation_.service(), owner_.handle(),
                                         owner_.signing_key().public_key(), to);
  auto sealed = crypto::hpke_seal(anouk.xwing_key, info, {}, plaintext, random_);
  protocol::Grant grant;
  grant.members.push_back(to);
  const auto payload = protocol::encode_wraps({{sealed->enc.to_bytes(), sealed->ciphertext}});
  auto log = with(owner_, grant, rules::EntryKind::kGrant, payload);
  for (auto& entry : log.entries) {
    const auto header = protocol::parse_header(entry.header);
    if (header->kind != rules::EntryKind::kEvent) continue;
    entry.payload_state = rules::PayloadState::kWithheld;
    entry.payload.clear();
  }
  expect_alarm(log, member("anouk"), AlarmKind::kOtherKey);
  EXPECT_THAT(texts(*read(log, member("anouk")), Compartment::kTalk), IsEmpty());
}

TEST_F(HostileLog, AGrantToAKeyThatIsNotMineAlarms) {
  const auto anouk = organisation_.member("anouk");
  protocol::Grant grant;
  grant.members.push_back({anouk.id, crypto::sha256({}), {{Compartment::kTalk, 1}}, false, 0});
  const auto payload = protocol::encode_wraps(
      {{crypto::Bytes(protocol::kWrapEncBytes),
        crypto::Bytes(protocol::kWrappedKeyBytes + protocol::kWrapTagBytes)}});
  expect_alarm(with(owner_, grant, rules::EntryKind::kGrant, payload), member("anouk"),
               AlarmKind::kStrangersKey);
}

}  // namespace
}  // namespace omzien::core
