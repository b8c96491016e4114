// What the rules remember of a case is copied by the one writer for every append: a case that
// grants and delegates without end must not keep it busy.
#include "gateway/weight.h"

#include "tests/gateway/regie_fixture.h"

namespace omzien::gateway {
namespace {

using enum rules::Compartment;

class Weight : public RegieTest {
 protected:
  Weight() {
    organisation_.add_extras(32);
    folder_.write("bundle", organisation_.bundle());
    case_ = new_case("heavy");
    case_.on(kToday);
    for (int i = 1; i <= 32; ++i) people_.push_back("extra " + std::to_string(i));
  }

  protocol::Delegate delegation() {
    return kit::delegate(organisation_, "mieke", people_, {kStory}, kToday + 9);
  }

  // So many at a time, until one is refused.
  Status delegate_without_end() {
    for (int tries = 0; tries < 200; ++tries) {
      auto next = case_;
      std::vector<protocol::SubmittedEntry> entries;
      while (entries.size() < 14) entries.push_back(next.move(case_.owner(), delegation()));
      const auto status = client().append(entries, case_.owner()).status;
      if (status != Status::kDone) return status;
      case_ = next;
      for (const auto& entry : entries) take(entry);
    }
    return Status::kDone;
  }

  kit::Names people_;
};
OMZIEN_ON_BOTH_STORES(Weight);

TEST_P(Weight, OfACaseThatDelegatesWithoutEndIsBoundedAndIsCopiedAFewTimesForAFrame) {
  open();
  EXPECT_LT(weight_of(access_), 5'000U) << "as people have it";
  ASSERT_EQ(delegate_without_end(), Status::kQuota);
  EXPECT_LE(weight_of(access_), kAccessBytesMax);
  EXPECT_GT(weight_of(access_), kAccessBytesMax / 2);
  auto next = case_;
  const auto forbidden = next.event(case_.owner(), kNotes, 50);
  const std::vector<protocol::Operation> operations(
      16,
      client().sign(Kind::kAppend, protocol::encode(protocol::Append{{forbidden}}), case_.owner()));
  const auto results = client().send(operations).results;
  EXPECT_EQ(results.front().status, Status::kForbidden);
  EXPECT_EQ(results.back().status, Status::kLater);

  EXPECT_EQ(by_owner(talk()), Status::kDone) << "and it goes on";
  EXPECT_EQ(by_owner(kit::take_back(organisation_, "mieke")), Status::kDone);
  EXPECT_EQ(by_owner(delegation()), Status::kDone);
}

}  // namespace
}  // namespace omzien::gateway
