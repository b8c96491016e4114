#include "storage/describe.h"

#include <set>

#include <gtest/gtest.h>

namespace omzien::storage {
namespace {

TEST(Describe, EveryErrorHasASentenceOfItsOwn) {
  std::set<std::string_view> sentences;
  for (int number = 0; number <= static_cast<int>(Error::kNewer); ++number) {
    const auto sentence = describe(static_cast<Error>(number));
    EXPECT_EQ(sentence.back(), '.');
    EXPECT_TRUE(sentences.insert(sentence).second) << sentence;
  }
  EXPECT_FALSE(sentences.contains("An unknown error."));
}

}  // namespace
}  // namespace omzien::storage
