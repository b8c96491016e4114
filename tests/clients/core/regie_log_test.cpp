// Logs in which people come and go, opened by those who hold keys: over a real gateway, sealed for
// real.
#include "crypto/open/hpke.h"
#include "protocol/wraps.h"
#include "tests/clients/core/fixture.h"
#include "tests/kit/moves.h"

namespace omzien::core {
namespace {

using enum rules::Compartment;
using testing::ElementsAre;
using testing::IsEmpty;

class RegieLog : public ClientTest {
 protected:
  void SetUp() override {
    ClientTest::SetUp();
    report(owner_);
  }

  OpenedCase opened(const Identity& self) {
    auto opened = open(self, owner_.handle());
    EXPECT_TRUE(opened) << opened.error().message;
    return std::move(*opened);
  }
  const crypto::XWingPublicKey& key_of_member(const protocol::MemberId& id) {
    for (const auto& member : organisation_.members())
      if (member.id == id) return member.xwing_key;
    return owner_.xwing_key();
  }
  // What the client of `author` would seal for each, under keys it makes or derives.
  protocol::Wrap wrap(const Identity& author, const protocol::GrantMember& to,
                      const KeyRing& ring) {
    crypto::Bytes plaintext;
    for (const auto& which : to.keys) {
      for (const auto number : {static_cast<std::uint32_t>(which.compartment), which.epoch})
        for (int shift = 24; shift >= 0; shift -= 8)
          plaintext.push_back(static_cast<std::uint8_t>(number >> shift));
      const auto key = ring.at(which).reveal();
      plaintext.insert(plaintext.end(), key.begin(), key.end());
    }
    const auto info = protocol::grant_info(organisation_.service(), owner_.handle(),
                                           author.signing_key().public_key(), to);
    auto sealed =
        crypto::hpke_seal(key_of_member(to.member_id), info, {}, plaintext, random_).value();
    return {sealed.enc.to_bytes(), std::move(sealed.ciphertext)};
  }
  rules::Status send(const Identity& author, const OpenedCase& before, protocol::Fields fields,
                     crypto::Bytes payload) {
    protocol::Header header{organisation_.service(),
                            owner_.handle(),
                            author.signing_key().public_key(),
                            before.chain.next_seq(),
                            before.chain.head_hash(),
                            before.chain.head_day(),
                            organisation_.directory().hash(),
                            {},
                            kit::kind_of(fields),
                            std::move(fields),
                            {},
                            static_cast<std::uint32_t>(payload.size())};
    header.payload_hash = protocol::payload_hash(header.salt, payload);
    const auto bytes = protocol::encode_header(header);
    const auto signature = author.signing_key().sign(rules::kTagEntrySignature, bytes);
    return client()
        .append({{bytes, signature.to_bytes(), std::move(payload), std::nullopt}},
                author.signing_key())
        .status;
  }

  // Mieke starts the next epoch of talk; `for_owner`: the key that the owner is given.
  rules::Status keep_alive(const crypto::CompartmentKey& key,
                           const crypto::CompartmentKey& for_owner) {
    const auto mieke = member("mieke");
    const auto before = opened(mieke);
    auto grant = kit::keep_alive(before.access, organisation_, {kTalk}, gateway::kToday);
    grant.starts[0].commitment = crypto::commit(key);
    KeyRing ring;
    KeyRing owners;
    ring.emplace(grant.owner_keys[0], key.copy());
    owners.emplace(grant.owner_keys[0], for_owner.copy());
    std::vector<protocol::Wrap> wraps;
    for (const auto& to : grant.members) wraps.push_back(wrap(mieke, to, ring));
    const auto owner = protocol::owner_as_member(before.access.opening(), grant.owner_keys);
    wraps.push_back(wrap(mieke, owner, owners));
    return send(mieke, before, grant, protocol::encode_wraps(wraps));
  }
  rules::Status revoke(const kit::Names& names) {
    const auto before = opened(owner_);
    auto revoke = kit::revoke(before.access, organisation_, names, gateway::kToday);
    KeyRing ring;
    for (auto& start : revoke.starts) {
      auto key = *owner_.derive(start.compartment, start.epoch, before.chain.head_hash());
      start.commitment = crypto::commit(key);
      ring.emplace(protocol::CompartmentEpoch{start.compartment, start.epoch}, std::move(key));
    }
    std::vector<protocol::Wrap> wraps;
    for (const auto& to : revoke.remaining) wraps.push_back(wrap(owner_, to, ring));
    return send(owner_, before, revoke, protocol::encode_wraps(wraps));
  }

