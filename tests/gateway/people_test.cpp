// The directory: read, replaced while running, and not replaced by what should not.
#include <thread>

#include "tests/crypto/fixed_random.h"
#include "tests/gateway/fixture.h"

namespace omzien::gateway {
namespace {

using PeopleInGateway = GatewayTest;

TEST_F(PeopleInGateway, TheDirectoryIsServedInParts) {
  const auto wanted = organisation_.directory().bytes();
  crypto::Bytes all;
  do {
    const protocol::ReadDirectory ask{std::nullopt, static_cast<std::uint32_t>(all.size())};
    const auto result = client()
                            .send({kit::public_operation(Kind::kDirectory, protocol::encode(ask))})
                            .results.at(0);
    ASSERT_EQ(result.status, Status::kDone);
    const auto part = protocol::parse<protocol::DirectoryPart>(result.body).value();
    EXPECT_EQ(part.total, wanted.size());
    EXPECT_EQ(part.hash, organisation_.directory().hash());
    all.insert(all.end(), part.bytes.begin(), part.bytes.end());
  } while (all.size() < wanted.size());
  EXPECT_EQ(all, wanted);
}

TEST_F(PeopleInGateway, AnotherDirectoryThanTheOneInForceIsStale) {
  const protocol::ReadDirectory ask{crypto::sha256({}), 0};
  EXPECT_EQ(client()
                .send({kit::public_operation(Kind::kDirectory, protocol::encode(ask))})
                .results.at(0)
                .status,
            Status::kStaleDirectory);
}

TEST_F(PeopleInGateway, ALaterDirectoryIsTakenWithoutARestart) {
  client();
  publish_directory();
  EXPECT_EQ(client().send({}).directory_hash, organisation_.directory().hash());
  auto made = new_case();
  made.on(kToday);
  EXPECT_EQ(client().open(made.opening({"mieke"}), made.owner()).status, Status::kDone);
}

TEST_F(PeopleInGateway, ABrokenForeignOlderOrUnrelatedDirectoryIsRefusedAndSaidOnce) {
  const auto first = organisation_.bundle();
  client();
  publish_directory();
  const auto in_force = client().send({}).directory_hash;

  kit::Organisation other("other organisation", kToday - 1);
  other.next_version();
  other.next_version();
  // The same root, but a third version that does not name the second.
  kit::Organisation unrelated("organisation", kToday - 2);
  unrelated.next_version();
  unrelated.next_version();
  for (const auto& bundle : {crypto::Bytes{1, 2, 3}, other.bundle(), first, unrelated.bundle()}) {
    folder_.write("bundle", bundle);
    const auto before = log_.text().size();
    EXPECT_EQ(people().reload(kToday), People::Reload::kRefused);
    EXPECT_GT(log_.text().size(), before);
    const auto after = log_.text().size();
    people().reload(kToday);
    EXPECT_EQ(log_.text().size(), after);
    EXPECT_EQ(client().send({}).directory_hash, in_force);
  }
}

// The second is written over the first, of one size, and says that it is as old.
TEST_F(PeopleInGateway, AFileThatLooksLikeTheOneBeforeIsReadAllTheSame) {
  const auto file = folder_ / "bundle";
  const auto written = std::filesystem::last_write_time(file);
  std::this_thread::sleep_for(std::chrono::milliseconds(2'100));  // it has settled
  EXPECT_EQ(people().reload(kToday), People::Reload::kUnchanged);
  EXPECT_EQ(people().reload(kToday), People::Reload::kUnchanged);
  auto& mieke = organisation_.members()[0];
  mieke.xwing_key.data()[0] ^= 1;
  folder_.write("bundle", organisation_.bundle());
  std::filesystem::last_write_time(file, written);
  EXPECT_EQ(people().reload(kToday), People::Reload::kTaken);
  EXPECT_EQ(people().in_force()->certificates.at(mieke.id).bytes(),
            organisation_.certificate(mieke));
  // And once more in the same moment.
  mieke.xwing_key.data()[0] ^= 2;
  folder_.write("bundle", organisation_.bundle());
  EXPECT_EQ(people().reload(kToday), People::Reload::kTaken);
}

TEST_F(PeopleInGateway, TheCertificateOfWhoLeavesIsGoneThatDayAlsoWhileTheFileIsAway) {
  const auto mieke = organisation_.member("mieke").id;
  organisation_.change = [&](protocol::DirectoryContent& content) {
    for (auto& person : content.people)
      if (person.member_id == mieke) person.left_day = kToday + 1;
  };
  folder_.write("bundle", organisation_.bundle());
  ASSERT_TRUE(people().in_force()->certificates.contains(mieke));
  std::filesystem::remove(folder_ / "bundle");
  EXPECT_EQ(people().reload(kToday), People::Reload::kRefused);
  people().reload(kToday + 1);
  EXPECT_FALSE(people().in_force()->certificates.contains(mieke));
  EXPECT_EQ(people().in_force()->directory.hash(), organisation_.directory().hash());
}

TEST_F(PeopleInGateway, AGatewayDoesNotStartWithAForeignDirectory) {
  const kit::Organisation other("other organisation", kToday);
  folder_.write("bundle", other.bundle());
  EXPECT_THROW(People(folder_ / "bundle", organisation_.service(), kToday, log_), ConfigError);
  EXPECT_THROW(People(folder_ / "absent", organisation_.service(), kToday, log_), ConfigError);
}

TEST_F(PeopleInGateway, KeysAreServedAndTheHighestNumberWins) {
  auto& mieke = organisation_.members()[0];
  const auto ask = protocol::encode(protocol::Keys{{mieke.id, protocol::MemberId{}}});
  const auto keys = [&] {
    return protocol::parse<protocol::Certificates>(
               client().send({kit::public_operation(Kind::kKeys, ask)}).results.at(0).body)
        .value()
        .certificates;
  };
  EXPECT_THAT(keys(), testing::ElementsAre(organisation_.certificate(mieke), crypto::Bytes{}));

  const auto second = organisation_.certificate(mieke, 2);
  const auto publish = [&](const crypto::Bytes& certificate, const crypto::SigningKey& key) {
    return client()
        .ask(Kind::kPublishKey, protocol::encode(protocol::PublishKey{certificate}), key)
        .status;
  };
  EXPECT_EQ(publish(second, *mieke.key), Status::kDone);
  EXPECT_EQ(publish(second, *mieke.key), Status::kDone);
  EXPECT_THAT(keys(), testing::ElementsAre(second, crypto::Bytes{}));
  mieke.xwing_key.data()[0] ^= 1;
  EXPECT_EQ(publish(organisation_.certificate(mieke, 2), *mieke.key), Status::kForbidden);
  EXPECT_EQ(publish(organisation_.certificate(mieke, 1), *mieke.key), Status::kForbidden);
  EXPECT_EQ(publish(organisation_.certificate(mieke, 3), *organisation_.members()[1].key),
            Status::kForbidden);
  EXPECT_EQ(publish(organisation_.certificate(mieke, 3), organisation_.root()), Status::kNothing);
  auto forged = organisation_.certificate(mieke, 3);
  forged.back() ^= 1;
  EXPECT_EQ(publish(forged, *mieke.key), Status::kMalformed);
  EXPECT_THAT(keys(), testing::ElementsAre(second, crypto::Bytes{}));
}

// Whoever reads a case is sealed its next keys, so that somebody else can be let out of it.
TEST_F(PeopleInGateway, AKeyThatRanOutIsServedUntilThereIsAnother) {
  auto& mieke = organisation_.members()[0];
  const auto ask = protocol::encode(protocol::Keys{{mieke.id}});
  const auto key = [&] {
    return protocol::parse<protocol::Certificates>(
               client().send({kit::public_operation(Kind::kKeys, ask)}).results.at(0).body)
        .value()
        .certificates.at(0);
  };
  const auto publish = [&](std::uint32_t number) {
    const auto certificate = organisation_.certificate(mieke, number);
    const auto body = protocol::encode(protocol::PublishKey{certificate});
    EXPECT_EQ(client().ask(Kind::kPublishKey, body, *mieke.key).status, Status::kDone);
    return certificate;
  };
  mieke.key_until = kToday;
  const auto second = publish(2);
  EXPECT_EQ(key(), second);
  mieke.key_until = kToday + 1;
  publish_directory();
  clock_.advance(kSecondsPerDay);
  gateway().tend();
  EXPECT_EQ(key(), organisation_.certificate(mieke)) << "it is valid, and so goes before the newer";
  clock_.advance(kSecondsPerDay);
  gateway().tend();
  EXPECT_EQ(key(), second) << "both ran out";
  mieke.key_until = kToday + 9;
  const auto third = publish(3);
  EXPECT_EQ(key(), third);
}

// Nobody is told that a key is published which then is not the one that is served.
TEST_F(PeopleInGateway, AKeyThatTheBundleOverrulesIsRefused) {
  auto& mieke = organisation_.members()[0];
  const auto publish = [&] {
    const auto certificate = organisation_.certificate(mieke, 1);
    return client()
        .ask(Kind::kPublishKey, protocol::encode(protocol::PublishKey{certificate}), *mieke.key)
        .status;
  };
  EXPECT_EQ(publish(), Status::kDone) << "the bundle has it";
  mieke.xwing_key.data()[0] ^= 1;
  EXPECT_EQ(publish(), Status::kForbidden);
}

// Whoever had the keys that were lost could otherwise have taken every number there is.
TEST_F(PeopleInGateway, ANewSigningKeyCountsItsCertificatesAnew) {
  const auto publish = [&](const auto& member, std::uint32_t number) {
    const auto certificate = organisation_.certificate(member, number);
    return client()
        .ask(Kind::kPublishKey, protocol::encode(protocol::PublishKey{certificate}), *member.key)
        .status;
  };
  const auto& before = organisation_.member("mieke");
  ASSERT_EQ(publish(before, 0xffff'ffff), Status::kDone);
  auto renewed = before;
  crypto::FixedRandom random("made anew");
  renewed.key = kit::make_key(random);
  organisation_.change = [&](protocol::DirectoryContent& content) {
    for (auto& person : content.people)
      if (content.version > 1 && person.member_id == renewed.id)
        person.signing_keys.push_back({renewed.key->public_key(), kToday - 1, std::nullopt});
  };
  publish_directory();
  EXPECT_EQ(publish(renewed, 2), Status::kDone);
  EXPECT_EQ(publish(renewed, 2), Status::kDone);
  EXPECT_EQ(publish(renewed, 1), Status::kForbidden);
  EXPECT_EQ(publish(renewed, 3), Status::kDone);
  EXPECT_EQ(publish(before, 4), Status::kNothing);
}

TEST_F(PeopleInGateway, ElevenKeysFitAFrame) {
  protocol::Keys ask;
  for (std::size_t i = 0; i < rules::kMembersPerKeysMax; ++i)
    ask.member_ids.push_back(organisation_.members()[i % organisation_.members().size()].id);
  EXPECT_EQ(client()
                .send({kit::public_operation(Kind::kKeys, protocol::encode(ask))})
                .results.at(0)
                .status,
            Status::kDone);
}

}  // namespace
}  // namespace omzien::gateway
