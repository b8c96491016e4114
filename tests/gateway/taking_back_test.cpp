// Taking access away never waits: not for a flood of invented cases, not for a colleague who writes
// without end. And nobody fills a disk by it.
#include "gateway/taking_back.h"

#include "tests/gateway/regie_fixture.h"

namespace omzien::gateway {
namespace {

using enum rules::Compartment;

class TakingBack : public RegieTest {
 protected:
  storage::DayBudget spent() { return store_->reader().value()->day_budget(today_).value(); }
  // As a flood of invented cases does it.
  void use_up_the_day() {
    const auto transaction = store_->begin().value();
    ASSERT_TRUE(transaction->add_to_day_budget(today_, 0, limits_.unanswered_bytes_per_day_max));
    ASSERT_TRUE(transaction->commit());
  }
  // Mieke, youssef and so many more, to story and talk.
  void open_with(int extras) {
    organisation_.add_extras(static_cast<std::size_t>(extras));
    folder_.write("bundle", organisation_.bundle());
    case_ = new_case("crowd");
    case_.on(kToday);
    open();
    for (int i = 1; i <= extras; ++i)
      ASSERT_EQ(by_owner(grant(("extra " + std::to_string(i)).c_str(), {kStory, kTalk})),
                Status::kDone);
  }
  std::size_t size_of(const protocol::SubmittedEntry& entry) {
    return entry.header.size() + crypto::Signature::kSize + entry.payload.size();
  }
  Status put(std::uint8_t number, std::uint32_t index, std::uint32_t count, crypto::Bytes bytes,
             const crypto::SigningKey& key) {
    protocol::UploadId id;
    id.data()[0] = number;
    const protocol::PutChunk chunk{case_.handle(), id, index, count, std::move(bytes)};
    return client().ask(Kind::kPutChunk, protocol::encode(chunk), key).status;
  }
  // An entry of the owner's, its payload staged as upload `number`.
  Status send_staged(const protocol::Fields& fields, std::uint8_t number) {
    auto next = case_;
    const auto entry = next.move(case_.owner(), fields);
    EXPECT_GT(entry.payload.size(), rules::kFrameBytes);
    protocol::UploadId id;
    id.data()[0] = number;
    const auto count = static_cast<std::uint32_t>(
        (entry.payload.size() + rules::kChunkBytesMax - 1) / rules::kChunkBytesMax);
    for (std::uint32_t i = 0; i < count; ++i) {
      const auto rest = crypto::ByteView(entry.payload).subspan(i * rules::kChunkBytesMax);
      const auto bytes = rest.first(std::min(rest.size(), rules::kChunkBytesMax));
      const auto status = put(number, i, count, {bytes.begin(), bytes.end()}, case_.owner());
      if (status != Status::kDone) return status;
    }
    const auto status = client().append({kit::staged(entry, id)}, case_.owner()).status;
    if (status != Status::kDone) return status;
    case_ = next;
    take(entry);
    return status;
  }
  // Full chunks that nothing will name, until one is refused; their bytes.
  std::uint64_t stage_until_refused(std::uint8_t first) {
    const crypto::Bytes chunk(rules::kChunkBytesMax, 1);
    std::uint64_t staged = 0;
    for (std::uint8_t number = first; number < first + 50; ++number) {
      if (put(number, 0, 1, chunk, case_.owner()) != Status::kDone) break;
      staged += chunk.size();
    }
    return staged;
  }
};
OMZIEN_ON_BOTH_STORES(TakingBack);

TEST_P(TakingBack, WhenAFloodHasUsedUpTheDayTheOwnerStillLetsSomebodyOut) {
  limits_.unanswered_bytes_per_day_max = 90'000;
  open();
  ASSERT_EQ(by_owner(kit::delegate(organisation_, "mieke", {"anouk"}, {kStory}, kToday + 9)),
            Status::kDone);
  auto status = Status::kDone;
  for (int i = 0; i < 40 && status == Status::kDone; ++i) {
    auto made = new_case("flood " + std::to_string(i));
    made.on(kToday);
    status = client().open(made.opening({"mieke"}), made.owner()).status;
  }
  ASSERT_EQ(status, Status::kQuota);
  use_up_the_day();  // to the last byte
  ASSERT_EQ(by_owner(talk()), Status::kQuota);
  EXPECT_EQ(by_owner(kit::take_back(organisation_, "mieke")), Status::kDone);
  EXPECT_EQ(by_owner(revoke({"youssef"})), Status::kDone);
  EXPECT_EQ(reads(key_of("youssef")), Status::kNothing);
  EXPECT_EQ(reads(key_of("mieke")), Status::kDone);
}

TEST_P(TakingBack, NothingElseComesAlong) {
  open();
  use_up_the_day();
  auto next = case_;
  const std::vector both{next.move(case_.owner(), revoke({"youssef"})),
                         next.event(case_.owner(), kIdentity)};
  EXPECT_EQ(client().append(both, case_.owner()).status, Status::kQuota);
  EXPECT_EQ(reads(key_of("youssef")), Status::kDone);
  EXPECT_EQ(by_owner(grant("anouk", {kTalk})), Status::kQuota);
}

TEST_P(TakingBack, AFullCaseStillLetsSomebodyOut) {
  limits_.case_unanswered_bytes_max = 20'000;
  open();
  while (by_owner(talk()) == Status::kDone) continue;
  EXPECT_EQ(by_owner(talk()), Status::kQuota);
  EXPECT_EQ(by_owner(revoke({"mieke", "youssef"})), Status::kDone);
}

TEST_P(TakingBack, WhoLeavesOrTakesOverNeedsNothingOfWhatColleaguesUsedUp) {
  limits_.member_appends_per_case_day_max = 2;
  limits_.own_appends_per_case_day_max = 0;
  open();
  ASSERT_EQ(by_owner(stand_in("ruud", "mieke")), Status::kDone);
  on(kToday + organisation_.directory().content().terms.acknowledge_days + 1);
  for (int i = 0; i < 2; ++i) ASSERT_EQ(by("mieke", talk()), Status::kDone);
  ASSERT_EQ(by("mieke", talk()), Status::kQuota);
  EXPECT_EQ(send(key_of("ruud"), release("mieke", rules::ReleaseCause::kDeadline)), Status::kDone);
  EXPECT_EQ(by("youssef", release("youssef", rules::ReleaseCause::kRecused)), Status::kDone);
  EXPECT_EQ(by("ruud", talk()), Status::kQuota);
}

TEST_P(TakingBack, IsPaidForByWhoeverIsLetIn) {
  open_with(9);
  ASSERT_EQ(by_owner(kit::delegate(organisation_, "mieke", {"anouk"}, {kStory}, kToday + 9)),
            Status::kDone);
  std::uint64_t given = 0;
  const auto stored = store_->reader().value()->entries(case_.handle(), 0, 1 << 30).value();
  for (const auto& entry : stored)
    given += entry.header.size() + crypto::Signature::kSize + entry.payload->size();
  const auto before = spent();
  std::uint64_t taken = 0;
  ASSERT_EQ(by_owner(kit::take_back(organisation_, "mieke")), Status::kDone);
  taken += size_of(last_);
  for (int i = 1; i <= 9; ++i) {
    ASSERT_EQ(by_owner(revoke({"extra " + std::to_string(i)})), Status::kDone);
    taken += size_of(last_);
  }
  for (const auto* name : {"youssef", "mieke"}) {
    ASSERT_EQ(by_owner(revoke({name})), Status::kDone);
    taken += size_of(last_);
  }
  EXPECT_EQ(spent(), before);
  EXPECT_GE(before.bytes, given + taken);
  ASSERT_EQ(by_owner(grant("anouk", {kTalk})), Status::kDone);
  EXPECT_GT(spent().bytes, before.bytes + size_of(last_)) << "and by whoever comes next";
}

TEST_P(TakingBack, ARevocationOfACrowdIsStagedThoughTheDayIsUsedUp) {
  open_with(19);
  use_up_the_day();
  EXPECT_EQ(send_staged(revoke({"extra 7"}), 1), Status::kDone);
  EXPECT_EQ(reads(key_of("extra 7")), Status::kNothing);
  EXPECT_EQ(send_staged(revoke({"extra 8"}), 2), Status::kDone) << "what was done counts no more";
}

TEST_P(TakingBack, WhatAMemberStagedDoesNotStandInItsWay) {
  open_with(19);
  const crypto::Bytes chunk(rules::kChunkBytesMax, 1);
  for (std::uint8_t number = 50; number < 53; ++number)
    ASSERT_EQ(put(number, 0, 1, chunk, key_of("extra 7")), Status::kDone);
  ASSERT_GT(3 * chunk.size(), revocation_bytes_max(21));
  use_up_the_day();
  EXPECT_EQ(send_staged(revoke({"extra 7"}), 1), Status::kDone);
  EXPECT_EQ(reads(key_of("extra 7")), Status::kNothing);
}

TEST_P(TakingBack, WhatTheOwnerStagedBeforeDoesNotStandInItsWay) {
  open_with(19);
  for (std::uint8_t number = 50; number < 53; ++number)
    ASSERT_EQ(put(number, 0, 1, crypto::Bytes(rules::kChunkBytesMax, 1), case_.owner()),
              Status::kDone);
  use_up_the_day();
  EXPECT_EQ(send_staged(revoke({"extra 7"}), 1), Status::kDone);
}

TEST_P(TakingBack, NoMoreIsStagedBeyondTheDayThanOneRevocationMayHold) {
  open_with(19);
  use_up_the_day();
  EXPECT_EQ(put(9, 0, 1, crypto::Bytes(9, 1), key_of("mieke")), Status::kQuota) << "by its owner";
  EXPECT_EQ(put(9, 0, 1, crypto::Bytes(9, 1), case_.owner()), Status::kQuota) << "no crumbs";
  const auto staged = stage_until_refused(1);
  EXPECT_LE(staged, revocation_bytes_max(21));
  EXPECT_GT(staged + rules::kChunkBytesMax, revocation_bytes_max(21));
  EXPECT_EQ(stage_until_refused(100), 0U);
  on(kToday + 1);
  use_up_the_day();
  EXPECT_EQ(stage_until_refused(150), staged) << "on another day";
}

TEST_P(TakingBack, NoRevocationIsLargerThanWhatIsReckoned) {
  protocol::Revoke all;
  for (std::size_t i = 0; i < rules::kMembersPerCaseMax; ++i) {
    const crypto::Bytes bytes(rules::kMemberIdBytes, static_cast<std::uint8_t>(i));
    all.member_ids.push_back(*protocol::MemberId::from(bytes));
    protocol::GrantMember member{all.member_ids.back(), {}, {}, false, 0};
    for (const auto compartment : protocol::kOwnersCompartments)
      member.keys.push_back({compartment, 0xffff'ffff});
    all.remaining.push_back(member);
  }
  for (const auto compartment : protocol::kOwnersCompartments)
    all.starts.push_back({compartment, 0xffff'ffff, {}});
  EXPECT_LE(size_of(case_.move(case_.owner(), all)),
            revocation_bytes_max(rules::kMembersPerCaseMax));
  all.remaining.clear();
  all.member_ids.resize(1);
  EXPECT_LE(size_of(case_.move(case_.owner(), all)), revocation_bytes_max(1));
}

}  // namespace
}  // namespace omzien::gateway
