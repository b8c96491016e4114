// A store that was filled long ago, for a program that is started today.
#pragma once

#include "storage/key_file.h"
#include "storage/sqlcipher/store.h"
#include "tests/gateway/fixture.h"
#include "tests/gateway/process/program.h"

namespace omzien::gateway::process {

class StoredCases : public testing::Test {
 protected:
  static constexpr protocol::Day kYearsAgo = 1'000;

  StoredCases() {
    crypto::initialise();
    write_to(folder_);
    crypto::SystemRandom random;
    EXPECT_TRUE(storage::make_key_file(folder_ / "gateway.key", random));
  }

  static protocol::Day today() { return Moment(SystemClock().seconds()).day(); }
  void write_to(const ScratchFolder& folder) {
    folder.write("bundle", organisation_.bundle());
    folder.write("gateway.toml", crypto::as_bytes(config_text()));
  }
  std::string config() const { return (folder_ / "gateway.toml").string(); }

  // Cases of `kYearsAgo` days ago, as a gateway of that day would have kept them: with an outcome,
  // or not.
  void fill(int concluded, int open) {
    SettableClock clock((today() - kYearsAgo) * kSecondsPerDay + 43'200);
    KeptLog log;
    crypto::SystemRandom random;
    storage::sqlcipher::OpenOptions options;
    options.path = folder_ / "store.db";
    const auto secret = storage::read_key_file(folder_ / "gateway.key").value();
    const auto store = std::move(storage::sqlcipher::open(options, secret, random).value());
    People people(folder_ / "bundle", organisation_.service(), today() - kYearsAgo, log);
    ExchangeService service({*store, people, clock, log}, storage::beacon_key(secret), {}, {});
    kit::Asking client(service, organisation_.service());
    for (int i = 0; i < concluded + open; ++i) {
      kit::CaseBuilder made(organisation_, "case " + std::to_string(i));
      ASSERT_EQ(client.open(made.opening({"mieke"}), made.owner()).status, rules::Status::kDone);
      const auto& mieke = *organisation_.member("mieke").key;
      const auto milestone =
          i < concluded ? rules::Milestone::kOutcome : rules::Milestone::kFeedback;
      ASSERT_EQ(client.append({made.milestone(mieke, milestone)}, mieke).status,
                rules::Status::kDone);
      cases_.push_back(std::move(made));
    }
  }

  // Opens a case today; one that is acknowledged joins `acknowledged_`.
  rules::Status open_one(kit::Asking& client, const std::string& name) {
    kit::CaseBuilder made(organisation_, name);
    made.on(today());
    const auto status = client.open(made.opening({"mieke"}), made.owner()).status;
    if (status == rules::Status::kDone) acknowledged_.push_back(std::move(made));
    return status;
  }
  // Until that was refused three times for want of room.
  void open_until_refused(kit::Asking& client, const std::string& name) {
    int refused = 0;
    for (int i = 0; i < 200 && refused < 3; ++i) {
      const auto status = open_one(client, name + std::to_string(i));
      ASSERT_TRUE(status == rules::Status::kDone || status == rules::Status::kStorage);
      if (status == rules::Status::kStorage) ++refused;
    }
    EXPECT_EQ(refused, 3);
  }
  void expect_acknowledged(kit::Asking& client) const {
    for (const auto& made : acknowledged_)
      EXPECT_EQ(client.read_all(made.handle(), made.owner()).entries.size(), 3U);
  }

  protocol::Log log_of(const Program& gateway, const kit::CaseBuilder& made) {
    Wire wire(gateway.reporter());
    kit::Asking client(wire, organisation_.service());
    return client.read_all(made.handle(), made.owner());
  }
  std::vector<protocol::Log> logs(const Program& gateway) {
    std::vector<protocol::Log> all;
    for (const auto& made : cases_) all.push_back(log_of(gateway, made));
    return all;
  }

  kit::Organisation organisation_{"stored", today() - kYearsAgo};
  ScratchFolder folder_;
  std::vector<kit::CaseBuilder> cases_;         // from `fill`
  std::vector<kit::CaseBuilder> acknowledged_;  // from `open_one`
};

inline void expect_same(const std::vector<protocol::Log>& a, const std::vector<protocol::Log>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].head_hash, b[i].head_hash);
    EXPECT_EQ(a[i].case_share, b[i].case_share);
    ASSERT_EQ(a[i].entries.size(), b[i].entries.size());
    for (std::size_t seq = 0; seq < a[i].entries.size(); ++seq) {
      EXPECT_EQ(a[i].entries[seq].header, b[i].entries[seq].header);
      EXPECT_EQ(a[i].entries[seq].signature, b[i].entries[seq].signature);
      EXPECT_EQ(a[i].entries[seq].payload, b[i].entries[seq].payload);
    }
  }
}

}  // namespace omzien::gateway::process
