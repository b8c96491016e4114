// Whole cases that the browser's core made (from_typescript/case.json): every reader sees here what
// they saw there.
#include <gtest/gtest.h>

#include "clients/cli/render.h"
#include "crypto/open/phrase.h"
#include "tests/crypto/fixed_random.h"
#include "tests/crypto/support.h"

namespace omzien::core {
namespace {

using crypto::hex;
using crypto::text_in;
using crypto::value_in;
using nlohmann::json;

class FromTypeScriptCase : public testing::Test {
 protected:
  static void SetUpTestSuite() { crypto::initialise(); }

  protocol::Directory directory(const std::string& name) const {
    return protocol::Directory::parse(
               hex(vectors_.at("directories").at(name).get_ref<const std::string&>()), service_)
        .value();
  }
  // 'owner', or somebody of the organisation.
  std::unique_ptr<Identity> reader(const std::string& name, const json& log) const {
    if (name == "owner")
      return std::make_unique<Reporter>(*crypto::parse_phrase(text_in(log, "phrase")), service_);
    for (const auto& person : vectors_.at("people")) {
      if (person.at("name") != name) continue;
      crypto::KeyFile file{crypto::KeyFileKind::kMember,
                           value_in<protocol::MemberId>(person, "member_id"),
                           value_in<crypto::SigningSeed>(person, "signing_seed"),
                           {}};
      file.xwing_seeds.push_back(value_in<crypto::XWingSeed>(person, "xwing_seed"));
      return std::make_unique<Member>(std::move(file), service_);
    }
    throw std::invalid_argument("no such person: " + name);
  }
  static FetchedLog fetched(const json& log) {
    FetchedLog fetched{crypto::SecretBytes::from(hex(text_in(log, "case_share"))), {}};
    for (const auto& entry : log.at("entries"))
      fetched.entries.push_back({hex(text_in(entry, "header")), hex(text_in(entry, "signature")),
                                 rules::PayloadState::kInline, hex(text_in(entry, "payload"))});
    return fetched;
  }

  json vectors_ = crypto::own_vectors("from_typescript/case.json");
  protocol::ServiceId service_ = value_in<protocol::ServiceId>(vectors_, "service_id");
};

TEST_F(FromTypeScriptCase, EveryReaderSeesTheSame) {
  ASSERT_FALSE(vectors_.at("logs").empty());
  for (const auto& log : vectors_.at("logs")) {
    const Reporter owner(*crypto::parse_phrase(text_in(log, "phrase")), service_);
    const auto known = directory(text_in(log, "directory"));
    for (const auto& [name, read] : log.at("reads").items()) {
      SCOPED_TRACE(text_in(log, "name") + ", read by " + name);
      const auto opened = open_log(fetched(log), owner.handle(), *reader(name, log), known);
      ASSERT_TRUE(opened) << opened.error().message;
      EXPECT_EQ(cli::render_case(*opened, fold(*opened, known)).object, read.at("case"));
    }
  }
}

// A log's name is the seed of the randomness it was made from.
TEST_F(FromTypeScriptCase, ACaseSealedFromTheSameRandomnessIsTheSameBytes) {
  const auto& log = vectors_.at("logs").back();
  ASSERT_EQ(log.at("name"), "a signal, which nobody waits for");
  const auto known = directory("first");
  crypto::FixedRandom random(text_in(log, "name"));
  const Reporter owner(crypto::generate_phrase(random, crypto::WordList::kDutch), service_);
  Story story;
  story.opening = {rules::CaseKind::kSignal,
                   {rules::Want::kStop, rules::Want::kHeard},
                   rules::Lead::kAdviserShares,
                   "nl"};
  story.story = "In de kantine.";
  Readers readers;
  for (const auto& person : vectors_.at("people"))
    if (person.at("name") == "coordinator")
      readers.advisers.push_back(protocol::Certificate::parse(hex(text_in(person, "certificate")),
                                                              known, known.content().made_day)
                                     .value());
  const auto sealed = seal_case(owner, story, readers, known, known.content().made_day, random);
  EXPECT_EQ(crypto::to_hex(sealed.share.reveal()), text_in(log, "case_share"));
  ASSERT_EQ(sealed.entries.size(), log.at("entries").size());
  for (std::size_t i = 0; i < sealed.entries.size(); ++i) {
    const auto& entry = log.at("entries").at(i);
    EXPECT_EQ(crypto::to_hex(sealed.entries[i].header_bytes), text_in(entry, "header")) << i;
    EXPECT_EQ(sealed.entries[i].signature.hex(), text_in(entry, "signature")) << i;
    EXPECT_EQ(crypto::to_hex(sealed.entries[i].payload), text_in(entry, "payload")) << i;
  }
}

}  // namespace
}  // namespace omzien::core
