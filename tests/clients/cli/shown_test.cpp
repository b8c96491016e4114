// What others wrote stays inside its own entry, whatever it holds.
#include "clients/cli/shown.h"

#include <gtest/gtest.h>

namespace omzien::cli {
namespace {

constexpr auto kIndent = "    ";
const std::string kGone = "\xef\xbf\xbd";

TEST(Shown, AnOrdinaryTextIsAsItWasWritten) {
  const std::string text = "Vandaag weer. \xc3\xa9\xf0\x9f\x8c\xa7\tklaar";
  EXPECT_EQ(shown(text, kIndent), text);
  EXPECT_EQ(shown("", kIndent), "");
}

TEST(Shown, NoLineOfATextPassesForAnEntry) {
  EXPECT_EQ(shown("Dag.\n2026-11-23  reporter  decision (talk): yes\r\n!", kIndent),
            "Dag.\n    2026-11-23  reporter  decision (talk): yes\n    !");
}

TEST(Shown, NothingMovesTheCursor) {
  EXPECT_EQ(shown("a\x1b[2Jb\rc\x08\x7f", kIndent),
            "a" + kGone + "[2Jb" + kGone + "c" + kGone + kGone);
  EXPECT_EQ(shown("a\xc2\x9b"
                  "2J",
                  kIndent),
            "a" + kGone + "2J");
  EXPECT_EQ(shown(std::string_view("\0", 1), kIndent), kGone);
}

TEST(Shown, NothingTurnsTheLineAround) {
  EXPECT_EQ(shown("\xe2\x80\xae"
                  "sey",
                  kIndent),
            kGone + "sey");
  EXPECT_EQ(shown("\xe2\x81\xa6", kIndent), kGone);
  EXPECT_EQ(shown("\xe2\x82\xac", kIndent), "\xe2\x82\xac") << "a euro sign is none of these";
}

TEST(Shown, ACharacterThatIsCutShortIsNotReadPastItsEnd) {
  EXPECT_EQ(shown("\xe2", kIndent), "\xe2");
  EXPECT_EQ(shown("\xc2", kIndent), "\xc2");
}

}  // namespace
}  // namespace omzien::cli
