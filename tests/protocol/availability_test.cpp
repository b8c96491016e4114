#include "protocol/availability.h"

#include <gtest/gtest.h>

#include "protocol/calendar.h"
#include "tests/kit/organisation.h"

namespace omzien::protocol {
namespace {

constexpr Day kToday = 20'000;

class AvailabilityTest : public testing::Test {
 protected:
  AvailabilityTest() { crypto::initialise(); }

  AvailabilityContent content_of(const char* name) const {
    AvailabilityContent content;
    content.service_id = organisation_.service();
    content.member_id = organisation_.member(name).id;
    content.said_day = kToday;
    return content;
  }
  auto said_by(const char* name, const AvailabilityContent& content) const {
    const auto bytes = encode_availability_content(content);
    const auto signature =
        organisation_.member(name).key->sign(rules::kTagAvailabilitySignature, bytes);
    return Availability::parse(encode_availability(bytes, signature), directory_, kToday);
  }

  kit::Organisation organisation_{"organisation", kToday - 1};
  Directory directory_ = organisation_.directory();
};

TEST_F(AvailabilityTest, IsSaidByNobodyElse) {
  EXPECT_TRUE(said_by("mieke", content_of("mieke")));
  EXPECT_EQ(said_by("youssef", content_of("mieke")).error(), AvailabilityError::kSignature);
  auto elsewhere = content_of("mieke");
  elsewhere.service_id = kit::Organisation("other", kToday).service();
  EXPECT_EQ(said_by("mieke", elsewhere).error(), AvailabilityError::kOtherOrganisation);
}

TEST_F(AvailabilityTest, IsNoLeaveThatEndsBeforeItBeginsAndNobodyStandsInForThemself) {
  auto content = content_of("mieke");
  content.away_from_day = content.away_until_day = kToday;
  EXPECT_TRUE(said_by("mieke", content)) << "one day";
  --content.away_until_day;
  EXPECT_EQ(said_by("mieke", content).error(), AvailabilityError::kInvalid);
  content.away_until_day = 0;
  EXPECT_EQ(said_by("mieke", content).error(), AvailabilityError::kInvalid);
  auto own = content_of("mieke");
  own.stand_in = own.member_id;
  EXPECT_EQ(said_by("mieke", own).error(), AvailabilityError::kInvalid);
  auto eighth = content_of("mieke");
  eighth.working_days = kEveryDayOfAWeek + 1;
  EXPECT_EQ(said_by("mieke", eighth).error(), AvailabilityError::kInvalid);
}

TEST_F(AvailabilityTest, FirstAndLastDayOfALeaveAreDaysAway) {
  auto content = content_of("mieke");
  content.away_from_day = kToday + 2;
  content.away_until_day = kToday + 4;
  const auto said = said_by("mieke", content).value();
  const auto& mieke = *directory_.person(content.member_id);
  const auto on = [&](Day day) { return presence_of(mieke, &said, directory_, day); };
  EXPECT_EQ(on(kToday + 1).away_from_day, kToday + 2);
  EXPECT_EQ(on(kToday + 1).away_until_day, 0U);
  for (const Day day : {kToday + 2, kToday + 3, kToday + 4}) {
    EXPECT_EQ(on(day).away_from_day, 0U);
    EXPECT_EQ(on(day).away_until_day, kToday + 4);
  }
  EXPECT_EQ(on(kToday + 5).away_until_day, 0U);
}

TEST_F(AvailabilityTest, AStandInWhoHasLeftIsNone) {
  auto content = content_of("mieke");
  content.stand_in = organisation_.member("ruud").id;
  const auto said = said_by("mieke", content).value();
  EXPECT_EQ(presence_of(*directory_.person(content.member_id), &said, directory_, kToday).stand_in,
            content.stand_in);
  organisation_.change = [&](DirectoryContent& next) {
    for (auto& person : next.people)
      if (person.member_id == *content.stand_in) person.left_day = kToday;
  };
  const auto later = organisation_.directory();
  EXPECT_EQ(presence_of(*later.person(content.member_id), &said, later, kToday).stand_in,
            std::nullopt);
}

}  // namespace
}  // namespace omzien::protocol
