// What a failing store leaves behind of whom it refused: nothing in the log that says when they
// came, and nothing used up.
#include <algorithm>

#include "tests/gateway/group_commit.h"

namespace omzien::gateway {
namespace {

class Refused : public GroupCommit {
 protected:
  // A hundred bytes for a case that is not there yet.
  protocol::Operation chunk_of(const kit::CaseBuilder& made, std::uint8_t number = 1) {
    protocol::PutChunk chunk{made.handle(), {}, 0, 1, crypto::Bytes(100, 1)};
    chunk.upload_id.data()[0] = number;
    return client().sign(Kind::kPutChunk, protocol::encode(chunk), made.owner());
  }
  Status put(const kit::CaseBuilder& made, std::uint8_t number = 1) {
    return client().send({chunk_of(made, number)}).results.at(0).status;
  }

  // Of a case whose log stays as it is, since nothing is kept.
  void ask_three_times(kit::CaseBuilder made, protocol::Day today) {
    made.on(today);
    const auto more = made.event(made.owner(), Compartment::kTalk);
    for (int i = 0; i < 3; ++i) {
      failing_->faults.read = true;
      EXPECT_EQ(client().read(made.handle(), 0, made.owner()).status, Status::kStorage);
      failing_->faults.read = false;
      EXPECT_EQ(client().append({more}, made.owner()).status, Status::kStorage);
    }
  }
};

// Whoever keeps the log puts a time on each line.
TEST_F(Refused, IsSaidOnceADayHoweverOftenTheyCome) {
  const auto made = opened_case("on a damaged page");
  failing_->faults.damaged = made.handle();
  ask_three_times(made, kToday);
  gateway().tend();
  EXPECT_EQ(times_said("A read was refused."), 1);
  EXPECT_EQ(times_said("A write was refused."), 1);
  EXPECT_EQ(times_said("storage: "), 2) << log_.text();

  clock_.advance(kSecondsPerDay);
  for (int i = 0; i < 3; ++i) gateway().tend();
  EXPECT_EQ(times_said("Reads refused on the day before: 3\n"), 1);
  EXPECT_EQ(times_said("Writes refused on the day before: 3\n"), 1);
  EXPECT_EQ(times_said("storage: "), 4) << log_.text();

  client().send({});  // the beacon of that day
  ask_three_times(made, kToday + 1);
  EXPECT_EQ(times_said("A read was refused."), 2);
  EXPECT_EQ(times_said("A write was refused."), 2);
  EXPECT_EQ(times_said("storage: "), 6) << log_.text();
}

TEST_F(Refused, IsSaidForEachKindOfFailure) {
  auto made = opened_case();
  const auto more = made.event(made.owner(), Compartment::kTalk);
  failing_->faults.damaged = made.handle();
  EXPECT_EQ(client().append({more}, made.owner()).status, Status::kStorage);
  failing_->faults.damaged.reset();
  failing_->faults.commit = true;
  EXPECT_EQ(client().append({more}, made.owner()).status, Status::kStorage);
  EXPECT_EQ(times_said("The store is damaged"), 1);
  EXPECT_EQ(times_said("The disk is full"), 1);
}

// Whoever reports while the disk is full for a moment has as much room as before.
TEST_F(Refused, CostsNoRoomForAReportThatWasNotKept) {
  limits_.staged_before_open_bytes_max = 250;
  const auto made = new_case();
  failing_->faults.commit = true;
  for (int i = 0; i < 2; ++i) EXPECT_EQ(put(made), Status::kStorage);
  failing_->faults.commit = false;
  EXPECT_EQ(put(made), Status::kDone);
  EXPECT_EQ(put(made, 2), Status::kDone);
  EXPECT_EQ(put(made, 3), Status::kQuota) << "what was kept still counts";
}

// Each frame of a group that met a damaged page is done a second time.
TEST_F(Refused, CostsNothingTwiceBesideADamagedPage) {
  limits_.staged_before_open_bytes_max = 150;
  limits_.cases_opened_per_minute_max = 6;
  limits_.worker_threads = 1;  // so that frames wait in the order in which they came
  auto damaged = opened_case("on a damaged page");
  auto frames = openings(5);
  frames.push_back(frame_of(chunk_of(new_case())));
  const auto append =
      protocol::encode(protocol::Append{{damaged.event(damaged.owner(), Compartment::kTalk)}});
  frames.push_back(frame_of(client().sign(Kind::kAppend, append, damaged.owner())));
  failing_->faults.damaged = damaged.handle();
  const auto statuses = all_at_once(frames);
  EXPECT_EQ(std::count(statuses.begin(), statuses.end(), Status::kDone), 6);
  EXPECT_EQ(std::count(statuses.begin(), statuses.end(), Status::kStorage), 1);
}

TEST_F(Refused, CostsAMemberNoneOfTheirEntries) {
  limits_.member_appends_per_case_day_max = 0;
  limits_.own_appends_per_case_day_max = 2;
  auto made = opened_case();
  const auto& mieke = key_of("mieke");
  const auto more = made.event(mieke, Compartment::kTalk);
  failing_->faults.commit = true;
  for (int i = 0; i < 2; ++i) EXPECT_EQ(client().append({more}, mieke).status, Status::kStorage);
  failing_->faults.commit = false;
  EXPECT_EQ(client().append({more}, mieke).status, Status::kDone);
  EXPECT_EQ(client().append({made.event(mieke, Compartment::kTalk)}, mieke).status, Status::kDone);
  EXPECT_EQ(client().append({made.event(mieke, Compartment::kTalk)}, mieke).status, Status::kQuota);
}

}  // namespace
}  // namespace omzien::gateway
