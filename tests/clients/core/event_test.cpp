#include "clients/core/event.h"

#include <gtest/gtest.h>

namespace omzien::core {
namespace {

TEST(Event, ComesBackAsItWasWritten) {
  const Event events[] = {
      Opening{rules::CaseKind::kWitness, {rules::Want::kStop}, rules::Lead::kAdviserShares, "nl"},
      Report{"what \xe2\x80\xae happened\r\n\t", {{"where", "there"}}}, Message{"hi"},
      StatusChange{rules::CaseState::kWaiting, ""}, Outcome{"done", "why"}};
  for (const auto& event : events) {
    const auto bytes = encode_event(event);
    const auto back = parse_event(bytes.reveal());
    ASSERT_TRUE(back) << kind_name(event);
    EXPECT_EQ(back->index(), event.index());
    const auto again = encode_event(*back);
    EXPECT_TRUE(crypto::constant_time_equal(again.reveal(), bytes.reveal()));
  }
}

TEST(Event, OfAnUnknownKindIsKeptAsUnknown) {
  const crypto::Bytes bytes{0x08, 0x63, 0x12, 0x01, 0xff};  // kind 99, one byte of body
  const auto event = parse_event(bytes);
  ASSERT_TRUE(event);
  EXPECT_EQ(std::get<UnknownEvent>(*event).kind, 99u);
}

TEST(Event, RefusesBytesBehindTheMessage) {
  const auto plaintext = encode_event(Message{"hi"});
  crypto::Bytes bytes(plaintext.reveal().begin(), plaintext.reveal().end());
  bytes.push_back(0);
  EXPECT_FALSE(parse_event(bytes));
}

TEST(Event, RefusesAnOutcomeWithoutAReason) {
  EXPECT_FALSE(parse_event(encode_event(Outcome{"done", ""}).reveal()));
}

TEST(Utf8, TakesEveryScriptAndNoBrokenBytes) {
  for (const auto* good :
       {"", "plain", "caf\xc3\xa9", "\xd8\xb3", "\xf0\x9f\x90\xb5", "a\xcc\x81", "\xe2\x80\xae"})
    EXPECT_TRUE(valid_utf8(good)) << good;
  for (const auto* bad :
       {"\xff", "\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x80", "a\x80"})
    EXPECT_FALSE(valid_utf8(bad)) << bad;
}

}  // namespace
}  // namespace omzien::core
