// Who may do what, folded from headers alone.
#include "protocol/access.h"

#include <gtest/gtest.h>

#include "tests/protocol/access_fixture.h"

namespace omzien::protocol {
namespace {

using rules::Compartment;

class AccessRules : public testing::Test {
 protected:
  AccessRules()
      : organisation_((crypto::initialise(), "organisation"), 20'000),
        case_(organisation_, "case") {
    for (const auto& entry : case_.opening({"mieke", "youssef"}).entries) EXPECT_TRUE(admit(entry));
  }

  tl::expected<void, Breach> admit(const SubmittedEntry& entry) {
    return access_.admit(*parse_header(entry.header), organisation_.directory());
  }
  Breach breach(const SubmittedEntry& entry) {
    const auto before = access_.grants().size();
    const auto admitted = admit(entry);
    EXPECT_FALSE(admitted);
    EXPECT_EQ(access_.grants().size(), before) << "a breach changes nothing";
    return admitted ? Breach::kOpening : admitted.error();
  }
  const crypto::SigningKey& key(const char* name) { return *organisation_.member(name).key; }
  SubmittedEntry event(const crypto::SigningKey& author, Event fields) {
    return case_.entry(author, rules::EntryKind::kEvent, std::move(fields), {1});
  }
  SubmittedEntry grant(const char* name, std::vector<CompartmentEpoch> keys, bool holder = false,
                       Day last_day = 0) {
    Grant grant;
    const auto& member = organisation_.member(name);
    grant.members.push_back(
        {member.id, crypto::xwing_key_hash(member.xwing_key), std::move(keys), holder, last_day});
    return case_.entry(case_.owner(), rules::EntryKind::kGrant, grant, {1});
  }
  bool reads(const char* name, Compartment compartment, Day day = 20'000) {
    return access_.may_read(organisation_.member(name).id, compartment, 1, day);
  }

  kit::Organisation organisation_;
  kit::CaseBuilder case_;
  Access access_;
};

TEST_F(AccessRules, AMemberReadsWhatWasGrantedAndNothingElse) {
  EXPECT_TRUE(reads("mieke", Compartment::kStory));
  EXPECT_TRUE(reads("youssef", Compartment::kTalk));
  EXPECT_FALSE(reads("mieke", Compartment::kIdentity));
  EXPECT_FALSE(reads("anouk", Compartment::kStory));
}

TEST_F(AccessRules, OnlyTheOwnerLetsPeopleIn) {
  Grant grant;
  grant.members.push_back(
      {organisation_.member("anouk").id, {}, {{Compartment::kStory, 1}}, false, 0});
  EXPECT_EQ(breach(case_.entry(key("mieke"), rules::EntryKind::kGrant, grant, {1})),
            Breach::kGrantor);
  EXPECT_TRUE(admit(this->grant("anouk", {{Compartment::kStory, 1}})));
  EXPECT_TRUE(reads("anouk", Compartment::kStory));
}

TEST_F(AccessRules, AGrantEndsAfterItsLastDay) {
  ASSERT_TRUE(admit(grant("anouk", {{Compartment::kStory, 1}}, false, 20'010)));
  EXPECT_TRUE(reads("anouk", Compartment::kStory, 20'010));
  EXPECT_FALSE(reads("anouk", Compartment::kStory, 20'011));
}

TEST_F(AccessRules, ThereIsOneHolder) {
  EXPECT_EQ(access_.holder(20'000), organisation_.member("mieke").id);
  ASSERT_TRUE(admit(grant("anouk", {{Compartment::kStory, 1}}, true)));
  EXPECT_EQ(access_.holder(20'000), organisation_.member("anouk").id);
  EXPECT_FALSE(access_.grants()[0].holder);
}

TEST_F(AccessRules, NobodyIsLetInWhoIsNotInTheDirectory) {
  Grant grant;
  grant.members.push_back({MemberId{}, {}, {{Compartment::kStory, 1}}, false, 0});
  EXPECT_EQ(breach(case_.entry(case_.owner(), rules::EntryKind::kGrant, grant, {1})),
            Breach::kGrantee);
}

// Under a later directory an entry stays what it was when it was made.
TEST_F(AccessRules, NobodyIsLetInWhoHasLeftUnlessTheyLeftLater) {
  const auto before = grant("anouk", {{Compartment::kStory, 1}});
  organisation_.change = [](DirectoryContent& content) {
    for (auto& person : content.people)
      if (person.name == "anouk") person.left_day = 20'000;
  };
  const auto access = access_;
  EXPECT_TRUE(admit(before));
  access_ = access;
  case_.under(organisation_);
  EXPECT_EQ(breach(grant("anouk", {{Compartment::kStory, 1}})), Breach::kGrantee);
}

TEST_F(AccessRules, NobodyIsLetInUntilADayThatIsOver) {
  case_.on(20'005);
  EXPECT_EQ(breach(grant("anouk", {{Compartment::kStory, 1}}, false, 20'004)), Breach::kGrantee);
  EXPECT_TRUE(admit(grant("anouk", {{Compartment::kStory, 1}}, false, 20'005)));
}

TEST_F(AccessRules, AnEpochThatNeverBeganCantBeGranted) {
  EXPECT_EQ(breach(grant("anouk", {{Compartment::kStory, 2}})), Breach::kGrantKeys);
  EXPECT_EQ(breach(grant("anouk", {{Compartment::kNotes, 1}})), Breach::kGrantKeys);
}

TEST_F(AccessRules, TheSameGrantTwiceIsNone) {
  EXPECT_EQ(breach(grant("mieke", {{Compartment::kStory, 1}})), Breach::kGrantee);
}

TEST_F(AccessRules, MembersTalkButStoryAndSummaryAreTheReporters) {
  EXPECT_TRUE(admit(event(key("mieke"), {Compartment::kTalk, 1, {}, false, {}})));
  for (const auto compartment : {Compartment::kStory, Compartment::kPeople, Compartment::kSummary})
    EXPECT_EQ(breach(event(key("mieke"), {compartment, 1, {}, false, {}})), Breach::kCompartment);
  EXPECT_EQ(breach(event(key("anouk"), {Compartment::kTalk, 1, {}, false, {}})), Breach::kAuthor);
}

TEST_F(AccessRules, OnlyMembersSetMilestonesAndOnlyTheOwnerIsUrgent) {
  EXPECT_TRUE(admit(
      event(key("mieke"), {Compartment::kTalk, 1, rules::Milestone::kAcknowledged, false, {}})));
  EXPECT_EQ(
      breach(event(case_.owner(), {Compartment::kTalk, 1, rules::Milestone::kOutcome, false, {}})),
      Breach::kMilestone);
  EXPECT_TRUE(admit(event(case_.owner(), {Compartment::kTalk, 1, {}, true, {}})));
  EXPECT_EQ(breach(event(key("mieke"), {Compartment::kTalk, 1, {}, true, {}})), Breach::kUrgent);
}

using CrowdedRules = AccessTest;

TEST_F(CrowdedRules, ACaseHasRoomForSoManyAndForNobodyMore) {
  organisation_.add_extras(rules::kMembersPerCaseMax);
  const auto name = [](std::size_t i) { return "extra " + std::to_string(i); };
  const auto last = name(rules::kMembersPerCaseMax - 1);  // with mieke and youssef, one too many
  for (std::size_t i = 1; i + 1 < rules::kMembersPerCaseMax; ++i) {
    auto in = grant(name(i).c_str(), {Compartment::kStory});
    if (i == 5) in.members[0].last_day = kFirstDay;
    ASSERT_EQ(by_owner(in), std::nullopt);
  }
  const auto one_more = grant(last.c_str(), {Compartment::kStory});
  EXPECT_EQ(by_owner(one_more), Breach::kCrowded);
  EXPECT_EQ(by_owner(stand_in(last.c_str(), "mieke")), Breach::kCrowded) << "nor waiting";
  ASSERT_EQ(by_owner(delegate("mieke", {last}, {Compartment::kStory}, kFirstDay + 9)),
            std::nullopt);
  EXPECT_EQ(by("mieke", one_more), Breach::kCrowded) << "nor let in by a delegate";
  EXPECT_EQ(by_owner(grant("mieke", {Compartment::kIdentity})), std::nullopt)
      << "who is in takes no more room";
  on(kFirstDay + 1);  // the last day of one has passed
  EXPECT_EQ(by("mieke", one_more), std::nullopt);
}

TEST_F(AccessRules, AnOldOrUnbornEpochIsRefused) {
  EXPECT_EQ(breach(event(case_.owner(), {Compartment::kTalk, 2, {}, false, {}})), Breach::kEpoch);
}

TEST_F(AccessRules, ADormantGrantReadsNothingYet) {
  ASSERT_TRUE(admit(case_.dormant_grant({"ruud", {Compartment::kStory}, true, 0}, "mieke")));
  EXPECT_FALSE(reads("ruud", Compartment::kStory));
  ASSERT_EQ(access_.grants().size(), 3u);
  EXPECT_TRUE(access_.grants().back().dormant);
}

TEST_F(AccessRules, ADormantGrantStandsInForSomebodyWhoIsIn) {
  EXPECT_EQ(breach(case_.dormant_grant({"ruud", {Compartment::kStory}, false, 0}, "anouk")),
            Breach::kDormant);
}

TEST_F(AccessRules, NobodyStandsInForThemself) {
  EXPECT_EQ(breach(case_.dormant_grant({"mieke", {Compartment::kIdentity}, false, 0}, "mieke")),
            Breach::kDormant);
}

TEST_F(AccessRules, ACaseIsOpenedOnce) {
  kit::CaseBuilder again(organisation_, "case");
  EXPECT_EQ(breach(again.open()), Breach::kOpening);
}

// Or a gateway could hand a reporter, or their advisers, a case of its own making.
TEST_F(AccessRules, NobodyOpensACaseUnderAnotherOnesHandle) {
  kit::CaseBuilder theirs(organisation_, "another");
  const auto opening = theirs.open([&](Header& header) { header.handle = case_.handle(); });
  Access empty;
  EXPECT_EQ(empty.admit(*parse_header(opening.header), organisation_.directory()).error(),
            Breach::kAuthor);
  EXPECT_FALSE(empty.opened());
}

// Whatever starts a next epoch relies on the first one of each.
TEST_F(AccessRules, ACaseBeginsWithEachOfTheOwnersParts) {
  const auto refused = [](const std::function<void(std::vector<EpochStart>&)>& change) {
    const kit::Organisation organisation("organisation", 20'000);
    kit::CaseBuilder theirs(organisation, "another");
    const auto opening =
        theirs.open([&](Header& header) { change(std::get<Open>(header.fields).starts); });
    Access empty;
    const auto admitted = empty.admit(*parse_header(opening.header), organisation.directory());
    return admitted ? std::nullopt : std::optional(admitted.error());
  };
  EXPECT_EQ(refused([](auto&) {}), std::nullopt);
  for (std::size_t i = 0; i < std::size(kOwnersCompartments); ++i) {
    const auto at = static_cast<std::ptrdiff_t>(i);
    EXPECT_EQ(refused([&](auto& starts) { starts.erase(starts.begin() + at); }), Breach::kEpoch);
    EXPECT_EQ(refused([&](auto& starts) { starts[i].epoch = 2; }), Breach::kEpoch);
  }
}

TEST_F(AccessRules, NothingComesBeforeTheOpening) {
  Access empty;
  const auto first = event(case_.owner(), {Compartment::kTalk, 1, {}, false, {}});
  EXPECT_EQ(empty.admit(*parse_header(first.header), organisation_.directory()).error(),
            Breach::kOpening);
}

TEST_F(AccessRules, AKindFromTheFutureIsNewerNotWrong) {
  EXPECT_EQ(breach(case_.entry(case_.owner(), rules::EntryKind{42}, Unknown{}, {})),
            Breach::kNewerVersion);
}

}  // namespace
}  // namespace omzien::protocol
