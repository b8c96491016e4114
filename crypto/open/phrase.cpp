#include "crypto/open/phrase.h"

#include <algorithm>

#include "crypto/open/latin_fold.h"
#include "omzien/rules.h"

namespace omzien::crypto {

namespace {

constexpr std::size_t kTextBytesMax = 1024;

// Evenly from 0 to count − 1: numbers in the last, incomplete turn of 2^16 are drawn again.
std::size_t draw(Random& random, std::size_t count) {
  const std::size_t limit = 65536 - 65536 % count;
  std::size_t number = 0;
  do {
    std::uint8_t bytes[2];
    random.fill(bytes);
    number = static_cast<std::size_t>(bytes[0]) << 8 | bytes[1];
    wipe(bytes);
  } while (number >= limit);
  return number % count;
}

// The next word of a folded text, which it takes away; empty at the end.
std::string_view take_word(std::string_view& text) {
  const std::size_t start = text.find_first_not_of(' ');
  if (start == std::string_view::npos) {
    text = {};
    return {};
  }
  text.remove_prefix(start);
  const std::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(word.size());
  return word;
}

// Collects words into the normal form.
class Joiner {
 public:
  explicit Joiner(std::size_t bytes_max) : buffer_(bytes_max) {}
  void add(std::string_view word) {
    const auto out = buffer_.reveal_mutable();
    if (size_ > 0) out[size_++] = ' ';
    std::copy(word.begin(), word.end(), out.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += word.size();
  }
  SecretBytes text() const { return SecretBytes::from(buffer_.reveal().first(size_)); }

 private:
  SecretBytes buffer_;
  std::size_t size_ = 0;
};

}  // namespace

std::string_view Phrase::reveal_text() const {
  return {reinterpret_cast<const char*>(reveal().data()), reveal().size()};
}

Phrase generate_phrase(Random& random, WordList list) {
  const auto all = words(list);
  Joiner joiner(kTextBytesMax);
  for (std::size_t i = 0; i < rules::kPhraseWords; ++i) joiner.add(all[draw(random, all.size())]);
  return Phrase(joiner.text());
}

tl::expected<Phrase, PhraseError> parse_phrase(std::string_view text) {
  if (text.size() > kTextBytesMax)
    return tl::unexpected(PhraseError{PhraseError::Kind::kTooLong, 0, 0, {}});
  const FoldedText folded = fold_latin(text);
  Joiner joiner(folded.size);
  std::optional<PhraseError> unknown;
  std::size_t count = 0;
  std::string_view rest = folded.view();
  for (auto word = take_word(rest); !word.empty(); word = take_word(rest), ++count) {
    if (!unknown && !is_word(word))
      unknown = PhraseError{PhraseError::Kind::kUnknownWord, count, 0, suggest_words(word)};
    joiner.add(word);
  }
  if (unknown) {
    unknown->word_count = count;
    return tl::unexpected(std::move(*unknown));
  }
  if (count != rules::kPhraseWords)
    return tl::unexpected(PhraseError{PhraseError::Kind::kWrongCount, count, count, {}});
  return Phrase(joiner.text());
}

}  // namespace omzien::crypto
