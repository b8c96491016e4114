// Somebody leaves, and the gateway has the directory that says so some days later: what was written
// meanwhile stays what it was, and for no longer than that takes.
#include "protocol/directory_rules.h"
#include "tests/protocol/access_fixture.h"

namespace omzien::protocol {
namespace {

using enum rules::Compartment;

class Leaving : public AccessTest {
 protected:
  static constexpr Day kLeftDay = kFirstDay + 5;

  Leaving() {
    organisation_.next_version();
    auto content = organisation_.content();
    for (auto& person : content.people)
      if (person.name == "mieke") person.left_day = kLeftDay;
    later_ = Directory::parse(organisation_.sign(content), organisation_.service()).value();
  }

  // The case as whoever has the later directory folds it.
  std::optional<Breach> under_the_later(const std::vector<SubmittedEntry>& entries,
                                        Access& folded) {
    for (const auto& entry : entries)
      if (auto admitted = folded.admit(parse_header(entry.header).value(), *later_); !admitted)
        return admitted.error();
    return std::nullopt;
  }

  std::optional<Directory> later_;
};

TEST_F(Leaving, WhatWasWrittenBeforeTheGatewayKnewStaysAndTheRevokedStaysOut) {
  auto folded = access_;
  on(kLeftDay + kDirectoryGraceDays - 1);
  std::vector<SubmittedEntry> written;
  const auto write = [&](const crypto::SigningKey& author, const Fields& fields) {
    written.push_back(case_.move(author, fields));
    ASSERT_TRUE(admit(written.back()));
  };
  write(key("mieke"), milestone(rules::Milestone::kAcknowledged));
  write(key("mieke"), keep_alive({kTalk}));
  write(case_.owner(), grant("anouk", {kTalk}));
  write(key("mieke"), notes({"mieke"}));
  write(case_.owner(), revoke({"youssef"}));
  write(case_.owner(), talk());
  ASSERT_EQ(under_the_later(written, folded), std::nullopt);
  EXPECT_TRUE(folded.live(id("youssef"), day_).empty()) << "the revoked is back";
  EXPECT_EQ(folded.newest_epoch(kTalk)->number, 3U);
  EXPECT_EQ(folded.milestones().all().size(), access_.milestones().all().size());
}

TEST_F(Leaving, AfterThoseDaysAnEarlierDirectoryExcusesNothing) {
  on(kLeftDay + kDirectoryGraceDays);
  const auto entry = case_.move(key("mieke"), talk());
  auto folded = access_;
  EXPECT_EQ(under_the_later({entry}, folded), Breach::kAuthor);
  EXPECT_TRUE(admit(entry)) << "under the one that knows of no leaving";
}

}  // namespace
}  // namespace omzien::protocol
