// The lists that access phrases are drawn from: 7,776 words or more, each [a-z]+, in alphabetical
// order, no two of a list at edit distance 1. A list is frozen: a better one gets a new number.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace omzien::crypto {

enum class WordList : std::uint8_t { kDutch, kEnglish };

// The words, sorted. They live as long as the program.
std::span<const std::string_view> words(WordList list);

// True when the word stands on either list.
bool is_word(std::string_view word);

// What somebody may have meant by `typed` (already folded, see crypto/open/phrase.h): words of both
// lists, at most `count`. First those one slip away (a letter more, less, other, or two swapped),
// then those that begin with `typed` when it has two letters or more, then those two slips away;
// alphabetical within each.
std::vector<std::string> suggest_words(std::string_view typed, std::size_t count = 5);

}  // namespace omzien::crypto
