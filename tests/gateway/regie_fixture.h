// A case in a gateway, and the moves of everybody in it, on either store.
#pragma once

#include "tests/gateway/fixture.h"
#include "tests/kit/moves.h"

namespace omzien::gateway {

class RegieTest : public GatewayTest, public testing::WithParamInterface<bool> {
 protected:
  // The parameter: on SQLCipher, else in memory.
  RegieTest() : case_(new_case()) {
    if (GetParam()) store_in(folder_);
    case_.on(kToday);
  }
  ~RegieTest() override { restart(); }

  // Mieke (holder) and youssef hold story, people, talk and summary.
  void open() {
    const auto body = case_.opening({"mieke", "youssef"});
    ASSERT_EQ(client().open(body, case_.owner()).status, Status::kDone);
    for (const auto& entry : body.entries) take(entry);
  }
  void take(const protocol::SubmittedEntry& entry) {
    const auto header = protocol::parse_header(entry.header).value();
    ASSERT_TRUE(access_.admit(header, organisation_.directory()));
  }
  void on(protocol::Day day) {
    clock_.set(day * kSecondsPerDay + 43'200);
    case_.on(day);
    today_ = day;
    client().send({});  // a beacon of that day
  }

  Status send(const crypto::SigningKey& author, const protocol::Fields& fields) {
    auto next = case_;
    const auto entry = next.move(author, fields);
    const auto status = client().append({entry}, author).status;
    if (status != Status::kDone) return status;
    case_ = next;
    last_ = entry;
    take(entry);
    return status;
  }
  Status by_owner(const protocol::Fields& fields) { return send(case_.owner(), fields); }
  Status by(const char* name, const protocol::Fields& fields) { return send(key_of(name), fields); }

  protocol::Event talk() {
    return {Compartment::kTalk, access_.newest_epoch(Compartment::kTalk)->number, {}, false, {}};
  }
  protocol::Grant grant(const char* name, const kit::Compartments& compartments) {
    return kit::grant(access_, organisation_, name, compartments);
  }
  protocol::Grant stand_in(const char* name, const char* for_name) {
    return kit::stand_in(access_, organisation_, name, {Compartment::kStory, Compartment::kTalk},
                         for_name);
  }
  protocol::Revoke revoke(const kit::Names& names) {
    return kit::revoke(access_, organisation_, names, today_);
  }
  protocol::Release release(const char* name, rules::ReleaseCause cause) {
    return kit::release(organisation_, name, cause);
  }

  Status reads(const crypto::SigningKey& key) {
    return client().read(case_.handle(), 0, key).status;
  }
  protocol::Log log_of(const char* name) { return client().read_all(case_.handle(), key_of(name)); }
  std::vector<protocol::InboxItem> inbox(const char* name) {
    const auto result =
        client().ask(Kind::kInbox, protocol::encode(protocol::Inbox{}), key_of(name));
    EXPECT_EQ(result.status, Status::kDone);
    return protocol::parse<protocol::InboxPage>(result.body).value().items;
  }

  kit::CaseBuilder case_;
  protocol::Access access_;
  protocol::SubmittedEntry last_;  // that was taken
  protocol::Day today_ = kToday;
};

#define OMZIEN_ON_BOTH_STORES(Fixture)                   \
  INSTANTIATE_TEST_SUITE_P(On, Fixture, testing::Bool(), \
                           [](const auto& store) { return store.param ? "Sqlcipher" : "Memory"; })

}  // namespace omzien::gateway
