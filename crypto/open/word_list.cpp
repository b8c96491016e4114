#include "crypto/open/word_list.h"

#include <algorithm>
#include <array>
#include <set>

#include "crypto/open/words_data.h"

namespace omzien::crypto {

namespace {

constexpr std::size_t kWordBytesMax = 32;  // longer input is no slip of any word
constexpr WordList kLists[] = {WordList::kDutch, WordList::kEnglish};

// Optimal string alignment: letters added, dropped, replaced, or two neighbours swapped.
std::size_t slips(std::string_view a, std::string_view b) {
  using Row = std::array<std::size_t, kWordBytesMax + 1>;
  Row before{};
  Row above{};
  Row row{};
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] =
          std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = above;
    above = row;
  }
  return above[b.size()];
}

// 0 is the best; 3 is no suggestion.
std::size_t rank(std::string_view typed, std::string_view word) {
  const bool begins = typed.size() >= 2 && word.starts_with(typed);
  const std::size_t difference =
      std::max(typed.size(), word.size()) - std::min(typed.size(), word.size());
  const std::size_t distance = difference > 2 ? 3 : slips(typed, word);
  if (distance <= 1) return 0;
  if (begins) return 1;
  return distance == 2 ? 2 : 3;
}

}  // namespace

std::span<const std::string_view> words(WordList list) {
  return list == WordList::kDutch ? std::span<const std::string_view>(kDutchWords)
                                  : std::span(kEnglishWords);
}

bool is_word(std::string_view word) {
  return std::any_of(std::begin(kLists), std::end(kLists), [&](WordList list) {
    const auto all = words(list);
    return std::binary_search(all.begin(), all.end(), word);
  });
}

std::vector<std::string> suggest_words(std::string_view typed, std::size_t count) {
  std::set<std::pair<std::size_t, std::string_view>> best;
  if (typed.empty() || typed.size() > kWordBytesMax) return {};
  for (const WordList list : kLists)
    for (const std::string_view word : words(list))
      if (const std::size_t r = rank(typed, word); r < 3) {
        best.emplace(r, word);
        if (best.size() > count) best.erase(std::prev(best.end()));
      }
  std::vector<std::string> suggestions;
  suggestions.reserve(best.size());
  for (const auto& [r, word] : best) suggestions.emplace_back(word);
  return suggestions;
}

}  // namespace omzien::crypto