  Reporter owner_ = reporter("owner");
};

TEST_F(RegieLog, WhoRemainsReadsOnAfterARevocation) {
  ASSERT_EQ(revoke({"youssef"}), rules::Status::kDone);
  ASSERT_TRUE(say(owner_, owner_.handle(), "Between us."));
  const auto mieke = opened(member("mieke"));
  EXPECT_THAT(mieke.alarms, IsEmpty());
  EXPECT_THAT(texts(mieke, kTalk), ElementsAre("Between us."));
  EXPECT_TRUE(mieke.keys.contains({kStory, 2}));
  EXPECT_FALSE(open(member("youssef"), owner_.handle()));
  const auto owner = opened(reporter("owner"));
  EXPECT_THAT(owner.alarms, IsEmpty()) << "keys of the new epoch grow from the words alone";
  EXPECT_THAT(texts(owner, kTalk), ElementsAre("Between us."));
}

TEST_F(RegieLog, TheOwnerReadsWhatAMemberStarted) {
  const auto key = crypto::random_key<crypto::CompartmentKey>(random_);
  ASSERT_EQ(keep_alive(key, key), rules::Status::kDone);
  ASSERT_TRUE(say(member("youssef"), owner_.handle(), "Still here."));
  ASSERT_TRUE(say(owner_, owner_.handle(), "So am I."));
  const auto expect_read = [](const OpenedCase& log) {
    EXPECT_THAT(log.alarms, IsEmpty());
    EXPECT_THAT(texts(log, kTalk), ElementsAre("Still here.", "So am I."));
  };
  expect_read(opened(owner_));
  expect_read(opened(member("mieke")));
}

TEST_F(RegieLog, AKeyForTheOwnerThatIsNotTheEpochsAlarms) {
  const auto key = crypto::random_key<crypto::CompartmentKey>(random_);
  const auto other = crypto::random_key<crypto::CompartmentKey>(random_);
  ASSERT_EQ(keep_alive(key, other), rules::Status::kDone) << "the gateway can't see it";
  const auto log = opened(owner_);
  ASSERT_EQ(log.alarms.size(), 1U);
  EXPECT_EQ(log.alarms[0].kind, AlarmKind::kOtherKey);
  EXPECT_FALSE(log.keys.contains({kTalk, 2}));
  EXPECT_THAT(opened(member("mieke")).alarms, IsEmpty());
}

TEST_F(RegieLog, AStandInReadsOnWhatBeganWhileTheyWaited) {
  ASSERT_EQ(revoke({"youssef"}), rules::Status::kDone);
  ASSERT_TRUE(say(owner_, owner_.handle(), "Are you there?"));
  const auto mieke = member("mieke");
  ASSERT_EQ(send(mieke, opened(mieke),
                 kit::release(organisation_, "mieke", rules::ReleaseCause::kOwn), {}),
            rules::Status::kDone);
  const auto ruud = opened(member("ruud"));
  EXPECT_THAT(ruud.alarms, IsEmpty());
  EXPECT_THAT(texts(ruud, kTalk), ElementsAre("Are you there?"));
  ASSERT_TRUE(say(member("ruud"), owner_.handle(), "I am now."));
}

TEST_F(RegieLog, MembersOfACaseThatWasWithdrawnSeeThatItWas) {
  ASSERT_EQ(send(owner_, opened(owner_), protocol::Withdraw{}, {}), rules::Status::kDone);
  const auto mieke = opened(member("mieke"));
  EXPECT_TRUE(mieke.access.withdrawn());
  EXPECT_THAT(mieke.alarms, IsEmpty());
  EXPECT_FALSE(mieke.share);
  EXPECT_THAT(texts(mieke, kStory), IsEmpty());
  EXPECT_FALSE(open(owner_, owner_.handle()));
}

}  // namespace
}  // namespace omzien::core
