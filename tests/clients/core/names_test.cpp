#include "clients/core/names.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "crypto/open/word_list.h"

namespace omzien::core {
namespace {

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == at)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

TEST(Names, AHandleIsTwoWordsAndANumber) {
  protocol::Handle handle;
  const auto name = handle_words(handle);
  const auto parts = split(name, '-');
  ASSERT_EQ(parts.size(), 3u) << name;
  EXPECT_TRUE(crypto::is_word(parts[0]) && crypto::is_word(parts[1])) << name;
  EXPECT_EQ(parts[2], "00");
  handle.data()[9] = 7;
  EXPECT_NE(handle_words(handle), name);
  EXPECT_TRUE(handle_words(handle).ends_with("-07"));
}

TEST(Names, AHeadIsFourWordsThatChangeWithIt) {
  crypto::Digest head;
  const auto words = head_words(head);
  const auto parts = split(words, ' ');
  ASSERT_EQ(parts.size(), 4u) << words;
  EXPECT_TRUE(std::all_of(parts.begin(), parts.end(), crypto::is_word)) << words;
  head.data()[15] ^= 1;
  EXPECT_NE(head_words(head), words);
}

}  // namespace
}  // namespace omzien::core
