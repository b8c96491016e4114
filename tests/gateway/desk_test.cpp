// When people work, said by themselves; and what a member keeps for themself.
#include "protocol/desk_operations.h"
#include "protocol/handbook.h"
#include "tests/gateway/fixture.h"

namespace omzien::gateway {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Desk : public GatewayTest {
 protected:
  crypto::Bytes statement(const char* name, std::uint32_t number,
                          const crypto::SigningKey* signer = nullptr) {
    const auto& member = organisation_.member(name);
    protocol::AvailabilityContent content;
    content.service_id = organisation_.service();
    content.member_id = member.id;
    content.number = number;
    content.said_day = kToday;
    content.away_from_day = kToday;
    content.away_until_day = kToday + number;
    const auto bytes = protocol::encode_availability_content(content);
    const auto& key = signer == nullptr ? *member.key : *signer;
    return protocol::encode_availability(bytes, key.sign(rules::kTagAvailabilitySignature, bytes));
  }
  Status publish(const crypto::Bytes& bytes, const crypto::SigningKey& key) {
    return client()
        .ask(Kind::kPublishAvailability, protocol::encode(protocol::PublishAvailability{bytes}),
             key)
        .status;
  }
  std::vector<crypto::Bytes> said(const std::vector<const char*>& names) {
    protocol::ReadAvailability ask;
    for (const char* name : names) ask.member_ids.push_back(organisation_.member(name).id);
    const auto response =
        client().send({kit::public_operation(Kind::kAvailability, protocol::encode(ask))});
    return protocol::parse<protocol::Availabilities>(response.results.at(0).body)
        .value()
        .statements;
  }
  protocol::OperationResult ask_papers(const char* name) {
    return client().ask(Kind::kPapers, {}, key_of(name));
  }
  protocol::SealedPapers papers(const char* name) {
    return protocol::parse<protocol::SealedPapers>(ask_papers(name).body).value();
  }
  Status put(const char* name, std::uint64_t number, const crypto::Bytes& sealed) {
    return client()
        .ask(Kind::kPutPapers, protocol::encode(protocol::SealedPapers{number, sealed}),
             key_of(name))
        .status;
  }
};

TEST_F(Desk, WhatSomebodySaidLastIsServedToAnybody) {
  EXPECT_THAT(said({"mieke"}), ElementsAre(IsEmpty()));
  ASSERT_EQ(publish(statement("mieke", 1), key_of("mieke")), Status::kDone);
  ASSERT_EQ(publish(statement("mieke", 1), key_of("mieke")), Status::kDone) << "the same again";
  ASSERT_EQ(publish(statement("mieke", 3), key_of("mieke")), Status::kDone);
  EXPECT_THAT(said({"youssef", "mieke"}), ElementsAre(IsEmpty(), statement("mieke", 3)));
  EXPECT_EQ(publish(statement("mieke", 2), key_of("mieke")), Status::kForbidden);
}

// Anybody may ask, unsigned, for everybody, many times in a frame.
TEST_F(Desk, ASignatureThatIsAskedForAgainIsCheckedOnce) {
  Verified<int> verified;
  int checked = 0;
  const auto get = [&](const crypto::Bytes& bytes, std::optional<int> value,
                       protocol::Day today = kToday) {
    return verified.get(bytes, today, [&] {
      ++checked;
      return value;
    });
  };
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(get({1}, 7), 7);
    EXPECT_EQ(get({2}, std::nullopt), std::nullopt) << "what does not hold is remembered, too";
  }
  EXPECT_EQ(checked, 2);
  EXPECT_EQ(get({1}, std::nullopt, kToday + 1), std::nullopt) << "they may have left since";
  for (std::uint32_t i = 0; i < 3 * rules::kPeopleMax; ++i)
    get(crypto::to_bytes(std::to_string(i)), 8);
  EXPECT_EQ(get({1}, 9), 9) << "the room for it is bounded";
}

TEST_F(Desk, NobodySaysItForAnother) {
  EXPECT_EQ(publish(statement("mieke", 1), key_of("youssef")), Status::kForbidden);
  EXPECT_EQ(publish(statement("mieke", 1, &key_of("youssef")), key_of("mieke")),
            Status::kMalformed);
  EXPECT_EQ(publish(statement("mieke", 1), organisation_.root()), Status::kNothing);
  EXPECT_THAT(said({"mieke"}), ElementsAre(IsEmpty()));
}

