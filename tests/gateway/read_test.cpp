// Who gets to see what.
#include "tests/gateway/fixture.h"

namespace omzien::gateway {
namespace {

using ReadCase = GatewayTest;
using rules::PayloadState;

std::vector<PayloadState> states_of(const protocol::Log& log) {
  std::vector<PayloadState> states;
  for (const auto& entry : log.entries) states.push_back(entry.payload_state);
  return states;
}

// The frame with its beacon blotted out, which is all that may differ from minute to minute.
protocol::Response without_beacon(protocol::Response response) {
  response.beacon = {};
  return response;
}

TEST_F(ReadCase, TheOwnerGetsEverythingAsItWasSent) {
  auto made = new_case();
  made.on(kToday);
  const auto body = made.opening({"mieke"});
  ASSERT_EQ(client().open(body, made.owner()).status, Status::kDone);
  const auto log = client().read_all(made.handle(), made.owner());
  EXPECT_EQ(log.case_share, made.share());
  EXPECT_EQ(log.head_seq, 2U);
  EXPECT_EQ(log.head_hash, made.head_hash());
  ASSERT_EQ(log.entries.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(log.entries[i].header, body.entries[i].header);
    EXPECT_EQ(log.entries[i].signature, body.entries[i].signature);
    EXPECT_EQ(log.entries[i].payload, body.entries[i].payload);
    EXPECT_EQ(log.entries[i].payload_state, PayloadState::kInline);
  }
}

TEST_F(ReadCase, AMemberGetsAllHeadersAndWhatWasGranted) {
  auto made = new_case();
  made.on(kToday);
  protocol::OpenCase body{made.share(), {made.open()}};
  body.entries.push_back(
      made.grant({{"mieke", {Compartment::kStory, Compartment::kTalk}, true, 0}}));
  body.entries.push_back(made.grant({{"youssef", {Compartment::kTalk}, false, 0}}));
  body.entries.push_back(made.event(made.owner(), Compartment::kStory));
  body.entries.push_back(made.event(made.owner(), Compartment::kTalk));
  body.entries.push_back(made.event(made.owner(), Compartment::kIdentity));
  ASSERT_EQ(client().open(body, made.owner()).status, Status::kDone);

  const auto inl = PayloadState::kInline;
  const auto no = PayloadState::kWithheld;
  const auto mieke = client().read_all(made.handle(), key_of("mieke"));
  EXPECT_EQ(mieke.case_share, made.share());
  EXPECT_THAT(states_of(mieke), testing::ElementsAre(inl, inl, no, inl, inl, no));
  const auto youssef = client().read_all(made.handle(), key_of("youssef"));
  EXPECT_THAT(states_of(youssef), testing::ElementsAre(inl, no, inl, no, inl, no));
  for (const auto& entry : youssef.entries)
    EXPECT_EQ(entry.payload_state == no, entry.payload.empty() && &entry != &youssef.entries[0]);
}

TEST_F(ReadCase, ADormantGrantIsServedToNobodyButTheOwner) {
  auto made = new_case();
  made.on(kToday);
  protocol::OpenCase body{made.share(), {made.open()}};
  body.entries.push_back(made.grant({{"mieke", {Compartment::kTalk}, true, 0}}));
  body.entries.push_back(made.dormant_grant({"ruud", {Compartment::kTalk}, true, 0}, "mieke"));
  ASSERT_EQ(client().open(body, made.owner()).status, Status::kDone);

  EXPECT_EQ(client().read(made.handle(), 0, key_of("ruud")).status, Status::kNothing);
  const auto get = protocol::encode(protocol::GetChunk{made.handle(), 2, 0});
  EXPECT_EQ(client().ask(Kind::kGetChunk, get, key_of("ruud")).status, Status::kNothing);
  EXPECT_EQ(client().ask(Kind::kGetChunk, get, key_of("mieke")).status, Status::kForbidden);
  EXPECT_EQ(client().read_all(made.handle(), key_of("mieke")).entries[2].payload_state,
            PayloadState::kWithheld);
  EXPECT_EQ(client().read_all(made.handle(), made.owner()).entries[2].payload_state,
            PayloadState::kInline);
  const auto inbox =
      client().ask(Kind::kInbox, protocol::encode(protocol::Inbox{}), key_of("ruud"));
  EXPECT_TRUE(protocol::parse<protocol::InboxPage>(inbox.body)->items.empty());
}

TEST_F(ReadCase, AGrantPastItsLastDayServesNothingAnyMore) {
  auto made = new_case();
  made.on(kToday);
  protocol::OpenCase body{made.share(), {made.open()}};
  body.entries.push_back(made.grant({{"mieke", {Compartment::kTalk}, true, kToday}}));
  ASSERT_EQ(client().open(body, made.owner()).status, Status::kDone);
  EXPECT_EQ(client().read(made.handle(), 0, key_of("mieke")).status, Status::kDone);
  clock_.advance(kSecondsPerDay);
  client().send({});
  EXPECT_EQ(client().read(made.handle(), 0, key_of("mieke")).status, Status::kNothing);
  const auto inbox =
      client().ask(Kind::kInbox, protocol::encode(protocol::Inbox{}), key_of("mieke"));
  EXPECT_TRUE(protocol::parse<protocol::InboxPage>(inbox.body)->items.empty());
}

TEST_F(ReadCase, AStrangerAndAnUnknownHandleAreAnsweredWithTheSameBytes) {
  const auto made = opened_case();
  auto nobody = new_case("nobody");
  const auto answer_to = [&](const protocol::Handle& handle, const crypto::SigningKey& key,
                             Kind kind) {
    const auto body = kind == Kind::kRead ? protocol::encode(protocol::Read{handle, 0})
                                          : protocol::encode(protocol::GetChunk{handle, 1, 0});
    return protocol::encode_response(
        without_beacon(client().send({client().sign(kind, body, key)})),
        protocol::FrameSize::kSmall);
  };
  for (const auto kind : {Kind::kRead, Kind::kGetChunk}) {
    const auto unknown = answer_to(nobody.handle(), nobody.owner(), kind);
    EXPECT_EQ(answer_to(made.handle(), nobody.owner(), kind), unknown);  // a wrong phrase
    EXPECT_EQ(answer_to(made.handle(), key_of("bram"), kind), unknown);  // a member without a grant
    EXPECT_EQ(answer_to(nobody.handle(), key_of("mieke"), kind), unknown);
  }
}

TEST_F(ReadCase, ALogLongerThanAFrameComesInSeveral) {
  auto made = opened_case();
  for (int i = 0; i < 6; ++i)
    ASSERT_EQ(client()
                  .append({made.event(made.owner(), Compartment::kStory, 4'137)}, made.owner())
                  .status,
              Status::kDone);
  const auto first =
      protocol::parse<protocol::Log>(client().read(made.handle(), 0, made.owner()).body).value();
  EXPECT_LT(first.entries.size(), 9U);
  EXPECT_EQ(first.head_seq, 8U);
  const auto all = client().read_all(made.handle(), made.owner());
  ASSERT_EQ(all.entries.size(), 9U);
  for (const auto state : states_of(all)) EXPECT_EQ(state, PayloadState::kInline);
}

TEST_F(ReadCase, BeyondTheHeadThereIsNothingNew) {
  const auto made = opened_case();
  const auto result = client().read(made.handle(), 3, made.owner());
  ASSERT_EQ(result.status, Status::kDone);
  const auto log = protocol::parse<protocol::Log>(result.body).value();
  EXPECT_TRUE(log.entries.empty());
  EXPECT_EQ(log.head_seq, 2U);
  const auto status = [&](std::uint64_t after) {
    return client().read(made.handle(), after, made.owner()).status;
  };
  EXPECT_EQ(status(rules::kCountMax), Status::kDone);
  EXPECT_EQ(status(rules::kCountMax + 1), Status::kMalformed) << "a browser counts no further";
}

TEST_F(ReadCase, AnInboxLongerThanAFrameIsReadPageByPage) {
  for (int i = 0; i < 200; ++i) {
    auto made = new_case("case " + std::to_string(i));
    made.on(kToday);
    ASSERT_EQ(client().open(made.opening({i % 2 == 0 ? "mieke" : "youssef"}), made.owner()).status,
              Status::kDone);
  }
  std::set<protocol::Handle> seen;
  protocol::Inbox ask;
  int pages = 0;
  do {
    const auto result = client().ask(Kind::kInbox, protocol::encode(ask), key_of("mieke"));
    ASSERT_EQ(result.status, Status::kDone);
    const auto page = protocol::parse<protocol::InboxPage>(result.body).value();
    for (const auto& item : page.items) EXPECT_TRUE(seen.insert(item.handle).second);
    ask.cursor = page.next_cursor;
    ++pages;
  } while (!ask.cursor.empty());
  EXPECT_EQ(seen.size(), 100U);
  EXPECT_LE(pages, 2);
}

TEST_F(ReadCase, AnInboxIsForMembersAlone) {
  const auto made = opened_case();
  EXPECT_EQ(client().ask(Kind::kInbox, protocol::encode(protocol::Inbox{}), made.owner()).status,
            Status::kNothing);
  EXPECT_EQ(client()
                .ask(Kind::kInbox, protocol::encode(protocol::Inbox{{1, 2, 3}}), key_of("mieke"))
                .status,
            Status::kMalformed);
}

}  // namespace
}  // namespace omzien::gateway
