#include "protocol/directory.h"

#include <gtest/gtest.h>

#include "protocol/calendar.h"
#include "protocol/certificate.h"
#include "tests/kit/organisation.h"

namespace omzien::protocol {
namespace {

class DirectoryParse : public testing::Test {
 protected:
  DirectoryParse() { crypto::initialise(); }
  tl::expected<Directory, DirectoryError> parse(const DirectoryContent& content) {
    return Directory::parse(organisation_.sign(content), organisation_.service());
  }
  kit::Organisation organisation_{"organisation", 20'000};
};

TEST_F(DirectoryParse, FindsPeopleByIdNameAndKey) {
  const auto directory = organisation_.directory();
  const auto& mieke = organisation_.member("mieke");
  EXPECT_EQ(directory.person(mieke.id)->name, "mieke");
  EXPECT_EQ(directory.person_named("mieke")->member_id, mieke.id);
  EXPECT_EQ(directory.person_with_key(mieke.key->public_key(), 20'000)->name, "mieke");
  EXPECT_EQ(directory.person_with_key(mieke.key->public_key(), 19'999), nullptr)
      << "before the key's day";
  EXPECT_EQ(directory.person_named("nobody"), nullptr);
}

TEST_F(DirectoryParse, RefusesAnAdviserWhoManages) {
  const auto with_position = [&](const std::string& name, rules::Position position) {
    auto content = organisation_.content();
    for (auto& person : content.people)
      if (person.name == name) person.position = position;
    return parse(content);
  };
  using rules::Position;
  for (const auto position : {Position::kManaging, Position::kHumanResources}) {
    for (const auto* adviser : {"mieke", "ruud"}) {  // an adviser, a stand-in
      const auto parsed = with_position(adviser, position);
      ASSERT_FALSE(parsed) << adviser << " as " << rules::name_of(position);
      EXPECT_EQ(parsed.error(), DirectoryError::kInvalid);
    }
    EXPECT_TRUE(with_position("ilse", position)) << "a committee may have one";
  }
}

TEST_F(DirectoryParse, RefusesANameTwiceUnlessOneHasLeft) {
  auto content = organisation_.content();
  content.people[0].name = content.people[1].name;
  EXPECT_EQ(parse(content).error(), DirectoryError::kInvalid);
  content.people[0].left_day = 20'001;
  EXPECT_TRUE(parse(content));
}

TEST_F(DirectoryParse, RefusesWhoIsCalledAsNobodyIs) {
  for (const auto* name : {"reporter", "Reporter", "GATEWAY", "unknown"})
    for (const Day left : {0U, 20'001U}) {
      auto content = organisation_.content();
      content.people[0].name = name;
      content.people[0].left_day = left;
      const auto parsed = parse(content);
      ASSERT_FALSE(parsed) << name;
      EXPECT_EQ(parsed.error(), DirectoryError::kInvalid);
    }
  for (const auto* name : {"reporters", "gate", "un\u212Anown", "reporter2"}) {
    auto content = organisation_.content();
    content.people[0].name = name;
    EXPECT_TRUE(parse(content)) << name;
  }
}

TEST_F(DirectoryParse, RefusesOneKeyForTwoPeople) {
  auto content = organisation_.content();
  content.people[0].signing_keys = content.people[1].signing_keys;
  EXPECT_EQ(parse(content).error(), DirectoryError::kInvalid);
}

TEST_F(DirectoryParse, RefusesAPersonOfNoUnit) {
  auto content = organisation_.content();
  content.people[0].unit_id = 99;
  EXPECT_EQ(parse(content).error(), DirectoryError::kInvalid);
}

TEST_F(DirectoryParse, AStandInIsAColleagueOrHasBeen) {
  const auto with_stand_in = [&](const MemberId& id, Day left_day) {
    auto content = organisation_.content();
    content.people[0].stand_in = id;
    content.people[1].left_day = left_day;
    return parse(content);
  };
  const auto people = organisation_.content().people;
  EXPECT_TRUE(with_stand_in(people[1].member_id, 0));
  EXPECT_TRUE(with_stand_in(people[1].member_id, 20'001)) << "who has left stays in the directory";
  EXPECT_EQ(with_stand_in(people[0].member_id, 0).error(), DirectoryError::kInvalid) << "oneself";
  auto stranger = people[1].member_id;
  stranger.data()[0] ^= 1;
  EXPECT_EQ(with_stand_in(stranger, 0).error(), DirectoryError::kInvalid) << "nobody here";
}

TEST_F(DirectoryParse, AWeekHasSevenDays) {
  auto content = organisation_.content();
  content.people[0].working_days = kEveryDayOfAWeek;
  EXPECT_TRUE(parse(content));
  content.people[0].working_days = kEveryDayOfAWeek + 1;
  EXPECT_EQ(parse(content).error(), DirectoryError::kInvalid);
}

TEST_F(DirectoryParse, NobodySealsToSomebodyWhoLeft) {
  const auto& mieke = organisation_.member("mieke");
  auto content = organisation_.content();
  for (auto& person : content.people)
    if (person.member_id == mieke.id) person.left_day = 20'001;
  const auto directory = parse(content);
  ASSERT_TRUE(directory);
  const auto bytes = organisation_.certificate(mieke);
  EXPECT_TRUE(Certificate::parse(bytes, *directory, 20'000));
  EXPECT_EQ(Certificate::parse(bytes, *directory, 20'001).error(), CertificateError::kStranger);
}

TEST_F(DirectoryParse, TellsAnotherOrganisationFromAForgery) {
  const kit::Organisation other("other", 20'000);
  EXPECT_EQ(Directory::parse(other.sign(other.content()), organisation_.service()).error(),
            DirectoryError::kOtherOrganisation);
  auto bytes = organisation_.sign(organisation_.content());
  bytes.back() ^= 1;
  EXPECT_EQ(Directory::parse(bytes, organisation_.service()).error(), DirectoryError::kSignature);
}

TEST_F(DirectoryParse, AChangedSigningKeyIsVouchedForOrOpenlyNot) {
  crypto::FixedRandom random("new key");
  const auto next = kit::make_key(random);
  auto content = organisation_.content();
  auto& person = content.people[0];
  const auto* old_key = organisation_.member(person.name).key.get();
  const auto said =
      succession_bytes(organisation_.service(), person.member_id, next->public_key(), 20'005);
  person.signing_keys.push_back(
      {next->public_key(), 20'005, old_key->sign(rules::kTagSigningKeySuccession, said)});
  const auto directory = parse(content);
  ASSERT_TRUE(directory);
  EXPECT_EQ(directory->person_with_key(old_key->public_key(), 20'004)->name, person.name);
  EXPECT_EQ(directory->person_with_key(old_key->public_key(), 20'005), nullptr);
  person.signing_keys.back().from_day = 20'006;  // not what was signed
  EXPECT_EQ(parse(content).error(), DirectoryError::kInvalid);
  person.signing_keys.back().signed_by_previous.reset();
  EXPECT_TRUE(parse(content));
}

TEST_F(DirectoryParse, RefusesAKeyThatBeginsBeforeTheOneItFollows) {
  crypto::FixedRandom random("new key");
  auto content = organisation_.content();
  auto& keys = content.people[0].signing_keys;
  keys.push_back({kit::make_key(random)->public_key(), 19'999, std::nullopt});
  const auto parsed = parse(content);
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error(), DirectoryError::kInvalid);
  keys.back().from_day = 20'000;
  EXPECT_TRUE(parse(content)) << "two on one day: the later one counts";
}

TEST_F(DirectoryParse, RefusesATermOfNoLength) {
  for (const auto term :
       {&Terms::acknowledge_days, &Terms::feedback_months, &Terms::retention_days}) {
    auto content = organisation_.content();
    content.terms.*term = 1;
    EXPECT_TRUE(parse(content));
    content.terms.*term = 0;
    const auto parsed = parse(content);
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error(), DirectoryError::kInvalid);
  }
}

TEST_F(DirectoryParse, RefusesATermThatNobodyLivesToSeeTheEndOf) {
  for (const auto& [term, max] : {std::pair(&Terms::acknowledge_days, rules::kTermDaysMax),
                                  std::pair(&Terms::feedback_months, rules::kFeedbackMonthsMax),
                                  std::pair(&Terms::retention_days, rules::kRetentionDaysMax),
                                  std::pair(&Terms::silence_days, rules::kTermDaysMax),
                                  std::pair(&Terms::further_days, rules::kTermDaysMax)}) {
    auto content = organisation_.content();
    content.terms.*term = max;
    EXPECT_TRUE(parse(content));
    content.terms.*term = max + 1;
    const auto parsed = parse(content);
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error(), DirectoryError::kInvalid);
  }
}

TEST_F(DirectoryParse, TheDaySomebodyLeavesStillCountsForWhatWasMadeBefore) {
  const auto before = organisation_.directory().hash();
  organisation_.next_version();
  auto content = organisation_.content();
  for (auto& person : content.people)
    if (person.name == "mieke") person.left_day = 20'005;
  const auto directory = parse(content);
  ASSERT_TRUE(directory);
  const auto key = organisation_.member("mieke").key->public_key();
  EXPECT_NE(directory->author(key, 20'005, before), nullptr);
  EXPECT_EQ(directory->author(key, 20'005, directory->hash()), nullptr)
      << "not after it was published";
  EXPECT_NE(directory->author(key, 20'011, before), nullptr) << "on its way to the gateway";
  EXPECT_EQ(directory->author(key, 20'012, before), nullptr);
}

TEST_F(DirectoryParse, TheDayAKeyChangesStillCountsForWhatWasMadeBefore) {
  const auto before = organisation_.directory().hash();
  organisation_.next_version();
  crypto::FixedRandom random("new key");
  const auto next = kit::make_key(random);
  auto content = organisation_.content();
  const auto old_key = organisation_.member(content.people[0].name).key->public_key();
  content.people[0].signing_keys.push_back({next->public_key(), 20'005, std::nullopt});
  const auto directory = parse(content);
  ASSERT_TRUE(directory);
  EXPECT_NE(directory->author(old_key, 20'005, before), nullptr);
  EXPECT_EQ(directory->author(old_key, 20'005, directory->hash()), nullptr);
  EXPECT_NE(directory->author(next->public_key(), 20'005, directory->hash()), nullptr);
  EXPECT_NE(directory->author(old_key, 20'011, before), nullptr) << "on its way to the gateway";
  EXPECT_EQ(directory->author(old_key, 20'012, before), nullptr);
}

TEST_F(DirectoryParse, KnowsItsPredecessors) {
  const auto first = organisation_.directory();
  organisation_.next_version();
  const auto second = organisation_.directory();
  EXPECT_TRUE(second.knows(first.hash()));
  EXPECT_TRUE(second.follows(first));
  EXPECT_FALSE(first.follows(second));
  EXPECT_FALSE(second.knows(crypto::sha256({})));
}

TEST_F(DirectoryParse, ACertificateIsForItsOwnerItsOrganisationAndItsTime) {
  const auto directory = organisation_.directory();
  const auto& mieke = organisation_.member("mieke");
  const auto bytes = organisation_.certificate(mieke);
  const auto good = Certificate::parse(bytes, directory, 20'000);
  ASSERT_TRUE(good);
  EXPECT_EQ(good->content().member_id, mieke.id);
  EXPECT_EQ(Certificate::parse(bytes, directory, 25'000).error(), CertificateError::kValidity);
  auto impostor = mieke;
  impostor.key = organisation_.member("anouk").key;
  EXPECT_EQ(Certificate::parse(organisation_.certificate(impostor), directory, 20'000).error(),
            CertificateError::kSignature);
  const kit::Organisation other("other", 20'000);
  EXPECT_EQ(Certificate::parse(bytes, other.directory(), 20'000).error(),
            CertificateError::kOtherOrganisation);
}

TEST_F(DirectoryParse, FollowsTheVersionsItNamesAndNoOtherOfItsOwnNumber) {
  const auto first = organisation_.directory();
  organisation_.change = [](DirectoryContent& content) { content.name += " again"; };
  const auto again = organisation_.directory();
  ASSERT_EQ(again.content().version, first.content().version);
  EXPECT_FALSE(again.follows(first));
  EXPECT_FALSE(first.follows(first));
  organisation_.next_version();
  const auto second = organisation_.directory();
  EXPECT_TRUE(second.follows(again));
  EXPECT_FALSE(second.follows(first)) << "of another line";
  EXPECT_FALSE(again.follows(second));
}

TEST_F(DirectoryParse, ACertificateHoldsFromItsFirstDayToItsLastAndForNoLongerThanAllowed) {
  const auto directory = organisation_.directory();
  const auto& mieke = organisation_.member("mieke");
  auto content = Certificate::parse(organisation_.certificate(mieke), directory, 20'000)->content();
  const auto on = [&](Day today,
                      Lapsed lapsed = Lapsed::kRefused) -> std::optional<CertificateError> {
    const auto bytes = encode_certificate_content(content);
    const auto signature = mieke.key->sign(rules::kTagKeyCertificateSignature, bytes);
    const auto parsed =
        Certificate::parse(encode_certificate(bytes, signature), directory, today, lapsed);
    return parsed ? std::nullopt : std::optional(parsed.error());
  };
  content.from_day = 20'001;
  content.last_day = 20'001 + rules::kKeyValidityDaysMax;
  EXPECT_EQ(on(content.from_day - 1), CertificateError::kValidity);
  EXPECT_EQ(on(content.from_day), std::nullopt);
  EXPECT_EQ(on(content.last_day), std::nullopt);
  EXPECT_EQ(on(content.last_day + 1), CertificateError::kValidity);
  EXPECT_EQ(on(content.last_day + 1, Lapsed::kTaken), std::nullopt);
  EXPECT_EQ(on(content.from_day - 1, Lapsed::kTaken), CertificateError::kValidity);
  ++content.last_day;
  EXPECT_EQ(on(content.from_day), CertificateError::kValidity) << "too long";
  EXPECT_EQ(on(content.last_day + 1, Lapsed::kTaken), CertificateError::kValidity) << "too long";
  content.last_day = content.from_day - 1;
  EXPECT_EQ(on(content.from_day, Lapsed::kTaken), CertificateError::kValidity) << "no day at all";
}

}  // namespace
}  // namespace omzien::protocol
