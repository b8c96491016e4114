// Everybody who cheats, against a real gateway: it refuses what its rules forbid. And when one lets
// it through on purpose, the reporter's and the colleague's client see it.
#include "tests/vectors/cheats.h"

#include "tests/gateway/fixture.h"

namespace omzien::gateway {

using crypto::vectors::Cheat;

class CheatTest : public GatewayTest {
 protected:
  CheatTest() {
    organisation_ = scene_.organisation();
    folder_.write("bundle", organisation_.bundle());
    clock_.set(noon_of(crypto::vectors::kCaseDay));
  }

  static std::uint64_t noon_of(protocol::Day day) { return day * kSecondsPerDay + 43'200; }
  const crypto::SigningKey& key(const Cheat& cheat, const crypto::SigningPublicKey& author) {
    if (author == cheat.log.owner().signing_key().public_key())
      return cheat.log.owner().signing_key();
    for (const auto& member : organisation_.members())
      if (member.key->public_key() == author) return *member.key;
    throw std::invalid_argument("nobody of this organisation");
  }
  static protocol::SubmittedEntry submitted(const protocol::StoredEntry& entry) {
    return {entry.header, entry.signature, entry.payload, std::nullopt};
  }

  Status open(const Cheat& cheat) {
    const auto share = cheat.log.fetched().case_share.reveal();
    protocol::OpenCase body{{share.begin(), share.end()}, {}};
    for (std::size_t i = 0; i < cheat.log.opened_with(); ++i)
      body.entries.push_back(submitted(cheat.log.fetched().entries[i]));
    return client().open(body, cheat.log.owner().signing_key()).status;
  }
  // Sends one entry of the log on its own day, as its author does.
  Status append(const Cheat& cheat, std::size_t i) {
    const auto& entry = cheat.log.fetched().entries[i];
    const auto header = protocol::parse_header(entry.header).value();
    clock_.set(noon_of(header.day));
    client().send({});  // a beacon of that day
    return client()
        .ask(Kind::kAppend, protocol::encode(protocol::Append{{submitted(entry)}}),
             key(cheat, header.author), protocol::FrameSize::kLarge)
        .status;
  }
  std::size_t entries_at_gateway(const Cheat& cheat) {
    return client()
        .read_all(cheat.log.owner().handle(), cheat.log.owner().signing_key())
        .entries.size();
  }
  // One gateway a cheat.
  void start_anew() {
    restart();
    store_ = storage::make_memory_store();
    clock_.set(noon_of(crypto::vectors::kCaseDay));
  }

  crypto::vectors::Scene scene_{};
  std::vector<Cheat> cheats_ = crypto::vectors::every_cheat(scene_);
};

using Cheats = CheatTest;

TEST_F(Cheats, AreRefusedByAGatewayThatKeepsTheRules) {
  std::size_t tried = 0;
  for (const auto& cheat : cheats_) {
    if (cheat.by_gateway) continue;
    SCOPED_TRACE(cheat.name);
    start_anew();
    ASSERT_EQ(open(cheat), Status::kDone);
    for (std::size_t i = cheat.log.opened_with(); i < cheat.at; ++i)
      ASSERT_EQ(append(cheat, i), Status::kDone) << "entry " << i << " is honest";
    EXPECT_EQ(append(cheat, cheat.at), cheat.answer);
    const bool stands = cheat.answer == Status::kDone;
    EXPECT_EQ(entries_at_gateway(cheat), cheat.at + (stands ? 1 : 0));
    ++tried;
  }
  EXPECT_GT(tried, 30U);
}

// A text in the reporter's name never gets as far as the rules.
TEST_F(Cheats, OfAnothersSignatureAreRefusedToo) {
  for (const auto& cheat : cheats_) {
    if (cheat.name != "a text in the reporter's name, signed by an adviser") continue;
    start_anew();
    ASSERT_EQ(open(cheat), Status::kDone);
    const auto last = cheat.log.size() - 1;
    for (std::size_t i = cheat.log.opened_with(); i < last; ++i)
      ASSERT_EQ(append(cheat, i), Status::kDone);
    EXPECT_EQ(append(cheat, last), Status::kMalformed);
    return;
  }
  FAIL() << "there is no such cheat";
}

TEST_F(Cheats, AreSeenByEveryClientWhenAGatewayLetsThemThrough) {
  for (const auto& cheat : cheats_) {
    SCOPED_TRACE(cheat.name);
    if (cheat.broken) {
      const auto opened = cheat.log.opened(cheat.log.owner());
      ASSERT_FALSE(opened);
      EXPECT_EQ(opened.error().kind, core::ErrorKind::kVerification);
      continue;
    }
    EXPECT_EQ(crypto::vectors::forbidden_in(cheat.log), cheat.forbidden);
    for (const auto& [who, alarms] : cheat.alarms)
      EXPECT_EQ(crypto::vectors::alarms_seen(cheat.log, who), alarms) << who;
  }
}

TEST_F(Cheats, ChangeNothingAndTheCaseGoesOn) {
  for (const auto& cheat : cheats_) {
    if (cheat.forbidden.empty()) continue;
    SCOPED_TRACE(cheat.name);
    const auto opened = cheat.log.opened(cheat.log.owner());
    ASSERT_TRUE(opened);
    for (const auto& entry : opened->entries) {
      const auto seq = entry.entry.header().seq;
      const bool may_not = std::any_of(cheat.forbidden.begin(), cheat.forbidden.end(),
                                       [&](const auto& forbidden) { return forbidden.seq == seq; });
      EXPECT_EQ(entry.counts, !may_not) << seq;
      EXPECT_FALSE(may_not && entry.event) << "what may not be is not shown";
    }
    EXPECT_TRUE(opened->entries.back().event) << "the reporter's next word";
  }
}

}  // namespace omzien::gateway
