// Random operations, the same on every engine: each must answer as the memory engine does, which is
// small enough to be believed.
#include <map>
#include <random>

#include "tests/contract/store_contract.h"

namespace omzien::storage::contract {
namespace {

constexpr std::uint32_t kCases = 12;
constexpr std::uint32_t kMembers = 3;
constexpr std::uint32_t kUploads = 2;
constexpr protocol::Day kDays = 4;

using Random = std::mt19937;
std::uint32_t below(Random& random, std::uint32_t end) {
  return static_cast<std::uint32_t>(random() % end);
}

// A random operation as a function, so that it can be done to two stores. `next` numbers what is
// made new.
using Operation = std::function<std::string(Transaction&)>;

template <class T>
std::string outcome(const Result<T>& result) {
  return result ? "done" : "error " + std::to_string(static_cast<int>(result.error()));
}
std::string outcome(const Result<DroppedChunks>& result) {
  if (!result) return outcome<DroppedChunks>(result);
  std::string text = std::to_string(result->chunks);
  for (const auto& [handle, cost] : result->cost) text += " " + std::to_string(cost);
  return text;
}

Operation open_or_append(Random& random, std::uint32_t next) {
  const auto handle = handle_of(below(random, kCases));
  auto entries = entries_of(next, 1 + below(random, 3));
  entries[0].payload = bytes_of(next, below(random, 9000));
  if (below(random, 5) == 0) entries[0].payload.reset();
  const bool open = below(random, 4) == 0;
  const bool stale = below(random, 4) == 0;
  const bool empty = below(random, 8) == 0;
  return [=](Transaction& t) {
    if (open) return outcome(t.open_case(handle, share_of(next), entries, info_for(entries)));
    const auto head = t.case_info(handle).value().value_or(CaseInfo{});
    const auto seq = stale ? head.head_seq + 1 : head.head_seq;
    CaseInfo info = empty ? head : info_for(entries, seq + 1);
    info.bytes = next;
    return outcome(
        t.append(handle, seq, head.head_hash, empty ? std::vector<Entry>{} : entries, info));
  };
}

Operation chunks(Random& random) {
  const auto handle = handle_of(below(random, kCases));
  const auto upload = upload_of(below(random, kUploads));
  const auto index = below(random, 4);
  const auto count = 3 + below(random, 10) / 9;
  const auto day = static_cast<protocol::Day>(below(random, kDays));
  const auto bytes = bytes_of(index + below(random, 6) / 5, 10 + index * 900);
  switch (below(random, 12)) {
    case 0: return [=](Transaction& t) { return outcome(t.drop_upload(handle, upload)); };
    case 1: return [=](Transaction& t) { return outcome(t.drop_chunks_before(day)); };
    case 2:
    case 3: return [=](Transaction& t) { return outcome(t.keep_upload(handle, upload)); };
    default:
      return [=](Transaction& t) {
        return outcome(t.put_chunk(handle, upload, index, count, day, bytes));
      };
  }
}

Operation members(Random& random, std::uint32_t next) {
  const auto handle = handle_of(below(random, kCases));
  const auto member = member_of(below(random, kMembers));
  const auto number = below(random, 50);
  const bool dormant = below(random, 2) == 0;
  const auto day = static_cast<protocol::Day>(below(random, kDays));
  switch (below(random, 5)) {
    case 3: return [=](Transaction& t) { return outcome(t.unlink_member(member, handle)); };
    case 0:
      return [=](Transaction& t) {
        return outcome(t.put_certificate(member, number, bytes_of(next, 80)));
      };
    case 1: return [=](Transaction& t) { return outcome(t.add_to_day_budget(day, number, next)); };
    default: return [=](Transaction& t) { return outcome(t.link_member(member, handle, dormant)); };
  }
}

Operation random_operation(Random& random, std::uint32_t next) {
  if (below(random, 100) == 0) {
    const auto handle = handle_of(below(random, kCases));
    return [=](Transaction& t) { return outcome(t.destroy_case(handle)); };
  }
  switch (below(random, 3)) {
    case 0: return chunks(random);
    case 1: return members(random, next);
    default: return open_or_append(random, next);
  }
}

void expect_same_case(Reader& a, Reader& b, const protocol::Handle& handle) {
  EXPECT_EQ(a.case_info(handle).value(), b.case_info(handle).value());
  EXPECT_EQ(a.headers(handle, 1).value(), b.headers(handle, 1).value());
  EXPECT_EQ(a.entries(handle, 0, 20000).value(), b.entries(handle, 0, 20000).value());
  EXPECT_EQ(a.payload(handle, 2).value(), b.payload(handle, 2).value());
  const auto share_a = a.case_share(handle).value();
  const auto share_b = b.case_share(handle).value();
  ASSERT_EQ(share_a.has_value(), share_b.has_value());
  if (share_a) {
    EXPECT_TRUE(crypto::constant_time_equal(share_a->reveal(), share_b->reveal()));
  }
  for (std::uint32_t u = 0; u < kUploads; ++u) {
    EXPECT_EQ(a.upload_info(handle, upload_of(u)).value(),
              b.upload_info(handle, upload_of(u)).value());
    for (std::uint32_t i = 0; i < 4; ++i) {
      EXPECT_EQ(a.chunk(handle, upload_of(u), i).value(), b.chunk(handle, upload_of(u), i).value());
    }
  }
}

void expect_same(Reader& a, Reader& b) {
  for (std::uint32_t c = 0; c < kCases; ++c) expect_same_case(a, b, handle_of(c));
  for (std::uint32_t m = 0; m < kMembers; ++m) {
    const auto member = member_of(m);
    EXPECT_EQ(a.inbox(member, 0, 100).value(), b.inbox(member, 0, 100).value());
    EXPECT_EQ(a.inbox(member, 2, 2).value(), b.inbox(member, 2, 2).value());
    EXPECT_EQ(a.certificate(member).value(), b.certificate(member).value());
  }
  for (protocol::Day day = 0; day < kDays; ++day)
    EXPECT_EQ(a.day_budget(day).value(), b.day_budget(day).value());
}

using Model = StoreContract;
OMZIEN_ON_EVERY_ENGINE(Model);

TEST_P(Model, ThousandRandomOperationsAnswerAsTheModelDoes) {
  const auto model = engines().front().make({}, kWaitMax);
  Random random(20250101);
  std::uint32_t next = 1;
  for (int done = 0; done < 1000;) {
    const auto ours = begin();
    const auto theirs = std::move(model->begin().value());
    const auto in_this_one = 1 + below(random, 20);
    for (std::uint32_t i = 0; i < in_this_one; ++i, ++done, next += 10) {
      const auto operation = random_operation(random, next);
      ASSERT_EQ(operation(*ours), operation(*theirs)) << "operation " << done;
    }
    expect_same(*ours, *theirs);
    if (below(random, 5) != 0) {
      ASSERT_TRUE(ours->commit());
      ASSERT_TRUE(theirs->commit());
    }
    expect_same(*reader(), *model->reader().value());
    if (HasFailure()) FAIL() << "after operation " << done;
  }
}

}  // namespace
}  // namespace omzien::storage::contract