TEST_F(Desk, AStatementByAKeyThatWasReplacedCountsForNothing) {
  ASSERT_EQ(publish(statement("mieke", 7), key_of("mieke")), Status::kDone);
  crypto::FixedRandom random("made anew");
  const auto anew = kit::make_key(random);
  organisation_.change = [&](protocol::DirectoryContent& content) {
    if (content.version == 1) return;  // it is a later version that names another key
    for (auto& person : content.people)
      if (person.name == "mieke")
        person.signing_keys.push_back({anew->public_key(), kToday - 1, std::nullopt});
  };
  publish_directory();
  EXPECT_THAT(said({"mieke"}), ElementsAre(IsEmpty()));
  // Not even for its number, which nobody is told any more: whoever lost their keys begins anew.
  ASSERT_EQ(publish(statement("mieke", 1, anew.get()), *anew), Status::kDone);
  EXPECT_THAT(said({"mieke"}), ElementsAre(statement("mieke", 1, anew.get())));
  EXPECT_EQ(publish(statement("mieke", 1), *anew), Status::kMalformed);
  ASSERT_EQ(publish(statement("mieke", 2, anew.get()), *anew), Status::kDone);
  EXPECT_EQ(publish(statement("mieke", 1, anew.get()), *anew), Status::kForbidden);
}

TEST_F(Desk, PapersAreTheMembersOwn) {
  EXPECT_EQ(papers("mieke").number, 0U);
  ASSERT_EQ(put("mieke", 1, {1, 2, 3}), Status::kDone);
  EXPECT_EQ(papers("mieke").number, 1U);
  EXPECT_EQ(papers("mieke").sealed, (crypto::Bytes{1, 2, 3}));
  EXPECT_EQ(papers("youssef").number, 0U);
  EXPECT_EQ(client().ask(Kind::kPapers, {}, organisation_.root()).status, Status::kNothing);
}

TEST_F(Desk, TwoBrowsersNoticeEachOther) {
  ASSERT_EQ(put("mieke", 1, {1}), Status::kDone);
  ASSERT_EQ(put("mieke", 1, {1}), Status::kDone) << "the same again, after a lost answer";
  EXPECT_EQ(put("mieke", 1, {2}), Status::kStaleHead);
  EXPECT_EQ(put("mieke", 3, {2}), Status::kStaleHead);
  EXPECT_EQ(papers("mieke").sealed, crypto::Bytes{1});
  EXPECT_EQ(put("mieke", 2, {2}), Status::kDone);
}

TEST_F(Desk, TheHandbookIsServedByTheHashThatTheDirectoryNames) {
  protocol::Handbook book;
  book.snippets.push_back({"thanks", "nl", "Dank", std::string(20'000, 'x')});
  const auto bytes = protocol::encode_handbook(book);
  people();  // serves the version before
  organisation_.next_version();
  organisation_.change = [&](protocol::DirectoryContent& content) {
    content.handbook_hash = crypto::sha256(bytes);
  };
  auto bundle = *protocol::parse_directory_bundle(organisation_.bundle());
  folder_.write("bundle", protocol::encode_directory_bundle(bundle));
  EXPECT_EQ(people().reload(kToday), People::Reload::kRefused) << "without the handbook it names";
  bundle.handbook = bytes;
  folder_.write("bundle", protocol::encode_directory_bundle(bundle));
  EXPECT_EQ(people().reload(kToday), People::Reload::kTaken);
  crypto::Bytes whole;
  while (whole.size() < bytes.size()) {
    const protocol::ReadDirectory ask{crypto::sha256(bytes),
                                      static_cast<std::uint32_t>(whole.size())};
    const auto response =
        client().send({kit::public_operation(Kind::kDirectory, protocol::encode(ask))});
    const auto part = protocol::parse<protocol::DirectoryPart>(response.results.at(0).body).value();
    ASSERT_EQ(part.total, bytes.size());
    ASSERT_FALSE(part.bytes.empty());
    whole.insert(whole.end(), part.bytes.begin(), part.bytes.end());
  }
  EXPECT_EQ(whole, bytes);
}

}  // namespace
}  // namespace omzien::gateway
