#include "clients/core/names.h"

#include <regex>

#include <gtest/gtest.h>

namespace omzien::core {
namespace {

TEST(Names, AHandleIsTwoWordsAndANumber) {
  protocol::Handle handle;
  const auto name = handle_words(handle);
  EXPECT_TRUE(std::regex_match(name, std::regex("[a-z]+-[a-z]+-[0-9]{2}"))) << name;
  handle.data()[9] = 7;
  EXPECT_NE(handle_words(handle), name);
  EXPECT_TRUE(handle_words(handle).ends_with("-07"));
}

TEST(Names, AHeadIsFourWordsThatChangeWithIt) {
  crypto::Digest head;
  const auto words = head_words(head);
  EXPECT_TRUE(std::regex_match(words, std::regex("[a-z]+ [a-z]+ [a-z]+ [a-z]+"))) << words;
  head.data()[15] ^= 1;
  EXPECT_NE(head_words(head), words);
}

}  // namespace
}  // namespace omzien::core
