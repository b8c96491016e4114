#include "crypto/open/phrase.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "omzien/rules.h"
#include "tests/crypto/fixed_random.h"
#include "tests/crypto/support.h"

namespace omzien::crypto {
namespace {

static_assert(!std::is_copy_constructible_v<Phrase> && !std::is_default_constructible_v<Phrase>);

using testing::Contains;
using Kind = PhraseError::Kind;

class PhraseTest : public testing::TestWithParam<WordList> {
 protected:
  FixedRandom random{"phrase"};
  std::string text(const Phrase& phrase) { return std::string(phrase.reveal_text()); }
};

TEST_P(PhraseTest, ListsAreLongSortedPlainAndWithoutRepeats) {
  const auto all = words(GetParam());
  ASSERT_GE(all.size(), rules::kWordListWords);
  EXPECT_GE(static_cast<double>(rules::kPhraseWords) * std::log2(static_cast<double>(all.size())),
            103.0);
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end()));
  EXPECT_EQ(std::adjacent_find(all.begin(), all.end()), all.end());
  for (const std::string_view word : all) {
    EXPECT_FALSE(word.empty());
    EXPECT_EQ(word.find_first_not_of("abcdefghijklmnopqrstuvwxyz"), std::string_view::npos) << word;
  }
}

TEST_P(PhraseTest, HasEightWordsOfItsListJoinedByOneSpace) {
  const std::string made = text(generate_phrase(random, GetParam()));
  EXPECT_EQ(std::count(made.begin(), made.end(), ' '), 7);
  const auto parsed = parse_phrase(made);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(text(*parsed), made);
}

TEST_P(PhraseTest, IsReadForgivingly) {
  const std::string made = text(generate_phrase(random, GetParam()));
  std::string shouted;
  for (const char c : made)
    shouted += c == ' ' ? "  \t" : std::string(1, static_cast<char>(std::toupper(c)));
  EXPECT_EQ(text(parse_phrase("\n " + shouted + " \r\n").value()), made);
  std::string dashed = made;
  std::replace(dashed.begin(), dashed.end(), ' ', '-');
  EXPECT_EQ(text(parse_phrase(dashed + ".").value()), made);
}

// Every 16-bit number once, those of the last, incomplete turn first: they must be passed over, and
// then each word comes out equally often.
TEST_P(PhraseTest, FavoursNoWord) {
  class Counter final : public Random {
   public:
    explicit Counter(std::size_t first) : number_(first) {}
    void fill(std::span<std::uint8_t> out) override {
      ASSERT_EQ(out.size(), 2u);
      out[0] = static_cast<std::uint8_t>(number_ >> 8);
      out[1] = static_cast<std::uint8_t>(number_);
      ++number_;
    }

   private:
    std::size_t number_;
  };
  const std::size_t size = words(GetParam()).size();
  const std::size_t turns = 65536 / size;
  Counter counter(turns * size);
  std::map<std::string, std::size_t> seen;
  for (std::size_t i = 0; i < turns * size / rules::kPhraseWords; ++i) {
    const Phrase phrase = generate_phrase(counter, GetParam());
    std::istringstream in(text(phrase));
    for (std::string word; in >> word;) ++seen[word];
  }
  for (const auto& [word, count] : seen) EXPECT_LE(count, turns) << word;
  EXPECT_EQ(seen.size(), size);
}

INSTANTIATE_TEST_SUITE_P(BothLists, PhraseTest,
                         testing::Values(WordList::kDutch, WordList::kEnglish),
                         [](const auto& given) {
                           return given.param == WordList::kDutch ? "Dutch" : "English";
                         });

TEST(PhraseParse, TakesWordsOfBothListsMixed) {
  std::string mixed;
  for (std::size_t i = 0; i < 4; ++i)
    mixed += std::string(words(WordList::kDutch)[100 * i]) + " " +
             std::string(words(WordList::kEnglish)[100 * i]) + " ";
  EXPECT_TRUE(parse_phrase(mixed));
}

TEST(PhraseParse, DropsAccentsComposedOrNot) {
  FixedRandom random("accents");
  const std::string made(generate_phrase(random, WordList::kDutch).reveal_text());
  std::string composed;
  std::string combining;
  for (const char c : made) {
    composed += c == 'e' ? "é" : c == 'o' ? "Ö" : c == 'u' ? "ů" : std::string(1, c);
    combining += c == ' ' ? "\u00a0" : std::string(1, c) + (c == 'a' ? "\u0301" : "\u200b");
  }
  EXPECT_EQ(parse_phrase(composed).value().reveal_text(), made);
  EXPECT_EQ(parse_phrase(combining).value().reveal_text(), made);
}

TEST(PhraseParse, PointsAtTheWordThatIsOnNoListAndSuggestsNeighbours) {
  FixedRandom random("typo");
  const std::string made(generate_phrase(random, WordList::kDutch).reveal_text());
  const std::size_t third = made.find(' ', made.find(' ') + 1) + 1;
  const std::string word = made.substr(third, made.find(' ', third) - third);
  std::string wrong = made;
  wrong.insert(third + 1, "q");
  const auto parsed = parse_phrase(wrong);
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().kind, Kind::kUnknownWord);
  EXPECT_EQ(parsed.error().word_index, 2u);
  EXPECT_EQ(parsed.error().word_count, 8u);
  EXPECT_THAT(parsed.error().suggestions, Contains(word));
}

TEST(PhraseParse, SaysHowManyWordsItFound) {
  FixedRandom random("count");
  const std::string made(generate_phrase(random, WordList::kEnglish).reveal_text());
  for (const std::string& text : {made.substr(0, made.rfind(' ')), made + " " + made}) {
    const auto parsed = parse_phrase(text);
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().kind, Kind::kWrongCount);
    EXPECT_EQ(parsed.error().word_count, text.size() < made.size() ? 7u : 16u);
  }
  EXPECT_EQ(parse_phrase("").error().word_count, 0u);
}

TEST(PhraseParse, RefusesWhatIsNoPhraseWithoutHarm) {
  EXPECT_EQ(parse_phrase(std::string(1025, 'a')).error().kind, Kind::kTooLong);
  for (const std::string& text : {std::string("\xff\xfe\x80"), std::string("\xe2\x82"),
                                  std::string("\0a", 2), std::string("日本語"), std::string("1234"),
                                  std::string(1024, '\xf0'), std::string(512, 'a')})
    EXPECT_EQ(parse_phrase(text).error().kind, Kind::kUnknownWord);
}

TEST(WordSuggestions, CompleteTheBeginningOfAWord) {
  const std::string_view word = words(WordList::kDutch)[4000];
  const std::string_view begin = word.substr(0, 3);
  const auto suggestions = suggest_words(begin, 10'000);
  EXPECT_THAT(suggestions, Contains(std::string(word)));
  EXPECT_LE(suggest_words(begin).size(), 5u);
  EXPECT_TRUE(suggest_words("").empty());
  EXPECT_TRUE(suggest_words("qqqqqqqqqqqqqq").empty());
}

}  // namespace
}  // namespace omzien::crypto
